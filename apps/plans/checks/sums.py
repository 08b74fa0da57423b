"""Sums a plan's text or tables state, against their parts and against the budget's lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from apps.core.money import comma, percent, thousand
from apps.plans.checks.reading import Fault, Item, Passage, Reading, below, task_place
from apps.plans.checks.words import amounts, bare, first_amount, won_of
from apps.plans.enums import MoneySource
from apps.plans.models import BudgetLine, TaskSection
from apps.plans.registry import check

_BRACKETS = re.compile(r"\(([^()]*)\)")
#: An amount so marked is one of several or a limit, and no part of a sum.
_APART = re.compile(r"당|최대|이내|한도|까지")
_EACH = re.compile(r"\([^()]*?(기업|조합|단체|개소|자치구|부서)당\s*(\d[\d,]*\s*[가-힣]*원)")
_PEOPLE = re.compile(r"(?<![\d,])(\d{1,15})\s*명")
_TOTAL = {"계", "합계", "총계", "소계", "총액"}
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3}){1,4}|\d{1,15})\s*(?:원|천원|백만원|명|개|회|건|부|곳)?")
_SHARE = re.compile(
    r"(?<![\d,])(\d[\d,]{0,18})\s*(천원|만원|백만원|억원|원)의\s*(?:[^\s\d]\S{0,20}?\s*)?(\d{1,3})\s*%"
)
_PERCENT = re.compile(r"(국비|시비|구비|자부담)\s*\(?\s*(\d{1,3})\s*%")


def money(won: int) -> str:
    return f"{thousand(won)}천원" if won % 1000 == 0 else f"{comma(won)}원"


def added(parts: Iterable[int]) -> str:
    return " + ".join(money(part) for part in parts)


@check(
    "text_sums",
    name="글에 적힌 합계",
    sentence="글에 적힌 합계가 괄호나 아랫줄에 적힌 부분의 합과 같은지 봅니다.",
)
def text_sums(reading: Reading) -> Iterator[Fault]:
    for passage in reading.passages:
        items = passage.items
        for index, item in enumerate(items):
            for total, parts in _stated(item, below(items, index)):
                if total != sum(parts):
                    yield passage.place.fault(
                        f"‘{item.text}’에 적힌 {money(total)}과 부분의 합 {added(parts)} ="
                        f" {money(sum(parts))}이 {money(abs(total - sum(parts)))} 다릅니다."
                    )


def _stated(item: Item, children: list[Item]) -> Iterator[tuple[int, list[int]]]:
    """The sum a line states, with the parts it states for it in brackets or below."""
    total = first_amount(item.text)
    if total is None:
        return
    inside = _BRACKETS.match(item.text[total.end() :].lstrip())
    if inside and len(amounts(inside[1])) > 1 and not _APART.search(inside[1]):
        yield won_of(total), amounts(inside[1])
    outside = amounts(_BRACKETS.sub("", item.text))
    parts = [amounts(_BRACKETS.sub("", child.text)) for child in children]
    if any(_APART.search(child.text) for child in children) or len(outside) != 1:
        return
    if len(children) == 1 and len(parts[0]) > 1:
        yield outside[0], parts[0]
    elif len(children) > 1 and all(len(part) == 1 for part in parts):
        yield outside[0], [part[0] for part in parts]


@check(
    "per_unit",
    name="하나당 금액",
    sentence="‘기업당 얼마’라고 적은 금액에 수를 곱하면 적힌 합계가 되는지 봅니다.",
)
def per_unit(reading: Reading) -> Iterator[Fault]:
    for passage in reading.passages:
        items = passage.items
        for index, item in enumerate(items):
            total, each = first_amount(item.text), _EACH.search(item.text)
            if not (total and each) or total.start() > each.start():
                continue
            one = won_of(first_amount(each[2]) or total)
            near = (item, *below(items, index), *below(items, item.parent))
            count = _how_many(each[1], [other.text for other in near])
            uneven = won_of(total) % one if one else won_of(total)
            if uneven or (count and won_of(total) != one * count):
                times = f" × {count}" if count else ""
                yield passage.place.fault(
                    f"‘{item.text}’: 합계 {money(won_of(total))}은"
                    f" {each[1]}당 {money(one)}{times}과 맞지 않습니다."
                )


def _how_many(unit: str, texts: Iterable[str]) -> int | None:
    """``2개 기업``, or as many as ``대상기업: 가, 나`` names; ``None`` where it is not said."""
    for text in texts:
        stated = re.search(rf"(?<!\d)(\d{{1,15}})\s*개?\s*{unit}(?!당)", text)
        named = re.match(rf"\s*(?:지원)?대상\s*{unit}\s*:(.+)", text)
        if stated:
            return int(stated[1])
        if named:
            return len(named[1].split(","))
    return None


@check(
    "head_count",
    name="구성 인원",
    sentence="위원회처럼 ‘구성’에 적은 인원이 아랫줄에 적은 인원의 합과 같은지 봅니다.",
)
def head_count(reading: Reading) -> Iterator[Fault]:
    for passage in reading.passages:
        items = passage.items
        for index, item in enumerate(items):
            stated = _PEOPLE.findall(item.text) if "구성" in item.text else []
            parts = [_people(child.text) for child in below(items, index)]
            if len(stated) == 1 and len(parts) > 1 and all(parts) and int(stated[0]) != sum(parts):
                told = " + ".join(map(str, parts))
                yield passage.place.fault(
                    f"‘{item.text}’이라고 적었으나 아랫줄을 더하면 {told} = {sum(parts)}명입니다."
                )


def _people(text: str) -> int:
    """The people a line of a body's make-up names; a chair is one, 0 where it does not say."""
    found = _PEOPLE.findall(text)
    return sum(map(int, found)) if found else int(bool(re.match(r"\S*장\s*:", text)))


