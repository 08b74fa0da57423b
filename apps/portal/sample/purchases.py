"""Targets of the current year, and some two thousand invented purchases up to today."""

from datetime import date, timedelta
from random import Random

from apps.accounts.models import Department, User
from apps.core.history import service
from apps.enterprises.models import Designation, Product
from apps.portal.sample.enterprises import SEED
from apps.portal.sample.office import REAL
from apps.procurement.enums import ContractMethod, PurchaseChannel
from apps.procurement.models import AnnualTarget, DepartmentTarget, Purchase
from apps.procurement.services import set_targets

COUNT = 2_000
#: How many days back the purchases reach, so that a year that has just begun is not empty.
DAYS = 400
#: A fortieth each of the district's targets of 2016, which the invented year keeps.
TARGET, MALL_TARGET = 30_000_000, 800_000
#: The mall has about a fortieth, as in the targets of 2016.
CHANNELS = (
    *(PurchaseChannel.DIRECT,) * 32,
    *(PurchaseChannel.NARA,) * 7,
    PurchaseChannel.MALL,
)


@service
def load(*, today: date, clerk: User, by: User) -> None:
    """Targets of this year and the last, and purchases of designated firms on working days."""
    departments = list(Department.objects.exclude(name__in=REAL))
    for year in (today.year - 1, today.year):
        _targets(year, departments, by)
    random = Random(SEED)  # noqa: S311  # the same invented district every time
    held = list(Designation.objects.exclude(enterprise__business_number=None))
    goods: dict[int, list[Product]] = {}
    for product in Product.objects.all():
        goods.setdefault(product.enterprise_id, []).append(product)
    rows: list[Purchase] = []
    while len(rows) < COUNT:
        day = today - timedelta(days=random.randrange(DAYS))
        designation = random.choice(held)
        if day.weekday() < 5 and designation.is_in_force(day):
            product = random.choice(goods[designation.enterprise_id])
            rows.append(_purchase(day, product, random.choice(departments), clerk, random))
    rows.sort(key=lambda row: row.purchased_on)
    Purchase.objects.bulk_create(rows)


def _targets(year: int, departments: list[Department], by: User) -> None:
    shares = [
        DepartmentTarget(
            year=year,
            department=department,
            total=TARGET,
            mall=MALL_TARGET,
        )
        for department in departments
    ]
    annual = AnnualTarget(
        year=year,
        total=sum(share.total for share in shares),
        mall=sum(share.mall for share in shares),
        source="지어낸 목표 (예시)",
    )
    set_targets(annual=annual, departments=shares, by=by)


def _purchase(
    day: date, product: Product, department: Department, clerk: User, random: Random
) -> Purchase:
    price = product.price or 100_000
    most = max(2, min(60, 1_100_000 // price))
    amount = price * random.randrange(1, most)
    return Purchase(
        department=department,
        purchased_on=day,
        enterprise_id=product.enterprise_id,
        item=product.name,
        kind=product.kind,
        amount=amount,
        channel=random.choice(CHANNELS),
        contract=ContractMethod.CARD if amount < 500_000 else ContractMethod.PRIVATE,
        document_number=f"예시-{day:%Y}-{random.randrange(10_000):04}",
        note="지어낸 구매",
        created_by=clerk,
    )
