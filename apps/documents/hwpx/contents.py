"""The contents of a paper, and the pages its headings stand on.

한글 decides where a page ends, not the file. python-hwpx reckons the pages as 한글 does, from the
widths of 함초롬's letters; besides, each number is a cross reference (상호 참조) to its heading,
which 한글 sets right by itself when the paper is edited or saved.
"""

from hwpx.layout.pages import estimate_pages

from apps.documents.hwpx import measures, styles
from apps.documents.hwpx.body import heading_id
from apps.documents.hwpx.draw import Paper, draw
from apps.documents.hwpx.xml import WIDTH, plain, tag
from apps.documents.nodes import Contents

#: By this 한글 knows a field as a cross reference.
CROSS_REFERENCE = int.from_bytes(b"%xrf", "big")


def pages_of_headings(file: bytes, headings: list[int]) -> tuple[int, ...]:
    """The page of each of the paragraphs ``headings``, from 1; none if that cannot be told."""
    estimate = estimate_pages(file)
    if estimate.pages is None:
        return ()
    return tuple(estimate.lines[index][0].page + 1 for index in headings)


@draw.register
def _contents(node: Contents, paper: Paper) -> None:
    body = paper.body
    body.add(styles.CONTENTS_TITLE, "차례")
    for index, heading in enumerate(paper.document.headings()):
        if heading.level > node.depth:
            continue
        style = styles.CONTENTS[heading.level - 1]
        text = f"{heading.number} {heading.text}".strip()
        if not paper.pages:
            body.add(style, text)
            continue
        page = str(paper.pages[index] - paper.cover)
        reach = WIDTH - style.para.left - measures.width(text + page, style.char)
        dots = tag("hp:tab", {"width": max(reach, 1), "leader": 3, "type": 2})
        begin, end = _page_reference(index)
        body.add_content(
            style,
            tag("hp:t", None, plain(text), dots),
            begin,
            tag("hp:t", None, page),
            end,
        )


def _page_reference(heading: int) -> tuple[str, str]:
    """The begin and the end of a field that holds the number of the heading's page."""
    target = f"?#{heading_id(heading)};"
    parameters = (
        ("boolean", "Fiexde", "1"),  # 한글's own spelling
        ("integer", "Prop", "0"),
        ("string", "Command", f"{target}5;0;0;0;"),
        ("string", "RefPath", target),
        ("string", "RefType", "TARGET_OUTLINE"),
        ("string", "RefContentType", "OBJECT_TYPE_PAGE"),
        ("boolean", "RefHyperLink", "false"),
        ("string", "RefOpenType", "HWPHYPERLINK_JUMP_CURRENTTAB"),
    )
    begin = tag(
        "hp:fieldBegin",
        {
            "id": 1000 + heading,
            "type": "CROSSREF",
            "name": "",
            "editable": 0,
            "dirty": 0,
            "zorder": -1,
            "fieldid": CROSS_REFERENCE,
            "metaTag": "",
        },
        tag(
            "hp:parameters",
            {"cnt": len(parameters), "name": ""},
            *(tag(f"hp:{kind}Param", {"name": name}, value) for kind, name, value in parameters),
        ),
    )
    end = tag("hp:fieldEnd", {"beginIDRef": 1000 + heading, "fieldid": CROSS_REFERENCE})
    return tag("hp:ctrl", None, begin), tag("hp:ctrl", None, end)
