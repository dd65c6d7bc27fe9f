"""Pages without LilyPond: Verovio sets the music, and we put its drawing into PDF files."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as Plain
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from scorestage.adapters.machines.children import Finished, run_child
from scorestage.adapters.machines.page_ink import POINTS_PER_MM, Cut, PageInk
from scorestage.adapters.machines.svg_pages import SvgPage
from scorestage.adapters.machines.svg_parts import Scale
from scorestage.adapters.machines.verovio_worker import ANSWER, ORDER
from scorestage.engraving.mei import Heading, HeadLine, MeiBook
from scorestage.errors import MachineError

TIME_LIMIT_SECONDS = 300.0
_FONT = "Leipzig"
_WORKER = "scorestage.adapters.machines.verovio_worker"
_LINE_SPACING = 1.18
_HEAD_GAP_MM = 4.0
_UNITS_A_STAFF = 720.0
_PIXELS_A_STAFF = 72.0
_TACET_POINTS, _TACET_WORDS_POINTS = 44.0, 13.0
_SMALLEST_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Laid:
    """Pages made: the files' contents in the order of the books, who made them, warnings."""

    contents: tuple[bytes, ...]
    maker: str
    warnings: tuple[str, ...]


def has_verovio() -> bool:
    """Whether Verovio is installed."""
    return find_spec("verovio") is not None


def lay_out(
    books: Sequence[MeiBook], room: Path, *, time_limit_seconds: float = TIME_LIMIT_SECONDS
) -> Laid:
    """Set each book and give it as PDF; `room` is an empty folder to work in.

    Raises `MachineError` where Verovio is missing, fails, or cannot read a book.
    """
    if not has_verovio():
        raise MachineError(
            "Verovio, which prints pages here, is not installed", do="pip install verovio"
        )
    named = [(book, f"book-{order}") for order, book in enumerate(books) if book.mei]
    pieces = {name: _Piece(book, name) for book, name in named}
    version, said = _drawn(list(pieces.values()), room, time_limit_seconds)
    crowded = [piece.smaller() for piece in pieces.values() if piece.overfull(room)]
    if crowded:
        _drawn(crowded, room, time_limit_seconds)
        pieces |= {piece.name: piece for piece in crowded}
    maker = f"scorestage, engraved by Verovio {version}"
    contents: list[bytes] = []
    missing: dict[str, None] = {}
    for order, book in enumerate(books):
        ink = _painted(book, pieces.get(f"book-{order}"), room, maker)
        missing |= ink.missing
        contents.append(ink.content())
    lost = (f"no font here has the character {sign!r} (U+{ord(sign):04X})" for sign in missing)
    return Laid(tuple(contents), f"Verovio {version}", (*said, *lost))


def draw(
    book: MeiBook, room: Path, *, time_limit_seconds: float = TIME_LIMIT_SECONDS
) -> tuple[tuple[str, ...], str]:
    """The pages of a book as SVG, as Verovio draws them, and its version.

    Raises `MachineError` where Verovio is missing, fails, or cannot read the book.
    """
    (drawings,) = draw_all([book], room, time_limit_seconds=time_limit_seconds)
    return drawings, verovio_version()


