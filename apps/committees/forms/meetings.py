"""A meeting and its agenda, filled in on one page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from apps.accounts.models import User
from apps.committees.enums import MeetingMode
from apps.committees.models import AgendaItem, Meeting
from apps.committees.queries.hearings import hearable
from apps.committees.services import NO_ITEMS
from apps.core.forms import ModelForm
from apps.plans.models import Plan

BLANK_ROWS = 3
LAST = 10_000


class MonthField(forms.DateField):
    """A month, kept as its first day. Browsers without a month picker get a text box."""

    widget = forms.DateInput({"type": "month"}, format="%Y-%m")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, input_formats=["%Y-%m"])
        self.error_messages["invalid"] = "월은 2016-01처럼 적어 주세요."


class MeetingForm(ModelForm):
    month = MonthField(label="개최 월")

    class Meta:
        model = Meeting
        fields = ["number", "title", "mode", "month", "held_on", "starts_at", "place", "host"]
        widgets = {
            "mode": forms.RadioSelect,
            "starts_at": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "host": forms.TextInput({"list": "hosts"}),
        }
        labels = {"held_on": "개최일(서면 심의이면 회신 기한)"}
        error_messages = {"starts_at": {"invalid": "시각은 14:00처럼 적어 주세요."}}
        help_texts = {
            "mode": "서면 심의에는 시작 시각과 장소가 없고, 위원이 회신할 기한만 정합니다.",
            "held_on": "정해지지 않았으면 비워 둡니다.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hosts = list(self.instance.committee.hosts.all())
        if not self.hosts and not self.instance.host:
            del self.fields["host"]

    def clean(self) -> dict[str, Any]:
        """A written meeting has no hour and place; what was typed there is left out."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("mode") == MeetingMode.WRITTEN:
            cleaned |= {"starts_at": None, "place": ""}
        return cleaned


class AgendaItemForm(ModelForm):
    """A row of the agenda; a new row without text is no item."""

    order = forms.IntegerField(label="순서", min_value=1, max_value=LAST - 1, required=False)

    class Meta:
        model = AgendaItem
        fields = ["kind", "title", "proposer", "summary", "plan"]
        widgets = {"summary": forms.Textarea({"rows": 6, "class": "outline-input"})}

    def __init__(self, *args: Any, plans: Sequence[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["order"] = self.instance.order
        shown = list(plans)
        if self.instance.plan_id and all(plan.pk != self.instance.plan_id for plan in shown):
            shown.append(self.instance.plan)
        self._offer(shown)

    def _offer(self, plans: Sequence[Plan]) -> None:
        """These plans; where there is none, the field is left out."""
        field: Any = self.fields["plan"]
        field.queryset = Plan.objects.filter(pk__in=[plan.pk for plan in plans])
        field.choices = [("", "없음"), *((plan.pk, str(plan)) for plan in plans)]
        if not plans:
            del self.fields["plan"]

    def has_changed(self) -> bool:
        return not {"title", "proposer", "summary", "plan"}.isdisjoint(self.changed_data)


class AgendaFormSet(BaseInlineFormSet[AgendaItem, Meeting, AgendaItemForm]):
    """The whole agenda of a meeting."""

    def clean(self) -> None:
        super().clean()
        if not self._kept():
            raise ValidationError(NO_ITEMS)

    def _kept(self) -> list[AgendaItemForm]:
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]

    @property
    def items(self) -> list[AgendaItem]:
        """The items by their numbers; a row without a number comes last."""
        ordered = sorted(self._kept(), key=lambda form: form.cleaned_data["order"] or LAST)
        return [form.instance for form in ordered]

    @property
    def removed(self) -> list[AgendaItem]:
        return [form.instance for form in self.deleted_forms if form.instance.pk]


AgendaRows = inlineformset_factory(
    Meeting,
    AgendaItem,
    form=AgendaItemForm,
    formset=AgendaFormSet,
    extra=BLANK_ROWS,
    can_delete_extra=False,
)


class MeetingEditor:
    """A meeting and its agenda, filled in on one page."""

    def __init__(self, meeting: Meeting, data: QueryDict | None, user: User) -> None:
        if data is not None and "add_row" in data:
            data = _with_another_row(data)
        self.form = MeetingForm(data, instance=meeting)
        plans = {"plans": hearable(meeting, user)}
        self.agenda: Any = AgendaRows(data, instance=meeting, prefix="items", form_kwargs=plans)
        if meeting.pk:
            self.agenda.extra = 1
        if data is not None and "add_row" in data:
            self._leave_unchecked()

    def _leave_unchecked(self) -> None:
        """Somebody who asks for another row is not done: what is typed is shown as it is."""
        for form in (self.form, *self.agenda.forms):
            form._errors = ErrorDict()
        self.agenda._errors = []
        self.agenda._non_form_errors = ErrorList()

    def is_valid(self) -> bool:
        """Whether both can be saved; always checks both, so that all errors show at once."""
        return all([self.form.is_valid(), self.agenda.is_valid()])

    @property
    def has_errors(self) -> bool:
        return bool(self.form.errors) or self.agenda.total_error_count() > 0


def _with_another_row(data: QueryDict) -> QueryDict:
    more = data.copy()
    rows = more.get("items-TOTAL_FORMS", "")
    more["items-TOTAL_FORMS"] = str(int(rows) + 1) if rows.isdecimal() else rows
    return more
