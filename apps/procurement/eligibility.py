"""Whether what was bought of a firm on a day counts: one rule for the form, the grid and files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from apps.core.hangul import particle
from apps.core.templatetags.office import kdate
from apps.enterprises.enums import DesignationKind


@dataclass(frozen=True, slots=True)
class Term:
    """A designation of a firm; without ``last_day`` it has no end."""

    starts: date
    last_day: date | None
    kind: str


@dataclass(frozen=True, slots=True)
class Record:
    """What the registry says of a firm; of ``terms`` the last to end stands first."""

    name: str
    closed_on: date | None
    terms: tuple[Term, ...]


def terms_of(rows: Iterable[tuple[date, date | None, str]]) -> tuple[Term, ...]:
    """Designations (first day, last day, kind), the last to end first."""
    terms = [Term(*row) for row in rows]
    return tuple(sorted(terms, key=lambda term: term.last_day or date.max, reverse=True))


def needs_reason(firm: Record, day: date) -> str:
    """Why a purchase of the day counts only with a reason; empty where it counts anyhow.

    The firm had not closed before the day and had been designated by then; where no designation
    was in force any more, somebody has to say why the purchase counts. Raises ``ValidationError``
    by field where it cannot count at all.
    """
    if firm.closed_on is not None and firm.closed_on < day:
        raise ValidationError({"enterprise": f"{kdate(firm.closed_on)}에 폐업·해산한 기업입니다."})
    for last in firm.terms:
        if last.starts <= day:
            break
    else:
        raise ValidationError(
            {"enterprise": f"{kdate(day)}까지 사회적경제기업으로 지정된 적이 없는 기업입니다."}
        )
    if last.last_day is None or last.last_day >= day:
        return ""
    return (
        f"{particle(firm.name, '은/는')} {kdate(last.last_day)}에 "
        f"{DesignationKind(last.kind).label} 지정이 끝났습니다. "
        "그래도 구매실적에 넣으려면 사유를 적어 주세요."
    )
