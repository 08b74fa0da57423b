"""The hosts of a body, one a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.committees.models import Committee, Host
from apps.core.forms import Form

LONGEST = Host._meta.get_field("name").max_length or 0


class HostsForm(Form):
    hosts = forms.CharField(
        label="주관 기관",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="주관하는 차례대로 한 줄에 한 기관씩 적습니다. 끝나면 첫 기관으로 돌아갑니다.",
    )

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        names = committee.hosts.values_list("name", flat=True)
        super().__init__(*args, initial={"hosts": "\n".join(names)}, **kwargs)

    def clean_hosts(self) -> list[str]:
        lines = self.cleaned_data["hosts"].splitlines()
        names = [line.strip() for line in lines if line.strip()]
        for name in names:
            if len(name) > LONGEST:
                raise ValidationError(f"기관 이름은 {LONGEST}자까지 적을 수 있습니다: {name}")
        return names
