"""The parts of a paper as one HWPX file: a zip whose bytes depend on nothing but the parts."""

from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from hwpx.templates import blank_document_bytes
from hwpx.tools.package_validator import validate_editor_open_safety

from apps.documents.hwpx.xml import part, plain, tag

#: Zip has no empty date; this is its first.
NO_DATE = (1980, 1, 1, 0, 0, 0)
MIMETYPE = "mimetype"
HEADER, SECTION = "Contents/header.xml", "Contents/section0.xml"


def package(
    *, title: str, creator: str, header: str, section: str, preview: str, check: bool = True
) -> bytes:
    """The file; `ValueError` when 한글 would refuse or repair it, by what python-hwpx knows.

    Without ``check`` nobody may be given it.
    """
    parts = _blank_parts() | {
        HEADER: header.encode(),
        SECTION: section.encode(),
        "Contents/content.hpf": _contents(title, creator).encode(),
        "Preview/PrvText.txt": preview.encode(),
    }
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            info = ZipInfo(name, NO_DATE)
            # A reader knows the kind of file by this first, uncompressed entry.
            info.compress_type = ZIP_STORED if name == MIMETYPE else ZIP_DEFLATED
            archive.writestr(info, content)
    if check and not (safety := validate_editor_open_safety(file.getvalue())).ok:
        raise ValueError(f"not a sound HWPX file: {safety.summary}")
    return file.getvalue()


@cache
def _blank_parts() -> dict[str, bytes]:
    """The parts of a blank document that hold nothing of a paper, ``mimetype`` first."""
    with ZipFile(BytesIO(blank_document_bytes())) as blank:
        parts = {info.filename: blank.read(info) for info in blank.infolist()}
    del parts["Preview/PrvImage.png"]  # a picture of the blank page
    return {MIMETYPE: parts.pop(MIMETYPE), **parts}


def _contents(title: str, creator: str) -> str:
    """``Contents/content.hpf``: what the paper is called and which parts it has."""
    parts = {"header": HEADER, "section0": SECTION, "settings": "settings.xml"}
    manifest = [
        tag("opf:item", {"id": key, "href": path, "media-type": "application/xml"})
        for key, path in parts.items()
    ]
    spine = [tag("opf:itemref", {"idref": key, "linear": "yes"}) for key in ("header", "section0")]
    return part(
        "opf:package",
        {"version": "", "unique-identifier": "", "id": ""},
        tag(
            "opf:metadata",
            None,
            tag("opf:title", None, plain(title)),
            tag("opf:language", None, "ko"),
            tag("opf:meta", {"name": "creator", "content": "text"}, plain(creator)),
        ),
        tag("opf:manifest", None, *manifest),
        tag("opf:spine", None, *spine),
    )
