"""The paper as PDF: its own fonts, whole words, tags, and the same bytes each time."""

import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from apps.documents.nodes import (
    Column,
    Contents,
    Document,
    Heading,
    Node,
    Outline,
    PageBreak,
    Row,
    RowGroup,
    Table,
    TitleBox,
)
from apps.documents.pdf import ARCHIVE, ASSETS, AssetFetcher, render_pdf
from tests.documents.paper import PLAN

WORDS = (
    "사회적경제통합지원센터",
    "연장심의",
    "결과보고",
    "(예비)사회적기업",
    "「협동조합기본법」제5조에",
    "따른",
    "마을기업·협동조합",
    "육성계획(안)",
    "2016년도",
    "공공구매목표액",
)


def paper(*nodes: Node) -> bytes:
    return render_pdf(Document("계획", "강북구", nodes))


def text(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def narrow(line: str) -> Table:
    """A table with the line in a column of a third of the page."""
    return Table((Column(1), Column(2)), (), RowGroup.each([Row.of(line, "")]))


@pytest.fixture(scope="module")
def plan() -> bytes:
    return render_pdf(PLAN)


@pytest.fixture(scope="module")
def archive() -> bytes:
    return render_pdf(PLAN, ARCHIVE)


def test_hangul_comes_out_whole_and_in_order(plan: bytes) -> None:
    found = " ".join(text(plan).split())
    places = [
        found.index(part)
        for part in (
            "2016년도 사회적경제 활성화 추진계획",
            "만들기 위한 올해의 종합계획을",
            "Ⅰ 추진근거",
            "□ 구민의 요구와 바뀐 환경에 맞는 지원체계",
            "○ 통합지원센터를 중심으로",
            "· 상담 기록은 한 달에 한 번 정리",
            "※ 국비와 시비는",
            "Ⅳ 분야별 추진계획",
            "1-1 사회적경제 활성화계획(2016~2019) 수립",
            "50,206",
            "2. 위원회 위원 명단 1부. 끝.",
        )
    ]
    assert places == sorted(places)


def test_only_our_fonts_and_only_their_used_letters_are_embedded(plan: bytes) -> None:
    fonts = fonts_of(plan)
    assert set(fonts) == {"Pretendard-GOV", "Pretendard-GOV-Bold"}
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        file = descriptor["/FontFile3"].get_object().get_data()
        assert 0 < len(file) < (ASSETS / "fonts/PretendardGOV-Regular.otf").stat().st_size / 10


def fonts_of(pdf: bytes) -> dict[str, Any]:
    """The fonts of all pages by their names, without the tag of the subset."""
    pages: list[Any] = list(PdfReader(io.BytesIO(pdf)).pages)
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    return {font["/BaseFont"].split("+")[-1]: font for font in fonts}


def test_letters_our_font_lacks_are_printed_by_their_likes() -> None:
    pdf = paper(Outline.of("○ 3월∼5월 교육ᆞ홍보 ❍"))
    assert body(pdf) == ["○", "3월~5월", "교육·홍보", "○"]
    assert set(fonts_of(pdf)) == {"Pretendard-GOV"}


def test_a_reader_hears_title_language_and_structure(plan: bytes) -> None:
    reader = PdfReader(io.BytesIO(plan))
    root: Any = reader.root_object
    assert root["/Lang"] == "ko"
    assert root["/MarkInfo"] == {"/Marked": True}
    assert reader.metadata is not None
    assert reader.metadata.title == PLAN.title
    assert reader.metadata.author == PLAN.issuer
    tags = structure(root["/StructTreeRoot"].get_object())
    assert tags.index("/H1") < tags.index("/H2") < tags.index("/H3") < tags.index("/H4")
    assert {"/P", "/L", "/Table", "/TH", "/TD", "/Figure", "/Caption"} <= set(tags)


def structure(element: object) -> list[str]:
    """The tags of a structure tree, in reading order."""
    if isinstance(element, list):
        return [tag for kid in element for tag in structure(kid.get_object())]
    if not isinstance(element, dict):
        return []
    own = [str(element["/S"])] if "/S" in element else []
    return own + structure(element.get("/K"))


def test_equal_papers_give_equal_bytes(plan: bytes) -> None:
    assert render_pdf(Document.from_json(PLAN.to_json())) == plan


def test_pages_are_numbered_and_carry_the_title(plan: bytes) -> None:
    second = text(plan, "-f", "2", "-l", "2", "-layout").strip().splitlines()
    assert second[0].strip() == PLAN.title
    assert second[-1].replace(" ", "") == "-2-"


def test_contents_name_the_page_of_each_heading_and_a_cover_is_no_page_of_the_count() -> None:
    pdf = render_pdf(
        Document(
            "계획",
            "강북구",
            (
                TitleBox(cover=True),
                Contents(),
                PageBreak(),
                Heading(1, "현황", "Ⅰ"),
                PageBreak(),
                Heading(1, "과제", "Ⅱ"),
                Heading(2, "기반", "1."),
            ),
            issued_on="2016. 4. 1.",
        )
    )
    cover, contents, first, second = text(pdf, "-layout").rstrip("\f").split("\f")
    assert cover.split() == ["계획", "2016.", "4.", "1.", "강북구"]
    lines = [line.replace(" ", "") for line in contents.splitlines() if "." in line]
    assert [(line.partition("..")[0], line[-1]) for line in lines] == [
        ("Ⅰ현황", "2"),
        ("Ⅱ과제", "3"),
        ("1.기반", "3"),
    ]
    feet = [page.split()[-1] for page in (contents, first, second)]
    assert feet == ["-1-", "-2-", "-3-"]


@pytest.mark.parametrize("form", ["plan", "archive"])
def test_a_paper_stands_the_check_of_tagged_pdf(
    form: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(request.getfixturevalue(form))
    found = list(validate(str(file)).findings)
    if form == "archive":  # it claims PDF/A, so not PDF/UA too
        found = [finding for finding in found if finding.rule_id != "UA-28-004"]
    assert found == []


def test_an_archive_form_says_so_and_is_the_same_each_time(archive: bytes) -> None:
    root: Any = PdfReader(io.BytesIO(archive)).root_object
    told = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfaid:part="3"' in told or "<pdfaid:part>3</pdfaid:part>" in told
    assert root["/OutputIntents"]
    assert archive == render_pdf(PLAN, ARCHIVE)


def test_head_cells_say_what_they_name() -> None:
    def scopes(element: Any) -> list[tuple[str, str]]:
        if isinstance(element, list):
            return [each for kid in element for each in scopes(kid.get_object())]
        if not isinstance(element, dict):
            return []
        own = [("TH", str(element["/A"]["/Scope"]))] if element.get("/S") == "/TH" else []
        return own + scopes(element.get("/K"))

    table = Table(
        (Column(head=True), Column()),
        (Row.of("구분", "금액"),),
        RowGroup.each([Row.of("교육", "1")]),
    )
    root: Any = PdfReader(io.BytesIO(paper(table))).root_object
    assert [scope for _, scope in scopes(root["/StructTreeRoot"].get_object())] == [
        "/Column",
        "/Column",
        "/Row",
    ]


def test_the_head_of_a_long_table_is_on_every_page() -> None:
    rows = [Row.of(str(number), "협동조합") for number in range(120)]
    table = Table((Column(), Column()), (Row.of("번호", "기업"),), RowGroup.each(rows))
    pdf = paper(TitleBox(), Heading(1, "구매 실적", "Ⅰ"), table)
    pages = text(pdf).rstrip("\f").split("\f")
    assert len(pages) > 2
    for page in pages:
        assert "번호\n" in page
    assert "협동조합" in pages[0], "a heading stands with the table that follows it"


def test_rows_of_a_group_stay_on_one_page() -> None:
    groups = tuple(
        RowGroup.of(*(Row.of(f"{group}묶음", str(row)) for row in range(7))) for group in range(20)
    )
    pages = text(paper(TitleBox(), Table((Column(), Column()), (), groups))).split("\f")
    assert sum("19묶음" in page for page in pages) == 1
    for group in range(20):
        holding = [page.count(f"\n{group}묶음") + page.startswith(f"{group}묶음") for page in pages]
        assert max(holding) == 7


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=5, max_size=30))
def test_no_korean_word_is_split(sample: list[str]) -> None:
    line = " ".join(sample)
    assert body(paper(Outline.of(f"○ {line}"), narrow(line))) == ["○", *sample, *sample]


def body(pdf: bytes) -> list[str]:
    """The words of a one-page paper, without the foot of the page."""
    return text(pdf, "-r", "72", "-x", "0", "-y", "0", "-W", "595", "-H", "780").split()


def test_a_word_longer_than_its_column_still_breaks() -> None:
    word = "사회적경제통합지원센터위탁운영연장심의결과보고" * 2
    found = body(paper(narrow(f"가나 {word} 다라")))
    assert found[0] == "가나"
    assert found[-1] == "다라"
    assert len(found[1:-1]) > 1
    assert "".join(found[1:-1]) == word


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/font.otf",
        "file:///etc/hostname",
        f"{ASSETS.as_uri()}/../manage.py",
        f"{ASSETS.as_uri()}/%2e%2e/manage.py",
        "data:text/plain,가",
    ],
)
def test_a_paper_opens_nothing_but_its_assets(url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        AssetFetcher().fetch(url)


def test_a_paper_opens_its_fonts() -> None:
    font = ASSETS / "fonts/PretendardGOV-Bold.otf"
    assert AssetFetcher().fetch(font.as_uri()).read() == Path(font).read_bytes()
