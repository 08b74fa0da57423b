"""The outline text format: what officials type, line by line, as in 한글.

A line begins with ``□``, ``○``, ``-``, ``·`` or ``※`` and that mark is its level. A line
without a mark goes on with the level its indentation gives, or is plain text at level 0.
"""

import re
from dataclasses import dataclass

MARKS = ("□", "○", "-", "·")
NOTE = "※"
#: Marks people type, or that a PDF turns ours into, and the mark we show.
SPELLINGS = {
    "■": "□",
    "ㅁ": "□",
    "❍": "○",
    "◦": "○",
    "∘": "○",
    "●": "○",
    "–": "-",
    "—": "-",
    "‧": "·",
    "ㆍ": "·",
    "∙": "·",
    "•": "·",
}
_LINE = re.compile(r"^(\s*)(\S)(?:\s+(.*))?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One line: ``level`` 0 is plain text, 1–4 are □ ○ - ·; ``mark`` is what is printed."""

    level: int
    mark: str
    text: str


def parse(source: str) -> tuple[OutlineLine, ...]:
    """The lines of an outline; empty lines are dropped.

    A ``※`` remark hangs below the line before it, one level deeper. A line without a
    mark keeps its words whole: nothing typed is ever lost.
    """
    lines: list[OutlineLine] = []
    for raw in source.splitlines():
        if not raw.strip():
            continue
        lines.append(_line(raw.rstrip(), lines[-1] if lines else None))
    return tuple(lines)


def _line(raw: str, before: OutlineLine | None) -> OutlineLine:
    match = _LINE.match(raw)
    if match:
        mark = SPELLINGS.get(match[2], match[2])
        text = match[3] or ""
        if mark in MARKS:
            return OutlineLine(MARKS.index(mark) + 1, mark, text)
        if mark == NOTE:
            return OutlineLine(_below(before), NOTE, text)
    indent = len(raw) - len(raw.lstrip())
    return OutlineLine(min(indent // 2, len(MARKS)), "", raw.strip())


def _below(before: OutlineLine | None) -> int:
    if before is None:
        return 1
    return before.level if before.mark == NOTE else min(before.level + 1, len(MARKS))
