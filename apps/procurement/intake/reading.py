"""Rows from outside, pasted or in a file, become purchases: by the same rules as the form's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from apps.accounts.models import Department, User
from apps.core.dates import year_bounds
from apps.core.history import service
from apps.enterprises.models import Designation, Enterprise
from apps.imports.columns import Column, Layout, squeezed
from apps.imports.registry import Fault, Question, Raw, Remembered
from apps.procurement.access import writable_departments
from apps.procurement.eligibility import Record, needs_reason, terms_of
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.intake.cells import (
    EMPTY,
    BadCell,
    choice_of,
    limited,
    parse_amount,
    parse_day,
    text_of,
)
from apps.procurement.intake.columns import columns_of_purchases, spellings
from apps.procurement.intake.staging import Draft, staging
from apps.procurement.models import Purchase
from apps.procurement.queries.months import closed_months
from apps.procurement.suppliers.matching import How, Match, Matcher
from apps.procurement.triggers import IS_CLOSED

NOT_KNOWN = "등록된 사회적경제기업이 아닙니다. 기업명과 사업자등록번호를 확인해 주세요."
NOT_SURE = "어느 기업인지 정할 수 없습니다. 사업자등록번호를 적거나 기업을 골라 주세요."
NO_DEPARTMENT = "등록된 부서가 아닙니다. 부서명을 확인해 주세요."
NOT_OWN = "이 부서의 구매는 등록할 수 없습니다."
CLOSED = "{month:%Y}년 {month.month}월" + IS_CLOSED
#: How it was bought, where the sheet has no column for it.
_ABSENT = {
    "channel": str(PurchaseChannel.OTHER.label),
    "contract": str(ContractMethod.OTHER.label),
}
#: Texts that come again are read once; so many are remembered, whatever the size of the file.
_MEMORY = 2**15
#: So many names are told apart that a person has to tell; more are no list of our firms.
MOST_ASKED = 10_000


@dataclass(slots=True)
class _Asked:
    rows: int
    match: Match


class Intake:
    """Reads rows for ``user``: into ``department``, or where it is ``None`` into each row's own.

    What the office knows of firms, departments and months is loaded once. Raises
    ``PermissionDenied`` where ``user`` may not enter purchases of ``department``.
    """

    def __init__(self, *, user: User, department: Department | None = None, today: date) -> None:
        if department is None and not user.is_official:
            department = user.department
        self._fixed = department
        own = list(writable_departments(user))
        if not own or (department is not None and department not in own):
            raise PermissionDenied
        self._departments: dict[str, list[Department]] = {}
        for each in own if user.is_official else Department.objects.all():
            for name in {squeezed(each.name), squeezed(each.code)}:
                self._departments.setdefault(name, []).append(each)
        closed = closed_months()
        self._closed = {each.pk: closed.for_department(each.pk) for each in own}
        firms = Enterprise.objects.visible_to(user)
        self.matcher = Matcher(firms, department.pk if department else None)
        self._records = _records()
        self._asked: dict[str, _Asked] = {}
        #: The names met that were remembered, with the key of the firm.
        self._known: dict[str, int] = {}
        self._official = user.is_official
        #: Rows whose firm was found by its name or number alone, the other being nobody's.
        self._by_name = self._by_number = 0
        remembered = lru_cache(maxsize=_MEMORY)
        self._department = remembered(self._find_department)
        self._matched = remembered(self._match)
        self._month = remembered(self._closed_month)
        self._cells: dict[str, Callable[[Raw], Any]] = {
            "purchased_on": remembered(partial(parse_day, today=today)),
            "item": partial(limited, length=200, required=True),
            "kind": remembered(_choice(PurchaseKind)),
            "channel": remembered(_choice(PurchaseChannel)),
            "contract": remembered(_choice(ContractMethod)),
            "document_number": partial(limited, length=50),
            "note": partial(limited, length=300),
            "override_reason": partial(limited, length=300),
        }

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns a sheet may have, known by these departments and firms too."""
        return columns_of_purchases(
            lambda text: squeezed(text) in self._departments,
            lambda text: bool(text) and self.matcher.match(text).enterprise is not None,
        )

    def lacking(self, layout: Layout) -> list[str]:
        """The headings of columns without which no row of a sheet can be taken."""
        found = set(layout.keys)
        wanted = [column.heading for column in layout.missing(self.columns)]
        if self._fixed is None and "department" not in found:
            wanted.append("부서")
        if not found & {"enterprise", "business_number"}:
            wanted.append("기업명")
        return wanted

    @property
    def questions(self) -> tuple[Question, ...]:
        """The names met so far that only a person can tell, those of most rows first.

        Names nobody knows, which have no offers, come after those that have some.
        """
        asked = sorted(
            self._asked.items(),
            key=lambda each: (not each[1].match.offers, -each[1].rows, each[0]),
        )
        return tuple(Question(name, each.rows, each.match.offers) for name, each in asked)

    @property
    def remembered(self) -> tuple[Remembered, ...]:
        """The names met whose firm somebody has said before; whether the user may take it back."""
        return tuple(
            Remembered(
                name,
                self._records[firm].name,
                self._official or not self.matcher.holds_for_all(name),
            )
            for name, firm in sorted(self._known.items())
        )

    @property
    def remarks(self) -> list[str]:
        """How firms were found where name and number do not both lead to them."""
        found = {
            f"번호가 맞지 않아 이름으로 찾음 {self._by_name}줄": self._by_name,
            f"등록된 기업명이 아니어서 번호로 찾음 {self._by_number}줄": self._by_number,
        }
        return [remark for remark, rows in found.items() if rows]

    def read(
        self, values: Mapping[str, Raw], row: int, unit: str = "", firm: int | None = None
    ) -> Draft | list[Fault]:
        """The purchase in ``row`` of a sheet, or all that keeps it from being one.

        ``values`` are the cells by the key of their column, ``unit`` that of a plain amount,
        ``firm`` the key of the firm where somebody has chosen it. The ``column`` of a fault is a
        key too. Where the sheet has no column for it, the department is
        the intake's, and the way it was bought is 기타. A purchase may be of a closed month, as one
        that is recorded already may: what is new is held against :meth:`closed`.
        """
        found: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for key, read in self._cells.items():
            try:
                found[key] = read(values.get(key, _ABSENT.get(key)))
            except BadCell as bad:
                wrong[key] = str(bad)
        get, day = values.get, found.get("purchased_on")
        for key, find, given in (
            ("amount", parse_amount, (get("amount"), unit)),
            ("department", self._department, (get("department"), day and day.year)),
            ("enterprise", self._firm, (get("enterprise"), get("business_number"), firm)),
        ):
            try:
                found[key] = find(*given)
            except BadCell as bad:
                wrong[key] = str(bad)
        if day is not None:
            self._look_at_firm(found, wrong)
        if wrong:
            if day is not None and (closed := self._month(found.get("department"), day)):
                wrong["purchased_on"] = closed
            return [_fault(row, key, message, values) for key, message in wrong.items()]
        return Draft(row, **found)

    def closed(self, draft: Draft) -> str:
        """Why it cannot be recorded any more where it is new; empty where it can."""
        return self._month(draft.department, draft.purchased_on)

    def _look_at_firm(self, found: dict[str, Any], wrong: dict[str, str]) -> None:
        """Whether the purchase counts; a reason where none is needed is emptied."""
        if "enterprise" not in found:
            return
        try:
            question = needs_reason(self._records[found["enterprise"]], found["purchased_on"])
        except ValidationError as error:
            wrong |= {key: said[0] for key, said in error.message_dict.items()}
            return
        if not question:
            found["override_reason"] = ""
        elif not found.get("override_reason", True):
            wrong["override_reason"] = question

    def _find_department(self, cell: Raw, year: int | None) -> int:
        """The department of a name or code, in a year in which it exists."""
        name = text_of(cell)
        fixed = self._fixed
        if fixed is not None:
            if name and squeezed(name) not in (squeezed(fixed.name), squeezed(fixed.code)):
                raise BadCell(f"{NOT_OWN} {fixed.name}의 구매만 적어 주세요.")
            if year is not None and not fixed.exists_between(*year_bounds(year)):
                raise BadCell(f"{fixed.name}은(는) {year}년에 없는 부서입니다.")
            return fixed.pk
        if not name:
            raise BadCell(EMPTY)
        called = self._departments.get(squeezed(name), [])
        if not called:
            raise BadCell(NO_DEPARTMENT)
        there = [each for each in called if year is None or each.exists_between(*year_bounds(year))]
        if not there:
            raise BadCell(f"{year}년에는 없는 부서입니다. 부서명을 확인해 주세요.")
        if len(there) > 1:
            codes = ", ".join(each.code for each in there)
            raise BadCell(f"이름이 같은 부서가 있습니다. 부서 코드로 적어 주세요: {codes}")
        return there[0].pk

    def _firm(self, name: Raw, number: Raw, chosen: int | None) -> int:
        if chosen is not None:
            return chosen
        match = self._matched(name, number)
        if match.enterprise is not None:
            if match.note:
                self._by_number += match.how is How.NUMBER
                self._by_name += match.how is not How.NUMBER
            return match.enterprise
        if match.asked in self._asked or (match.asked and len(self._asked) < MOST_ASKED):
            self._asked.setdefault(match.asked, _Asked(0, match)).rows += 1
        if not match.offers:
            raise BadCell(f"{match.note} {NOT_KNOWN}".strip())
        labels = ", ".join(label for _, label in match.offers[:3])
        raise BadCell(f"{match.note} {NOT_SURE} 비슷한 기업: {labels}".strip())

    def _match(self, name: Raw, number: Raw) -> Match:
        if not text_of(name) and not text_of(number):
            raise BadCell(EMPTY)
        match = self.matcher.match(text_of(name), number)
        if match.how is How.REMEMBERED and match.enterprise is not None:
            self._known[match.asked] = match.enterprise
        return match

    def _closed_month(self, department: int | None, day: date) -> str:
        """Why nothing of that day can be entered any more; empty where it can."""
        month = day.replace(day=1)
        closed = department is not None and month in self._closed[department]
        return CLOSED.format(month=month) if closed else ""


