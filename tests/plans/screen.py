"""What a browser would send back from a page of ours, untouched."""

import re
from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser
from typing import Protocol

Typed = dict[str, list[str]]


class Page(Protocol):
    """An answer of the test client."""

    content: bytes


class _Form(HTMLParser):
    """Reads the values of the page's record form (``class="form"``)."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: Typed = {}
        self._inside = False
        self._area: str | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("class") == "form"
        if not self._inside:
            return
        name = given.get("name") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self._add(self._select, given.get("value"))
        elif tag == "textarea":
            self._area = name
            self._add(name, "")
        elif tag == "input" and name:
            box = given.get("type") in ("checkbox", "radio")
            if not box or "checked" in given:
                self._add(name, given.get("value", "on" if box else ""))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.typed[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            values = self.typed[self._area]
            values[-1] = values[-1].removeprefix("\n")
            self._area = None
        elif tag == "form":
            self._inside = False

    def _add(self, name: str, value: str | None) -> None:
        self.typed.setdefault(name, []).append(value or "")


def typed(response: Page) -> Typed:
    """The fields of the page's form with the values that stand in them."""
    form = _Form()
    form.feed(response.content.decode())
    form.typed.pop("csrfmiddlewaretoken")
    return form.typed


def changed(response: Page, **values: Sequence[str]) -> Typed:
    """The same fields, some of them typed over; a field must be on the page."""
    fields = typed(response)
    for name, value in values.items():
        assert name in fields or not isinstance(value, str), name
        fields[name] = [value] if isinstance(value, str) else list(value)
    return fields


def errors(response: Page, name: str) -> list[str]:
    """What is said beside a field, at the place its ``aria-describedby`` names."""
    html = response.content.decode()
    found = re.search(rf'id="id_{name}_error">(.*?)</ul>', html, re.DOTALL)
    return [unescape(text) for text in re.findall(r"<li>(.*?)</li>", found[1])] if found else []
