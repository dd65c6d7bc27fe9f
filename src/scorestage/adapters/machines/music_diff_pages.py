"""The music diff as PDF: changed places side by side, the bars that change in colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from scorestage.adapters.machines.page_ink import Cut, PageInk
from scorestage.adapters.machines.svg_pages import SvgPage
from scorestage.adapters.machines.svg_parts import Scale
from scorestage.adapters.machines.verovio_pages import music_font, verovio_version

_WIDTH, _HEIGHT, _MARGIN, _GUTTER = 792.0, 612.0, 40.0, 24.0
_TITLE, _WORDS, _SMALL = 18.0, 10.5, 8.0
_HEAD = 2.4 * _TITLE
_GAP = 20.0
_LEAST = 0.5
"""On the podium music is set no smaller than this share of its size in the report."""
_OLD, _NEW = (0.784, 0.271, 0.184), (0.122, 0.435, 0.290)
_OUTER = re.compile(r'viewBox="0 (-?[\d.]+) ([\d.]+) ([\d.]+)"')
_INNER = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_BETWEEN = re.compile(r"(?<=</svg>)\s*(?=<svg )")


@dataclass(frozen=True, slots=True)
class DiffPlace:
    """A changed place: its cue, its bars and its drawings (SVG), as they were and as they are."""

    title: str
    old_bars: str
    new_bars: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A drawing with its size in pixels, how much of its top is above it, its units a pixel."""

    text: str
    wide: float
    high: float
    above: float
    units: float


def diff_pages(places: Sequence[DiffPlace], running: str) -> bytes:
    """The changed places, old music left and new music right, as many to a page as fit."""
    maker = f"scorestage, engraved by Verovio {verovio_version()}"
    ink = PageInk((_WIDTH, _HEIGHT), running, maker, music_font())
    column = (_WIDTH - 2 * _MARGIN - _GUTTER) / 2
    at, title = _HEIGHT, ""
    for place in places:
        sides = _drawings(place.before), _drawings(place.after)
        high = max(sum(one.high * column / one.wide for one in side) for side in sides)
        room = _HEIGHT - 2 * _MARGIN - _HEAD - 3 * _WORDS
        share = min(1.0, room / high) if high else 1.0
        if place.title != title or at + 3 * _WORDS + high * share > _HEIGHT - _MARGIN:
            at, title = _begin(ink, place.title, running), place.title
        _paint(ink, place, sides, at, share)
        at += 3 * _WORDS + high * share + _GAP
    return ink.content()


@dataclass(frozen=True, slots=True)
class _Set:
    """A place set for a page: both sides as drawings, at `column` points wide when whole."""

    place: DiffPlace
    sides: tuple[list[_Drawing], list[_Drawing]]
    head: list[str]
    high: float


def one_page(
    places: Sequence[DiffPlace], facts: Sequence[str], legend: Sequence[str], title: str
) -> bytes | None:
    """All changed places on one page, two columns of old beside new, in the order given.

    `places` carry what is done in their titles. None where they would be set smaller than a
    conductor reads at arm's length: `_LEAST` of the size they have in the report.
    """
    maker = f"scorestage, engraved by Verovio {verovio_version()}"
    with closing(PageInk((_WIDTH, _HEIGHT), title, maker, music_font())) as ink:
        return _one_page(ink, places, facts, legend, title)


def _one_page(
    ink: PageInk,
    places: Sequence[DiffPlace],
    facts: Sequence[str],
    legend: Sequence[str],
    title: str,
) -> bytes | None:
    facts, legend = ([line for text in texts for line in _lines(ink, text, bold=False)]
                     for texts in (facts, legend))  # fmt: skip
    sets = _sets(ink, places)
    heads = sum(1.4 * len(one.head) + 2 for one in sets) * _WORDS
    words = 1.6 * _WORDS * (len(facts) + len(legend)) + _HEAD + heads + len(sets) * _GAP / 2
    room = _HEIGHT - 2 * _MARGIN - words
    share = min(1.0, room / max(1.0, sum(one.high for one in sets)))
    if share < _LEAST:
        return None
    at = _begin(ink, title, "")
    for line in facts:
        ink.words(_MARGIN, at, line, Cut(_WORDS))
        at += 1.6 * _WORDS
    for one in sets:
        for line in one.head:
            ink.words(_MARGIN, at + _WORDS, line, Cut(_WORDS, bold=True))
            at += 1.4 * _WORDS
        _paint(ink, one.place, one.sides, at, share)
        at += 2 * _WORDS + one.high * share + _GAP / 2
    for number, line in enumerate(reversed(legend)):
        ink.words(_MARGIN, _HEIGHT - _MARGIN - 1.6 * _WORDS * number, line, Cut(_WORDS))
    return ink.content()


def _sets(ink: PageInk, places: Sequence[DiffPlace]) -> list[_Set]:
    """The places with their drawings; a head is said once for places that follow one another."""
    column = (_WIDTH - 2 * _MARGIN - _GUTTER) / 2
    found: list[_Set] = []
    for place in places:
        sides = _drawings(place.before), _drawings(place.after)
        high = max(sum(one.high * column / one.wide for one in side) for side in sides)
        again = bool(found) and found[-1].place.title == place.title
        head = [] if again else _lines(ink, place.title, bold=True)
        found.append(_Set(place, sides, head, high))
    return found


def _lines(ink: PageInk, text: str, *, bold: bool) -> list[str]:
    """Words broken to the width of the page."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and ink.width(longer, Cut(_WORDS, bold=bold)) <= _WIDTH - 2 * _MARGIN:
            found[-1] = longer
        else:
            found.append(word)
    return found


def _paint(
    ink: PageInk,
    place: DiffPlace,
    sides: tuple[list[_Drawing], list[_Drawing]],
    at: float,
    share: float,
) -> None:
    """Both sides of a place from `at` down, at a share of their size."""
    column = (_WIDTH - 2 * _MARGIN - _GUTTER) / 2
    told = ("Before", place.old_bars, _OLD), ("After", place.new_bars, _NEW)
    for number, (side, (word, bars, colour)) in enumerate(zip(sides, told, strict=True)):
        left = _MARGIN + number * (column + _GUTTER)
        ink.words(left, at + _WORDS, f"{word}: {bars}", Cut(_WORDS, bold=True))
        down = at + 2 * _WORDS
        for one in side:
            points = column * share / one.wide
            scale = Scale(left, down + one.above * points, points / one.units)
            SvgPage(one.text, ink, scale, {}, colour).paint()
            down += one.high * points


def _begin(ink: PageInk, title: str, running: str) -> float:
    """A new page with its head; gives where the music may begin."""
    ink.begin_page()
    ink.words(_MARGIN, _MARGIN + _TITLE, title, Cut(_TITLE, bold=True))
    ink.words(_MARGIN, _HEIGHT - _MARGIN / 2, running, Cut(_SMALL))
    key = "changed bars in colour"
    right = _WIDTH - _MARGIN - ink.width(key, Cut(_WORDS, italic=True))
    ink.words(right, _MARGIN + _TITLE, key, Cut(_WORDS, italic=True))
    return _MARGIN + _HEAD


def _drawings(text: str) -> list[_Drawing]:
    """The drawings of one side, each with its measures."""
    found = []
    for one in _BETWEEN.split(text):
        outer = _OUTER.search(one)
        if outer is None:
            continue
        boxes = [float(box[1]) for box in _INNER.finditer(one)]
        wide = float(outer[2])
        units = max(boxes, default=wide) / wide
        found.append(_Drawing(one, wide, float(outer[3]), -float(outer[1]), units))
    return found
