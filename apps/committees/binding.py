"""Binding attachments into the agenda book: their pages over the empty ones kept for them (R34).

The book's own pages stay tagged for readers that listen, with its language, title and bookmarks:
one for each item and each file. What others made is laid over as it is, as an artifact, so that a
book with it no longer claims to be PDF/UA.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    Destination,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

from apps.committees.enums import AttachmentKind
from apps.committees.models import Attachment
from apps.documents.nodes import BoundPages

#: What a page keeps free at its sides and below, in points; below stand its foot line and number.
SIDE, FOOT = 57, 57
#: Pictures are bound as fine as paper shows them: A4 at 300 dots an inch.
FINEST = (2480, 3508)
#: An annotation's flags (ISO 32000-1, 12.5.3): not on paper.
HIDDEN = 0b10


@dataclass(frozen=True, slots=True)
class Bound:
    """A file and the empty pages kept for it."""

    attachment: Attachment
    place: BoundPages


def bind(book: bytes, bound: Iterable[Bound], told: Callable[[int], object]) -> bytes:
    """The book with every file over its empty pages; ``told`` how many pages are bound so far.

    Raises ``ValueError`` that names a file whose pages cannot be bound.
    """
    writer = PdfWriter(clone_from=PdfReader(BytesIO(book)))
    places = writer.named_destinations
    done = 0
    for each in bound:
        try:
            for name, page in zip(each.place.names, pages_of(each.attachment), strict=True):
                _lay_over(writer, places[name], page)
                done += 1
                told(done)
        except Exception as error:
            raise ValueError(f"묶지 못한 붙임: {each.place.label}") from error
    writer.root_object.pop("/Metadata", None)  # its claim to be PDF/UA
    writer.pdf_header = "%PDF-1.7"
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def try_out(pages: Iterable[PageObject]) -> None:
    """Raises what binding these pages would, so that a file is refused when it comes."""
    writer = PdfWriter()  # one for all, as in binding: what pages share is copied once
    for page in pages:
        _upright(page)
        _form(writer, page)


def pages_of(attachment: Attachment) -> Iterator[PageObject]:
    """The pages of a PDF, or the one of a picture."""
    content = bytes(attachment.content)
    if attachment.kind == AttachmentKind.IMAGE:
        content = _as_pdf(content)
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")
    yield from reader.pages


def _as_pdf(picture: bytes) -> bytes:
    """A picture upright, on white, on a page of its own size."""
    out = BytesIO()
    with Image.open(BytesIO(picture)) as image:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
        upright.thumbnail(FINEST)
        white = Image.new("RGB", upright.size, "white")
        white.paste(upright, mask=upright.getchannel("A"))
        white.save(out, "PDF", quality=90)
    return out.getvalue()


def _lay_over(writer: PdfWriter, place: Destination, page: PageObject) -> None:
    """A page in the empty one, whole and upright, made smaller as far as it must be."""
    number = writer.get_destination_page_number(place)
    if number is None:
        raise ValueError(f"no page for {place.title}")
    target = writer.pages[number]
    # The first page has a heading above: what is bound in begins below it.
    top = float(place.top or 0)
    room = float(target.mediabox.width) - 2 * SIDE, top - FOOT
    shown, width, height = _upright(page)
    scale = min(room[0] / width, room[1] / height, 1)
    left = (float(target.mediabox.width) - width * scale) / 2
    matrix = shown.scale(scale).translate(left, top - height * scale)
    _draw(writer, target, _form(writer, page), matrix)


def _upright(page: PageObject) -> tuple[Transformation, float, float]:
    """The page turned as it is read, its corner at the origin, and its size then.

    Raises for a page of no size, or turned otherwise than by quarters.
    """
    box = page.cropbox
    width, height = float(box.width), float(box.height)
    if width <= 0 or height <= 0:
        raise ValueError("a page of no size")
    turn = page.rotation % 360
    shift = {0: (0.0, 0.0), 90: (0.0, width), 180: (width, height), 270: (height, 0.0)}[turn]
    shown = Transformation().translate(-float(box.left), -float(box.bottom))
    if turn % 180:
        width, height = height, width
    return shown.rotate(-turn).translate(*shift), width, height


def _form(writer: PdfWriter, page: PageObject) -> StreamObject:
    """The page as one drawing, its stamps and filled-in fields included."""
    contents = page.get_contents()
    body = contents.get_data() if contents is not None else b""
    resources = _cloned(writer, page.get("/Resources", DictionaryObject()))
    drawn = [b"q\n", body, b"\nQ\n"]
    for index, (stamp, matrix) in enumerate(_stamps(page)):
        name = f"/Stamp{index}"
        objects = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
        objects[NameObject(name)] = stamp.clone(writer).indirect_reference
        drawn.append(_invoked(name, matrix))
    plain = DecodedStreamObject()
    plain.set_data(b"".join(drawn))
    form = plain.flate_encode()
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(map(FloatObject, page.cropbox))
    form[NameObject("/Resources")] = resources
    if "/Group" in page:
        form[NameObject("/Group")] = page["/Group"].clone(writer)
    return form


def _cloned(writer: PdfWriter, resources: Any) -> DictionaryObject:
    """The resources in the book, a dictionary of this page's own; what they name is kept once."""
    return DictionaryObject(
        {
            key: DictionaryObject(value.get_object().clone(writer))
            if key == "/XObject"
            else value.clone(writer)
            for key, value in resources.get_object().items()
        }
    )


