"""What is printed on the pages of a PDF, word by word with its place."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as raw

from scorestage.engraving.setcheck import PageFacts, PageFile, Piece
from scorestage.errors import FormatError, Where

MARK = "music="
"""Before the mark of the music in a PDF's keywords."""

_MUSIC_FONTS = (
    "emmentaler",
    "bravura",
    "leipzig",
    "leland",
    "petaluma",
    "maestro",
    "opus",
    "gonville",
)
_MOST_PAGES = 400
_LONGEST_NAME = 200
_FIRST_PRINTED = 33
_SPACE = 0.08
_Box = tuple[float, float, float, float]


def page_file(content: bytes, name: str, modified_ns: int = 0) -> PageFile:
    """The pages of a PDF with all their words; `name` is the file's.

    Raises `FormatError` for what is no PDF.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        raise FormatError(f"is no PDF that can be read: {fault}", Where(file=name)) from None
    with document:
        told = document.get_metadata_dict()
        if len(document) > _MOST_PAGES:
            raise FormatError(f"has {len(document)} pages", Where(file=name), "no part is so long")
        pages = tuple(_page(page) for page in document)
    keywords = told.get("Keywords", "").replace(",", " ").split()
    mark = next((word.removeprefix(MARK) for word in keywords if word.startswith(MARK)), "")
    maker = told.get("Creator", "")
    ours = bool(mark) or maker.startswith(("LilyPond", "Verovio", "scorestage"))
    return PageFile(name, pages, modified_ns, mark, ours)


def _page(page: pypdfium2.PdfPage) -> PageFacts:
    width, height = page.get_size()
    return PageFacts(width, height, tuple(_pieces(page)), page.get_rotation())


def _pieces(page: pypdfium2.PdfPage) -> Iterator[Piece]:
    """Words of the page: signs of one font that stand side by side; notes each by itself."""
    textpage = page.get_textpage()
    word: list[_Sign] = []
    font = ""
    for at in range(textpage.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(textpage.raw, at))
        if sign.isspace() or ord(sign) < _FIRST_PRINTED:
            continue
        one = _Sign(sign, textpage.get_charbox(at), textpage.get_charbox(at, loose=True))
        own = _font(textpage, at)
        apart = _is_note(sign) or bool(word and _is_note(word[-1].letter))
        if word and (apart or own != font or not _goes_on(word[-1].loose, one.loose)):
            yield _piece(word, font)
            word = []
        word.append(one)
        font = own
    if word:
        yield _piece(word, font)


def _is_note(letter: str) -> bool:
    """Whether a sign is one that only music fonts have: a head, a rest, an accidental."""
    return "\ue000" <= letter <= "\uf8ff"


@dataclass(frozen=True, slots=True)
class _Sign:
    """One letter with the box of its ink, and the box it takes in its line."""

    letter: str
    ink: _Box
    loose: _Box


def _goes_on(before: _Box, box: _Box) -> bool:
    """Whether a sign stands right behind the one before it, on the same line."""
    height = max(before[3] - before[1], box[3] - box[1], 1.0)
    level = min(before[3], box[3]) - max(before[1], box[1])
    near = -0.6 * height < box[0] - before[2] < 0.8 * height
    return near and (level > 0 or abs(before[1] - box[1]) < 0.7 * height)


def _piece(word: list[_Sign], font: str) -> Piece:
    text = ""
    for place, one in enumerate(word):
        room = _SPACE * max(one.loose[3] - one.loose[1], 4.0)
        apart = place and one.loose[0] - word[place - 1].loose[2] > room
        text += f" {one.letter}" if apart else one.letter
    boxes = [one.ink for one in word]
    private = all(_is_note(one.letter) for one in word)
    music = private or any(one in font for one in _MUSIC_FONTS)
    return Piece(
        text,
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
        "bold" in font or "black" in font,
        music,
    )


def _font(textpage: pypdfium2.PdfTextPage, at: int) -> str:
    room = ctypes.create_string_buffer(_LONGEST_NAME)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage.raw, at, room, _LONGEST_NAME, ctypes.byref(flags))
    return room.value.decode("utf-8", "replace").casefold()
