"""Figures named in texts: printed, refused at save, computed before typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.documents.mapped import mapped, texts
from apps.documents.nodes import (
    Cell,
    Column,
    Document,
    KeyFacts,
    Note,
    Outline,
    Row,
    RowGroup,
    Table,
)
from apps.plans.models import PlanSection, Result
from apps.plans.registry import Value, figure, named_figures
from apps.plans.texts import Token, computed, filled, shown, unknown_names, validate_names
from tests.conftest import SignIn
from tests.plans.factories import YEAR, make_area, make_full_task, make_line, make_plan
from tests.plans.screen import changed, errors

pytestmark = pytest.mark.django_db
LESSONS = "공공구매 직원 교육"


def type_result(name: str = LESSONS, value: int = 8, **values: Any) -> Result:
    given = {"year": YEAR, "unit": "회", "source": f"{YEAR}년 결과보고", **values}
    return Result.objects.create(name=name, value=value, **given)


@contextmanager
def registered(name: str, unit: str, *years: int, number: int = 5) -> Iterator[list[int]]:
    """An app that computes ``name`` for the years; gives the years it was asked for."""
    asked: list[int] = []

    def compute(year: int) -> Value | None:
        asked.append(year)
        return Value(number, f"/rows/{year}/") if year in years else None

    figure(name, unit=unit, how="시험으로 셈")(compute)
    try:
        yield asked
    finally:
        del named_figures[name]


def paper(*strings: str) -> Document:
    """The strings in a title, an outline, facts, a table and a note."""
    one, *rest = strings or ("",)
    table = Table(
        columns=(Column(), Column()),
        head=(),
        groups=RowGroup.each(Row.of(Cell(text), "끝") for text in rest),
        unit=one,
    )
    nodes = (Outline.of(f"□ {one}"), KeyFacts(((one, one),)), table, Note(one))
    return Document("계획", "일자리과", nodes, subtitle=one)


class TestPrinting:
    @pytest.mark.parametrize(
        ("written", "printed"),
        [
            ("{{지원금}}", "1,200,000천원"),
            ("{{지원금:원}}", "1,200,000,400원"),
            ("{{ 지원금 : 수 }}", "1,200,000"),
            ("{{설명회}}", "3회"),
            ("{{설명회:수}}번", "3번"),
            ("{{전년  설명회}}", "2회"),
            ("{{설명회}}와 {{전년 설명회}}", "3회와 2회"),
        ],
    )
    def test_a_value_prints_as_the_office_writes_it(self, written: str, printed: str) -> None:
        type_result("지원금", 1_200_000_400, unit="원")
        type_result("설명회", 3)
        type_result("설명회", 2, year=YEAR - 1)
        paper_, _ = filled(paper(written), make_plan())
        assert paper_.subtitle == printed
        assert paper_.nodes[-1] == Note(printed)

    def test_a_typed_value_says_where_it_is_from(self) -> None:
        type_result(as_of=date(YEAR, 12, 1))
        value = shown(LESSONS, YEAR)
        assert value
        assert (value.number, value.unit, value.text) == (8, "회", "8회")
        assert value.source == f"{YEAR}년 결과보고"
        assert value.as_of == date(YEAR, 12, 1)
        assert not value.computed

    def test_a_typed_value_leads_to_its_row(self, viewer: User, sign_in: SignIn) -> None:
        type_result()
        type_result("설명회", 3)
        value = shown(LESSONS, YEAR)
        assert value
        page = sign_in(viewer).get(value.url)
        assert [row.result.name for row in page.context["rows"]] == [LESSONS]

    def test_last_years_value_is_asked_for_by_name(self) -> None:
        type_result()
        value = shown(f"전년 {LESSONS}", YEAR + 1)
        assert value
        assert (value.name, value.year, value.text) == (f"전년 {LESSONS}", YEAR, "8회")
        assert shown(LESSONS, YEAR + 1) is None

    def test_a_known_name_without_a_value_is_printed_as_missing_and_reported(self) -> None:
        type_result()
        paper_, used = filled(paper(f"교육 {{{{{LESSONS}}}}}"), make_plan(YEAR + 1))
        assert paper_.subtitle == f"교육 [자료 없음: {LESSONS}]"
        assert [(value.name, value.missing) for value in used] == [(LESSONS, True)]

    def test_figures_are_reported_once_in_the_order_of_the_paper(self) -> None:
        type_result("가", 1)
        type_result("나", 2)
        _, used = filled(paper("{{나}}{{가}}{{나}}", "{{나:수}}"), make_plan())
        assert [value.text for value in used] == ["2회", "1회", "2"]


class TestComputed:
    def test_an_app_that_registers_the_name_later_takes_the_typed_values_place(self) -> None:
        type_result()
        plan = make_plan()
        text = paper(f"교육 {{{{{LESSONS}}}}}")
        assert filled(text, plan)[0].subtitle == "교육 8회"
        with registered(LESSONS, "회", YEAR, number=13):
            paper_, (value,) = filled(text, plan)
            assert paper_.subtitle == "교육 13회"
            assert (value.computed, value.how, value.url) == (True, "시험으로 셈", f"/rows/{YEAR}/")
        assert filled(text, plan)[0].subtitle == "교육 8회"

    def test_a_year_without_records_keeps_its_typed_value(self) -> None:
        type_result()
        with registered(LESSONS, "회", YEAR + 1):
            assert computed(LESSONS, YEAR) is None
            value = shown(LESSONS, YEAR)
        assert value
        assert (value.text, value.computed) == ("8회", False)

    def test_a_figure_is_computed_once_for_a_whole_paper(self) -> None:
        plan = make_plan()
        with registered("장터", "회", YEAR, YEAR - 1) as asked:
            filled(paper("{{장터}} {{장터:수}}", "{{전년 장터}}", "{{장터}}"), plan)
        assert sorted(asked) == [YEAR - 1, YEAR]

    def test_more_tokens_ask_the_database_no_more_often(self) -> None:
        plan = make_plan()
        for number in range(9):
            type_result(f"실적 {number}", number)

        def asked(count: int) -> int:
            with CaptureQueriesContext(connection) as queries:
                filled(paper(*(f"{{{{실적 {n}}}}}{{{{구비 예산}}}}" for n in range(count))), plan)
            return len(queries)

        assert asked(9) == asked(1) == 2


words = st.text(st.characters(codec="utf-8", exclude_characters="{}\r\n"), max_size=8)
names = st.sampled_from(["지원금", "설명회", "구비 예산", "없는 이름"])
forms = st.sampled_from(["", ":원", ":수", " : 수", ":이상한"])
marks = st.builds(
    lambda last, name, form: f"{{{{{last}{name}{form}}}}}",
    st.sampled_from(["", "전년 "]),
    names,
    forms,
)
strings = st.lists(st.one_of(words, marks), max_size=5).map("".join)


class TestProperties:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(strings, min_size=1, max_size=5))
    def test_nothing_is_left_unfilled(self, typed: list[str]) -> None:
        plan = make_plan(YEAR)
        type_result("설명회", 3)
        try:
            document = paper(*typed)
            made, used = filled(document, plan)
            assert not [text for text in texts(made) if "{{" in text or "}}" in text]
            assert all(value.text for value in used)
            assert len(list(texts(made))) == len(list(texts(document)))
        finally:
            plan.delete()
            Result.objects.all().delete()

    @settings(max_examples=60, deadline=None)
    @given(st.lists(words, min_size=1, max_size=5))
    def test_a_paper_that_names_none_stays_as_it_is(self, typed: list[str]) -> None:
        document = paper(*typed)
        plan = make_plan(YEAR)
        try:
            assert filled(document, plan) == (document, ())
            assert mapped(document, str) == document
        finally:
            plan.delete()


class TestRefusing:
    def test_computed_and_typed_names_of_any_year_are_known(self) -> None:
        type_result(year=2001)
        text = f"{{{{{LESSONS}}}}} {{{{전년 구비 예산:원}}}} {{{{유령}}}} {{{{구비 예산:달러}}}}"
        assert unknown_names(text) == ("유령", "구비 예산:달러")

    def test_what_is_nearest_is_named(self) -> None:
        with pytest.raises(ValidationError) as refused:
            validate_names("올해 {{공공구매 목표}} 달성")
        (message,) = refused.value.messages
        assert "‘공공구매 목표’는 없는 수치 이름입니다." in message
        assert "공공구매 목표액" in message

    @pytest.mark.parametrize("text", ["{{구비 예산", "구비 예산}}", "{{구비 {예산}}"])
    def test_braces_that_do_not_fit_are_refused(self, text: str) -> None:
        with pytest.raises(ValidationError, match="괄호가 맞지 않습니다"):
            validate_names(text)

    def test_a_text_without_names_asks_nothing(self) -> None:
        with CaptureQueriesContext(connection) as queries:
            validate_names("□ 목표 {1,200} 천원")
        assert len(queries) == 0

    @pytest.mark.parametrize("written", ["", "전년 ", "전년  "])
    def test_a_token_reads_as_it_is_written(self, written: str) -> None:
        assert Token.of(f" {written}구비  예산 ").written == f"{written.strip()} 구비 예산".strip()


class TestForms:
    def test_an_unknown_name_is_an_error_beside_the_field_and_nothing_is_lost(
        self, officer: User, sign_in: SignIn
    ) -> None:
        plan = make_plan()
        section = PlanSection.objects.create(plan=plan, key="basis", title="근거", body="전")
        client, address = sign_in(officer), reverse("plans:section_edit", args=[YEAR, section.pk])
        page = client.post(address, changed(client.get(address), body="□ {{구비 예싼}}"))
        assert (
            "‘구비 예싼’은 없는 수치 이름입니다. 비슷한 이름: 구비 예산" in errors(page, "body")[0]
        )
        assert "□ {{구비 예싼}}" in page.content.decode()
        section.refresh_from_db()
        assert section.body == "전"

    def test_a_known_name_is_saved_and_printed_on_the_sections_page(
        self, officer: User, sign_in: SignIn
    ) -> None:
        plan = make_plan()
        make_line(plan, 1_500_000)
        section = PlanSection.objects.create(plan=plan, key="basis", title="근거")
        client, address = sign_in(officer), reverse("plans:section_edit", args=[YEAR, section.pk])
        client.post(address, changed(client.get(address), body="□ 예산 {{구비 예산}}"))
        page = client.get(reverse("plans:sections", args=[YEAR])).content.decode()
        assert "예산 1,500천원" in page
        assert "이 글에 쓰인 수치 1개" in page
        assert f'href="{reverse("plans:budget", args=[YEAR])}?by=program"' in page

    @pytest.mark.parametrize(
        ("name", "field", "box"),
        [
            ("plans:edit", "purpose", "purpose"),
            ("plans:edit", "budget_note", "budget_note"),
            ("plans:task_edit", "effects", "effects"),
            ("plans:task_section_edit", "table", "table-1-1"),
        ],
    )
    def test_every_text_of_a_plan_is_read(
        self, name: str, field: str, box: str, officer: User, sign_in: SignIn
    ) -> None:
        task = make_full_task(make_area(make_plan()))
        args = {
            "plans:edit": [YEAR],
            "plans:task_edit": [task.pk],
            "plans:task_section_edit": [task.pk, task.sections.get().pk],
        }[name]
        client, address = sign_in(officer), reverse(name, args=args)
        page = client.post(address, changed(client.get(address), **{box: "{{유령}}"}))
        assert "‘유령’은 없는 수치 이름입니다." in errors(page, field)[0]

    def test_rows_are_read_too(self, officer: User, sign_in: SignIn) -> None:
        task = make_full_task(make_area(make_plan()))
        client, address = sign_in(officer), reverse("plans:milestones_edit", args=[task.pk])
        fields = changed(client.get(address))
        name = next(name for name in fields if name.endswith("0-text"))
        page = client.post(address, {**fields, name: ["{{유령}}"]})
        assert "‘유령’은 없는 수치 이름입니다." in page.content.decode()
        assert task.milestones.get().text == "심의"
