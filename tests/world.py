"""One of everything, so that every address of the portal has something to show."""

from datetime import UTC, date, datetime

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone

from apps.accounts.models import RoleHolding, User
from apps.committees.models import FollowUp, PlanHearing
from apps.committees.services import attach
from apps.documents import issuing
from apps.documents.models import IssuedDocument
from apps.documents.nodes import Document, Heading, TitleBox
from apps.enterprises.enums import DesignationKind
from apps.enterprises.models import PublishedCount
from apps.imports import services as uploads
from apps.imports import working
from apps.imports.models import FileImport
from apps.plans.enums import MoneySource, PlanState, RollOutcome, SectionKey
from apps.plans.models import (
    BasicPlan,
    BudgetLine,
    BudgetProgram,
    Completion,
    DepartmentRequest,
    Expenditure,
    FocusArea,
    Indicator,
    Milestone,
    Plan,
    PlanSection,
    RequestDelivery,
    Result,
    RollNote,
    Task,
    TaskSection,
    TaskStep,
)
from apps.procurement.models import (
    AnnualTarget,
    DemandSurvey,
    DepartmentTarget,
    MonthClosing,
    MonthReport,
    PlannedItem,
    Reopening,
    SupplierAlias,
    SurveyResponse,
)
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
from tests.committees.after import make_held
from tests.committees.factories import SETTLED, make_committee, make_meeting, make_member
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
    meeting = make_meeting(committee, "보증금 지원 연장", **SETTLED)
    item = meeting.items.get()
    AnnualTarget.objects.create(year=YEAR, total=10_000_000, mall=1_000_000)
    DepartmentTarget.objects.create(year=YEAR, department=clerk.department, total=5_000_000)
    make_issued(f"targets-{YEAR}", "목표 통보", datetime(YEAR, 3, 31, tzinfo=UTC), clerk)
    world = make_plan(YEAR) | make_cycle(YEAR, clerk)
    return world | {
        "issueddocument": make_edition(world["plan"], clerk),
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
        "charter": committee.charters.get(),
        "member": make_member(committee, name="라예시"),
        "meeting": meeting,
        "agendaitem": item,
        "planhearing": PlanHearing.objects.create(
            plan_id=world["plan"].pk, item=make_held(clerk).items.earliest("order")
        ),
        "followup": FollowUp.objects.create(meeting=meeting, what="결과 통지", owner="일자리과"),
        "attachment": attach(item=item, name="현황.csv", content=b"1", by=clerk),
        "requestdelivery": RequestDelivery.objects.create(
            request_id=world["departmentrequest"].pk,
            department=clerk.department,
            body="○ 우선구매 협조",
            sent_at=timezone.now(),
            sent_by=clerk,
        ),
        "fileimport": make_import(clerk),
        "supplieralias": SupplierAlias.objects.create(
            name="커피집",
            enterprise=firm,
            department=clerk.department,
            chosen_at=timezone.now(),
            chosen_by=clerk,
        ),
        "purchase": make_purchase(clerk.department, firm, clerk, purchased_on=date(YEAR, 3, 2)),
    }


def make_import(by: User) -> FileImport:
    """A checked file of purchases with a good row and a faulty one."""
    rows = "구매일자,기업명,품목,구분,금액\n"
    rows += f"{YEAR}-05-02,행복커피,원두,물품,1000\n{YEAR}-05-03,행복커피,원두,물품,모름\n"
    content = ContentFile(rows.encode(), "구매.csv")
    file = uploads.receive(
        kind="purchases", name="구매.csv", content=content, department=by.department, by=by
    )
    working.check(pk=file.pk, by=by)
    file.refresh_from_db()
    return file


def make_edition(plan: Model, by: User) -> IssuedDocument:
    """The first edition of a plan, its PDF there; the plan is open again for a correction."""
    assert isinstance(plan, Plan)
    at = datetime(plan.year, 4, 1, tzinfo=UTC)
    issued = make_issued(f"plan-{plan.year}", plan.title, at, by)
    rows = Plan.objects.filter(pk=plan.pk)
    rows.update(state=PlanState.CONFIRMED, confirmed_at=at, confirmed_by=by)
    rows.update(state=PlanState.REVISING, revision_reason="금액 정정")
    plan.refresh_from_db()
    return issued


def make_issued(series: str, title: str, at: datetime, by: User) -> IssuedDocument:
    """The first edition of a paper, its PDF there."""
    nodes = (TitleBox(), Heading(1, "근거", "Ⅰ"))
    issued = issuing.issue(series=series, document=Document(title, "일자리과", nodes), at=at, by=by)
    issued.files.filter(format="pdf").update(content=b"%PDF", size=4, digest="0" * 64)
    return issued


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
    step = TaskStep.objects.create(task=task, title="수요조사", when="3월", ends=date(year, 3, 31))
    done = Milestone.objects.create(task=task, text="목표 통보", when="3월")
    line = BudgetLine.objects.create(
        plan=plan,
        program=program,
        task=task,
        label="위원회 운영",
        source=MoneySource.DISTRICT,
        amount=2_016_000,
    )
    asked = DepartmentRequest.objects.create(plan=plan, addressee="전 부서", body="○ 협조")
    RollNote.objects.create(
        plan=plan, task=task, outcome=RollOutcome.MOVED, place="과제 1-1", before="4/25"
    )
    return {
        "plan": plan,
        "result": Result.objects.create(
            year=year, name="직원 교육", value=8, unit="회", source="결과보고"
        ),
        "basicplan": BasicPlan.objects.create(
            title="기본계획", first_year=year, last_year=year, body="□ 방향"
        ),
        "plansection": PlanSection.objects.create(
            plan=plan, key=SectionKey.BASIS, title="추진근거", body="□ 조례"
        ),
        "departmentrequest": asked,
        "focusarea": area,
        "task": task,
        "tasksection": TaskSection.objects.create(
            task=task, title="추진내용", body="○ 목표 설정", table=[["구분", "목표"], ["계", "10"]]
        ),
        "budgetline": line,
        "expenditure": Expenditure.objects.create(
            line=line, spent_on=date(year, 3, 2), amount=200_000, text="회의 수당"
        ),
        "taskstep": step,
        "milestone": Milestone.objects.create(task=task, text="실적 공개", ends=date(year, 12, 31)),
        "completion": Completion.objects.create(milestone=done, done_on=date(year, 3, 15)),
        "indicator": Indicator.objects.create(
            task=task, label="구매 실적", actual="공공구매 실적", target="공공구매 목표액"
        ),
    }


def make_cycle(year: int, by: User) -> World:
    """A survey answered by the clerk's department, and a closed month that is open for it again."""
    now, department = timezone.now(), by.department
    assert department is not None
    survey = DemandSurvey.objects.create(
        year=year, body="□ 수요조사", due=date(year, 3, 31), sent_at=now, sent_by=by
    )
    response = SurveyResponse.objects.create(
        survey=survey, department=department, answered_at=now, answered_by=by
    )
    closing = MonthClosing.objects.create(month=date(year, 2, 1), closed_at=now, closed_by=by)
    return {
        "demandsurvey": survey,
        "surveyresponse": response,
        "planneditem": PlannedItem.objects.create(
            response=response, item="복사용지", kind="goods", amount=300_000
        ),
        "monthreport": MonthReport.objects.create(
            department=department, month=date(year, 2, 1), reported_at=now, reported_by=by
        ),
        "monthclosing": closing,
        "reopening": Reopening.objects.create(
            closing=closing,
            department=department,
            reason="금액 오기",
            reopened_at=now,
            reopened_by=by,
        ),
    }
