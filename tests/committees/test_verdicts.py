"""What may be recorded of an item by its votes: never a gap, never two truths."""

from hypothesis import given
from hypothesis import strategies as st

from apps.committees.enums import AgendaKind, CarryingBase, Portion, Verdict
from apps.committees.models import AgendaItem, Charter, Meeting
from apps.committees.queries.heads import refusal
from apps.committees.quorum import Tally
from apps.rules.models import Statute

MEETING = Meeting()
DELIBERATED = AgendaItem(meeting=MEETING, kind=AgendaKind.DELIBERATION, title="심의")
REPORTED = AgendaItem(meeting=MEETING, kind=AgendaKind.REPORT, title="보고")
PORTIONS = st.sampled_from([Portion.MAJORITY, Portion.HALF, Portion.TWO_THIRDS])


@st.composite
def charters(draw: st.DrawFn) -> Charter:
    return Charter(
        statute=Statute(name="활성화 조례"),
        voting_article="제9조",
        opening=draw(PORTIONS),
        carrying=draw(PORTIONS),
        carrying_of=draw(st.sampled_from(CarryingBase)),
        chair_breaks_ties=draw(st.booleans()),
    )


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    in_office = draw(st.integers(1, 30))
    present = draw(st.integers(0, in_office))
    votes: list[int] = []
    for _ in range(4):
        votes.append(draw(st.integers(0, present - sum(votes))))
    return Tally(in_office, present, *votes)


def _allowed(item: AgendaItem, charter: Charter | None, tally: Tally, chair: bool) -> set[str]:
    return {
        verdict.value
        for verdict in Verdict
        if not refusal(item, verdict, charter, tally, chair_in_favor=chair)
    }


@given(charters(), tallies(), st.booleans())
def test_votes_carry_or_fail_and_never_both(charter: Charter, tally: Tally, chair: bool) -> None:
    allowed = _allowed(DELIBERATED, charter, tally, chair)
    assert Verdict.DEFERRED in allowed
    assert Verdict.HEARD not in allowed
    assert (Verdict.CARRIED in allowed) == (Verdict.AMENDED in allowed)
    carried, rejected = Verdict.CARRIED in allowed, Verdict.REJECTED in allowed
    assert not (carried and rejected)
    decides = charter.rule.opens(tally) and tally.voted > 0
    assert (carried or rejected) == decides


@given(charters(), tallies(), st.booleans())
def test_why_not_names_the_article_where_too_few_are_there(
    charter: Charter, tally: Tally, chair: bool
) -> None:
    for verdict in (Verdict.CARRIED, Verdict.REJECTED):
        why = refusal(DELIBERATED, verdict, charter, tally, chair_in_favor=chair)
        if not charter.rule.opens(tally):
            assert why.startswith("의결 불가: 재적")
            assert why.endswith("근거: 「활성화 조례」 제9조")


@given(tallies(), st.booleans())
def test_a_body_without_votes_only_hears(tally: Tally, chair: bool) -> None:
    for item in (DELIBERATED, REPORTED):
        heard = {Verdict.HEARD} if tally.present else set()
        assert _allowed(item, None, tally, chair) == {Verdict.DEFERRED, *heard}
