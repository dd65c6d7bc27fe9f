"""Which pages must be printed again: what is engraved on them, compared page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_FOUR_BARS = 4


class PageFate(StrEnum):
    """What becomes of a page that was handed out."""

    CHANGED = "changed"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PartPages:
    """The pages of one printed file: a mark of what is engraved on each, and lines of music.

    `player` is the id of whose it is, empty for the score.
    """

    player: str
    name: str
    file: str
    copies: int
    marks: tuple[str, ...]
    lines: int = 0
    page_lines: tuple[int, ...] = ()
    """Lines of music on each page; empty in sets issued before they were counted so."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """A page to be printed, laid in or taken away; pages count from 1."""

    player: str
    name: str
    page: int
    fate: PageFate
    copies: int


def reprints(old: Sequence[PartPages], new: Sequence[PartPages]) -> tuple[Reprint, ...]:
    """Every page that differs between what was handed out and what is engraved now.

    >>> before = PartPages("hn", "Horn", "h.pdf", 1, ("a", "b", "c"))
    >>> after = PartPages("hn", "Horn", "h.pdf", 1, ("a", "x"))
    >>> [(one.page, str(one.fate)) for one in reprints([before], [after])]
    [(2, 'changed'), (3, 'dropped')]
    """
    before: Mapping[str, PartPages] = {part.player: part for part in old}
    found: list[Reprint] = []
    for part in new:
        was = before.get(part.player)
        marks = was.marks if was is not None else ()
        for page, mark in enumerate(part.marks, start=1):
            fate = PageFate.NEW if page > len(marks) else PageFate.CHANGED
            if page > len(marks) or marks[page - 1] != mark:
                found.append(Reprint(part.player, part.name, page, fate, part.copies))
        found += [
            Reprint(part.player, part.name, page, PageFate.DROPPED, part.copies)
            for page in range(len(part.marks) + 1, len(marks) + 1)
        ]
    staying = {part.player for part in new}
    for part in old:
        if part.player not in staying:
            found += [
                Reprint(part.player, part.name, page, PageFate.DROPPED, part.copies)
                for page in range(1, len(part.marks) + 1)
            ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PageCount:
    """What is counted for the invoice.

    `score_units` are pages of score as the union counts them (so many bars a page), `part_units`
    pages of parts (so many lines of music a page, each part rounded up); `sheets` are the pages
    printed, copies and all.
    """

    score_units: int
    part_units: int
    sheets: int


def count_pages(
    bars: int, parts: Sequence[PartPages], *, bars_a_page: int = _FOUR_BARS, lines_a_page: int = 10
) -> PageCount:
    """Score and copying pages of a set.

    >>> horn = PartPages("hn", "Horn", "h.pdf", 2, ("a", "b"), lines=11)
    >>> count_pages(61, [horn])
    PageCount(score_units=16, part_units=2, sheets=4)
    """
    music = [part for part in parts if part.player]
    return PageCount(
        -(-bars // max(1, bars_a_page)),
        sum(-(-part.lines // max(1, lines_a_page)) for part in music),
        sum(part.copies * len(part.marks) for part in parts),
    )


def count_reprints(
    bars: int,
    found: Sequence[Reprint],
    parts: Sequence[PartPages],
    *,
    bars_a_page: int = _FOUR_BARS,
    lines_a_page: int = 10,
) -> PageCount:
    """What is counted for the invoice of a revision: work done anew, not the cue over again.

    Score by the `bars` that differ; parts by the lines of music on their pages that are printed
    again, each part rounded up.

    >>> horn = PartPages("hn", "Horn", "h.pdf", 2, ("a", "b"), 15, (10, 5))
    >>> again = [Reprint("hn", "Horn", 2, PageFate.CHANGED, 2)]
    >>> count_reprints(3, again, [horn])
    PageCount(score_units=1, part_units=1, sheets=2)
    """
    printed = [one for one in found if one.fate is not PageFate.DROPPED]
    lines = {
        (part.player, page): count
        for part in parts
        for page, count in enumerate(part.page_lines, start=1)
    }
    anew: dict[str, int] = {}
    for one in printed:
        if one.player:
            anew[one.player] = anew.get(one.player, 0) + lines.get((one.player, one.page), 0)
    return PageCount(
        -(-bars // max(1, bars_a_page)),
        sum(-(-count // max(1, lines_a_page)) for count in anew.values()),
        sum(one.copies for one in printed),
    )
