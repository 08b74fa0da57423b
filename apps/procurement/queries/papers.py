"""How far the notices of a year are."""

from dataclasses import dataclass
from datetime import date

from apps.core.money import rate
from apps.documents.models import IssuedDocument
from apps.procurement.editions import notice, notices_of, series_of
from apps.procurement.queries.breakdown import MONTHS, NOTHING, year_sums
from apps.procurement.queries.months import MonthLine, months_of
from apps.procurement.queries.standing import annual_target, mall_inside_total


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A month: how far it is, what was bought in it and by its end, and its last notice.

    ``line`` is the month as the page of the months shows it: both say the same of it.
    """

    line: MonthLine
    bought: int
    so_far: int
    rate: str
    issued: IssuedDocument | None


def notice_lines(year: int, today: date) -> list[NoticeLine]:
    """Twelve lines, in a constant number of queries."""
    annual = annual_target(year)
    inside, sums = mall_inside_total(annual), year_sums(year)
    months = months_of(year, today)
    issued = {row.series: row for row in notices_of(year).defer("document", "figures")}
    lines, so_far = [], 0
    for month in MONTHS:
        bought = sums.months.get(month, NOTHING).total(inside)
        so_far += bought
        lines.append(
            NoticeLine(
                line=months[month - 1],
                bought=bought,
                so_far=so_far,
                rate=rate(so_far, annual.total if annual else 0),
                issued=issued.get(series_of(year, notice(month))),
            )
        )
    return lines
