"""What the checker reads out of words: days, periods, amounts, names; and that none trips it."""

from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.dates import month_end, nth_weekday
from apps.plans.checks.dates import DayRule
from apps.plans.checks.keyboard import slip
from apps.plans.checks.names import Vocabulary
from apps.plans.checks.reading import Passage, Reading
from apps.plans.checks.words import amounts, bare, days, letters_apart, quoted, span
from apps.plans.models import Plan
from apps.plans.registry import plan_checks
from tests.plans.clean import make_clean_plan

YEAR = 2019


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2015. 5. 26.", [date(2015, 5, 26)]),
        ("(‘15.06.08.)", [date(2015, 6, 8)]),
        ("'15.5.26", [date(2015, 5, 26)]),
        ("2015.11.20 설립", [date(2015, 11, 20)]),
        ("2015-11-20", [date(2015, 11, 20)]),
        ("5월 26일", [date(YEAR, 5, 26)]),
        ("2015년 5월 26일(화)", [date(2015, 5, 26)]),
        ("4/23, 5/28", [date(YEAR, 4, 23), date(YEAR, 5, 28)]),
        ("2015. 4. 18. / 5. 26.", [date(2015, 4, 18), date(2015, 5, 26)]),
        ("2015. 10. 29.~10. 30.", [date(2015, 10, 29), date(2015, 10, 30)]),
        ("‘15.4.18./ 5.26./ 9.19.", [date(2015, 4, 18), date(2015, 5, 26), date(2015, 9, 19)]),
        ("2016. 1월 ~ 12월", []),
        ("2016. 4월, 하반기 2016. 11월", []),
        ("2016. 7.~12.", []),
        ("3월 ~ 8월", []),
        ("2015. 11. 실무자 간담회", []),
        ("11:00 ~ 16:00, 2.5배, 1-2, 제5조의2", []),
        ("2019. 2. 30.", [None]),
    ],
)
def test_days(text: str, found: list[date | None]) -> None:
    assert [each.day for each in days(text, YEAR)] == found


def test_days_of_a_range_are_its_ends() -> None:
    assert [each.ranged for each in days("4/1, 10. 29.~10. 30., 2019. 11. 2.", YEAR)][:1] == [False]
    assert all(each.ranged for each in days("2015. 10. 29. ~ 10. 30.", YEAR))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2016년 3월 ~ 8월", (date(2016, 3, 1), date(2016, 8, 31))),
        ("2016. 1월 ~ 12월", (date(2016, 1, 1), date(2016, 12, 31))),
        ("2016. 4~5월", (date(2016, 4, 1), date(2016, 5, 31))),
        ("2016. 7.~12.", (date(2016, 7, 1), date(2016, 12, 31))),
        ("2016. 9.", (date(2016, 9, 1), date(2016, 9, 30))),
        ("‘16.3~12월", (date(2016, 3, 1), date(2016, 12, 31))),
        ("5월", (date(YEAR, 5, 1), date(YEAR, 5, 31))),
        ("2016. 상반기 (서울시 공모 일정)", (date(2016, 1, 1), date(2016, 6, 30))),
        ("하반기", (date(YEAR, 7, 1), date(YEAR, 12, 31))),
        ("2015. 11. 20. ~ 2016. 10. 31.", (date(2015, 11, 20), date(2016, 10, 31))),
        ("2015년 11월 ~ 2016년 2월", (date(2015, 11, 1), date(2016, 2, 29))),
        ("4/23", (date(YEAR, 4, 23), date(YEAR, 4, 23))),
        ("연중(수시)", None),
        ("매월 1회", None),
        ("총 2회 (1월, 9월)", None),
        ("3년 6개월", None),
        ("13월", None),
        ("", None),
    ],
)
def test_span(text: str, found: tuple[date, date] | None) -> None:
    assert span(text, YEAR) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("146,558천원 (국비 109,419천원)", [146_558_000, 109_419_000]),
        ("200백만원, 1억원, 5만원, 300원", [200_000_000, 100_000_000, 50_000, 300]),
        ("134,000부, 14개, 3분22초, 원주 100", []),
    ],
)
def test_amounts(text: str, found: list[int]) -> None:
    assert amounts(text) == found


def test_names() -> None:
    assert bare("민‧관‧학 컨소시엄(안)") == bare("민관학  컨소시엄")
    assert list(quoted("「가」 (1. 2.)와 『나 다』")) == [("가", " (1. 2.)와 "), ("나 다", "")]
    assert [letters_apart("적", other) for other in ("적", "정", "저", "한")] == [0, 1, 1, 3]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("사회정경제기업", "사회적경제기업"),
        ("시회적경제", "사회적경제"),
        ("강북구사회적겅제", "강북구사회적경제"),
        ("사회적경제기업을", ""),
        ("사회적기업", ""),
        ("사회", ""),
        ("사회복지", ""),
    ],
)
def test_a_slip_of_the_pen(written: str, meant: str) -> None:
    assert Vocabulary([*["사회적경제 기업"] * 20, written]).meant_by(written) == meant


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [
        ("정", "적", True),  # ㅇ and ㄱ lie side by side
        ("시", "사", True),
        ("겅", "경", True),
        ("저", "적", True),
        ("재", "제", True),
        ("종", "통", False),
        ("한", "적", False),
        ("a", "적", False),
    ],
)
def test_what_a_finger_makes_of_a_syllable(typed: str, meant: str, expected: bool) -> None:
    assert slip(typed, meant) is expected


