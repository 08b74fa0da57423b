"""A plan without a fault: the checker finds nothing in it; tests break one thing at a time."""

from datetime import date

from apps.accounts.enums import DepartmentKind
from apps.accounts.models import Department
from apps.plans.enums import MoneySource, SectionKey
from apps.plans.models import (
    BudgetProgram,
    DepartmentRequest,
    FocusArea,
    Milestone,
    Plan,
    PlanSection,
    PrintedName,
    Task,
    TaskSection,
    TaskStep,
)
from tests.plans.factories import make_line

YEAR = 2019
ORGANIZATIONS = """□ 사회적경제 조직 현황 (2019. 3. 31. 기준)
○ 20개(2017년) → 28개(2018년) → 30개(2019. 3월)"""
RESULTS = """□ 조직 발굴
○ 마을기업 신규 지정: 한솔마을기업 (2018. 4. 2.)
○ 협동조합 신규 발굴: 7개
○ 재정지원: 30,000천원 (국비 20,000천원, 시비 10,000천원)
□ 장터 (3회)
- 나눔장터: 2018. 4. 14. / 5. 12. / 6. 9. / 9. 8.
□ 「가람구-누리대학교 협력 업무협약」 체결 (2018. 5. 2.)"""
TEXTS = {
    SectionKey.BASIS: "□ 「가람구 사회적경제 조례」 제5조",
    SectionKey.DIRECTIONS: "□ 사회적경제 조직을 돕고 사회적경제를 알림",
    SectionKey.CHART: "□ 행정기관\n○ 일자리과",
    SectionKey.ORGANIZATIONS: ORGANIZATIONS,
    SectionKey.RESULTS: RESULTS,
    SectionKey.OUTLOOK: "□ 사회적경제 조직의 판로가 좁음\n※ 조직 수: 20개(2017년) → 28개(2018년)",
}
MARKET = """○ 운영기간: 2019. 4월~9월 매월 넷째주 토요일 (7·8월 제외)
- 운영일자: 4/27, 5/25, 6/22, 9/28 (4회)
○ 문의: 일자리과"""
COURSES = """○ 교육하는 달: 5월, 6월, 7월, 8월
○ 사회적경제 과정마다 사회적경제 강사를 모심"""
GRANTS = """○ 재정지원: 30,000천원
- 일자리 지원: 20,000천원
- 개발비 지원: 10,000천원"""


def make_clean_plan() -> Plan:
    """Two areas, four tasks, all their parts, money that adds up."""
    plan = Plan.objects.create(
        year=YEAR,
        title=f"{YEAR}년도 추진계획",
        issuer="일자리과",
        purpose="사회적경제 조직을 키움",
        vision="사회적경제로 사는 구",
        goal="사회적경제 활성화",
        budget_note="국비와 시비는 따로 교부됨",
    )
    for key, body in TEXTS.items():
        PlanSection.objects.create(plan=plan, key=key, title=key.label, body=body)
    office, _ = Department.objects.get_or_create(
        code="SE", name="사회적경제과", kind=DepartmentKind.HEADQUARTERS, position=9
    )
    ground = FocusArea.objects.create(plan=plan, number=1, title="기반")
    growth = FocusArea.objects.create(plan=plan, number=2, title="성장")
    for task in (_planning(ground), _committee(ground), _markets(growth), _grants(growth)):
        task.departments.add(office)
    _money(plan)
    DepartmentRequest.objects.create(plan=plan, addressee="전 부서", body="○ 우선구매 협조")
    return plan


def task(plan: Plan, code: str) -> Task:
    area, number = code.split("-")
    return Task.objects.select_related("area").get(
        area__plan=plan, area__number=area, number=number
    )


def print_title(plan: Plan, code: str, place: str, text: str) -> None:
    PrintedName.objects.create(
        plan=plan, place=place, number=code, text=text, task=task(plan, code)
    )


