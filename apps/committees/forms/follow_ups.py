"""What is to be done after a meeting."""

from typing import Any

from apps.committees.models import FollowUp
from apps.core.forms import ModelForm


class FollowUpForm(ModelForm):
    """The items offered are those of the meeting."""

    class Meta:
        model = FollowUp
        fields = ["item", "what", "owner", "due", "done_on"]
        help_texts = {
            "item": "회의 전체에 관한 일이면 비워 둡니다.",
            "owner": "예: 일자리지원과",
            "done_on": "마치면 적습니다. 비어 있으면 할 일 목록에 남습니다.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["item"]
        field.queryset = self.instance.meeting.items.all()
        field.empty_label = "회의 전체"
