"""Every date phrase of the real plan, and what becomes of it in the plan of the next year."""

import re

import pytest

from apps.plans.rollover.phrases import Grain, phrases
from apps.plans.rollover.rules import Years
from apps.plans.rollover.texts import Mover
from apps.plans.weekdays import stated
from apps.portal.sample import source

YEARS = Years(2016, 2017)
MARKET_RULE = tuple(rule for _, rule in stated("매월 넷째주 토요일"))

#: What moves, from the texts of the real plan.
MOVED = {
    "2016년도 사회적경제 활성화 추진계획": "2017년도 사회적경제 활성화 추진계획",
    "위한 2016년 종합계획임.": "위한 2017년 종합계획임.",
    "조직 현황 (2016. 3. 31. 기준)": "조직 현황 (2017. 3. 31. 기준)",
    "2016년 3월 ~ 8월": "2017년 3월 ~ 8월",
    "2016. 3월": "2017. 3월",
    "2016. 4~5월": "2017. 4~5월",
    "2016. 5~6월": "2017. 5~6월",
    "2016. 7~8월": "2017. 7~8월",
    "2016. 4월~5월": "2017. 4월~5월",
    "2016. 7월~12월": "2017. 7월~12월",
    "2016년 1월 ~ 12월": "2017년 1월 ~ 12월",
    "2016. 1월 ~ 12월": "2017. 1월 ~ 12월",
    "2016. 3~12월": "2017. 3~12월",
    "2016. 1~12월": "2017. 1~12월",
    "2016. 2.~5.": "2017. 2.~5.",
    "2016. 6.~7.": "2017. 6.~7.",
    "2016. 7.~12.": "2017. 7.~12.",
    "2017. 1.": "2018. 1.",
    "2016. 1.": "2017. 1.",
    "2016. 9.": "2017. 9.",
    "2016. 10.~12.": "2017. 10.~12.",
    "2016. 11월": "2017. 11월",
    "상반기 2016. 4월, 하반기 2016. 11월": "상반기 2017. 4월, 하반기 2017. 11월",
    "2016. 상반기 (서울시 공모 일정)": "2017. 상반기 (서울시 공모 일정)",
    "2016년도 마을기업 육성사업 시행지침": "2017년도 마을기업 육성사업 시행지침",
    "2016년도 공공구매 목표액": "2017년도 공공구매 목표액",
    "2016년 교육일정": "2017년 교육일정",
    "2016 마을기업 공간임대보증금": "2017 마을기업 공간임대보증금",
    "2016. 4월~11월 매월 넷째주 토요일 (7·8월 혹서기 제외)": (
        "2017. 4월~11월 매월 넷째주 토요일 (7·8월 혹서기 제외)"
    ),
    "운영일자: 4/23, 5/28, 6/25, 9/24, 10/22, 11/12 (6회)": (
        "운영일자: 4/22, 5/27, 6/24, 9/23, 10/28, 11/25 (6회)"
    ),
    # As the paper itself spells them.
    "‘16.3월": "‘17.3월",
    "‘16.4~5월": "‘17.4~5월",
    "‘16. 2.~ 5. : 공모": "‘17. 2.~ 5. : 공모",
    "‘17. 1. : 마을기업 사업비 정산": "‘18. 1. : 마을기업 사업비 정산",
    "16.3~12월": "17.3~12월",
    "16년도 공공구매 수요조사": "17년도 공공구매 수요조사",
    "‘16. 상반기(서울시 공모 일정)": "‘17. 상반기(서울시 공모 일정)",
    "2016. 4월∼5월": "2017. 4월∼5월",
    "2016년 2분기": "2017년 2분기",
    "2016. 3/4분기": "2017. 3/4분기",
    # Single days: the same weekday of the same week of the month.
    "2016. 4. 14.(목) 개최": "2017. 4. 13.(목) 개최",
    "2016-05-28": "2017-05-27",
    "2016. 6. 30.까지 제출": "2017. 6. 30.까지 제출",
    "2016. 3. 2. ~ 3. 15.": "2017. 3. 2. ~ 3. 15.",
    "2016. 11월 ~ 2017. 2월": "2017. 11월 ~ 2018. 2월",
}
#: What stays: history, contracts, plans of several years, and what is no date.
STAYS = (
    "사회적경제 활성화계획(2016~2019) 수립",
    "2016년 ~ 2019년 (4개년)",
    "2015. 11. 20. ~ 2016. 10. 31.",
    "임대차 계약기간: 2016. 2. 27. ~ 2018. 2. 26.",
    "근저당권설정 (2013. 2. 27.)",
    "2018년까지 모두 12개구 (2015년 6개구 선정, 2016년 하반기 6개구 선정 예정)",
    "31개(2013년) → 42개(2014년) → 54개(2015년) → 63개(2016. 3월 기준)",
    "「동북4구 사회적경제 업무협약」 (2015. 6. 3.)",
    "2015. 9. 25.: 조례 제정",
    "2015. 11. 동북4구 지역혁신 컨퍼런스",
    "2015. 1월~10월",
    "2015. 10. 29.~10. 30.",
    "2015. 4. 18. / 5. 26. / 9. 19. / 10. 17.",
    "2015. 8월",
    "(2015. 11. 20.~)",
    "업무협약 체결 (2016. 3. 3.)",
    "총 2회 (1월, 9월)",
    "3월, 9월 (서울시)",
    "4월~12월 (2개 기업, 46,000천원)",
    "3년 6개월 (선정 자치구 기준)",
    "(7·8월 혹서기 제외)",
    "『4·19혁명 국민문화제』",
    "제22~32조",
    "11:00 ~ 16:00 (5시간)",
    "1,200,000",
    "2,016천원",
    "국비(50%), 시비(25%), 구비(25%)",
    "약 6.6㎡",
    "1/4분기",
    "매월 1회",
    "{{공공구매 목표액}} {{전년 공공구매 실적}} {{2016}}",
)