def _stamps(page: PageObject) -> Iterator[tuple[StreamObject, Transformation]]:
    """What annotations draw on the page (a seal, a filled-in field), and where."""
    for one in page.get("/Annots", None) or ():
        note = one.get_object()
        shown = note.get("/AP", {}).get("/N")
        drawing = shown.get_object() if shown is not None else None
        if not isinstance(drawing, StreamObject) and drawing is not None:
            state = drawing.get(note.get("/AS"))
            drawing = state.get_object() if state is not None else None
        if not isinstance(drawing, StreamObject) or int(note.get("/F", 0)) & HIDDEN:
            continue
        if note.get("/Subtype") != "/Popup":
            yield drawing, _onto(drawing, [float(edge) for edge in note["/Rect"]])


def _onto(drawing: StreamObject, rect: list[float]) -> Transformation:
    """How a drawing stands in its annotation's box (ISO 32000-1, 12.5.5)."""
    left, bottom, right, top = (float(edge) for edge in drawing["/BBox"])  # type: ignore[attr-defined]  # an array
    own = Transformation(tuple(map(float, drawing.get("/Matrix", (1, 0, 0, 1, 0, 0)))))  # type: ignore[arg-type]  # six numbers
    corners = [own.apply_on((x, y)) for x in (left, right) for y in (bottom, top)]
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    across, up = max(xs) - min(xs) or 1, max(ys) - min(ys) or 1
    sx, sy = abs(rect[2] - rect[0]) / across, abs(rect[3] - rect[1]) / up
    moved = Transformation().translate(-min(xs), -min(ys)).scale(sx, sy)
    return moved.translate(min(rect[0], rect[2]), min(rect[1], rect[3]))


def _draw(
    writer: PdfWriter, target: PageObject, form: StreamObject, matrix: Transformation
) -> None:
    resources: Any = target[NameObject("/Resources")].get_object()
    own = DictionaryObject(resources)
    own[NameObject("/XObject")] = DictionaryObject(
        {
            **own.get("/XObject", DictionaryObject()).get_object(),
            NameObject("/Bound"): writer._add_object(form),
        }
    )
    target[NameObject("/Resources")] = own
    contents = target.get_contents()
    stream = DecodedStreamObject()
    before = contents.get_data() if contents is not None else b""
    stream.set_data(
        b"q\n" + before + b"\nQ\n/Artifact BMC\n" + _invoked("/Bound", matrix) + b"EMC\n"
    )
    target[NameObject("/Contents")] = writer._add_object(stream.flate_encode())


def _invoked(name: str, matrix: Transformation) -> bytes:
    numbers = " ".join(f"{number:.5f}" for number in matrix.ctm)
    return f"q {numbers} cm {name} Do Q\n".encode()
