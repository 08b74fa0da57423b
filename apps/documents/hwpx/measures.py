"""How much room words take in 한글, from what python-hwpx knows of 함초롬 and of breaking lines."""

from functools import lru_cache

from hwpx.form_fit import TextStyle, estimate_lines, estimate_text_width

from apps.documents.hwpx.looks import FONTS, Char

#: A line is at least this wide, or nothing would fit it.
NARROWEST = 1440


def width(text: str, char: Char) -> int:
    """The length of a line, in 1/7200 inch."""
    return round(estimate_text_width(text, char.size / 100, _style(char.font, 0)))


def lines(text: str, char: Char, room: int, hang: int = 0) -> int:
    """How many lines the text takes in ``room``; all but the first have ``hang`` less."""
    return _lines(text, char.size, char.font, max(room, NARROWEST + hang), hang)


@lru_cache(maxsize=4096)
def _lines(text: str, size: int, font: int, room: int, hang: int) -> int:
    return estimate_lines(text, room, size / 100, _style(font, hang))


def _style(font: int, hang: int) -> TextStyle:
    face = FONTS[font]
    return TextStyle(
        glyph_face=face, hangul_face=face, latin_face=face, symbol_face=face, indent=-hang
    )
