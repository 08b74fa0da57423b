"""Purchases on their way in: laid in a table of the session, held against those recorded, moved.

Doubles are looked for and rows written by the database, a statement each, so that neither takes
memory or a look per row, however many there are.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from apps.accounts.models import User
from apps.core.money import comma
from apps.enterprises.fields import dashed
from apps.imports.models import FileImport
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind


class Draft(NamedTuple):
    """A purchase read from ``row`` of a sheet and found right, not yet recorded.

    ``department`` and ``enterprise`` are keys.
    """

    row: int
    department: int
    purchased_on: date
    enterprise: int
    item: str
    kind: str
    amount: int
    channel: str
    contract: str
    document_number: str
    note: str
    override_reason: str


class Doubles(NamedTuple):
    """How many rows are doubtful or no new purchases, and why, by row."""

    rows: int
    why: dict[int, str]


class Summary(NamedTuple):
    """What stands in the table: rows, the won they come to, and the first of them in words.

    ``digest`` is another one where any cell of any row is, or the row it stands in.
    """

    rows: int
    amount: int
    first: tuple[tuple[str, ...], ...]
    digest: str


#: Purchases are the same when they agree in all of these.
_SAME = ("department_id", "purchased_on", "enterprise_id", "amount", "item", "document_number")


def _sql(text: str, other: str = "") -> str:
    """With ``{key}`` and, of the table ``other``, ``{same}`` put in."""
    same = " AND ".join(f"staged.{name} = {other}.{name}" for name in _SAME)
    return text.replace("{key}", ", ".join(_SAME)).replace("{same}", same)


_CREATE = """
    DROP TABLE IF EXISTS pg_temp.staged;
    CREATE TEMP TABLE staged (
        row int, department_id bigint, purchased_on date, enterprise_id bigint, item text,
        kind text, amount bigint, channel text, contract text, document_number text, note text,
        override_reason text
    ) ON COMMIT DROP;
    SET LOCAL work_mem = '64MB'
"""
_TWICE = _sql(
    """
    WITH gone AS (
        DELETE FROM staged USING (
            SELECT min(row) AS first, {key} FROM staged GROUP BY {key} HAVING count(*) > 1
        ) doubled
        WHERE {same} AND staged.row > doubled.first
        RETURNING staged.row, doubled.first
    )
    SELECT row, format('%%s행과 같습니다.', first), count(*) OVER ()
        FROM gone ORDER BY row LIMIT %s
    """,
    other="doubled",
)
_KNOWN = _sql(
    """
    WITH gone AS (
        DELETE FROM staged USING procurement_purchase held
        WHERE {same} AND held.purchased_on BETWEEN
            (SELECT min(purchased_on) FROM staged) AND (SELECT max(purchased_on) FROM staged)
        RETURNING staged.row, held.created_by_id
    )
    SELECT row, format('이미 등록된 구매입니다(입력자 %%s).', person.name), count(*) OVER ()
        FROM gone JOIN accounts_user person ON person.id = created_by_id
        ORDER BY row LIMIT %s
    """,
    other="held",
)
#: The rule of :func:`apps.procurement.queries.ledger.likely_doubles`.
_ALIKE = """
    WITH alike AS (
        SELECT DISTINCT ON (row) row, held.purchased_on AS day, held.item AS what
            FROM staged JOIN procurement_purchase held USING (department_id, enterprise_id, amount)
            WHERE held.purchased_on
                BETWEEN staged.purchased_on - %(apart)s AND staged.purchased_on + %(apart)s
            ORDER BY row, held.purchased_on, held.id
    )
    SELECT row, '같은 기업에서 같은 금액으로 산 것이 있습니다: '
                || to_char(day, 'FMYYYY. FMMM. FMDD. ') || what, count(*) OVER ()
        FROM alike ORDER BY row LIMIT %(most)s
"""
_LARGE = """
    SELECT row, firm.name || ' · ' || to_char(amount, 'FM999,999,999,999,999,999') || '원',
            count(*) OVER ()
        FROM staged JOIN enterprises_enterprise firm ON firm.id = enterprise_id
        WHERE amount >= %s ORDER BY amount DESC, row LIMIT %s
"""
_SUMS = """
    SELECT count(*), coalesce(sum(amount), 0)::bigint,
            coalesce(sum(hashtextextended(staged::text, 0)), 0)::text
        FROM staged
"""
_FIRST = """
    SELECT purchased_on, department.name, firm.name, coalesce(firm.business_number, ''), item,
            staged.kind, amount, channel, contract, document_number, staged.note, override_reason
        FROM staged
            JOIN accounts_department department ON department.id = staged.department_id
            JOIN enterprises_enterprise firm ON firm.id = staged.enterprise_id
        ORDER BY row LIMIT %s
