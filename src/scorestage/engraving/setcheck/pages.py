"""The printed pages of a set: bar labels, turns, collisions, paper, age."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorestage.engraving.setcheck.values import (
    PageFacts,
    PageFile,
    Piece,
    SetFault,
    SetSeverity,
    Sheet,
)

_LABEL = re.compile(r"(\d+[A-Z]*)(?:[–-](\d+[A-Z]*))?")
_LABEL_HEIGHTS = (4.5, 9.8)
"""How high a bar label is, in points; meters and rehearsal figures are larger."""
_MOST_OVERLAP = 0.25
_OUTSIDE_POINTS = 1.0
_OLDER_NS = 60 * 10**9
_SIZE_POINTS = 2.0


@dataclass(frozen=True, slots=True)
class Turning:
    """How pages are turned: so many lie open at once, and a turn needs so many seconds.

    `bar_seconds` are when the bars begin, and as one more where the last ends; empty: not known.
    """

    open_pages: int = 2
    turn_seconds: Fraction = Fraction(2)
    bar_seconds: tuple[Fraction, ...] = ()


def labels_of(page: PageFacts) -> list[tuple[str, str]]:
    """The bar labels printed on a page, as first and last of each.

    >>> piece = Piece("13–16", 0, 300, 20, 308, bold=True)
    >>> labels_of(PageFacts(600, 800, (piece,)))
    [('13', '16')]
    """
    found = []
    for piece in page.pieces:
        match = _LABEL.fullmatch(piece.text.strip())
        low, high = _LABEL_HEIGHTS
        if match and piece.bold and not piece.music and low < piece.top - piece.bottom < high:
            found.append((match[1], match[2] or match[1]))
    return found


def label_faults(file: PageFile, sheet: Sheet) -> Iterator[SetFault]:
    """Labels on the pages that no bar has, and bars that no label stands under."""
    order = {bar.label: place for place, bar in enumerate(sheet.bars)}
    covered: Counter[int] = Counter()
    for number, page in enumerate(file.pages, start=1):
        for first, last in labels_of(page):
            if first not in order or last not in order or order[last] < order[first]:
                told = first if first == last else f"{first}–{last}"
                message = f"page {number} has a bar {told}, which the cue has not"
                yield SetFault(
                    "bar label", message, sheet.name, file.file, told, repair="print it again"
                )
            else:
                covered.update(range(order[first], order[last] + 1))
    counted = [
        place for place, bar in enumerate(sheet.bars) if not bar.implicit and bar.label != "0"
    ]
    twice = [place for place in counted if covered[place] > 1]
    if twice:
        label = sheet.bars[twice[0]].label
        message = f"bar {label} is printed {covered[twice[0]]} times"
        yield SetFault("bar label", message, sheet.name, file.file, label, twice[0])
    missing = [place for place in counted if not covered[place]]
    if missing and len(missing) < len(counted) * 0.6:
        label = sheet.bars[missing[0]].label
        more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        message = f"no bar {label}{more} on the pages"
        yield SetFault(
            "bar label", message, sheet.name, file.file, label, missing[0], repair="print it again"
        )


def order_faults(file: PageFile, sheet: Sheet) -> Iterator[SetFault]:
    """A page whose bars come before those of the page in front of it."""
    order = {bar.label: place for place, bar in enumerate(sheet.bars)}
    last = -1
    for number, page in enumerate(file.pages, start=1):
        places = [order[first] for first, _ in labels_of(page) if first in order]
        if places and min(places) < last:
            label = sheet.bars[min(places)].label
            message = f"page {number} begins with bar {label}, the page before it ends later"
            yield SetFault(
                "pages",
                message,
                sheet.name,
                file.file,
                label,
                min(places),
                repair="put it in order",
            )
        last = max(places, default=last)


def turn_faults(file: PageFile, sheet: Sheet, turning: Turning) -> Iterator[SetFault]:
    """Pages that must be turned while the player has no time to."""
    if len(turning.bar_seconds) != len(sheet.bars) + 1:
        return
    order = {bar.label: place for place, bar in enumerate(sheet.bars)}
    starts = []
    for page in file.pages:
        places = [order[first] for first, _ in labels_of(page) if first in order]
        starts.append(min(places, default=None))
    for number, start in enumerate(starts):
        if not number or number % turning.open_pages or start is None:
            continue
        rest = rest_seconds(sheet, start, turning.bar_seconds)
        if rest < turning.turn_seconds:
            label = sheet.bars[start].label
            message = (
                f"the turn after page {number} needs {float(turning.turn_seconds):.1f} s, "
                f"has {float(rest):.1f} s"
            )
            repair = "end the page in a rest, or tape the pages side by side"
            yield SetFault("turn", message, sheet.name, file.file, label, start, repair=repair)


def rest_seconds(sheet: Sheet, bar: int, bar_seconds: Sequence[Fraction]) -> Fraction:
    """How long a player rests round the barline before `bar`, in seconds."""
    edge = bar_seconds[bar]
    spans = [_span(sheet, sound.bar, sound.offset_quarters, sound.length_quarters, bar_seconds)
             for sound in sheet.sounds]  # fmt: skip
    before = max((min(end, edge) for start, end in spans if start < edge), default=bar_seconds[0])
    if any(start < edge < end for start, end in spans):
        return Fraction(0)
    after = min((start for start, _ in spans if start >= edge), default=bar_seconds[-1])
    return after - before


def _span(
    sheet: Sheet, bar: int, offset: Fraction, length: Fraction, bar_seconds: Sequence[Fraction]
) -> tuple[Fraction, Fraction]:
    starts = [Fraction(0)]
    for one in sheet.bars:
        starts.append(starts[-1] + one.quarters)
    onset = starts[bar] + offset
    return _seconds(onset, starts, bar_seconds), _seconds(onset + length, starts, bar_seconds)


def _seconds(at: Fraction, starts: Sequence[Fraction], bar_seconds: Sequence[Fraction]) -> Fraction:
    place = max(0, min(len(starts) - 2, bisect_right(starts, at) - 1))
    length = starts[place + 1] - starts[place]
    share = (at - starts[place]) / length if length else Fraction(0)
    return bar_seconds[place] + share * (bar_seconds[place + 1] - bar_seconds[place])


def collision_faults(file: PageFile, player: str) -> Iterator[SetFault]:
    """Words printed over one another or over notes, or beyond the edge of the sheet.

    Notes are seen where they are signs of a music font, not where a program drew their outlines.
    """
    for number, page in enumerate(file.pages, start=1):
        words = [piece for piece in page.pieces if not piece.music and piece.text.strip()]
        for piece in words:
            if (
                min(piece.left, piece.bottom) < -_OUTSIDE_POINTS
                or piece.right > page.width_points + _OUTSIDE_POINTS
                or piece.top > page.height_points + _OUTSIDE_POINTS
            ):
                message = f"page {number}: {piece.text.strip()!r} runs over the edge of the sheet"
                yield SetFault("collision", message, player, file.file)
        for one, other in _overlapping(words):
            message = f"page {number}: {one.text.strip()!r} is printed over {other.text.strip()!r}"
            yield SetFault("collision", message, player, file.file)
        signs = [piece for piece in page.pieces if piece.music]
        for piece in words:
            if any(_overlap(piece, sign) > _MOST_OVERLAP for sign in _beside(piece, signs)):
                message = f"page {number}: {piece.text.strip()!r} is printed over notes or rests"
                repair = "give the line above more room"
                yield SetFault("collision", message, player, file.file, repair=repair)


def _beside(piece: Piece, others: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces that stand at the height of another."""
    return (one for one in others if one.bottom < piece.top and one.top > piece.bottom)