def doubles(drafts: Sequence[Draft], apart: int) -> tuple[dict[int, str], dict[int, str]]:
    """Why a row is no new purchase, by row: it stands above already, or is recorded.

    And why others may be none: the like is recorded at most ``apart`` days away.
    """
    with transaction.atomic(), staging() as staged:
        staged.add(drafts)
        return staged.drop_twice().why | staged.drop_known().why, staged.alike(apart).why


@service
def record(*, drafts: Sequence[Draft], by: User, entry_key: UUID | None = None) -> int:
    """Enter purchases all at once, doubles too, once for each ``entry_key``; how many.

    Where ``by`` has entered some with that key before, nothing is written: 0. Raises
    ``IntegrityError`` where a month was closed meanwhile (see :mod:`apps.core.refusals`).
    """
    if entry_key is not None:
        # A second sending waits here until the first is through.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if Purchase.objects.filter(entry_key=entry_key, created_by=by).exists():
            return 0
    with staging() as staged:
        staged.add(drafts)
        return staged.record(by=by, entry_key=entry_key)


def _fault(row: int, key: str, message: str, values: Mapping[str, Raw]) -> Fault:
    if key == "enterprise" and not text_of(values.get(key)) and values.get("business_number"):
        key = "business_number"
    return Fault(row, key, message, text_of(values.get(key)))


def _choice(choices: type[Any]) -> Callable[[Raw], str]:
    return partial(choice_of, choices=choices, spellings=spellings(choices))


def _records() -> dict[int, Record]:
    """What the registry says of every firm, by key; two queries."""
    held: dict[int, list[tuple[date, date | None, str]]] = {}
    designations = Designation.objects.order_by("-pk")
    for firm, *term in designations.values_list("enterprise", "starts", "last_day", "kind"):
        held.setdefault(firm, []).append((term[0], term[1], term[2]))
    firms = Enterprise.objects.order_by().values_list("pk", "name", "closed_on")
    return {
        pk: Record(name, closed_on, terms_of(held.get(pk, ()))) for pk, name, closed_on in firms
    }
