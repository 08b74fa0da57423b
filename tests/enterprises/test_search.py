"""Finding firms and products by name, 초성 and number; what the database derives from a name."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.core.hangul import initials
from apps.enterprises.models import Enterprise, Product
from tests.enterprises.factories import make_firm, make_product

NAMES = st.text(
    st.sampled_from("가각갂힣행복커피나눔 주식회사()ABz19·-ㄱㅎ&"), min_size=1, max_size=20
)
SYLLABLES = st.text(
    st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=9
)


class InitialsOfTheDatabase(TestCase):
    @settings(max_examples=60)
    @given(NAMES)
    def test_are_those_of_python(self, name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT hangul_initials(%s)", [name])
            assert cursor.fetchone() == (initials(name),)

    @settings(max_examples=30)
    @given(SYLLABLES, st.data())
    def test_any_run_of_initials_finds_the_firm(self, name: str, data: st.DataObject) -> None:
        firm = make_firm(f"(주){name}")
        start = data.draw(st.integers(0, len(name) - 1))
        stop = data.draw(st.integers(start + 1, len(name)))
        assert firm in Enterprise.objects.search(initials(name)[start:stop])


@pytest.mark.django_db
class TestSearch:
    @pytest.mark.parametrize(
        "typed", ["ㅎㅂㅋㅍ", "ㅎㅂ ㅋㅍ", "행복커피", "행복 커피", "복커", "123-45", "1234567891"]
    )
    def test_finds_the_firm_as_people_type(self, typed: str) -> None:
        firm = make_firm("(주)행복 커피", business_number="1234567891")
        make_firm("나눔도시락")
        assert list(Enterprise.objects.search(typed)) == [firm]

    def test_bulk_writes_are_found_too(self) -> None:
        Enterprise.objects.bulk_create([Enterprise(name="옛이름")])
        Enterprise.objects.update(name="행복커피")
        assert Enterprise.objects.search("ㅎㅂㅋㅍ").count() == 1
        assert not Enterprise.objects.search("ㅇㅇㄹ").exists()

    def test_products_are_found_by_their_firm(self) -> None:
        product = make_product(make_firm("행복커피"), "원두")
        make_product(make_firm("나눔도시락"), "도시락")
        assert list(Product.objects.search("ㅎㅂㅋㅍ")) == [product]
        assert list(Product.objects.search("ㅇㄷ")) == [product]

    @pytest.mark.parametrize(
        ("one", "other"),
        [("(주)행복커피", "행복 커피 주식회사"), ("㈜행복", "행복"), ("협동조합 함께", "함께")],
    )
    def test_legal_form_and_spaces_make_no_other_name(self, one: str, other: str) -> None:
        firm = make_firm(one)
        make_firm("다른 기업")
        assert list(Enterprise.objects.same_name(other)) == [firm]

    def test_names_of_nothing_but_a_legal_form_are_not_alike(self) -> None:
        make_firm("협동조합")
        assert not Enterprise.objects.same_name("주식회사").exists()
