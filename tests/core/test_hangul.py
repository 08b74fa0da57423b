"""Initial consonants and particles."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.hangul import initials, is_initials, particle

TYPED = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    | st.sampled_from("가힣값ㄱㅎ·㈜\t\n\u3000")
)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("행복 커피 2호", "ㅎㅂㅋㅍ2ㅎ"),
        ("가나다라마바사아자차카타파하", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
        ("까따빠싸짜", "ㄲㄸㅃㅆㅉ"),
        ("힣", "ㅎ"),
        ("(주) ABC", "(ㅈ)abc"),
        ("", ""),
    ],
)
def test_initials(text: str, letters: str) -> None:
    assert initials(text) == letters


@pytest.mark.django_db
def test_the_database_takes_the_same_initials() -> None:
    @settings(deadline=None)
    @given(TYPED)
    def same(text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT hangul_initials(%s)", [text])
            assert cursor.fetchone() == (initials(text),)

    same()


@pytest.mark.parametrize("text", ["ㅎㅂ", "ㅎ ㅂ", "ㄲ"])
def test_consonants_alone_are_a_search_by_initials(text: str) -> None:
    assert is_initials(text)


@pytest.mark.parametrize("text", ["", " ", "행ㅂ", "ㅎㅏ", "ㅎ1", "abc", "ㄳ"])
def test_anything_else_is_not(text: str) -> None:
    assert not is_initials(text)


@pytest.mark.parametrize(
    ("word", "pair", "sentence"),
    [
        ("사업", "을/를", "사업을"),
        ("회의", "을/를", "회의를"),
        ("기업", "은/는", "기업은"),
        ("과제", "이/가", "과제가"),
        ("동", "으로/로", "동으로"),
        ("과", "으로/로", "과로"),
        ("서울", "으로/로", "서울로"),
        ("서울", "을/를", "서울을"),
        ("2016년", "으로/로", "2016년으로"),
        ("행복커피(예시)", "은/는", "행복커피(예시)는"),
        ("「육성법」", "을/를", "「육성법」을"),
        ("ABC", "을/를", "ABC을(를)"),
        ("", "은/는", "은(는)"),
    ],
)
def test_particle_fits_the_last_syllable(word: str, pair: str, sentence: str) -> None:
    assert particle(word, pair) == sentence


@pytest.mark.parametrize(
    ("digits", "topic", "toward"),
    [
        ("0", "은", "으로"),
        ("1", "은", "로"),
        ("2", "는", "로"),
        ("3", "은", "으로"),
        ("4", "는", "로"),
        ("5", "는", "로"),
        ("6", "은", "으로"),
        ("7", "은", "로"),
        ("8", "은", "로"),
        ("9", "는", "로"),
    ],
)
def test_digits_take_the_particle_they_are_read_with(digits: str, topic: str, toward: str) -> None:
    assert particle(digits, "은/는") == digits + topic
    assert particle(digits, "으로/로") == digits + toward
