"""The outline format: the office's own marks in, the same words out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.outline import MARKS, NOTE, SPELLINGS, OutlineLine, parse

#: Lines as people type them: marks, their other spellings, indents, words, odd blanks.
PIECES = st.sampled_from(
    [*MARKS, NOTE, *SPELLINGS, " ", "  ", "\t", "\u3000", "가", "1", "\n", "x"]
)
SOURCES = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text())


def test_each_mark_has_its_level() -> None:
    source = "□ 추진 근거\n○ 조례 제5조\n - 기본계획\n  · 세부 지침"
    assert parse(source) == (
        OutlineLine(1, "□", "추진 근거"),
        OutlineLine(2, "○", "조례 제5조"),
        OutlineLine(3, "-", "기본계획"),
        OutlineLine(4, "·", "세부 지침"),
    )


@pytest.mark.parametrize(("typed", "mark"), SPELLINGS.items())
def test_other_spellings_of_a_mark_are_shown_as_ours(typed: str, mark: str) -> None:
    assert parse(f"{typed} 글") == parse(f"{mark} 글")


@pytest.mark.parametrize(
    ("before", "level"),
    [("", 1), ("그냥 글\n", 1), ("□ 가\n", 2), ("○ 가\n", 3), ("- 가\n", 4), ("· 가\n", 4)],
)
def test_a_remark_hangs_below_the_line_before_it(before: str, level: int) -> None:
    first, second = parse(f"{before}※ 참고\n※ 또 참고")[-2:]
    assert (first, second) == (OutlineLine(level, "※", "참고"), OutlineLine(level, "※", "또 참고"))


@pytest.mark.parametrize("text", ["-5도", "ㅁㅁ 글", "○○동", "2016. 1. 1.", "※참고"])
def test_a_mark_without_a_blank_behind_it_is_part_of_the_words(text: str) -> None:
    assert parse(text) == (OutlineLine(0, "", text),)


@pytest.mark.parametrize(("indent", "level"), [(0, 0), (1, 0), (2, 1), (5, 2), (8, 4), (20, 4)])
def test_without_a_mark_the_indent_is_the_level(indent: int, level: int) -> None:
    assert parse(" " * indent + "이어지는 글") == (OutlineLine(level, "", "이어지는 글"),)


def test_empty_lines_are_dropped() -> None:
    assert [line.text for line in parse("\n□ 가\r\n \n\n○ 나\n")] == ["가", "나"]


@settings(deadline=None)
@given(SOURCES)
def test_nothing_typed_is_lost(source: str) -> None:
    def words(text: str) -> str:
        shown = text.translate({ord(typed): mark for typed, mark in SPELLINGS.items()})
        return "".join(shown.split())

    assert words("".join(line.mark + line.text for line in parse(source))) == words(source)