def _planning(area: FocusArea) -> Task:
    made = Task.objects.create(
        area=area,
        number=1,
        title="사회적경제 발전계획(2019~2022) 수립",
        purpose="네 해의 사회적경제 계획을 세움",
        period="2019년 3월 ~ 10월",
        starts=date(YEAR, 3, 1),
        ends=date(YEAR, 10, 31),
        budget_text="비예산",
    )
    for position, (title, when, first, last) in enumerate(
        (
            ("현황 조사", "2019. 3~5월", date(YEAR, 3, 1), date(YEAR, 5, 31)),
            ("안 작성", "2019. 6~10월", date(YEAR, 6, 1), date(YEAR, 10, 31)),
        )
    ):
        TaskStep.objects.create(
            task=made, title=title, when=when, starts=first, ends=last, position=position
        )
    return made


def _committee(area: FocusArea) -> Task:
    made = Task.objects.create(
        area=area, number=2, title="사회적경제 위원회 운영", purpose="심의", period="총 1회 (9월)"
    )
    Milestone.objects.create(
        task=made,
        text="사회적경제 발전계획 수립(안) 심의",
        when="2019. 9.",
        starts=date(YEAR, 9, 1),
        ends=date(YEAR, 9, 30),
    )
    return made


def _markets(area: FocusArea) -> Task:
    made = Task.objects.create(
        area=area,
        number=1,
        title="사회적경제 장터 운영",
        purpose="판로 지원",
        period="2019. 4월 ~ 9월",
        starts=date(YEAR, 4, 1),
        ends=date(YEAR, 9, 30),
        stated_months=[4, 5, 6, 9],
    )
    TaskSection.objects.create(task=made, position=1, title="나눔 장터", body=MARKET)
    for day in (date(YEAR, 4, 27), date(YEAR, 5, 25), date(YEAR, 6, 22), date(YEAR, 9, 28)):
        Milestone.objects.create(
            task=made, text="나눔 장터", when=f"{day.month}/{day.day}", starts=day, ends=day
        )
    return made


def _grants(area: FocusArea) -> Task:
    made = Task.objects.create(
        area=area,
        number=2,
        title="사회적경제 조직 지원",
        purpose="재정지원과 교육",
        bases="「가람구-누리대학교 협력 업무협약」 (2018. 5. 2.)",
        period="2019. 5월 ~ 8월",
        starts=date(YEAR, 5, 1),
        ends=date(YEAR, 8, 31),
    )
    TaskSection.objects.create(task=made, position=1, title="지원 내용", body=GRANTS)
    TaskSection.objects.create(
        task=made,
        position=2,
        title="교육",
        body=COURSES,
        table=[
            ["구분", "기간", "목표(명)"],
            ["기초", "2019. 5월 ~ 6월", "20"],
            ["심화", "2019. 7월", "15"],
            ["계", "", "35"],
        ],
    )
    Milestone.objects.create(
        task=made,
        text="지원금 정산",
        when="2019. 11.",
        starts=date(YEAR, 11, 1),
        ends=date(YEAR, 11, 30),
    )
    return made


def _money(plan: Plan) -> None:
    program = BudgetProgram.objects.create(plan=plan, name="사회적경제 활성화", works="장터 운영")
    make_line(plan, 2_000_000, label="위원회 수당", task=task(plan, "1-2"), program=program)
    make_line(plan, 3_000_000, label="장터 운영", task=task(plan, "2-1"), program=program)
    grants = task(plan, "2-2")
    for label, amount in (("일자리 지원", 20_000_000), ("개발비 지원", 10_000_000)):
        make_line(plan, amount, label=label, task=grants, source=MoneySource.CITY)
    for source, rate in ((MoneySource.NATIONAL, 50), (MoneySource.CITY, 50)):
        make_line(
            plan,
            5_000_000,
            label="경영 진단",
            task=grants,
            source=source,
            note=f"10,000천원의 {source.label} {rate}%",
        )
    make_line(
        plan,
        7_000_000,
        label="신규 사업",
        task=grants,
        source=MoneySource.CITY,
        conditional=True,
        note="공모 선정 시",
    )
