"""What people fill in for a file of records."""

from collections import Counter
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from apps.accounts.models import Department, User
from apps.core.dates import today
from apps.core.forms import Form
from apps.imports.kinds import WEB, FileRefused, recognised, too_large
from apps.imports.registry import Importer, Outcome

#: So many names are asked for at a time.
MOST_QUESTIONS = 30
UNUSED = "쓰지 않음"
UNDECIDED = "아직 정하지 않음"


class UploadForm(Form):
    """A file, and for officials the department whose records it brings."""

    department = forms.ModelChoiceField(
        label="부서",
        queryset=Department.objects.none(),
        required=False,
        empty_label="줄마다 적힌 부서",
        help_text="한 부서의 자료만 든 파일이면 그 부서를 고릅니다.",
    )
    file = forms.FileField(
        label="파일",
        max_length=255,
        help_text=f"엑셀(xlsx, xls)이나 CSV. {WEB.size >> 20}MB, {WEB.rows:,}줄까지.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.is_official:
            department: Any = self.fields["department"]
            department.queryset = Department.objects.in_year(today().year)
        else:
            del self.fields["department"]
        self.user = user

    def clean_file(self) -> UploadedFile[bytes]:
        """Look at the file before it is kept; what is wrong with it is said beside it."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > WEB.size:
            raise ValidationError(too_large(WEB))
        try:
            recognised(file)
        except FileRefused as refused:
            raise ValidationError(str(refused)) from refused
        return file

    @property
    def meant(self) -> Department | None:
        """Whose records these are; a clerk's are of the own department."""
        if self.user.is_official:
            chosen: Department | None = self.cleaned_data["department"]
            return chosen
        return self.user.department


class ColumnsForm(Form):
    """What each column of a file holds, as it was taken, to be changed."""

    def __init__(self, *args: Any, importer: Importer, outcome: Outcome) -> None:
        super().__init__(*args, prefix="column")
        for place, (heading, key) in enumerate(outcome.columns):
            self.fields[str(place)] = forms.ChoiceField(
                label=heading or f"{place + 1}열",
                choices=[("", UNUSED), *importer.columns],
                required=False,
                initial=key,
            )

    def clean(self) -> None:
        times = Counter(key for key in self.cleaned_data.values() if key)
        for place, key in list(self.cleaned_data.items()):
            if times[key] > 1:
                self.add_error(place, "같은 뜻을 두 열에 골랐습니다. 하나만 골라 주세요.")


class AnswersForm(Form):
    """What names in a file mean, where only a person can tell.

    The ``chosen`` have offers to choose from, the ``typed`` a box each. Fields go by the name they
    ask for, not by its place: a page that is out of date says nothing of any other name.
    """

    def __init__(self, *args: Any, importer: Importer, outcome: Outcome, by: User) -> None:
        super().__init__(*args, prefix="name")
        asked = [each for each in outcome.questions if each.offers or importer.picker]
        self.names = {_digest(each.name): each.name for each in asked[:MOST_QUESTIONS]}
        self.more = len(asked) - len(self.names)
        for question in asked[:MOST_QUESTIONS]:
            field: forms.Field = forms.TypedChoiceField(
                choices=[*question.offers, ("", UNDECIDED)],
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
            )
            if importer.picker and not question.offers:
                field = importer.picker(by)
            field.label, field.required = f"{question.name} ({question.rows:,}줄)", False
            self.fields[_digest(question.name)] = field

    @property
    def chosen(self) -> list[forms.BoundField]:
        return [field for field in self if isinstance(field.field, forms.ChoiceField)]

    @property
    def typed(self) -> list[forms.BoundField]:
        return [field for field in self if not isinstance(field.field, forms.ChoiceField)]

    def clean(self) -> None:
        if not self.errors and not self.answers:
            raise ValidationError("하나 이상 골라 주세요.")

    @property
    def answers(self) -> dict[str, int]:
        """The names that were decided, with the key of what they mean."""
        return {
            self.names[digest]: key for digest, key in self.cleaned_data.items() if key is not None
        }


def _digest(name: str) -> str:
    """A name as the key of its field."""
    return sha256(name.encode()).hexdigest()[:16]
