"""The demand survey of the invented year: most departments have answered, a few have not."""

from datetime import date, timedelta
from random import Random

from apps.accounts.models import Department, User
from apps.core.history import service
from apps.core.money import shares
from apps.enterprises.models import Product
from apps.portal.sample.enterprises import SEED
from apps.portal.sample.office import REAL, moment
from apps.procurement.models import DemandSurvey, DepartmentTarget, PlannedItem, SurveyResponse

SENT, DUE = (3, 2), (3, 20)
#: One department in so many has not answered; another buys nothing by its own account.
SILENT, NOTHING = 11, 13
#: Plans are in round numbers.
ROUND = 10_000
BODY = """□ {year}년 사회적경제기업 제품 구매 수요조사
○ 올해 구매할 물품·용역·공사와 예정 금액을 적어 주시기 바람
- 함께누리몰에서 구매할 것은 따로 표시
○ 구매 계획이 없는 부서도 ‘구매 계획 없음’으로 회신
※ 지어낸 수요조사임 (예시)"""


@service
def load(*, today: date, clerk: User, by: User) -> None:
    """Nothing before the survey's day in March; answers come until today."""
    year = today.year
    sent = date(year, *SENT)
    if today < sent:
        return
    survey = DemandSurvey.objects.create(
        year=year,
        body=BODY.format(year=year),
        due=date(year, *DUE),
        sent_at=moment(sent),
        sent_by=by,
    )
    random = Random(SEED)  # noqa: S311  # the same invented district every time
    responses = []
    for number, department in enumerate(Department.objects.exclude(name__in=REAL), 1):
        day = sent + timedelta(days=random.randrange(1, 22))
        if number % SILENT and day <= today:
            responses.append(
                SurveyResponse(
                    survey=survey,
                    department=department,
                    answered_at=moment(day, 14),
                    answered_by=clerk if department == clerk.department else by,
                    note="" if number % NOTHING else "올해 구매 계획 없음 (예시)",
                )
            )
    SurveyResponse.objects.bulk_create(responses)
    targets = dict(DepartmentTarget.objects.filter(year=year).values_list("department", "total"))
    goods = list(Product.objects.order_by("pk"))
    PlannedItem.objects.bulk_create(
        item
        for response in responses
        if not response.note
        for item in _items(response, targets[response.department_id], goods, random)
    )


def _items(
    response: SurveyResponse, target: int, goods: list[Product], random: Random
) -> list[PlannedItem]:
    """Three to five things, together about what the department is to buy."""
    chosen = random.sample(goods, random.randrange(3, 6))
    whole = target * random.randrange(85, 110) // (100 * ROUND)
    amounts = shares(whole, [random.randrange(1, 5) for _ in chosen])
    return [
        PlannedItem(
            response=response,
            item=product.name,
            kind=product.kind,
            amount=amount * ROUND,
            in_mall=random.random() < 0.05,
            month=random.choice((None, 4, 5, 6, 9, 10, 11)),
        )
        for product, amount in zip(chosen, amounts, strict=True)
    ]
