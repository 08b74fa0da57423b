"""Filters and block tags as templates use them, without a ``load``."""

from datetime import date
from typing import Any

import pytest
from django.template import engines


def drawn(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("use", "value", "shown"),
    [
        ("won", 1_234_000, "1,234,000원"),
        ("won", 0, "0원"),
        ("won", None, "-"),
        ("comma", 1_234, "1,234"),
        ("comma", None, "-"),
        ("thousand", 1_234_500, "1,235"),
        ("thousand", None, "-"),
        ("percent", 0, "0%"),
        ("percent", None, "-"),
        ("percent", 20813, "20,813%"),
        ("kdate", date(2026, 1, 2), "2026. 1. 2."),
        ("kdate", None, ""),
        ("kday", date(2026, 11, 22), "2026. 11. 22.(일)"),
        ("kday", date(2026, 11, 23), "2026. 11. 23.(월)"),
        ("kday", None, ""),
    ],
)
def test_values_are_shown_as_the_office_writes_them(use: str, value: Any, shown: str) -> None:
    assert drawn("{{ value|" + use + " }}", value=value) == shown


def test_outline_keeps_levels_and_lets_no_markup_through() -> None:
    html = drawn("{{ text|outline }}", text="○ <b>굵게</b>\n- 다음")
    assert "&lt;b&gt;굵게&lt;/b&gt;" in html
    assert 'outline__line--2"><span class="outline__mark">○</span>' in html
    assert 'outline__line--3"><span class="outline__mark">-</span><span>다음</span>' in html


def test_panel_wraps_content_and_escapes_what_it_is_given() -> None:
    html = drawn("{% panel title=t note='기준일' %}<p>{{ t }}</p>{% endpanel %}", t="A&B")
    assert html.count("A&amp;B") == 2
    assert "<p>A&amp;B</p>" in html
    assert "기준일" in html


def test_table_says_its_caption_and_unit() -> None:
    html = drawn("{% table caption='목표' unit='단위: 천원' %}<tbody></tbody>{% endtable %}")
    assert "<caption" in html
    assert "목표" in html
    assert "단위: 천원" in html
    assert "<tbody></tbody>" in html
