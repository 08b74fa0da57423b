# import_export has no types.
# mypy: disable-error-code="misc"
"""Lists of firms and designations as sheets: the same headings out and in.

A list read twice adds nothing: a firm is known by its 사업자등록번호, else by its exact name; a
designation by firm, kind and first day.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import tablib  # type: ignore[import-untyped]  # has no types
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from import_export import fields, resources, widgets
from import_export.formats import base_formats
from import_export.results import Result, RowResult

from apps.core import sheets
from apps.core.hangul import particle
from apps.enterprises.enums import DesignationKind, EndReason
from apps.enterprises.fields import bare, dashed
from apps.enterprises.models import Designation, Enterprise

NAME, NUMBER = "기업명", "사업자등록번호"
#: Beside the headings of a row, the firm it means.
FOUND = "known firm"
#: A whole list is checked while somebody waits for it.
MOST_BYTES, MOST_ROWS = 5 * 1024 * 1024, 2_000
_DAY = re.compile(r"^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$")
#: What other offices' lists call the kinds.
KIND_SPELLINGS = {
    "인증사회적기업": DesignationKind.SOCIAL,
    "사회적기업": DesignationKind.SOCIAL,
    "협동조합": DesignationKind.COOP,
    "일반협동조합": DesignationKind.COOP,
}


# --- files ------------------------------------------------------------------------------------
def _tidy(raw: tablib.Dataset) -> tablib.Dataset:
    """Headings without spaces around them, no quotes of defused formulas, no empty rows at the
    end. Empty rows between stay, so that a complaint names the line the sheet has."""
    rows = [[sheets.restored(c).strip() if isinstance(c, str) else c for c in row] for row in raw]
    while rows and _is_empty(rows[-1]):
        rows.pop()
    headings = [str(heading or "").strip() for heading in raw.headers or []]
    return tablib.Dataset(*rows, headers=headings)


def _is_empty(cells: Iterable[Any]) -> bool:
    return all(cell in (None, "") for cell in cells)


class Xlsx(base_formats.XLSX):
    def get_title(self) -> str:
        return "xlsx"

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        return _tidy(super().create_dataset(in_stream))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return sheets.xlsx(dataset.headers, list(dataset))


class Csv(base_formats.CSV):
    """Read as bytes: UTF-8 or what a Korean Excel saves."""

    def get_title(self) -> str:
        return "csv"

    def is_binary(self) -> bool:
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        return _tidy(tablib.Dataset().load(sheets.decoded(in_stream), format="csv"))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return sheets.csv_file(dataset.headers, list(dataset))


# --- cells ------------------------------------------------------------------------------------
class TextWidget(widgets.Widget):
    """Text; a spreadsheet's number (a phone without dashes) is its digits."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value or ""


