"""What templates need to show Korean office data, and the components that wrap content."""

from datetime import date

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.core import dates, money
from apps.core.anchors import anchor_of
from apps.core.outline import parse

register = template.Library()


@register.filter
def won(value: int | None) -> str:
    """``1234000`` → ``1,234,000원``; nothing → ``-``."""
    return "-" if value is None else f"{money.comma(value)}원"


@register.filter
def comma(value: int | None) -> str:
    return "-" if value is None else money.comma(value)


@register.filter
def thousand(value: int | None) -> str:
    """Won shown in 천원, without the unit: the table says it above."""
    return "-" if value is None else money.thousand(value)


@register.filter
def percent(value: int | None) -> str:
    return "-" if value is None else f"{money.comma(value)}%"


@register.filter
def kdate(value: date | None) -> str:
    """``2026. 11. 22.``, as official papers write a day (행정업무규정 시행규칙)."""
    return "" if value is None else f"{value.year}. {value.month}. {value.day}."


@register.filter
def kday(value: date | None) -> str:
    """``2026. 11. 22.(일)``"""
    return "" if value is None else f"{kdate(value)}({dates.WEEKDAYS[value.weekday()]})"


@register.filter
def outline(source: str) -> SafeString:
    """Outline text as nested lines; see :mod:`apps.core.outline`."""
    return render_to_string("components/outline.html", {"lines": parse(source)})


@register.simple_block_tag
def panel(content: str, title: str, note: str = "", anchor: bool = False) -> SafeString:
    """A section of a page with its heading; with ``anchor`` a link can lead to it by its title."""
    return render_to_string(
        "components/panel.html",
        {"content": content, "title": title, "note": note, "id": anchor and anchor_of(title)},
    )


@register.simple_block_tag
def table(content: str, caption: str, unit: str = "", hidden_caption: bool = False) -> SafeString:
    """A table in a region that scrolls by itself on a narrow screen."""
    return render_to_string(
        "components/table.html",
        {
            "content": content,
            "caption": caption,
            "unit": unit,
            "hidden_caption": hidden_caption,
        },
    )
