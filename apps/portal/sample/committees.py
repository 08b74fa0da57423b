"""The committee and bodies of 2016 as the plan states them, and an invented committee of today."""

from datetime import date

from apps.accounts.models import User
from apps.committees.enums import AgendaKind, Appointment, MemberOffice, Rhythm, Sex
from apps.committees.models import AgendaItem, Charter, Committee, Meeting, Member
from apps.committees.services import number_letters, order_hosts, save_meeting
from apps.core.history import service
from apps.portal.sample import held, round_table, source
from apps.portal.sample.office import invented
from apps.rules.models import Statute

OFFICES = {office.label: office for office in MemberOffice}
APPOINTMENTS = {appointment.label: appointment for appointment in Appointment}
KINDS = {kind.label: kind for kind in AgendaKind}
RHYTHMS = {"monthly": Rhythm.MONTHLY, "quarterly": Rhythm.QUARTERLY}
OFFICIALS = (1, 3, 4, 5)
#: Four of the ten appointed, which the law's six tenths allow just so.
WOMEN = (3, 6, 8, 11, 13)
FAMILY = "김이박최정강조윤장임한오서신"
POSTS = (
    "부구청장",
    "사회적경제협의회장",
    "기획재정국장",
    "복지국장",
    "경제국장",
    "사회적기업 대표",
    "마을기업 대표",
    "협동조합 이사장",
    "자활센터장",
    "대학 교수",
    "회계사",
    "변호사",
    "주민대표",
    "통합지원센터장",
)


@service
def load(*, today: date, by: User) -> None:
    """Committees and bodies; the real one knows members by post and meetings by month only."""
    records = source.plan_2016()["committee"]
    real = Committee.objects.create(
        name=records["name"],
        basis=_articles(records["basis"]),
        formed_on=records["formed_on"],
        note="기능: " + ", ".join(records["functions"]),
    )
    _charter(real, records, starts=records["formed_on"])
    Member.objects.bulk_create(
        Member(
            committee=real,
            office=OFFICES[row["office"]],
            appointment=APPOINTMENTS[row["appointment"] or Appointment.EX_OFFICIO.label],
            post=row["post"],
            starts=records["formed_on"],
        )
        for row in records["members"]
    )
    for number, meeting in enumerate(records["meetings"], 1):
        save_meeting(
            meeting=Meeting(
                committee=real,
                number=number,
                title=f"{meeting['month'].year}년 제{number}차 정기회의",
                month=meeting["month"],
            ),
            items=[
                AgendaItem(kind=KINDS[item["kind"]], title=item["title"], summary=item["summary"])
                for item in meeting["items"]
            ],
            by=by,
        )
    _bodies(by)
    _invented(records, today, by)
    round_table.load(today=today, by=by)


def _charter(committee: Committee, records: dict[str, list[str]], starts: date) -> None:
    """14 = 1 + 1 + 3 + 9; opens and decides by majority (plan 5-2)."""
    composed, voting = (article.rpartition(" ") for article in records["basis"])
    Charter.objects.create(
        committee=committee,
        starts=starts,
        statute=Statute.objects.get(name=composed[0].strip("「」")),
        composition_article=composed[2],
        voting_article=voting[2],
        ex_officio=3,
        appointed=9,
    )


def _articles(basis: list[str]) -> str:
    """``「조례」 제6조`` and ``「조례」 제9조`` as one citation: ``「조례」 제6조, 제9조``."""
    name = basis[0].rpartition(" ")[0]
    return f"{name} {', '.join(row.removeprefix(name).strip() for row in basis)}"


def _invented(records: dict[str, list[str]], today: date, by: User) -> None:
    year = today.year
    committee = Committee.objects.create(
        name=invented("사회적경제 활성화위원회"),
        basis=_articles(records["basis"]),
        formed_on=date(year - 1, 11, 9),
        note="지어낸 위원회",
    )
    _charter(committee, records, starts=date(year - 1, 11, 9))
    Member.objects.bulk_create(
        Member(
            committee=committee,
            office=MemberOffice(min(number, 3)),
            appointment=Appointment.EX_OFFICIO if number in OFFICIALS else Appointment.APPOINTED,
            is_official=number in OFFICIALS,
            post=post,
            name=invented(f"{FAMILY[number - 1]}위원"),
            sex=Sex.FEMALE if number in WOMEN else Sex.MALE,
            starts=date(year - 1, 11, 9),
            ends=date(year + 1, 11, 8),
        )
        for number, post in enumerate(POSTS, 1)
    )
    number_letters(committee=committee, on=today, by=by)
    held.load(committee=committee, today=today, by=by)


def _bodies(by: User) -> None:
    """The bodies of 2016 that take no votes, as the plan states them: it tells no day they met."""
    for row in source.plan_2016()["networks_meetings"]:
        body = Committee.objects.create(
            name=row["name"],
            basis=f"2016년도 사회적경제 활성화 추진계획 과제 {row['task']}",
            decides_by_vote=False,
            rhythm=RHYTHMS[row["frequency"]],
            note=f"{row['frequency_text']}\n참여: {', '.join(row['members'])}",
        )
        order_hosts(committee=body, names=[each["host"] for each in row["meetings"]], by=by)
