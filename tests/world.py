"""One of everything, so that every address of the portal has something to show."""

from datetime import date

from django.contrib.auth.models import Group
from django.db.models import Model

from apps.accounts.models import RoleHolding, User
from apps.enterprises.enums import DesignationKind
from apps.enterprises.models import PublishedCount
from apps.plans.enums import MoneySource, SectionKey
from apps.plans.models import (
    BudgetLine,
    BudgetProgram,
    DepartmentRequest,
    FocusArea,
    Milestone,
    Plan,
    PlanSection,
    Task,
    TaskSection,
    TaskStep,
)
from apps.procurement.models import AnnualTarget, DepartmentTarget
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
from tests.committees.factories import make_committee, make_meeting, make_member
from tests.enterprises.factories import make_designation, make_firm, make_product
from tests.procurement.factories import make_purchase

YEAR = 2016
World = dict[str, Model]


def make_world(clerk: User) -> World:
    """Records of every kind, by the name of their model; the purchase is the clerk's own."""
    assert clerk.department is not None
    firm = make_firm()
    pre_social = make_designation(firm, DesignationKind.PRE_SOCIAL)
    statute = Statute.objects.create(name="사회적경제 조례", kind=StatuteKind.ORDINANCE)
    rule = RuleValue.objects.create(
        key="sample.days",
        label="알림",
        value=30,
        unit="일",
        valid_from=date(2016, 1, 1),
        statute=statute,
    )
    committee = make_committee()
    AnnualTarget.objects.create(year=YEAR, total=10_000_000, mall=1_000_000)
    DepartmentTarget.objects.create(year=YEAR, department=clerk.department, total=5_000_000)
    world = make_plan(YEAR)
    return world | {
        "department": clerk.department,
        "user": clerk,
        "roleholding": RoleHolding.objects.filter(user=clerk).get(),
        "group": Group.objects.first() or Group(),
        "statute": statute,
        "rulevalue": rule,
        "enterprise": firm,
        "designation": pre_social,
        "product": make_product(firm),
        "publishedcount": PublishedCount.objects.create(
            as_of=date(2016, 3, 31), count=63, rule="전체", source="추진계획"
        ),
        "committee": committee,
        "member": make_member(committee),
        "meeting": make_meeting(committee, "보증금 지원 연장"),
        "purchase": make_purchase(clerk.department, firm, clerk, purchased_on=date(YEAR, 3, 2)),
    }


def make_plan(year: int) -> World:
    """A plan with one record of each of its parts."""
    plan = Plan.objects.create(
        year=year, title=f"{year}년도 추진계획", issuer="일자리과", counted_on=date(year, 3, 31)
    )
    area = FocusArea.objects.create(plan=plan, number=1, title="판로 지원")
    task = Task.objects.create(
        area=area,
        number=1,
        title="공공구매 활성화",
        starts=date(year, 3, 1),
        ends=date(year, 12, 31),
    )
    program = BudgetProgram.objects.create(plan=plan, name="활성화 지원", works="위원회 운영")
    TaskStep.objects.create(task=task, title="수요조사", when="3월")
    Milestone.objects.create(task=task, text="목표 통보", when="3월")
    DepartmentRequest.objects.create(plan=plan, addressee="전 부서", body="○ 협조")
    return {
        "plan": plan,
        "plansection": PlanSection.objects.create(
            plan=plan, key=SectionKey.BASIS, title="추진근거", body="□ 조례"
        ),
        "focusarea": area,
        "task": task,
        "tasksection": TaskSection.objects.create(
            task=task, title="추진내용", body="○ 목표 설정", table=[["구분", "목표"], ["계", "10"]]
        ),
        "budgetline": BudgetLine.objects.create(
            plan=plan,
            program=program,
            task=task,
            label="위원회 운영",
            source=MoneySource.DISTRICT,
            amount=2_016_000,
        ),
    }
