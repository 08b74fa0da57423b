"""A large district, made by SQL: ten years of purchases, a tenth of them in the last."""

from datetime import date

from django.db import connection

from apps.accounts.enums import DepartmentKind, Role
from apps.accounts.models import Department, User
from apps.accounts.services import give_role
from apps.enterprises.enums import DesignationKind
from apps.enterprises.fields import check_digit
from apps.enterprises.models import Designation, Enterprise
from apps.procurement.models import AnnualTarget, DepartmentTarget

DEPARTMENTS, FIRMS = 42, 500
YEAR = 2025
FIRST_YEAR = YEAR - 9
ITEMS = (
    "복사용지",
    "현수막 제작",
    "청소 용역",
    "도시락",
    "기념품",
    "사무용 의자",
    "화단 보수",
    "인쇄물",
)
#: Stands in a few items only.
RARE, ABSENT = "드론", "망치"
KINDS = list(DesignationKind)

#: ``%(rows)s`` purchases over the working hours of a year, each of a firm and department in turn.
PURCHASES = """
    INSERT INTO procurement_purchase (
        department_id, purchased_on, enterprise_id, item, kind, amount, channel, contract,
        document_number, note, override_reason, created_by_id, created_at, updated_at)
    SELECT (SELECT min(id) FROM accounts_department) + n %% %(departments)s,
        make_date(%(year)s, 1, 1) + (n * 7919 %% 365)::int,
        (SELECT min(id) FROM enterprises_enterprise) + n * 31 %% %(firms)s,
        CASE WHEN n %% 20000 = 0 THEN %(rare)s || ' 대여 ' || n
            ELSE (%(items)s::text[])[n %% 8 + 1] || ' ' || n END,
        (ARRAY['goods', 'service', 'works'])[n %% 3 + 1],
        1000 * (1 + n * 104729 %% 3000),
        (ARRAY['direct', 'nara', 'direct', 'other', 'mall'])[n %% 5 + 1],
        (ARRAY['card', 'private', 'private', 'bid'])[n %% 4 + 1],
        '예시-' || %(year)s || '-' || n, '', '', %(user)s, now(), now()
    FROM generate_series(1::bigint, %(rows)s) n
"""


def build() -> User:
    """Departments, firms with designations, targets, and an official who may open the admin."""
    officer = User.objects.create_superuser("bench", name="시험")
    give_role(user=officer, role=Role.OFFICER, starts=date(FIRST_YEAR, 1, 1), by=officer)
    departments = Department.objects.bulk_create(
        Department(code=f"{n:04}", name=f"제{n}부서", kind=DepartmentKind.HEADQUARTERS, position=n)
        for n in range(DEPARTMENTS)
    )
    add_firms(FIRMS)
    Designation.objects.bulk_create(
        Designation(enterprise=firm, kind=KINDS[n % len(KINDS)], starts=date(2012, 1, 1))
        for n, firm in enumerate(Enterprise.objects.order_by("pk"))
    )
    for year in range(FIRST_YEAR, YEAR + 1):
        AnnualTarget.objects.create(year=year, total=10**11, mall=10**10)
        DepartmentTarget.objects.bulk_create(
            DepartmentTarget(year=year, department=each, total=10**9, mall=10**8)
            for each in departments
        )
    return officer


def add_firms(count: int) -> None:
    """Firms of invented names of many syllables, each with a number of its own."""
    start = Enterprise.objects.count()
    Enterprise.objects.bulk_create(
        (
            Enterprise(name=firm_name(n), business_number=number(n))
            for n in range(start, start + count)
        ),
        batch_size=10_000,
    )


def firm_name(n: int) -> str:
    """Different for each ``n``: three syllables that count, and what the firm does."""
    letters, rest = [], n
    for _ in range(3):
        rest, place = divmod(rest, 88)
        letters.append(chr(0xAC00 + place * 127))
    return "".join(letters) + ("상회", "협동조합", "산업", "문화")[n % 4]


def number(n: int) -> str:
    body = f"{200_000_000 + n}"
    return body + check_digit(body)


def add_purchases(year: int, rows: int, by: User) -> None:
    """Purchases of a year, by one statement; sums and history follow, as always."""
    values: dict[str, str | int | list[str]] = {
        "rows": rows,
        "year": year,
        "departments": DEPARTMENTS,
        "firms": FIRMS,
        "items": list(ITEMS),
        "rare": RARE,
        "user": by.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(PURCHASES, values)


def analyzed() -> None:
    """What autovacuum does sooner or later: statistics, and pages known to be visible to all."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
