"""Counts of any day against a naive count, and how years follow from each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.enterprises import services
from apps.enterprises.enums import DesignationKind, EndReason, KindGroup
from apps.enterprises.models import Designation, Enterprise, PublishedCount
from apps.enterprises.queries import counts_on, published_beside_computed, yearly_change
from tests.conftest import make_user
from tests.enterprises.factories import make_designation, make_firm

FIRST = date(2013, 1, 1)
DAYS = st.integers(0, 5 * 365).map(lambda n: FIRST + timedelta(days=n))
#: (firm, kind, first day, days of the term or none, days until it really ended or none)
ROWS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(DesignationKind),
        DAYS,
        st.none() | st.integers(0, 900),
        st.none() | st.integers(0, 900),
    ),
    max_size=12,
)
Row = tuple[int, DesignationKind, date, int | None, int | None]
Span = tuple[int, DesignationKind, date, date]


def register(rows: list[Row]) -> list[Span]:
    """Write the rows that do not overlap one already written; the days each holds."""
    firms = [make_firm(f"기업{number}") for number in range(4)]
    spans: list[Span] = []
    new: list[Designation] = []
    for number, kind, starts, term, held in rows:
        ends = None if term is None else starts + timedelta(days=term)
        last = date.max if ends is None else ends
        ended_on = None if held is None else min(starts + timedelta(days=held), last)
        last = ended_on or last
        clash = any((n, k) == (number, kind) and a <= last and starts <= b for n, k, a, b in spans)
        if clash:
            continue
        spans.append((number, kind, starts, last))
        reason = EndReason.REVOKED if ended_on else ""
        new.append(
            Designation(
                enterprise=firms[number],
                kind=kind,
                starts=starts,
                ends=ends,
                ended_on=ended_on,
                end_reason=reason,
            )
        )
    Designation.objects.bulk_create(new)
    return spans


def naive(spans: list[Span], day: date, *kinds: DesignationKind) -> int:
    return len({n for n, k, a, b in spans if k in kinds and a <= day <= b})


class Counting(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(ROWS, DAYS)
    def test_every_day_is_counted_as_by_hand(self, rows: list[Row], day: date) -> None:
        spans = register(rows)
        counts = counts_on(day)
        assert counts.total == naive(spans, day, *DesignationKind)
        for row in counts.groups:
            assert row.count == naive(spans, day, *row.group.kinds)
            assert dict(row.kinds) == {k: naive(spans, day, k) for k in row.group.kinds}
        assert Enterprise.objects.designated(day).count() == counts.total

    @settings(max_examples=40, deadline=None)
    @given(ROWS, DAYS)
    def test_net_change_is_the_difference_of_counts(self, rows: list[Row], day: date) -> None:
        spans = register(rows)
        before = dict.fromkeys(("", *KindGroup), 0)
        for year in yearly_change(FIRST.year, day):
            kinds = {"": tuple(DesignationKind)} | {g: g.kinds for g in KindGroup}
            for group, change in (("", year.total), *year.groups):
                assert change.count == naive(spans, year.until, *kinds[group])
                assert change.count == before[group] + change.net
                before[group] = change.count


@pytest.mark.django_db
class TestHistory:
    def test_a_firm_of_two_kinds_is_once_in_the_total_and_once_in_each(self) -> None:
        firm = make_firm()
        make_designation(firm, DesignationKind.COOP)
        make_designation(firm, DesignationKind.VILLAGE)
        counts = counts_on(date(2016, 3, 31))
        assert counts.total == 1
        assert {row.group: row.count for row in counts.groups} == {
            KindGroup.SOCIAL: 0,
            KindGroup.VILLAGE: 1,
            KindGroup.COOP: 1,
            KindGroup.SELF_SUPPORT: 0,
        }

    def test_a_past_count_survives_conversion_and_closing(self, officer: User) -> None:
        firm = make_firm()
        row = make_designation(
            firm, DesignationKind.PRE_SOCIAL, date(2015, 1, 1), ends=date(2017, 12, 31)
        )
        asked_then = counts_on(date(2015, 8, 1))
        services.convert(designation=row, on=date(2015, 9, 22), by=officer)
        services.close(enterprise=firm, on=date(2016, 5, 1), today=date(2016, 6, 1), by=officer)
        assert counts_on(date(2015, 8, 1)) == asked_then
        assert counts_on(date(2015, 9, 21)) == counts_on(date(2015, 8, 1)).__class__(
            date(2015, 9, 21), asked_then.total, asked_then.groups
        )
        assert dict(counts_on(date(2015, 9, 22)).groups[0].kinds) == {
            DesignationKind.PRE_SOCIAL: 0,
            DesignationKind.SOCIAL: 1,
        }
        assert counts_on(date(2016, 5, 2)).total == 0

    def test_a_conversion_is_neither_new_nor_ended(self, officer: User) -> None:
        row = make_designation(make_firm(), DesignationKind.PRE_SOCIAL, date(2014, 6, 1))
        services.convert(designation=row, on=date(2015, 9, 22), by=officer)
        changes = {y.year: y.total for y in yearly_change(2014, date(2015, 12, 31))}
        assert (changes[2014].new, changes[2015].new, changes[2015].ended) == (1, 0, 0)

    def test_published_numbers_stand_beside_those_of_the_same_day_and_kind(self) -> None:
        firm = make_firm()
        make_designation(firm, DesignationKind.COOP)
        make_designation(firm, DesignationKind.VILLAGE, date(2015, 1, 1))
        for kind, number in (("", 31), (KindGroup.COOP, 20), (KindGroup.VILLAGE, 5)):
            PublishedCount.objects.create(
                as_of=date(2013, 12, 31), kind=kind, count=number, rule="기준", source="계획"
            )
        rows = {row.kind: (row.count, n) for row, n in published_beside_computed()}
        assert rows == {"": (31, 1), KindGroup.COOP: (20, 1), KindGroup.VILLAGE: (5, 0)}


@pytest.mark.django_db
def test_without_designations_there_are_no_years() -> None:
    make_user("someone", Role.OFFICER)
    assert yearly_change(2013, date(2016, 3, 31)) == []
    assert counts_on(date(2016, 3, 31)).total == 0
