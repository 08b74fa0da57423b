"""Five invented years of targets and purchases, the current one up to today."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from apps.accounts.enums import DepartmentKind
from apps.accounts.models import Department, User
from apps.core.dates import month_end
from apps.core.history import service
from apps.core.money import shares
from apps.enterprises.models import Designation, Enterprise, Product
from apps.portal.sample.enterprises import SEED
from apps.portal.sample.office import REAL, invented, moment
from apps.procurement.enums import ContractMethod, PurchaseChannel
from apps.procurement.models import AnnualTarget, DepartmentTarget, Purchase, SupplierAlias
from apps.procurement.services import set_targets

#: What a whole year has, the current one last: purchases, and the district's target in 10만원.
YEARS = ((1_500, 9_000), (1_600, 10_000), (1_700, 10_500), (1_850, 11_250), (2_000, 12_000))
TARGET_UNIT = 100_000
#: The mall's part of the target, as in the targets of 2016.
MALL_PART = (2, 75)
#: How the purchases of a year fall on its months, in thousandths: offices buy late.
SEASON = (18, 45, 70, 82, 88, 94, 74, 70, 95, 104, 136, 124)
#: The mall has about a fortieth, as in the targets of 2016.
CHANNELS = (
    *(PurchaseChannel.DIRECT,) * 32,
    *(PurchaseChannel.NARA,) * 7,
    PurchaseChannel.MALL,
)

#: What people call a firm, and a word of its own name.
NICKNAMES = {"구청 앞 도시락집": "도시락", "사거리 인쇄소": "인쇄", "동네 청소 아저씨": "청소"}


@service
def load(*, today: date, clerk: User, by: User) -> None:
    """Targets of every year, purchases of designated firms on working days, nicknames of firms."""
    random = Random(SEED)  # noqa: S311  # the same invented district every time
    departments = list(Department.objects.exclude(name__in=REAL))
    sizes = [_size(department, random) for department in departments]
    market = _Market(departments, sizes, clerk, random)
    rows: list[Purchase] = []
    for year, (count, target) in enumerate(YEARS, today.year - len(YEARS) + 1):
        _targets(year, target, departments, sizes, by)
        rows += market.year(year, count, today)
    Purchase.objects.bulk_create(rows)
    for name, word in NICKNAMES.items():
        firm = Enterprise.objects.filter(name__contains=word).earliest("business_number")
        at = moment(today.replace(day=1))
        SupplierAlias.objects.create(
            name=invented(name), enterprise=firm, chosen_at=at, chosen_by=by
        )


def _size(department: Department, random: Random) -> int:
    """How much a department has to buy, against the others; a 동 has little."""
    if department.kind == DepartmentKind.NEIGHBORHOOD:
        return random.randrange(3, 6)
    return random.randrange(6, 25)


def _targets(
    year: int, target: int, departments: list[Department], sizes: list[int], by: User
) -> None:
    mall = target * MALL_PART[0] // MALL_PART[1]
    parts = zip(departments, shares(target, sizes), shares(mall, sizes), strict=True)
    annual = AnnualTarget(
        year=year,
        total=target * TARGET_UNIT,
        mall=mall * TARGET_UNIT,
        source="지어낸 목표 (예시)",
    )
    own = [
        DepartmentTarget(
            year=year, department=each, total=total * TARGET_UNIT, mall=part * TARGET_UNIT
        )
        for each, total, part in parts
    ]
    set_targets(annual=annual, departments=own, by=by)


class _Market:
    """Who buys from whom: departments by size and zeal, designated firms by how well known."""

    def __init__(
        self, departments: list[Department], sizes: list[int], clerk: User, random: Random
    ) -> None:
        self.departments, self.clerk, self.random = departments, clerk, random
        self.weights = list(accumulate(size * random.randrange(6, 13) for size in sizes))
        self.held = list(Designation.objects.exclude(enterprise__business_number=None))
        self.goods: dict[int, list[Product]] = {}
        for product in Product.objects.all():
            self.goods.setdefault(product.enterprise_id, []).append(product)

    def year(self, year: int, count: int, today: date) -> Iterator[Purchase]:
        """The year's purchases in the order of their days, none after ``today``."""
        for month, part in enumerate(SEASON, 1):
            working = _working_days(date(year, month, 1))
            past = [day for day in working if day <= today]
            number = count * part * len(past) // (1000 * len(working))
            for day in sorted(self.random.choices(past, k=number)):
                yield self._purchase(day)

    def _purchase(self, day: date) -> Purchase:
        random = self.random
        firms = [held.enterprise_id for held in self.held if held.is_in_force(day)]
        product = random.choice(self.goods[firms[int(len(firms) * random.random() ** 1.6)]])
        price = product.price or 100_000
        amount = price * random.randrange(1, max(2, min(60, 1_100_000 // price)))
        return Purchase(
            department=random.choices(self.departments, cum_weights=self.weights)[0],
            purchased_on=day,
            enterprise_id=product.enterprise_id,
            item=product.name,
            kind=product.kind,
            amount=amount,
            channel=random.choice(CHANNELS),
            contract=ContractMethod.CARD if amount < 500_000 else ContractMethod.PRIVATE,
            document_number=f"예시-{day:%Y}-{random.randrange(10_000):04}",
            note="지어낸 구매",
            created_by=self.clerk,
        )


def _working_days(first: date) -> list[date]:
    days = (first + timedelta(days=number) for number in range(month_end(first).day))
    return [day for day in days if day.weekday() < 5]