@check(
    "table_sums",
    name="표의 합계",
    sentence="과제의 표에서 ‘계’ 줄이 위 줄들의 합과 같은지 봅니다.",
)
def table_sums(reading: Reading) -> Iterator[Fault]:
    for task in reading.tasks:
        for section in task.sections.all():
            for column, total, parts in _columns(section):
                if total != sum(parts):
                    yield task_place(task).fault(
                        f"표 ‘{section.title}’의 ‘{column}’: 계는 {comma(total)}인데"
                        f" 더하면 {comma(sum(parts))}입니다."
                    )


def _columns(section: TaskSection) -> Iterator[tuple[str, int, list[int]]]:
    if not section.table:
        return
    head, *rows = section.table
    for end, row in enumerate(rows):
        if not row or bare(row[0]) not in _TOTAL:
            continue
        for column, cell in enumerate(row[1:], 1):
            filled = [above[column] for above in rows[:end] if above[column].strip(" -")]
            parts = [part for part in map(_number, filled) if part is not None]
            total = _number(cell)
            if total is not None and parts and len(parts) == len(filled):
                yield head[column], total, parts
        return


def _number(cell: str) -> int | None:
    match = _NUMBER.fullmatch(cell.strip())
    return int(match[1].replace(",", "")) if match else None


@check(
    "line_amounts",
    name="과제에 적힌 금액과 예산 내역",
    sentence="과제의 글에 적힌 금액이 같은 이름의 예산 내역과 같은지 봅니다.",
)
def line_amounts(reading: Reading) -> Iterator[Fault]:
    for passage in reading.passages:
        if passage.task is None:
            continue
        lines = reading.lines_of(passage.task)
        if passage.title == "소요예산":
            yield from _words_on_money(passage, lines)
        else:
            yield from _named_lines(passage, lines)


