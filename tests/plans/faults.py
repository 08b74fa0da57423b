"""Faults to put into a clean plan, each with the rule and the place that must tell it."""

from collections.abc import Callable
from datetime import date

from apps.plans.enums import MoneySource, SectionKey
from apps.plans.models import (
    FocusArea,
    Milestone,
    Plan,
    PlanSection,
    PrintedName,
    Task,
    TaskSection,
    TaskStep,
)
from tests.plans.clean import YEAR, print_title, task
from tests.plans.factories import make_line

Break = Callable[[Plan], object]


def section(plan: Plan, key: SectionKey) -> PlanSection:
    return plan.sections.get(key=key)


def rewrite(plan: Plan, key: SectionKey, old: str, new: str) -> None:
    row = section(plan, key)
    assert old in row.body
    row.body = row.body.replace(old, new)
    row.save()


def rewrite_block(plan: Plan, code: str, old: str, new: str) -> None:
    row = TaskSection.objects.get(task=task(plan, code), body__contains=old)
    row.body = row.body.replace(old, new)
    row.save()


def change(plan: Plan, code: str, **values: object) -> None:
    Task.objects.filter(pk=task(plan, code).pk).update(**values)


def change_line(plan: Plan, name: str, **values: object) -> None:
    assert plan.lines.filter(label=name).update(**values)


def total_row(plan: Plan, total: str) -> None:
    row = TaskSection.objects.get(task=task(plan, "2-2"), title="교육")
    row.table[-1][-1] = total
    row.save()


def chapters(plan: Plan, numbers: str) -> None:
    for number in numbers:
        PrintedName.objects.create(plan=plan, place=number, number=number, text=f"장 {number}")
    # what the records say is printed too: a published paper states its total
    plan.budget_note += " (모든 재원 52,000천원, 이 가운데 7,000천원은 선정 시)"
    plan.save()


def titles(plan: Plan, *texts: str) -> None:
    for place, text in zip("ⅤⅥⅦ", texts, strict=False):
        print_title(plan, "2-1", place, text)
    chapters(plan, "")


def printed(plan: Plan, text: str) -> None:
    PrintedName.objects.create(plan=plan, place="2-2", text=text)
    chapters(plan, "")


def unstated_total(plan: Plan) -> None:
    PrintedName.objects.create(plan=plan, place="Ⅰ", number="Ⅰ", text="추진근거")


def move_market(plan: Plan) -> None:
    day = date(YEAR, 5, 18)
    Milestone.objects.filter(task=task(plan, "2-1"), starts=date(YEAR, 5, 25)).update(
        starts=day, ends=day, when="5/18"
    )


def hear(plan: Plan, month: int) -> None:
    Milestone.objects.filter(task=task(plan, "1-2")).update(
        when=f"2019. {month}.", starts=date(YEAR, month, 1), ends=date(YEAR, month, 28)
    )
    Milestone.objects.filter(task=task(plan, "1-2")).update(when="")


def late_step(plan: Plan, title: str) -> None:
    TaskStep.objects.create(
        task=task(plan, "2-2"), title=title, starts=date(YEAR, 10, 1), ends=date(YEAR, 10, 31)
    )


def empty_area(plan: Plan) -> None:
    FocusArea.objects.create(plan=plan, number=3, title="빈 분야")


def renumber(plan: Plan) -> None:
    Task.objects.filter(pk=task(plan, "1-2").pk).update(number=3)