def draw_all(
    books: Sequence[MeiBook], room: Path, *, time_limit_seconds: float = TIME_LIMIT_SECONDS
) -> tuple[tuple[str, ...], ...]:
    """The pages of several books as SVG, as Verovio draws them, none of them made smaller.

    Raises `MachineError` where Verovio is missing, fails, or cannot read a book.
    """
    if not has_verovio():
        raise no_verovio()
    pieces = [_Piece(book, f"book-{order}") for order, book in enumerate(books)]
    _drawn(pieces, room, time_limit_seconds)
    return tuple(tuple(piece.pages(room)) for piece in pieces)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One book on the way through Verovio, its staves `share` of the size that was planned."""

    book: MeiBook
    name: str
    share: float = 1.0

    @property
    def staff_points(self) -> float:
        return float(self.book.paper.staff_mm) * self.share * POINTS_PER_MM

    @property
    def unit_points(self) -> float:
        """A unit of the drawing on paper."""
        return self.staff_points / _UNITS_A_STAFF

    def frame(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom edge of the music on the sheet, in points from its top."""
        paper = self.book.paper
        margin = float(paper.margin_mm) * POINTS_PER_MM
        width, height = (float(edge) * POINTS_PER_MM for edge in (paper.width_mm, paper.height_mm))
        top = margin + _head_points(self.book) + _HEAD_GAP_MM * POINTS_PER_MM
        return margin, top, width - margin, height - margin

    def options(self) -> dict[str, object]:
        """What Verovio is told: paper in tenths of its own millimetres, breaks, spacing."""
        left, top, right, bottom = self.frame()
        pixels = _PIXELS_A_STAFF / self.staff_points
        score = bool(self.book.systems_per_page)
        paged, lined = "<pb/>" in self.book.mei, "<sb/>" in self.book.mei
        return {
            "pageWidth": round((right - left) * pixels),
            "pageHeight": round((bottom - top) * pixels),
            "pageMarginLeft": 0,
            "pageMarginRight": 0,
            "pageMarginTop": 0,
            "pageMarginBottom": 0,
            "header": "none",
            "footer": "none",
            "condense": "none",
            "breaks": "encoded" if paged else "line" if lined else "auto",
            "font": _FONT,
            "mnumInterval": 0,
            "minLastJustification": 0.0 if score else 0.5,
            "justifyVertically": True,
            "justificationMaxVertical": 1.0 if score else 0.3,
            "spacingStaff": 9 if score else 12,
            "spacingSystem": 12,
            "spacingLinear": 0.25,
            "leftMarginMeterSig": 2.0 if self.book.signatures else 1.0,
            "rightMarginMeterSig": 2.0 if self.book.signatures else 1.0,
            "multiRestStyle": "block",
            "xmlIdSeed": 1,
        }

    def pages(self, room: Path) -> list[str]:
        """The drawings, page by page."""
        found = sorted(
            room.glob(f"{self.name}-*.svg"), key=lambda file: int(file.stem.rpartition("-")[2])
        )
        return [file.read_text(encoding="utf-8") for file in found]

    def overfull(self, room: Path) -> float:
        """By how much the fullest page is higher than the paper allows; 0 where all fit."""
        _, top, _, bottom = self.frame()
        lowest = max((_lowest(drawing) for drawing in self.pages(room)), default=0.0)
        over = lowest * self.unit_points / (bottom - top)
        return over if over > 1.0 else 0.0

    def smaller(self) -> _Piece:
        """The same with smaller staves."""
        return _Piece(self.book, self.name, max(_SMALLEST_SHARE, self.share * 0.88))


def _lowest(drawing: str) -> float:
    """How far down a drawing reaches, in its units: its lowest staff line or words."""
    root = Plain.fromstring(drawing)
    shift = 0.0
    lowest = 0.0
    for one in root.iter():
        moved = one.get("transform") or ""
        if one.get("class") == "page-margin" and "translate" in moved:
            shift = float(moved.rpartition(",")[2].strip(" )"))
        if one.tag.endswith("}text"):
            lowest = max(lowest, float(one.get("y") or 0))
    return lowest + shift


def _drawn(
    pieces: Sequence[_Piece], room: Path, time_limit_seconds: float
) -> tuple[str, tuple[str, ...]]:
    """Run Verovio in a process of its own; gives its version and what it warned of."""
    if not pieces:
        return verovio_version(), ()
    order = [{"name": piece.name, "options": piece.options()} for piece in pieces]
    (room / ORDER).write_text(json.dumps(order), encoding="utf-8")
    (room / ANSWER).unlink(missing_ok=True)
    for piece in pieces:
        (room / f"{piece.name}.mei").write_text(piece.book.mei, encoding="utf-8")
        for stale in room.glob(f"{piece.name}-*.svg"):
            stale.unlink()
    finished = run_child(
        [sys.executable, "-m", _WORKER], cwd=room, time_limit_seconds=time_limit_seconds
    )
    if finished.status or not (room / ANSWER).is_file():
        raise MachineError(f"Verovio ended with status {finished.status}{_last(finished)}")
    answer = json.loads((room / ANSWER).read_text(encoding="utf-8"))
    by_name = {piece.name: piece for piece in pieces}
    for told in answer["pieces"]:
        if not told["pages"]:
            file = by_name[told["name"]].book.file.name
            raise MachineError(f"Verovio could not read the music of {file}{_last(finished)}")
    return str(answer["version"]), tuple(dict.fromkeys(_warnings(finished)))


def verovio_version() -> str:
    from importlib.metadata import version

    return version("verovio")