"""
_INSERT = """
    INSERT INTO procurement_purchase (
            department_id, purchased_on, enterprise_id, item, kind, amount, channel, contract,
            document_number, note, override_reason, entry_key, batch_id, created_by_id,
            created_at, updated_at)
        SELECT department_id, purchased_on, enterprise_id, item, kind, amount, channel, contract,
                document_number, note, override_reason,
                CASE WHEN row = (SELECT min(row) FROM staged) THEN %s::uuid END,
                %s::bigint, %s::bigint, now(), now()
            FROM staged ORDER BY row
"""
#: One file goes in at a time, so that one sent by two people at once is found known by the second.
_LOCK = "SELECT pg_advisory_xact_lock('procurement_purchase'::regclass::int, 0)"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Staging:
    """The table of the session; use :func:`staging`."""

    def __init__(self, cursor: CursorWrapper) -> None:
        self._cursor = cursor

    @contextmanager
    def filled(self) -> Iterator[Callable[[Sequence[Draft]], None]]:
        """Gives what takes drafts in, some at a time; nothing else can be asked meanwhile.

        The database works on one lot while the next is read.
        """
        with self._cursor.copy("COPY staged FROM STDIN") as copy:
            yield lambda drafts: copy.write(_lines(drafts))

    def add(self, drafts: Sequence[Draft]) -> None:
        with self.filled() as add:
            add(drafts)

    def drop_twice(self, most: int | None = None) -> Doubles:
        """Take out each row that stands above already; why, of ``most`` of them."""
        self._cursor.execute("ANALYZE staged")
        return self._dropped(_TWICE, most)

    def drop_known(self, most: int | None = None) -> Doubles:
        """Take out each row that is recorded, whoever did it; why, of ``most`` of them."""
        return self._dropped(_KNOWN, most)

    def drop_rows(self, rows: Sequence[int]) -> list[int]:
        """Take out those of the rows that are still there; which."""
        self._cursor.execute("DELETE FROM staged WHERE row = ANY(%s) RETURNING row", [list(rows)])
        return sorted(row for (row,) in self._cursor)

    def alike(self, apart: int, most: int | None = None) -> Doubles:
        """Rows that may be a recorded purchase a second time: why, of ``most`` of them.

        Of the same department, firm and amount, at most ``apart`` days away. They stay.
        """
        self._cursor.execute(_ALIKE, {"apart": apart, "most": most})
        return self._doubles()

    def large(self, least: int, most: int) -> Doubles:
        """Rows of ``least`` won or more: firm and amount of the ``most`` largest. They stay."""
        self._cursor.execute(_LARGE, [least, most])
        return self._doubles()

    def _dropped(self, statement: str, most: int | None) -> Doubles:
        self._cursor.execute(statement, [most])
        return self._doubles()

    def _doubles(self) -> Doubles:
        rows = self._cursor.fetchall()
        return Doubles(rows[0][2] if rows else 0, {row: why for row, why, _ in rows})

    def summary(self, lines: int) -> Summary:
        """What is left, with its first ``lines`` as they would be recorded."""
        self._cursor.execute(_SUMS)
        rows, amount, digest = self._cursor.fetchone()
        self._cursor.execute(_FIRST, [lines])
        return Summary(rows, amount, tuple(map(_in_words, self._cursor)), digest)

    def record(
        self, *, by: User, batch: FileImport | None = None, entry_key: UUID | None = None
    ) -> int:
        """Make purchases of what is left, the first with ``entry_key``; how many."""
        self._cursor.execute(_INSERT, [entry_key, batch.pk if batch else None, by.pk])
        return int(self._cursor.rowcount)

    def wait_for_others(self) -> None:
        """Until the end of the transaction nobody else brings a file in."""
        self._cursor.execute(_LOCK)


@contextmanager
def staging() -> Iterator[Staging]:
    """An empty table for drafts, within the transaction that is open."""
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        yield Staging(cursor)
        cursor.execute("DROP TABLE staged")


def _lines(drafts: Sequence[Draft]) -> str:
    """Drafts as COPY reads them; only where people wrote a tab or the like is there to escape."""
    block = "".join(["\t".join(map(str, draft)) + "\n" for draft in drafts])
    separators = len(drafts) * (len(Draft._fields) - 1)
    if (
        block.count("\t") == separators
        and block.count("\n") == len(drafts)
        and not ("\\" in block or "\r" in block)
    ):
        return block
    return "".join(
        "\t".join(str(cell).translate(_ESCAPES) for cell in draft) + "\n" for draft in drafts
    )


def _in_words(row: tuple[Any, ...]) -> tuple[str, ...]:
    """A line of the table as a sheet would show it, in the order of the standard headings."""
    day, department, firm, number, item, kind, amount, channel, contract, *rest = row
    return (
        day.isoformat(),
        department,
        firm,
        dashed(number),
        item,
        PurchaseKind(kind).label,
        comma(amount),
        PurchaseChannel(channel).label,
        ContractMethod(contract).label,
        *rest,
    )