RESULTS, ORGANIZATIONS = "Ⅳ 지난해 추진실적 및 성과", "Ⅲ 사회적경제 조직 및 현황"
OUTLOOK, BUDGET = "Ⅳ 한계 및 발전과제", "Ⅷ 소요예산"
K = SectionKey
#: A fault, the rule that finds it, where, and what its message names.
FAULTS: dict[str, tuple[Break, str, str, tuple[str, ...]]] = {
    "a sum in brackets": (
        lambda p: rewrite(p, K.RESULTS, "시비 10,000천원", "시비 11,000천원"),
        "text_sums",
        RESULTS,
        ("30,000천원", "31,000천원", "1,000천원"),
    ),
    "a sum of the lines below": (
        lambda p: rewrite_block(p, "2-2", "재정지원: 30,000천원", "재정지원: 32,000천원"),
        "text_sums",
        "과제 2-2",
        ("32,000천원", "20,000천원 + 10,000천원", "2,000천원"),
    ),
    "a sum that is not the amount for each": (
        lambda p: rewrite_block(
            p, "2-2", "○ 사회", "○ 대상기업: 가, 나\n○ 임차료 30백만원 (기업당 10백만원)\n○ 사회"
        ),
        "per_unit",
        "과제 2-2",
        ("30,000천원", "10,000천원 × 2"),
    ),
    "more people than the body has": (
        lambda p: rewrite_block(
            p,
            "2-1",
            "○ 문의",
            "○ 구성: 5명\n- 위원장: 국장\n- 위원: 당연직 2명, 위촉직 3명\n○ 문의",
        ),
        "head_count",
        "과제 2-1",
        ("5명", "1 + 5 = 6명"),
    ),
    "a table's total": (lambda p: total_row(p, "36"), "table_sums", "과제 2-2", ("36", "35")),
    "an amount unlike its budget line": (
        lambda p: change_line(p, "일자리 지원", amount=21_000_000),
        "line_amounts",
        "과제 2-2",
        ("20,000천원", "21,000천원", "일자리 지원"),
    ),
    "a typed total of a task": (
        lambda p: change(p, "2-1", budget_text="총 4,000천원"),
        "line_amounts",
        "과제 2-1",
        ("4,000천원", "3,000천원"),
    ),
    "a share that is not its rate": (
        lambda p: p.lines.filter(label="경영 진단", source="city").update(amount=4_000_000),
        "shares",
        "과제 2-2",
        ("4,000천원", "5,000천원", "50%", "40%"),
    ),
    "rates that are not the whole": (
        lambda p: rewrite_block(p, "2-2", "○ 사회적", "※ 국비(50%), 시비(30%)\n○ 사회적"),
        "shares",
        "과제 2-2",
        ("80%",),
    ),
    "money no task names": (
        lambda p: make_line(p, 2_130_000, label="설명회", program=p.programs.get()),
        "reconcile",
        BUDGET,
        ("5,000천원", "7,130천원", "2,130천원", "설명회"),
    ),
    "money in no programme": (
        lambda p: change_line(p, "장터 운영", program=None),
        "reconcile",
        BUDGET,
        ("2,000천원", "5,000천원", "장터 운영"),
    ),
    "a derived amount": (
        lambda p: change_line(p, "장터 운영", derived=True),
        "derived",
        BUDGET,
        ("5,000천원", "2,000천원", "3,000천원"),
    ),
    "no budget, and money": (
        lambda p: make_line(
            p, 100_000, label="간담회", task=task(p, "1-1"), program=p.programs.get()
        ),
        "no_budget",
        "과제 1-1",
        ("비예산", "100천원"),
    ),
    "one of several without an amount": (
        lambda p: rewrite_block(
            p, "2-2", "- 개발비 지원: 10,000천원", "- 개발비 지원: 10,000천원\n- 혁신 사업: 5월~8월"
        ),
        "amountless",
        "과제 2-2",
        ("혁신 사업", "2개", "30,000천원"),
    ),
    "money not split": (
        lambda p: change_line(p, "개발비 지원", source=MoneySource.NATIONAL_CITY),
        "unsplit",
        "과제 2-2",
        ("10,000천원",),
    ),
    "a total never stated": (
        unstated_total,
        "all_sources",
        BUDGET,
        ("52,000천원", "7,000천원", "시비 42,000천원"),
    ),
    "money of a bid as firm": (
        lambda p: change_line(p, "신규 사업", conditional=False),
        "conditional",
        "과제 2-2",
        ("7,000천원", "공모 선정 시"),
    ),
    "a typed total with money of a bid": (
        lambda p: Plan.objects.filter(pk=p.pk).update(budget_note="모두 52,000천원"),
        "conditional",
        BUDGET,
        ("52,000천원", "7,000천원", "45,000천원"),
    ),
    "a deposit in the budget": (
        lambda p: change_line(p, "장터 운영", label="장터 임대보증금"),
        "deposits",
        "과제 2-1",
        ("3,000천원", "보증금"),
    ),
    "a deposit told as money spent": (
        lambda p: rewrite(
            p, K.RESULTS, "□ 장터", "○ 사업비 지원\n- 한솔: 9,000천원\n· 임대보증금\n□ 장터"
        ),
        "deposits",
        RESULTS,
        ("9,000천원", "임대보증금"),
    ),
    "a day off its rule": (
        lambda p: rewrite_block(p, "2-1", "6/22", "6/15"),
        "date_rule",
        "과제 2-1",
        ("6/15", "셋째 토요일", "넷째주 토요일", "2019. 6. 22.(토)"),
    ),
    "a day of the schedule off the rule": (
        move_market,
        "date_rule",
        "과제 2-1",
        ("5/18", "셋째 토요일", "2019. 5. 25.(토)"),
    ),
    "a month of the rule without a day": (
        lambda p: rewrite_block(p, "2-1", "4/27, 5/25, 6/22, 9/28 (4회)", "4/27, 5/25, 6/22 (3회)"),
        "date_rule",
        "과제 2-1",
        ("9월",),
    ),
    "a number of times unlike the days": (
        lambda p: rewrite_block(p, "2-1", "(4회)", "(5회)"),
        "date_rule",
        "과제 2-1",
        ("5회", "4개"),
    ),
    "an odd weekday": (
        lambda p: rewrite(p, K.RESULTS, "5. 12.", "5. 15."),
        "weekday",
        RESULTS,
        ("2018. 5. 15.(화)", "화요일", "토요일"),
    ),
    "a wrong weekday": (
        lambda p: rewrite(p, K.OUTLOOK, "판로가 좁음", "판로가 좁음 ('18.5.26.(화) 간담회)"),
        "weekday",
        OUTLOOK,
        ("2018년 5월 26일", "토요일"),
    ),
    "a day there is not": (
        lambda p: rewrite(p, K.OUTLOOK, "판로가 좁음", "판로가 좁음 (2018. 2. 30. 조사)"),
        "weekday",
        OUTLOOK,
        ("2018. 2. 30.",),
    ),
    "a month missing in a list": (
        lambda p: rewrite_block(p, "2-2", "5월, 6월, 7월, 8월", "5월, 6월, 8월"),
        "months_listed",
        "과제 2-2",
        ("7월이 없습니다", "2019. 5월 ~ 8월"),
    ),
    "a period in other words": (
        lambda p: change(p, "2-2", period="2019. 5월 ~ 9월"),
        "period_words",
        "과제 2-2",
        ("2019. 5월 ~ 9월", "2019. 8. 31."),
    ),
    "a step after the end": (
        lambda p: late_step(p, "기업 모집"),
        "period_steps",
        "과제 2-2",
        ("기업 모집", "2019. 8. 31.", "2019. 10. 1."),
    ),
    "a month of the chart after the end": (
        lambda p: change(p, "2-1", stated_months=[4, 5, 12]),
        "period_steps",
        "과제 2-1",
        ("12월",),
    ),
    "a paper heard once it is finished": (
        lambda p: hear(p, 11),
        "hearing",
        "과제 1-2",
        ("1-1", "2019. 10. 31.", "2019. 11. 1."),
    ),
    "a paper heard before it is there": (
        lambda p: hear(p, 4),
        "hearing",
        "과제 1-2",
        ("1-1", "2019. 6. 1.", "2019. 4. 1."),
    ),
    "a chapter numbered twice": (lambda p: chapters(p, "ⅠⅡⅡⅢ"), "numbers", "Ⅱ", ("2번", "장 Ⅱ")),
    "a chapter left out": (lambda p: chapters(p, "ⅠⅢ"), "numbers", "Ⅱ", ("빠졌습니다",)),
    "a task's number left out": (renumber, "numbers", "계획 개요", ("1-2",)),
    "a section without text": (
        lambda p: p.sections.filter(key=K.DIRECTIONS).update(body=" "),
        "empty_sections",
        "Ⅱ 추진방향",
        ("비어",),
    ),
    "a missing section": (
        lambda p: p.sections.filter(key=K.DIRECTIONS).delete(),
        "empty_sections",
        "Ⅱ 추진방향",
        ("빠졌습니다",),
    ),
    "a line kept to be written": (
        lambda p: rewrite_block(p, "2-1", "○ 문의", "○ (적을 자리)\n○ 문의"),
        "blanks",
        "과제 2-1",
        ("(적을 자리)",),
    ),
    "a period to be asked after": (
        lambda p: change(p, "2-2", period="2019. 5월 ~ 8월 (끝남, 새 기간 확인)"),
        "blanks",
        "과제 2-2",
        ("추진기간", "새 기간 확인"),
    ),
    "an area without tasks": (empty_area, "empty_sections", "계획 개요", ("빈 분야",)),
    "a block without text": (
        lambda p: TaskSection.objects.create(task=task(p, "1-1"), title="협의"),
        "empty_sections",
        "과제 1-1",
        ("협의",),
    ),
    "a task without a department": (
        lambda p: task(p, "1-2").departments.clear(),
        "task_facts",
        "과제 1-2",
        ("추진부서",),
    ),
    "a task without a word on money": (
        lambda p: change(p, "1-1", budget_text=""),
        "task_facts",
        "과제 1-1",
        ("소요예산",),
    ),
    "two titles of a task": (
        lambda p: titles(p, "사회적경제 장터 운영", "나눔 장터 운영", "사회적경제 장터 운영"),
        "titles",
        "과제 2-1",
        ("Ⅴ·Ⅶ ‘사회적경제 장터 운영’", "Ⅵ ‘나눔 장터 운영’"),
    ),
    "two names of an agreement": (
        lambda p: change(p, "2-2", bases="「가람구-누리대학교 교육 업무협약」"),
        "names",
        RESULTS,
        ("협력 업무협약", "교육 업무협약", "과제 2-2"),
    ),
    "two spellings of an ordinance": (
        lambda p: change(p, "1-1", bases="「가람구 사회적경재 조례」"),
        "names",
        "Ⅰ 추진근거",
        ("사회적경제 조례", "사회적경재 조례", "과제 1-1"),
    ),
    "a slip of the pen": (
        lambda p: change(p, "2-2", purpose="사회정경제 조직의 재정지원"),
        "typos",
        "과제 2-2",
        ("사회정경제", "사회적경제"),
    ),
    "a slip of the pen in print": (
        lambda p: printed(p, "시회적경제 안내"),
        "typos",
        "과제 2-2",
        ("시회적경제", "사회적경제"),
    ),
    "an unknown figure": (
        lambda p: rewrite(p, K.OUTLOOK, "판로가 좁음", "판로가 {{없는 수치}} 좁음"),
        "unknown_figures",
        OUTLOOK,
        ("없는 수치",),
    ),
    "a typed figure unlike the records": (
        lambda p: rewrite(p, K.DIRECTIONS, "알림", "알림\n○ 총사업비 46,000천원"),
        "typed_figures",
        "Ⅱ 추진방향",
        ("총사업비", "46,000천원", "45,000천원"),
    ),
    "a number of areas unlike the plan's": (
        lambda p: rewrite(p, K.DIRECTIONS, "알림", "알림 (3대 중점분야, 4개 전략과제)"),
        "typed_figures",
        "Ⅱ 추진방향",
        ("중점분야", "3개", "2개"),
    ),
    "a count at two places": (
        lambda p: rewrite(p, K.OUTLOOK, "28개(2018년)", "29개(2018년)"),
        "count_series",
        OUTLOOK,
        ("2018년", "29개", "28개"),
    ),
    "counts that stop before their day": (
        lambda p: rewrite(p, K.ORGANIZATIONS, " → 30개(2019. 3월)", ""),
        "count_series",
        ORGANIZATIONS,
        ("2019. 3. 31.", "28개(2018년)"),
    ),
    "more new ones than the growth": (
        lambda p: rewrite(p, K.RESULTS, "발굴: 7개", "발굴: 12개"),
        "count_growth",
        RESULTS,
        ("13개", "20개", "28개", "8개"),
    ),
    "a count without a day": (
        lambda p: rewrite(p, K.ORGANIZATIONS, "□", "□ 조직은 모두 30개\n□"),
        "count_undated",
        ORGANIZATIONS,
        ("30개",),
    ),
}
