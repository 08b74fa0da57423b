"""Holding pasted rows against the rules of the office, and saving them all at once."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from apps.accounts.models import User
from apps.core.forms import TAKEN_MEANWHILE
from apps.core.history import service
from apps.core.money import comma
from apps.core.refusals import told
from apps.enterprises.models import Enterprise
from apps.procurement.forms.paste import CHOICES, TOTAL, Cell, Grid, Line
from apps.procurement.forms.purchase import LARGE
from apps.procurement.intake.reading import Intake, doubles, record
from apps.procurement.intake.staging import Draft
from apps.procurement.models import Purchase
from apps.procurement.queries.ledger import double_days
from apps.procurement.services.aliases import remember
from apps.procurement.suppliers.matching import parted

CHOOSE = "어느 기업인지 아래에서 골라 주세요."
#: So many cells to be corrected are named above the sheet; the others are marked in it.
MOST_NAMED = 10
_MARKS = re.compile(r"[\s,원₩\\]")


class Check:
    """What a sheet holds: the purchases that are right; what is not, is marked in its cells.

    A row that is the same as one above it, or as a purchase recorded but for its words, is left
    out until the user, who has been told, takes it all the same. Rows not taken have no faults.
    A large amount is saved once the user has been asked about it.
    """

    def __init__(self, grid: Grid, intake: Intake, year: int, today: date) -> None:
        self.grid, self.intake, self.year, self.today = grid, intake, year, today
        self.drafts: dict[int, Draft] = {}
        #: Which firm the user says a name means.
        self.meant: dict[str, int] = {}
        self.problems = [
            f"{name} 열이 둘 이상입니다. 하나만 남기고 ‘쓰지 않음’으로 바꿔 주세요."
            for key, name in grid.names.items()
            if grid.keys.count(key) > 1
        ]
        self._asked: dict[tuple[str, str], Cell] = {}
        self._news = False
        for line in grid.filled:
            self._read(line)
        self._leave_doubles_out()
        self._mark_closed()
        self._say_how_read()

    @property
    def right(self) -> list[Draft]:
        """The purchases to be saved."""
        return [self.drafts[line.row] for line in self.grid.taken if line.row in self.drafts]

    @property
    def sound(self) -> bool:
        """Whether all that is to be saved can be, and nothing was left out that was not before."""
        told = self.large.keys() <= set(self.grid.asked.split())
        return bool(self.right) and not self.wrong and not self._news and told

    @property
    def large(self) -> dict[str, Draft]:
        """The purchases to ask about, by row and amount."""
        return {f"{each.row}:{each.amount}": each for each in self.right if each.amount >= LARGE}

    @property
    def large_question(self) -> str:
        """Whether the large amounts are meant."""
        rows = [f"{each.row}행 {comma(each.amount)}원" for each in self.large.values()]
        more = " 등" if len(rows) > MOST_NAMED else ""
        return (
            f"금액이 큰 줄 {len(rows)}개: {', '.join(rows[:MOST_NAMED])}{more}. 단위(원·천원)를 "
            "잘못 적거나 0을 더 적지 않았는지 확인하고, 맞으면 ‘저장’을 누르십시오."
        )

    @property
    def wrong(self) -> bool:
        return bool(self.problems or self.grid.faults)

    @property
    def nothing_new(self) -> bool:
        """Whether every row but lines of sums is recorded already."""
        rows = [line for line in self.grid.filled if line.remark != TOTAL]
        known = all(line.row in self._known for line in rows)
        return bool(rows) and known and not self.grid.taken

    @property
    def verdict(self) -> str:
        """How the sheet stands, in a sentence."""
        rows, right, faults = len(self.grid.filled), len(self.right), len(self.grid.faults)
        if self.wrong:
            correct = f"{faults}칸을 고쳐 주세요." if faults else "열을 확인해 주세요."
            return f"{rows}줄 가운데 {right}줄이 맞습니다. {correct}"
        if self.nothing_new:
            return f"새로 저장할 것이 없습니다. {len(self._known)}줄이 모두 이미 등록되어 있습니다."
        if not right:
            return "저장할 줄이 없습니다."
        found = f"{rows}줄이 모두" if right == rows else f"{rows}줄 가운데 {right}줄이"
        total = comma(sum(draft.amount for draft in self.right))
        return f"{found} 맞습니다(합계 {total}원). ‘저장’을 누르면 저장합니다."

    @property
    def missing(self) -> list[str]:
        """Columns no record can be without in which nothing stands, each with what to do."""
        fill = " ‘빈 칸 모두 채우기’에서 골라도 됩니다."
        return [
            f"{self.grid.names[key]} 열에 적은 것이 없습니다. 표의 그 열에 적거나, 다른 열의 뜻을"
            f" 바꿔 주세요.{fill if key in (*CHOICES, 'department') else ''}"
            for key in self._missing
        ]

    @property
    def first_faults(self) -> list[Cell]:
        return self._other_faults[:MOST_NAMED]

    @property
    def more_faults(self) -> int:
        return max(len(self._other_faults) - MOST_NAMED, 0)

    @property
    def _missing(self) -> list[str]:
        lines = self.grid.taken
        return [
            key
            for key in self.grid.keys
            if key and all(line.cell(key).fault and not line.cell(key).text for line in lines)
        ] * (len(lines) > 1)

    @property
    def _other_faults(self) -> list[Cell]:
        """The cells to be corrected, but for those of columns without anything."""
        missing = self._missing
        return [cell for cell in self.grid.faults if cell.key not in missing]

    @property
    def left_out(self) -> str:
        """How many rows were left out without being asked, and how to take them all the same."""
        out = [line for line in self.grid.filled if line.remark and not line.take]
        doubles = sum(line.double for line in out)
        counts = {"겹치는 것 같아": doubles, "합계로 보여": len(out) - doubles}
        said = ", ".join(f"{count}줄은 {why}" for why, count in counts.items() if count)
        how = "그래도 저장하려면 그 행의 네모 칸에 표시해 주세요."
        return f"{said} 뺐습니다. {how}" if said else ""

    @property
    def remarks(self) -> list[str]:
        """How the sheet was read."""
        above = self.grid.above
        absent = [self.grid.names[key] for key in CHOICES if key not in self.grid.keys]
        unused = [heading for heading, key in self.grid.columns if not key]
        found = {
            f"맨 위 {above}줄은 제목으로 보고 뺐습니다.": above,
            f"{'·'.join(absent)} 열이 없어 ‘기타’로 저장합니다. 아래에서 고를 수 있습니다.": absent,
            f"쓰지 않는 열: {', '.join(unused)}": unused,
        }
        return [*(remark for remark, holds in found.items() if holds), *self.intake.remarks]

    def save(self, by: User) -> int | None:
        """Save what is right; 0: this sheet was saved before, ``None``: not saved, and said why."""
        if Purchase.objects.filter(entry_key=self.grid.key, created_by=by).exists():
            return 0
        if not self.sound:
            return None
        try:
            with told():
                return save_paste(
                    drafts=self.right, meant=self.meant, entry_key=self.grid.key, by=by
                )
        except ValidationError as error:
            self.problems += error.messages
        except IntegrityError:
            self.problems.append(TAKEN_MEANWHILE)
        return None

    def _read(self, line: Line) -> None:
        values = line.values
        found = self.intake.read(values, line.row, self.grid.unit, self._firm(line, values))
        if not isinstance(found, Draft):
            for fault in found:
                self._mark(line, fault.column, fault.message)
        elif found.purchased_on.year != self.year:
            self._mark(line, "purchased_on", f"{self.year}년 구매만 여기에 넣을 수 있습니다.")
        else:
            self.drafts[line.row] = found

    def _firm(self, line: Line, values: Mapping[str, str]) -> int | None:
        """The key of the firm where the user has chosen one of those offered for its name.

        It is asked once for each name, in its first row.
        """
        called = values.get("enterprise", ""), values.get("business_number", "")
        if not any(called):
            return None
        first = self._asked.get(called)
        if first is None:
            match = self.intake.matcher.match(*called)
            if match.enterprise is not None or not match.offers:
                return None
            first = self._asked[called] = line.cell(
                "enterprise" if "enterprise" in self.grid.keys else "business_number"
            )
            first.offers, first.asked = match.offers, match.asked
            first.chosen = line.chosen if line.chosen in dict(match.offers) else None
        if first.chosen is not None and called[0] and line.take:
            self.meant[first.asked] = first.chosen
        return first.chosen

    def _mark(self, line: Line, key: str, message: str) -> None:
        if not line.take:
            return
        if key not in self.grid.keys:
            self.grid.add_column(key)
        cell = line.cell(key)
        first = self._asked.get(
            (line.values.get("enterprise", ""), line.values.get("business_number", ""))
        )
        if key in ("enterprise", "business_number") and first and first.chosen is None:
            message = CHOOSE if first.row == line.row else f"{first.row}행에서 기업을 골라 주세요."
        cell.fault = message

    def _leave_doubles_out(self) -> None:
        self._known, alike = doubles(list(self.drafts.values()), double_days(self.today))
        why = self._known | alike
        for line in self.grid.filled:
            if line.row in why:
                line.double, line.remark = True, why[line.row]
                self._news |= line.take and not line.seen
                line.take = line.take and line.seen

    def _mark_closed(self) -> None:
        """Of the rows that are to be saved; what is recorded already may stand in the sheet."""
        for line in self.grid.taken:
            draft = self.drafts.get(line.row)
            if draft is not None and (closed := self.intake.closed(draft)):
                self._mark(line, "purchased_on", closed)
                del self.drafts[line.row]

    def _say_how_read(self) -> None:
        """Write days and choices in the office's way; beside an amount and a name: what is read."""
        firms = {draft.enterprise for draft in self.drafts.values()}
        names = dict(Enterprise.objects.filter(pk__in=firms).values_list("pk", "name"))
        for row, draft in self.drafts.items():
            plain = _plain(draft, names)
            for cell in self.grid.lines[row - 1].cells:
                said = plain.get(cell.key, "")
                if cell.key == "purchased_on" or cell.key in CHOICES:
                    cell.text = said
                elif said and _MARKS.sub("", cell.text) != _MARKS.sub("", said):
                    cell.read = said


def _plain(draft: Draft, names: Mapping[int, str]) -> dict[str, str]:
    """What was read from the cells that people write in many ways, by key."""
    choices = {key: words(getattr(draft, key)).label for key, words in CHOICES.items()}
    return choices | {
        "purchased_on": draft.purchased_on.isoformat(),
        "amount": f"{comma(draft.amount)}원",
        "enterprise": names[draft.enterprise],
    }


@service
def save_paste(
    *, drafts: Sequence[Draft], meant: Mapping[str, int], entry_key: UUID, by: User
) -> int:
    """Enter pasted purchases, all or none, and remember which firm a name meant (R19, R21).

    ``meant`` are the firms, by their key, the user has chosen for a name. Once for each
    ``entry_key``: 0 where it was saved before. Raises as
    :func:`apps.procurement.intake.reading.record`.
    """
    saved = record(drafts=drafts, by=by, entry_key=entry_key)
    firms = Enterprise.objects.in_bulk(meant.values()) if saved else {}
    for name, key in meant.items() if saved else ():
        text, number = parted(name)
        remember(name=text, number=number, enterprise=firms[key], by=by)
    return saved