@pytest.mark.parametrize(("before", "after"), MOVED.items(), ids=MOVED)
def test_it_moves(before: str, after: str) -> None:
    moved = Mover(YEARS, MARKET_RULE).text(before)
    assert moved.text == after
    assert [(change.before, change.after) for change in moved.changes] == [(before, after)]
    assert moved.changes[0].reason


@pytest.mark.parametrize("text", STAYS)
def test_it_stays(text: str) -> None:
    moved = Mover(YEARS, MARKET_RULE).text(text)
    assert moved.text == text
    assert moved.changes == []


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("2015. 11. 20. ~ 2016. 10. 31.", "기간이 끝났음"),
        ("2016. 2. 27. ~ 2017. 2. 26.", "새 해 안에 끝나는"),
        ("2018년까지 모두 12개구 (2015년 6개구, 2016년 하반기 6개구)", "여러 해를 견주는"),
        ("31개(2013년) → 42개(2014년) → 54개(2015년)", "여러 해를 견주는"),
        ("2016년도 행정자치부 마을기업 육성사업 시행지침", "2017년도 지침"),
        ("2016년부터 시행", "시작이나 끝"),
        ("2017년 예산에 반영", "다음 해"),
    ],
)
def test_a_person_is_to_look_at_it(text: str, doubt: str) -> None:
    found = Mover(YEARS).text(text).doubts
    assert [each.line for each in found] == [text]
    assert doubt in found[0].reason


@pytest.mark.parametrize(
    "text", ["2016. 2. 27. ~ 2018. 2. 26.", "(2016~2019)", "「업무협약」 (2015. 6. 3.)"]
)
def test_what_rightly_stays_needs_nobody(text: str) -> None:
    moved = Mover(YEARS).text(text)
    assert moved.doubts == []
    assert moved.kept


def test_a_day_off_the_stated_rule_follows_it_and_is_told() -> None:
    (change,) = Mover(YEARS, MARKET_RULE).text("4/23, 5/28, 11/12").changes
    assert change.after == "4/22, 5/27, 11/25"
    assert "넷째 토요일" in change.reason
    assert "11/12는 둘째 토요일이었음" in change.reason


def test_without_a_stated_rule_each_day_keeps_its_own() -> None:
    (change,) = Mover(YEARS).text("4/23, 5/28, 11/12").changes
    assert change.after == "4/22, 5/27, 11/11"


def test_no_phrase_of_the_real_plan_is_missed() -> None:
    """Whatever names a year in the real plan is read as a date."""
    text = (source.FIXTURES / "plan-2016.yaml").read_text(encoding="utf-8")
    for line in text.splitlines():
        spans = [(p.start, p.end) for p in phrases(line, 2016)]
        for year in re.finditer(r"20[12]\d(?=[.년~\-])", line):
            assert any(start <= year.start() < end for start, end in spans), line


def test_how_exact_a_date_is() -> None:
    text = "2016년, 2016. 상반기, 2016. 4월, 2016. 4. 23."
    assert [p.points[0].grain for p in phrases(text, 2016)] == [
        Grain.YEAR,
        Grain.HALF,
        Grain.MONTH,
        Grain.DAY,
    ]


@pytest.mark.parametrize("text", ["2016. 2. 30.", "2016. 13월", "13/45, 2/30", "2016개", "16년간"])
def test_what_is_no_day_of_the_calendar_is_none(text: str) -> None:
    assert not any(p.points[0].grain == Grain.DAY for p in phrases(text, 2016))
