"""Korean words stay whole at the end of a line, as ``word-break: keep-all`` asks.

WeasyPrint drops that property, and Pango breaks a line between any two syllables. Here every
word with Hangul is given Pango's "no breaks" attribute. A word longer than its whole line
still breaks, else it would run out of its column. Text set to ``word-break: break-all`` is
left as it is.
"""

import re
from functools import wraps
from typing import Any

from weasyprint.layout import inline
from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

#: A run without spaces that has a Hangul syllable or letter in it.
WORD = re.compile(r"\S*[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]\S*")


def install() -> None:
    """Teach WeasyPrint to keep Korean words whole; calling it again changes nothing."""
    if hasattr(Layout.set_text, "__wrapped__"):
        return
    ffi.cdef("PangoAttribute *pango_attr_allow_breaks_new (gboolean allow_breaks);")
    Layout.set_text = _keeping_words(Layout.set_text)
    inline.split_first_line = _breaking_long_words(inline.split_first_line)


def _keeping_words(set_text: Any) -> Any:
    @wraps(set_text)
    def set_and_keep(layout: Any, text: str, *args: Any, **kwargs: Any) -> None:
        set_text(layout, text, *args, **kwargs)
        if layout.style["word_break"] == "break-all":
            return
        words = [match.span() for match in WORD.finditer(layout.text)]
        if words:
            _forbid_breaks(layout, words)

    return set_and_keep


def _forbid_breaks(layout: Any, words: list[tuple[int, int]]) -> None:
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for start, end in words:
        attribute = pango.pango_attr_allow_breaks_new(False)
        # Pango counts bytes.
        attribute.start_index = len(layout.text[:start].encode())
        attribute.end_index = attribute.start_index + len(layout.text[start:end].encode())
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _breaking_long_words(split_first_line: Any) -> Any:
    @wraps(split_first_line)
    def split(
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:
        rest = (context, max_width, justification_spacing, is_line_start, minimum)
        line = split_first_line(text, style, *rest)
        width = line[3]
        if max_width is None or width <= max_width or not is_line_start or minimum:
            return line
        relaxed = style.copy()
        relaxed["word_break"] = "break-all"
        return split_first_line(text, relaxed, *rest)

    return split