def _warnings(finished: Finished) -> Iterator[str]:
    for line in finished.said.splitlines():
        kind, _, what = line.partition("] ")
        if kind in ("[Warning", "[Error"):
            yield what.strip()


def _last(finished: Finished) -> str:
    last = [line for line in finished.said.splitlines() if line.strip()][-1:]
    return f": {last[0].strip()}" if last else ""


def _painted(book: MeiBook, piece: _Piece | None, room: Path, maker: str) -> PageInk:
    """All pages of a book with their heads."""
    paper = book.paper
    width, height = float(paper.width_mm) * POINTS_PER_MM, float(paper.height_mm) * POINTS_PER_MM
    ink = PageInk((width, height), book.title, maker, music_font())
    if book.keywords:
        ink.pdf.set_keywords(book.keywords)
    margin = float(paper.margin_mm) * POINTS_PER_MM
    spans = book.signatures
    drawings = piece.pages(room) if piece else [""]
    for number, drawing in enumerate(drawings, start=1):
        ink.begin_page()
        heading = book.first if number == 1 else book.following
        _head(ink, heading, (margin, width - margin), margin, f"Page {number} of {len(drawings)}")
        if piece:
            corner = piece.frame()[:2]
            SvgPage(drawing, ink, Scale(*corner, piece.unit_points), spans).paint()
        else:
            _tacet(ink, book.tacet, width, height)
    return ink


def _head_points(book: MeiBook) -> float:
    return max(_height(heading) for heading in (book.first, book.following))


def _height(heading: Heading) -> float:
    return _columns_height(heading) + _lines_height(heading.below)


def _columns_height(heading: Heading) -> float:
    return max(map(_lines_height, (heading.left, heading.centre, heading.right)))


def _lines_height(lines: Sequence[HeadLine]) -> float:
    return sum(line.size_points * _LINE_SPACING for line in lines)


def _head(
    ink: PageInk, heading: Heading, edges: tuple[float, float], top: float, number: str
) -> None:
    """The three columns of a page's head, and what stands below them."""
    left, right = edges
    lower = top + _columns_height(heading)
    for column, place, y in (
        *((heading.left, 0.0, top), (heading.centre, 0.5, top), (heading.right, 1.0, top)),
        (heading.below, 0.0, lower),
    ):
        for line in column:
            y += line.size_points * _LINE_SPACING
            text, cut = number if line.numbered else line.text, _cut(line)
            width = ink.width(text, cut)
            ink.words(left + (right - left - width) * place, y, text, cut)


def _cut(line: HeadLine) -> Cut:
    return Cut(line.size_points, line.bold, line.italic)


def _tacet(ink: PageInk, told: str, width: float, height: float) -> None:
    """The sheet of a player who rests."""
    for text, cut, down in (
        ("TACET", Cut(_TACET_POINTS, bold=True), 0.0),
        (told, Cut(_TACET_WORDS_POINTS, italic=True), 34.0),
    ):
        ink.words((width - ink.width(text, cut)) / 2, height * 0.4 + down, text, cut)


class MusicFont:
    """Verovio's own music font, as it comes in its wheel."""

    def __init__(self, data: Path) -> None:
        self._folder = data / _FONT
        self._advances = {
            glyph.get("c") or "": float(glyph.get("h-a-x") or 0)
            for glyph in Plain.parse(data / f"{_FONT}.xml").getroot()
        }
        self._outlines: dict[str, str] = {}

    def outline(self, sign: str) -> str:
        """The SVG path of a sign; empty where there is none."""
        code = f"{ord(sign):X}"
        if code not in self._outlines:
            file = self._folder / f"{code}.xml"
            path = Plain.parse(file).getroot().find("path") if file.is_file() else None
            self._outlines[code] = "" if path is None else path.get("d") or ""
        return self._outlines[code]

    def advance(self, sign: str) -> float:
        """How far a sign moves what follows it, in thousandths of an em."""
        return self._advances.get(f"{ord(sign):X}", 0.0)


@cache
def music_font() -> MusicFont:
    """The font, read once."""
    spec = find_spec("verovio")
    if spec is None or spec.origin is None:
        raise no_verovio()
    return MusicFont(Path(spec.origin).parent / "data")


def no_verovio() -> MachineError:
    """What is said where Verovio is not installed."""
    return MachineError(
        "Verovio, which prints pages here, is not installed", do="pip install verovio"
    )
