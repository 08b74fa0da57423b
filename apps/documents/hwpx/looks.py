"""How letters, paragraphs and cells look.

OWPML keeps every look once, in ``Contents/header.xml``, and refers to it by its number. Here a look
is a frozen value; a `Looks` gives it its number when it is first used, so equal papers number
equally.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

#: 함초롬 comes with every 한글 on every system, so the office's own PCs lay the paper out as meant.
FONTS = ("함초롬바탕", "함초롬돋움")
SERIF, SANS = 0, 1
INK = "#1E2124"
RULE = "#58616A"
SHADE = "#E6E8EA"
PALE = "#F4F5F6"
FAINT = "#F8F9FA"
NAVY = "#1D3F72"
BLUE = "#3B6EA8"
LIGHT_BLUE = "#B9CBE2"
ICE = "#E3EBF5"
WHITE = "#FFFFFF"
GRAY = "#464C53"


Alignment = Literal["JUSTIFY", "LEFT", "CENTER", "RIGHT"]
#: Where a tab leads: so far from the margin, to the end of the line, or there along dots.
Stop = int | Literal["end", "dots"] | None


@dataclass(frozen=True, slots=True)
class Line:
    """A rule along one side; ``width`` in millimeters is one of those 한글 knows."""

    width: Literal["0.12", "0.25", "0.4", "0.5", "0.7", "1.0", "1.5", "2.0"] = "0.12"
    color: str = RULE
    kind: Literal["SOLID", "DASH", "THICK_SLIM", "SLIM_THICK"] = "SOLID"


@dataclass(frozen=True, slots=True)
class Fill:
    """The rules and the ground of a cell, a table or a paragraph."""

    left: Line | None = None
    right: Line | None = None
    top: Line | None = None
    bottom: Line | None = None
    ground: str = ""
    #: Color of slanting lines over the ground.
    hatch: str = ""

    @classmethod
    def box(cls, line: Line, ground: str = "") -> "Fill":
        return cls(line, line, line, line, ground)


@dataclass(frozen=True, slots=True)
class Char:
    """Letters; ``size`` in 1/100 point."""

    size: int = 1150
    font: int = SERIF
    bold: bool = False
    color: str = "#000000"
    #: Color behind the letters.
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; lengths in 1/7200 inch.

    Its first line begins at ``left``, the others ``hang`` further in. A tab leads to ``stop``.
    ``level`` makes it a heading of the outline.
    """

    align: Alignment = "JUSTIFY"
    left: int = 0
    hang: int = 0
    right: int = 0
    before: int = 0
    after: int = 0
    spacing: int = 160
    keep_next: bool = False
    level: int | None = None
    fill: Fill = field(default_factory=Fill)
    stop: Stop = None


@dataclass(frozen=True, slots=True)
class Style:
    """A named look of paragraphs, as the office finds it in 한글's list of styles."""

    name: str
    para: Para
    char: Char
    english: str = ""

    def keeping(self, keep: bool) -> "Style":
        """The style for a paragraph that stays with the next one."""
        return replace(self, para=replace(self.para, keep_next=keep)) if keep else self


class Looks:
    """The numbers of the looks a paper uses."""

    def __init__(self, styles: tuple[Style, ...]) -> None:
        self.fills: dict[Fill, int] = {}
        self.chars: dict[Char, int] = {}
        self.paras: dict[Para, int] = {}
        self.stops: dict[Stop, int] = {None: 0}
        self.styles = styles
        self._names = {style.name: index for index, style in enumerate(styles)}
        self.fill(Fill())
        for style in styles:
            self.char(style.char)
            self.para(style.para)

    def fill(self, look: Fill) -> int:
        return self.fills.setdefault(look, len(self.fills) + 1)

    def char(self, look: Char) -> int:
        return self.chars.setdefault(look, len(self.chars))

    def para(self, look: Para) -> int:
        self.fill(look.fill)
        self.stops.setdefault(look.stop, len(self.stops))
        return self.paras.setdefault(look, len(self.paras))

    def style(self, style: Style) -> int:
        return self._names[style.name]
