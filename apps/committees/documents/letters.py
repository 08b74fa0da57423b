"""Letters of appointment (위촉장)."""

from collections.abc import Iterable

from django.conf import settings

from apps.committees.models import Charter, Committee, Member
from apps.core.templatetags.office import kdate
from apps.documents.nodes import Certificate, Document

TITLE = "위촉장"
#: For a letter that is not numbered yet, or whose number the office writes by hand.
UNNUMBERED = "제        호"


def letters(committee: Committee, members: Iterable[Member]) -> Document:
    """A letter for each of the appointed, dated on the first day of the term, for the seal.

    ``members`` are appointed and have names. A letter cites the charter of its day, or what the
    committee is founded on where there is none.
    """
    charters = list(committee.charters.select_related("statute"))
    return Document(
        title=f"{committee} {TITLE}",
        issuer=settings.DISTRICT_NAME,
        nodes=tuple(_letter(committee, charters, member) for member in members),
    )


def _letter(committee: Committee, charters: Iterable[Charter], member: Member) -> Certificate:
    basis = next((_cited(row) for row in charters if row.starts <= member.starts), committee.basis)
    term = f"{kdate(member.starts)} ~ {kdate(member.ends)}".rstrip()
    starts = member.starts
    return Certificate(
        title=TITLE,
        number=member.letter_number or UNNUMBERED,
        facts=(("소속·직위", member.post), ("성명", member.name), ("위촉기간", term)),
        text=(
            f"귀하를 {' '.join(basis.split())}에 따라 {settings.DISTRICT_NAME} {committee} "
            f"{member.get_office_display()}으로 위촉합니다."
        ),
        day=f"{starts.year}년 {starts.month}월 {starts.day}일",
        signed=f"{settings.DISTRICT_NAME}청장",
    )


def _cited(charter: Charter) -> str:
    return f"「{charter.statute.name}」 {charter.composition_article}".rstrip()
