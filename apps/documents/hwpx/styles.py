"""The office's styles: what an official finds in 한글's list of styles when editing the paper."""

from apps.documents.hwpx.looks import GRAY, NAVY, SANS, SERIF, Char, Fill, Line, Para, Style
from apps.documents.hwpx.xml import mm

#: How wide 함초롬 sets a mark, in parts of its size; a space is half of it.
MARK_WIDTHS = {"□": 0.97, "○": 0.97, "-": 0.55, "·": 0.32, "※": 0.77}
MARK_NAMES = "□○-·"
#: Where □ ○ - · begin.
STARTS = (0, 0, 900, 2100, 3000)
LABEL = 9600


def hang(mark: str, size: int = 1150) -> int:
    """How far a mark and the space after it reach: there the lines below begin."""
    return round((MARK_WIDTHS[mark] + 0.5) * size)


NORMAL = Style("바탕글", Para(), Char(), "Normal")
TITLE = Style("문서 제목", Para("CENTER", spacing=130), Char(2000, SANS, True))
SUBTITLE = Style("문서 부제목", Para("CENTER", before=300), Char(1300, SANS))
ISSUER = Style("기관·날짜", Para("RIGHT"), Char(1200, SANS))
COVER = Style("표지 기관·날짜", Para("CENTER", after=400), Char(1600, SANS, True))
SUMMARY = Style("요지", Para("LEFT"), Char())
CHAPTER = Style(
    "개요 1",
    Para(
        "LEFT",
        before=1500,
        after=800,
        spacing=130,
        keep_next=True,
        level=0,
        fill=Fill(bottom=Line("0.7", NAVY)),
    ),
    Char(1500, SANS, True),
    "Outline 1",
)
SECTION = Style(
    "개요 2",
    Para(
        "LEFT",
        before=1300,
        after=600,
        spacing=130,
        keep_next=True,
        level=1,
    ),
    Char(1350, SANS, True),
    "Outline 2",
)
TASK = Style(
    "개요 3",
    Para("LEFT", before=1200, after=600, spacing=130, keep_next=True, level=2),
    Char(1250, SANS, True),
    "Outline 3",
)
CONTENTS_TITLE = Style(
    "차례 제목", Para("CENTER", after=1200), Char(1600, SANS, True), "TOC Heading"
)
CONTENTS = tuple(
    Style(
        f"차례 {level}",
        Para("LEFT", left=left, before=before, stop="dots"),
        Char(size, SANS, bold),
        f"TOC {level}",
    )
    for level, (left, before, size, bold) in enumerate(
        ((0, 400, 1200, True), (1400, 60, 1150, False), (2800, 0, 1100, False)), start=1
    )
)
PLAIN = Style("본문", Para("LEFT", before=60, after=60), Char(), "Body")
MARKS = tuple(
    Style(
        f"{mark} 항목",
        Para("LEFT", start, hang(mark), before=350 if level == 1 else 60, after=60),
        Char(bold=level == 1, font=SANS if level == 1 else SERIF),
    )
    for level, (mark, start) in enumerate(zip(MARK_NAMES, STARTS[1:], strict=True), start=1)
)
FACT = Style("□ 요약 항목", Para("LEFT", hang=LABEL, before=200, after=60, stop=LABEL), Char())
NOTE = Style("※ 참고", Para("LEFT", hang=hang("※", 1100), before=200, after=200), Char(1100))
CAPTION = Style(
    "표 제목",
    Para("LEFT", spacing=130, after=200, keep_next=True, stop="end"),
    Char(1050, SANS, True),
)
DRAWING = Style(
    "그림 제목",
    Para("CENTER", before=400, after=100, spacing=130, keep_next=True),
    Char(1100, SANS, True),
)
CELL = Style("표 글", Para("LEFT", spacing=130), Char(1000, SANS))
CELL_MARK = Style("표 항목", CELL.para, CELL.char)
SMALL = Style("그림 글", Para("CENTER", spacing=130), Char(950, SANS))
SMALL_MARK = Style("그림 항목", Para("LEFT", spacing=130), Char(900, SANS))
LEGEND = Style("범례", Para("CENTER", spacing=130, after=600), Char(950, SANS))
#: The paragraph a table stands in.
PLACE = Style("표 자리", Para("LEFT", before=200, after=800, spacing=100), Char(100))
SIGNATURE = Style("서명", Para("RIGHT", before=700), Char(1200))
CERTIFICATE_NUMBER = Style("증서 번호", Para("LEFT", spacing=130), Char(1300))
CERTIFICATE_TITLE = Style(
    "증서 제목", Para("CENTER", before=mm(22), after=mm(20), spacing=130), Char(4000, SERIF, True)
)
CERTIFICATE_FACT = Style("증서 대상", Para("LEFT", left=mm(40), before=mm(2)), Char(1600))
CERTIFICATE_TEXT = Style("증서 본문", Para("JUSTIFY", before=mm(18), spacing=200), Char(1800))
CERTIFICATE_DAY = Style("증서 날짜", Para("CENTER", before=mm(24)), Char(1700))
CERTIFICATE_SIGNED = Style(
    "증서 발행", Para("CENTER", before=mm(14), after=mm(8)), Char(2400, SERIF, True)
)
NAMEPLATE_FOLD = Style("명패 접는 면", Para("CENTER", before=mm(110)), Char(1000))
NAMEPLATE_POST = Style("명패 직위", Para("CENTER", before=mm(30), spacing=130), Char(3000, SANS))
NAMEPLATE_NAME = Style("명패 성명", Para("CENTER", spacing=130), Char(7000, SANS, True))
ATTACHED = Style("붙임", Para("LEFT", hang=3900, before=900, stop=3900), Char())
ATTACHED_NEXT = Style("붙임 항목", Para("LEFT", left=3900), Char())
RUNNING = Style("머리말", Para("RIGHT", spacing=130), Char(850, SANS, color=GRAY), "Header")
SPACE = Style("여백", Para(after=mm(55)), Char(1000))

STYLES = (
    NORMAL,
    TITLE,
    SUBTITLE,
    ISSUER,
    COVER,
    SUMMARY,
    CHAPTER,
    SECTION,
    TASK,
    CONTENTS_TITLE,
    *CONTENTS,
    PLAIN,
    *MARKS,
    FACT,
    NOTE,
    CAPTION,
    DRAWING,
    CELL,
    CELL_MARK,
    SMALL,
    SMALL_MARK,
    LEGEND,
    PLACE,
    SIGNATURE,
    CERTIFICATE_NUMBER,
    CERTIFICATE_TITLE,
    CERTIFICATE_FACT,
    CERTIFICATE_TEXT,
    CERTIFICATE_DAY,
    CERTIFICATE_SIGNED,
    NAMEPLATE_FOLD,
    NAMEPLATE_POST,
    NAMEPLATE_NAME,
    ATTACHED,
    ATTACHED_NEXT,
    RUNNING,
    SPACE,
)
