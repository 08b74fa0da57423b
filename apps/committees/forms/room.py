"""What is entered on the day: who is there, who stays away from an item, how the vote went."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from apps.committees.enums import RecusalKind, Verdict
from apps.committees.models import AgendaItem, Attendance, Member
from apps.committees.models.members import MemberQuerySet
from apps.committees.queries.room import verdicts, votes_on
from apps.committees.services import Votes
from apps.core.forms import Form

CLOCK = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
#: What a browser's clock counts in, and the last year it is believed to tell.
MILLISECOND, FAR = 1000, 10**13
COUNTS = ("in_favor", "against", "abstained", "void")


class TappedForm(Form):
    """A tap of that very moment, ``tapped`` by the tablet's clock (milliseconds since 1970).

    It may come late, where the line dropped.
    """

    tapped = forms.IntegerField(required=False, min_value=0, max_value=FAR)

    def moment(self, held_on: date | None) -> datetime:
        """When it was; the tablet is believed for a moment past of the meeting's day."""
        now, told = timezone.localtime(), self.cleaned_data.get("tapped")
        if told is None:
            return now
        tapped = timezone.localtime(datetime.fromtimestamp(told / MILLISECOND, UTC))
        return tapped if tapped <= now and tapped.date() == held_on else now


class SeatForm(TappedForm):
    """Where a member is: there from now on, gone, not there at all, or there for certain items."""

    seat = forms.ChoiceField(choices=[(each, each) for each in ("here", "gone", "away", "hours")])
    items = forms.ModelMultipleChoiceField(
        label="자리에 있던 안건",
        queryset=AgendaItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    came_at = forms.TimeField(label="들어온 시각", required=False, widget=CLOCK)
    left_at = forms.TimeField(label="나간 시각", required=False, widget=CLOCK)

    def __init__(self, member: Member, items: Sequence[AgendaItem], *args: Any, **kwargs: Any):
        super().__init__(*args, auto_id=f"seat-{member.pk}-%s", **kwargs)
        field: Any = self.fields["items"]
        field.queryset = AgendaItem.objects.filter(pk__in=[item.pk for item in items])
        field.choices = [(item.pk, f"안건 {item.order}") for item in items]

    @property
    def hours(self) -> dict[str, Any]:
        """For which items, and from when to when by the clock."""
        return {name: self.cleaned_data[name] for name in ("items", "came_at", "left_at")}

    def clock(self, held_on: date | None) -> time | None:
        """When the tick was made; what is recorded on another day has no hour by itself."""
        moment = self.moment(held_on)
        return moment.time().replace(second=0, microsecond=0) if moment.date() == held_on else None

    @classmethod
    def shown(
        cls, member: Member, items: Sequence[AgendaItem], row: Attendance | None
    ) -> "SeatForm":
        """The form as it stands, before anything is typed."""
        if row is None:
            return cls(member, items)
        there = [item.pk for item in items if row.covers(item)]
        initial = {"items": there, "came_at": row.came_at, "left_at": row.left_at}
        return cls(member, items, initial=initial)


class RecusalForm(Form):
    """Who takes no part in an item, and why."""

    member = forms.ModelChoiceField(label="위원", queryset=Member.objects.none())
    kind = forms.ChoiceField(label="구분", choices=RecusalKind)
    reason = forms.CharField(label="사유", max_length=200)

    def __init__(self, members: MemberQuerySet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="recusal-%s", **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]  # the choice field's


class DecisionForm(Form):
    """How the votes fell, and what came of an item; of one that is heard only the latter."""

    in_favor = forms.IntegerField(label="찬성", min_value=0, max_value=999, required=False)
    against = forms.IntegerField(label="반대", min_value=0, max_value=999, required=False)
    abstained = forms.IntegerField(label="기권", min_value=0, max_value=999, required=False)
    void = forms.IntegerField(label="무효", min_value=0, max_value=999, required=False)
    chair_in_favor = forms.BooleanField(label="가부동수: 위원장이 찬성으로 결정", required=False)
    verdict = forms.ChoiceField(label="결과", widget=forms.RadioSelect)
    text = forms.CharField(
        label="의결 주문",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="수정한 내용이나 붙인 조건, 의견을 적습니다.",
    )

    def __init__(self, item: AgendaItem, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="decision-%s", **kwargs)
        chosen = verdicts(item, item.meeting)
        self.fields["verdict"].choices = [(each.value, each.label) for each in chosen]  # type: ignore[attr-defined]  # the choice field's
        if not votes_on(item, item.meeting):
            self.fields["text"].label = "의견"
            for name in (*COUNTS, "chair_in_favor"):
                del self.fields[name]

    @property
    def votes(self) -> Votes:
        """As typed, as far as it can be read: an empty box is nobody."""
        if not hasattr(self, "cleaned_data"):
            return Votes()
        counts = {name: self.cleaned_data.get(name) or 0 for name in COUNTS}
        return Votes(**counts, chair_in_favor=bool(self.cleaned_data.get("chair_in_favor")))

    @property
    def in_words(self) -> str:
        """What was sent, for one who must look at it again: ``원안가결, 찬성 9 · 반대 0``."""
        verdict = self.cleaned_data.get("verdict")
        words = [Verdict(verdict).label] if verdict else []
        fields = [self.fields[name] for name in COUNTS if name in self.fields]
        counts = [self.cleaned_data.get(name) or 0 for name in COUNTS]
        votes = " · ".join(f"{f.label} {n}" for f, n in zip(fields, counts, strict=False))
        return ", ".join(filter(None, [*words, votes, self.cleaned_data.get("text", "")]))