def test_another_word_is_no_slip() -> None:
    assert Vocabulary([*["통합지원센터"] * 20, "종합지원"]).meant_by("종합지원") == ""


def test_words_that_differ_by_a_particle_are_no_slip() -> None:
    words = Vocabulary([*["협동조합은 협동조합을"] * 20, "협동조합의", "협동조합으"])
    assert [words.meant_by(w) for w in ("협동조합의", "협동조합으")] == ["", ""]


NTH = {"첫": 1, "둘": 2, "셋": 3, "넷": 4}


@given(
    year=st.integers(2000, 2090),
    month=st.integers(1, 12),
    nth=st.sampled_from(list(NTH)),
    weekday=st.integers(0, 6),
    shift=st.integers(1, 27),
)
def test_only_the_day_of_the_rule_keeps_it(
    year: int, month: int, nth: str, weekday: int, shift: int
) -> None:
    rule = DayRule.of(f"매월 {nth}째주 {'월화수목금토일'[weekday]}요일")
    assert rule is not None
    right = nth_weekday(year, month, weekday, NTH[nth])
    assert rule.fault_of(right) == ""
    wrong = right.replace(day=(right.day + shift - 1) % 28 + 1)
    assert bool(rule.fault_of(wrong)) == (wrong != right)


def test_the_last_weekday_and_months_left_out() -> None:
    rule = DayRule.of("4월~11월 매월 마지막 금요일 (7·8월 혹서기 제외)")
    assert rule is not None
    assert rule.months == (4, 5, 6, 9, 10, 11)
    assert rule.rule.on(2024, 5) == date(2024, 5, 31)
    assert "7월" in rule.fault_of(month_end(date(2024, 7, 1)))


def test_the_fifth_weekday_is_the_last_for_checking_as_for_rolling() -> None:
    """May 2024 has four Tuesdays: the fourth keeps 다섯째, as a plan rolled to that year has it."""
    rule = DayRule.of("매월 다섯째 화요일")
    assert rule is not None
    assert rule.fault_of(date(2024, 5, 28)) == ""
    assert "넷째 화요일" not in rule.fault_of(date(2024, 5, 27))


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("4~6월 매월 넷째 토요일, 5월 휴장", (4, 6)),
        ("4~9월 매월 넷째 토요일(7월, 8월은 쉼)", (4, 5, 6, 9)),
        ("(7·8월 제외) 4월~9월 매월 넷째 토요일", (4, 5, 6, 9)),
        ("4~6월 매월 넷째 토요일 운영: 10 11 12 18번 부스 제외", (4, 5, 6)),
    ],
)
def test_months_left_out(words: str, months: tuple[int, ...]) -> None:
    rule = DayRule.of(words)
    assert rule is not None
    assert rule.months == months


MARKS = st.sampled_from(["□ ", "○ ", "- ", "· ", "※ ", "", "  "])
PIECES = st.sampled_from(
    [
        *("2016. 13. 40.", "4/23", "54개(2015년)", "63개(2016. 3월 기준)", "9개(2016년 15개 증가)"),
        *(
            "매월 다섯째 일요일",
            "1월~13월",
            "(0회)",
            "1,200천원",
            "(국비 1천원, 시비 2천원)",
            "보증금",
        ),
        *(
            "「가 나 협약」",
            "「가 협약」",
            "국비(50%)",
            "3대 중점분야",
            "신규 발굴:",
            "→",
            "기준)",
            "{{",
            "}}",
        ),
        *(
            "{{없음}}",
            "5월, 7월, 8월",
            "'99.1.1.",
            "총사업비",
            "99999999999원",
            "0천원의 국비 0%",
            ",원의 국비 5%",
            "합계 1천원(기업당 0원)",
            "10 11 12 18번 부스",
            "9" * 5000 + "명",
            "~",
        ),
    ]
)
#: The database keeps no NUL, and no surrogate is a letter.
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
LINES = st.lists(st.tuples(MARKS, st.lists(PIECES | WORDS, max_size=6)), max_size=8)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=LINES)
def test_no_words_trip_a_rule(lines: list[tuple[str, list[str]]], db: None) -> None:
    reading = Reading(Plan.objects.first() or make_clean_plan())
    text = "\n".join(mark + " ".join(pieces) for mark, pieces in lines)
    reading.unfilled = reading.passages = tuple(
        Passage(p.place, p.title, text, p.year, p.task, p.key) for p in reading.unfilled
    )
    for rule in plan_checks.values():
        for where, message, url in rule.find(reading):
            assert where
            assert message
            assert url.startswith("/")


LONG = 5000


@pytest.mark.django_db
@pytest.mark.parametrize(
    "piece", ["1", "10 ", "10·", "7월 ", "1,", "1,000,", "(", "(1", "4~", " ", "가", "1명 ", "{{가"]
)
def test_a_long_line_takes_no_long_time(piece: str) -> None:
    reading = Reading(make_clean_plan())
    text = "매월 넷째 토요일 운영: " + piece * (LONG // len(piece)) + " 부스 제외"
    reading.unfilled = reading.passages = (replace(reading.passages[0], text=text),)
    began = process_time()
    for rule in plan_checks.values():
        list(rule.find(reading))
    assert process_time() - began < 5  # well under one; a wrong pattern takes years
