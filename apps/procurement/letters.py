"""What officials write to departments in the year's cycle: the letter, and the reminders."""

from collections.abc import Iterable
from datetime import date

from apps.accounts.models import Department
from apps.core.money import thousand
from apps.core.templatetags.office import kday
from apps.procurement.models import DemandSurvey
from apps.procurement.queries.breakdown import Sums

NOWHERE_SET = "정하지 않음"


def survey_letter(year: int, last: Sums) -> str:
    """The letter of the survey as the office usually writes it; ``last`` was bought last year."""
    lines = [
        f"□ {year}년 사회적경제기업 제품 구매 수요조사",
        f"○ 목적: {year}년 공공구매 목표를 정하기 위하여 부서별 구매 예정 금액을 조사합니다.",
        "○ 대상: 전 부서(동)",
        f"○ 내용: {year}년에 사회적경제기업에서 구매할 물품·용역·공사",
        "- 품목, 예정 금액, 함께누리몰 구매 여부, 예정 월",
        "○ 방법: 업무포털 ‘공공구매’의 ‘수요조사’에서 입력",
        "※ 구매 계획이 없는 부서도 ‘구매 계획 없음’으로 회신해 주시기 바랍니다.",
    ]
    if last.amount:
        mall = f"함께누리몰 {thousand(last.mall)}천원"
        lines.append(f"※ {year - 1}년 구매액: {thousand(last.amount)}천원({mall})")
    return "\n".join(lines)


def addressed(departments: list[Department], wanted: str) -> list[str]:
    """Whom a reminder names: the one department that is ``wanted`` by its key, or all of them."""
    chosen = [each.name for each in departments if str(each.pk) == wanted]
    return chosen or [each.name for each in departments]


def survey_reminder(survey: DemandSurvey, names: Iterable[str]) -> str:
    """To the departments that have not answered; empty when all have."""
    return _reminder(
        f"[수요조사 회신 요청] {survey.year}년 사회적경제기업 제품 구매 수요조사",
        ("회신 기한", kday(survey.due)),
        ("회신하지 않은 부서", names),
        "업무포털 ‘공공구매’의 ‘수요조사’에서 회신해 주시기 바랍니다. "
        "구매 계획이 없으면 ‘구매 계획 없음’으로 회신해 주십시오.",
    )


def month_reminder(month: date, due: date | None, names: Iterable[str]) -> str:
    """To the departments that have not entered a month; empty when all have."""
    return _reminder(
        f"[구매실적 입력 요청] {month.year}년 {month.month}월 사회적경제기업 구매실적",
        ("입력 기한", kday(due) or NOWHERE_SET),
        ("입력을 마치지 않은 부서", names),
        "업무포털 ‘공공구매’의 ‘월별 입력’에서 입력하고 ‘입력 완료’를 눌러 주시기 바랍니다. "
        "구매한 것이 없어도 ‘구매 없음’으로 완료해 주십시오.",
    )


def _reminder(
    head: str, day: tuple[str, str], departments: tuple[str, Iterable[str]], ask: str
) -> str:
    names = ", ".join(departments[1])
    if not names:
        return ""
    return "\n".join((head, f"○ {day[0]}: {day[1]}", f"○ {departments[0]}: {names}", ask))
