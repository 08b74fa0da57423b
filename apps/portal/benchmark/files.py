"""Files of purchases such as an office would send, of any length."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from xlsxwriter import Workbook

from apps.enterprises.fields import dashed
from apps.portal.benchmark import data
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind

HEADINGS = (
    "구매일자", "부서", "기업명", "사업자등록번호", "품목", "구분",
    "금액", "구매방법", "계약방법", "문서번호", "비고",
)  # fmt: skip
#: In place of an amount; what a typing slip looks like.
BAD_AMOUNT = "12,00원"
KINDS, CHANNELS, CONTRACTS = (
    [str(label) for label in choices.labels]
    for choices in (PurchaseKind, PurchaseChannel, ContractMethod)
)


def rows(count: int, bad_every: int = 0) -> Iterator[tuple[str, ...]]:
    """Purchases not in the database yet; every ``bad_every``-th with an amount that is none."""
    first = date(data.YEAR, 1, 1)
    for n in range(count):
        firm = n * 37 % data.FIRMS
        bad = bad_every and n % bad_every == bad_every - 1
        yield (
            (first + timedelta(days=n * 13 % 365)).isoformat(),
            f"제{n % data.DEPARTMENTS}부서",
            data.firm_name(firm),
            dashed(data.number(firm)),
            f"{data.ITEMS[n % len(data.ITEMS)]} 파일 {n}",
            KINDS[n % len(KINDS)],
            BAD_AMOUNT if bad else str(1_000 + n * 7 % 900_000),
            CHANNELS[n % len(CHANNELS)],
            CONTRACTS[n % len(CONTRACTS)],
            f"문서-{n}",
            "",
        )


def write_csv(path: Path, count: int, bad_every: int = 0) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(rows(count, bad_every))


def write_xlsx(path: Path, count: int) -> None:
    """Days and amounts as a spreadsheet has them."""
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for line, row in enumerate(rows(count), 1):
            for column, cell in enumerate(row):
                if column == 0:
                    sheet.write_datetime(line, column, date.fromisoformat(cell))
                elif column == HEADINGS.index("금액"):
                    sheet.write_number(line, column, int(cell))
                else:
                    sheet.write_string(line, column, cell)