def _overlapping(words: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    ordered = sorted(words, key=lambda piece: piece.left)
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.left >= one.right:
                break
            if _overlap(one, other) > _MOST_OVERLAP:
                yield one, other


def _overlap(one: Piece, other: Piece) -> float:
    """How much of the smaller box lies under the other."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.top, other.top) - max(one.bottom, other.bottom)
    if width <= 0 or height <= 0:
        return 0.0
    areas = [(box.right - box.left) * (box.top - box.bottom) for box in (one, other)]
    return width * height / min(areas) if min(areas) > 0 else 0.0


def paper_faults(files: Sequence[PageFile], players: dict[str, str]) -> Iterator[SetFault]:
    """Pages of another size than most of the set, or turned otherwise."""
    sizes = Counter(
        (round(page.width_points), round(page.height_points))
        for file in files
        for page in file.pages
    )
    if not sizes:
        return
    usual = sizes.most_common(1)[0][0]
    upright = Counter(page.turned_degrees for file in files for page in file.pages)
    for file in files:
        for number, page in enumerate(file.pages, start=1):
            if page.turned_degrees != upright.most_common(1)[0][0]:
                message = f"page {number} is turned by {page.turned_degrees} degrees"
                yield SetFault("paper", message, players.get(file.file, ""), file.file)
        for number, page in enumerate(file.pages, start=1):
            own = (page.width_points, page.height_points)
            if any(abs(a - b) > _SIZE_POINTS for a, b in zip(own, usual, strict=True)):
                told = " by ".join(f"{points * 25.4 / 72:.0f}" for points in own)
                message = f"page {number} is {told} mm, other parts are not"
                yield SetFault("paper", message, players.get(file.file, ""), file.file)
                break


def age_faults(
    file: PageFile, mark: str, music_file: str, music_ns: int, player: str
) -> Iterator[SetFault]:
    """Pages printed from other music than the music file beside them holds."""
    repair = "print the part again"
    if file.music_mark:
        if file.music_mark != mark:
            message = f"the pages were printed from other music than {music_file} holds"
            yield SetFault("stale pages", message, player, file.file, repair=repair)
    elif music_ns - file.modified_ns > _OLDER_NS:
        message = f"the pages are older than {music_file}"
        yield SetFault(
            "stale pages", message, player, file.file, severity=SetSeverity.DOUBTFUL, repair=repair
        )


def empty_page_faults(file: PageFile, player: str) -> Iterator[SetFault]:
    """A file without pages, or a page with nothing on it."""
    if not file.pages:
        yield SetFault("pages", "has no pages", player, file.file, repair="print it again")
    for number, page in enumerate(file.pages, start=1):
        if not page.pieces:
            yield SetFault("pages", f"page {number} is empty", player, file.file)


def increasing(labels: Sequence[int]) -> bool:
    """Whether labels never go back.

    >>> increasing([1, 2, 2]), increasing([2, 1])
    (True, False)
    """
    return all(one <= two for one, two in pairwise(labels))