class NumberWidget(widgets.Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:
        return bare(value) or None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return dashed(value)


class DayWidget(widgets.Widget):
    """A day as a spreadsheet holds it or as people write it: 2016-03-31, 2016. 3. 31."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if value in (None, "") or isinstance(value, date):
            return value or None
        if match := _DAY.match(str(value).strip()):
            with suppress(ValueError):
                return date(*map(int, match.groups()))
        raise ValueError(f"날짜를 읽을 수 없습니다: {value}. 2016-03-31처럼 적어 주세요.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class ChoiceWidget(widgets.Widget):
    """One of the office's words, whatever the spaces in it."""

    def __init__(self, choices: Any, spellings: dict[str, Any] | None = None) -> None:
        super().__init__()
        self.choices = choices
        self.values = {label.replace(" ", ""): value for value, label in choices.choices}
        self.values |= spellings or {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        word = "".join(str(value or "").split())
        if word and word not in self.values:
            known = ", ".join(self.choices.labels)
            word = particle(f"'{value}'", "은/는")
            raise ValueError(f"{word} 쓸 수 없는 값입니다. 쓸 수 있는 값: {known}")
        return str(self.values[word]) if word else ""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self.choices(value).label) if value else ""


class KeptField(fields.Field):
    """A value that an empty cell does not erase: a firm named without its number keeps it."""

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        if self.clean(row, **kwargs) is not None:
            super().save(instance, row, is_m2m, **kwargs)


class FirmWidget(widgets.Widget):
    """The firm of a row, by its number or its name."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Enterprise:
        firm = known_firm(row)
        if firm is None:
            raise ValueError(f"등록된 기업이 아닙니다: {value}. 기업 목록을 먼저 올려 주세요.")
        return firm

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value)


def known_firm(row: dict[str, Any]) -> Enterprise | None:
    """The firm a row means, which the row remembers: reading it in asks several times."""
    if FOUND not in row:
        row[FOUND] = _found(row)
    firm: Enterprise | None = row[FOUND]
    return firm


def _found(row: dict[str, Any]) -> Enterprise | None:
    """The firm by number; else by exact name, where only one firm has it.

    A number not yet registered fits a firm of that exact name which has none.
    """
    number, name = bare(row.get(NUMBER)), str(row.get(NAME) or "").strip()
    if number:
        by_number = Enterprise.objects.filter(business_number=number).first()
        return by_number or Enterprise.objects.filter(name=name, business_number=None).first()
    firms = list(Enterprise.objects.filter(name=name)[:2])
    if len(firms) > 1:
        raise ValidationError(
            f"이름이 같은 기업이 둘 이상입니다: {name}. 사업자등록번호를 적어 주세요."
        )
    return firms[0] if firms else None


# --- lists ------------------------------------------------------------------------------------
class PlainDiff:
    """Old and new value of each column, for the preview, in plain words."""

    def __init__(self, resource: Any, instance: Any, new: bool) -> None:
        self.before = [] if new else self._values(resource, instance)
        self.after: list[str] = []

    def compare_with(self, resource: Any, instance: Any, dry_run: bool = False) -> None:
        self.after = self._values(resource, instance)

    def as_html(self) -> list[SafeString]:
        before = self.before or [""] * len(self.after)
        return [
            format_html_join(
                " ",
                "<{0}>{1}</{0}>",
                [(tag, text) for tag, text in (("del", old), ("ins", new)) if text],
            )
            if old != new
            else format_html_join("", "{}", [(new,)])
            for old, new in zip(before, self.after, strict=True)
        ]

    @staticmethod
    def _values(resource: Any, instance: Any) -> list[str]:
        return [
            str("" if value is None else value)
            for value in (field.export(instance) for field in resource.get_import_fields())
        ]


class RegistryResource(resources.ModelResource):
    """A list that is read whole or not at all; each bad row is named."""

    required: tuple[str, ...] = ()

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        missing = [heading for heading in self.required if heading not in (dataset.headers or [])]
        if missing:
            raise ValueError(f"표의 첫 줄에 다음 제목이 있어야 합니다: {', '.join(missing)}")
        if len(dataset) > MOST_ROWS:
            raise ValueError(
                f"한 번에 {MOST_ROWS:,}행까지 올릴 수 있습니다. 이 표는 {len(dataset):,}행입니다. "
                "나누어 올려 주세요."
            )

    def import_row(self, row: dict[str, Any], instance_loader: Any, **kwargs: Any) -> RowResult:
        if _is_empty(row.values()):
            result = RowResult()
            result.import_type = RowResult.IMPORT_TYPE_SKIP
            return result
        return super().import_row(row, instance_loader, **kwargs)

    @classmethod
    def get_diff_class(cls) -> type[PlainDiff]:
        return PlainDiff

    def complaints(self, result: Result) -> list[str]:
        """All that is wrong with a list, each with its line in the sheet and its heading."""
        headings = {field.attribute: f" {field.column_name}" for field in self.fields.values()}
        whole = [str(error.error) for error in result.base_errors]
        lines = [
            (number, "", str(error.error))
            for number, errors in result.row_errors()
            for error in errors
        ]
        lines += [
            (row.number, headings.get(attribute, ""), message)
            for row in result.invalid_rows
            for attribute, messages in row.error_dict.items()
            for message in messages
        ]
        return whole + [
            f"{number + 1}행{heading}: {message}" for number, heading, message in sorted(lines)
        ]


class EnterpriseResource(RegistryResource):
    required = (NAME,)
    name = fields.Field("name", NAME, TextWidget())
    business_number = KeptField("business_number", NUMBER, NumberWidget())
    representative = fields.Field("representative", "대표자", TextWidget())
    phone = fields.Field("phone", "전화", TextWidget())
    address = fields.Field("address", "주소", TextWidget())
    website = fields.Field("website", "누리집", TextWidget())
    founded_on = fields.Field("founded_on", "설립일", DayWidget())
    closed_on = fields.Field("closed_on", "폐업·해산일", DayWidget())
    note = fields.Field("note", "비고", TextWidget())

    class Meta:
        model = Enterprise
        name = "기업"
        fields = (
            "name",
            "business_number",
            "representative",
            "phone",
            "address",
            "website",
            "founded_on",
            "closed_on",
            "note",
        )
        import_id_fields = ("name",)
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Enterprise | None:
        return known_firm(row)

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """A new firm without a number must not look like one already there (R4)."""
        name = str(row.get(NAME) or "")
        if bare(row.get(NUMBER)) or known_firm(row):
            return
        if alike := Enterprise.objects.same_name(name).first():
            raise ValidationError(
                f"이름이 비슷한 기업이 있습니다: {alike.name}. "
                "같은 기업이면 이름을 맞추고, 다른 기업이면 사업자등록번호를 적어 주세요."
            )


class DesignationResource(RegistryResource):
    required = (NAME, "유형", "지정일")
    enterprise = fields.Field("enterprise", NAME, FirmWidget())
    business_number = fields.Field(
        "enterprise__business_number", NUMBER, NumberWidget(), readonly=True
    )
    kind = fields.Field("kind", "유형", ChoiceWidget(DesignationKind, KIND_SPELLINGS))
    number = fields.Field("number", "지정·인증번호", TextWidget())
    authority = fields.Field("authority", "지정·인증기관", TextWidget())
    starts = fields.Field("starts", "지정일", DayWidget())
    ends = fields.Field("ends", "유효기간 끝", DayWidget())
    ended_on = fields.Field("ended_on", "종료일", DayWidget())
    end_reason = fields.Field("end_reason", "종료 사유", ChoiceWidget(EndReason))

    class Meta:
        model = Designation
        name = "지정·인증"
        fields = (
            "enterprise",
            "business_number",
            "kind",
            "number",
            "authority",
            "starts",
            "ends",
            "ended_on",
            "end_reason",
        )
        import_id_fields = ("enterprise", "kind", "starts")
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Designation | None:
        try:
            kind, starts = self.fields["kind"].clean(row), self.fields["starts"].clean(row)
            firm = known_firm(row)
        except ValueError:
            return None  # the cell is named when the row's fields are read
        return Designation.objects.filter(enterprise=firm, kind=kind, starts=starts).first()
