"""A firm's name without its legal form: the database and Python agree; forms tell bodies apart."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.enterprises.models import Enterprise
from apps.enterprises.names import LEGAL, TITLES, may_be_one, name_key
from tests.enterprises.factories import make_firm

PIECES = st.one_of(
    st.sampled_from(
        [
            *LEGAL,
            *TITLES,
            "(주)",
            "㈜",
            "㈔",
            "㈱",
            "（유）",
            "(사협)",
            "( 재 )",
            "주)",
            "행복",
            "커피",
        ]
    ),
    st.text(
        st.sampled_from("가힣ㄱㅏᄒ행복ＡｂÉßİ①½·‘’\u3000\u200b\ufeff&.()[]-_ \t\n株ﾊ한12"),
        max_size=5,
    ),
    # What both sides' versions of Unicode know.
    st.text(st.characters(min_codepoint=1, max_codepoint=0xD7FF, exclude_categories=["Cn"])),
)
NAMES = st.lists(PIECES, max_size=6).map("".join)


class KeyOfTheDatabase(TestCase):
    @settings(max_examples=400, deadline=None)
    @given(NAMES)
    def test_is_that_of_python(self, name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT firm_name_key(%s)", [name])
            assert cursor.fetchone() == (name_key(name),)

    @settings(max_examples=60, deadline=None)
    @given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1))
    def test_is_the_same_composed_and_decomposed(self, name: str) -> None:
        assert name_key(unicodedata.normalize("NFD", name)) == name_key(name)


@pytest.mark.parametrize(
    "written",
    [
        "행복커피",
        "㈜행복커피",
        "（주）행복 커피",
        "행복커피㈱",
        "행복 커피 주식 회사",
        "사회적협동조합 행복커피",
        "예비사회적기업 (주)행복커피",
        "농업회사법인 주식회사 행복커피",
        "행복커피(사단법인)",
        "“행복·커피”",
        "주)행복커피",
        unicodedata.normalize("NFD", "행복커피"),
    ],
)
def test_forms_spaces_and_signs_do_not_count(written: str) -> None:
    assert name_key(written) == "행복커피"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("한국협동조합연합회", "한국협동조합연합회"),
        ("강북사회적기업협의회", "강북사회적기업협의회"),
        ("ＡＢＣ Coffee", "abccoffee"),
        ("주식회사", ""),
        ("번2동집수리협동조합", "번2동집수리"),
    ],
)
def test_what_is_no_form_stays(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("name", "other", "one"),
    [
        ("행복협동조합", "(주)행복", False),
        ("행복협동조합", "행복사회적협동조합", False),
        ("(유)행복", "행복 주식회사", False),
        ("마을기업 행복", "사회적기업 행복", False),
        ("㈜행복", "주식회사 행복", True),
        ("행복", "(주)행복", True),
        ("(주)행복", "농업회사법인 (주)행복", True),
        ("사회적기업 행복", "(주)행복", True),
        ("예비사회적기업 행복", "사회적기업 행복", True),
    ],
)
def test_a_stated_form_tells_bodies_apart(name: str, other: str, one: bool) -> None:
    assert may_be_one(name, other) is may_be_one(other, name) is one


@pytest.mark.django_db
def test_bulk_writes_keep_the_key() -> None:
    firm = make_firm("옛이름")
    Enterprise.objects.update(name="(주) 새 이름")
    firm.refresh_from_db()
    assert firm.name_key == "새이름"