def _words_on_money(passage: Passage, lines: list[BudgetLine]) -> Iterator[Fault]:
    """What a task adds to its money in words may name only sums its lines give."""
    known = {sum(x.amount for x in lines), *(x.amount for x in lines)}
    for conditional in (True, False):
        known.add(sum(x.amount for x in lines if x.conditional is conditional))
    for source in MoneySource:
        known.add(sum(x.amount for x in lines if x.source == source))
    for amount in amounts(passage.text):
        if amount not in known:
            yield passage.place.fault(
                f"소요예산에 적은 {money(amount)}은 예산 내역의 합"
                f" {money(sum(x.amount for x in lines))}과 다릅니다."
            )


def _named_lines(passage: Passage, lines: list[BudgetLine]) -> Iterator[Fault]:
    for item in passage.items:
        stated = amounts(item.text)
        if len(stated) != 1 or _APART.search(item.text):
            continue
        named = [x for x in lines if len(bare(x.label)) > 3 and bare(x.label) in bare(item.text)]
        if named and stated[0] not in {sum(x.amount for x in named), *(x.amount for x in named)}:
            yield passage.place.fault(
                f"‘{item.text}’의 {money(stated[0])}이 예산 내역 ‘{named[0].label}’의"
                f" {money(sum(x.amount for x in named))}과 다릅니다."
            )


@check(
    "shares",
    name="분담비율",
    sentence="비고에 적힌 분담비율대로 금액이 나뉘고 비율의 합이 100%인지 봅니다.",
)
def shares(reading: Reading) -> Iterator[Fault]:
    for passage in reading.passages:
        for item in passage.items:
            rates = [int(rate) for _, rate in _PERCENT.findall(item.text)]
            if len(rates) > 1 and sum(rates) != 100:
                yield passage.place.fault(f"‘{item.text}’의 분담비율을 더하면 {sum(rates)}%입니다.")
    for line in reading.lines:
        match = _SHARE.search(line.note)
        if match:
            yield from _share(reading, line, match)
    yield from _whole(reading)


def _share(reading: Reading, line: BudgetLine, match: re.Match[str]) -> Iterator[Fault]:
    whole, rate = won_of(match), int(match[3])
    if line.amount * 100 != whole * rate:
        place = task_place(line.task) if line.task else reading.budget
        source = MoneySource(line.source).label
        actual = f"(실제 {percent(line.amount, whole)}%)" if whole else ""
        yield place.fault(
            f"‘{line.label}’ {source} {money(line.amount)}은 {money(whole)}의 {rate}%인"
            f" {money(whole * rate // 100)}이 아닙니다{actual}."
        )


def _whole(reading: Reading) -> Iterator[Fault]:
    """Lines of one thing that each name their share: the shares are the whole of it."""

    def thing(line: BudgetLine) -> tuple[int, str]:
        return line.task_id or 0, line.label

    for _, group in groupby(sorted(reading.lines, key=thing), key=thing):
        lines = [(line, _SHARE.search(line.note)) for line in group]
        rates = [int(match[3]) for _, match in lines if match]
        if len(rates) > 1 and len(rates) == len(lines) and sum(rates) != 100:
            line = lines[0][0]
            place = task_place(line.task) if line.task else reading.budget
            yield place.fault(f"‘{line.label}’의 분담비율을 더하면 {sum(rates)}%입니다.")


@check(
    "amountless",
    name="금액 없는 사업",
    sentence="나란히 적은 사업마다 금액이 있는데 하나에만 없는지 봅니다.",
)
def amountless(reading: Reading) -> Iterator[Fault]:
    for passage in reading.passages:
        items = passage.items
        for parent in {item.parent for item in items if item.parent is not None}:
            yield from _without_amount(passage, below(items, parent))


def _without_amount(passage: Passage, siblings: Sequence[Item]) -> Iterator[Fault]:
    priced = [item for item in siblings if amounts(item.text)]
    if len(priced) < 2 or len(priced) * 2 <= len(siblings):
        return
    total = sum(amounts(item.text)[0] for item in priced)
    for item in siblings:
        if item not in priced:
            yield passage.place.fault(
                f"‘{item.text}’에 금액이 없습니다. 나란히 적은 {len(priced)}개 사업은 모두"
                f" 금액이 있고 더하면 {money(total)}입니다."
            )
