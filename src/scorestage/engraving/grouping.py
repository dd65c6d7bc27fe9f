"""Players bracketed as a person bracketed them, as a tree that engravers walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from scorestage.music import Family, Line, PartGroup

BRACKETED = frozenset(
    {
        Family.WOODWIND,
        Family.BRASS,
        Family.PERCUSSION,
        Family.RHYTHM,
        Family.SYNTH,
        Family.VOICE,
        Family.STRINGS,
    }
)
"""Families whose staves stand in a bracket."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """Neighbouring lines `first` to `last` (counted on the page) in one bracket.

    `symbol` is `bracket`, `brace`, `square`, `line` or `none`; `barred` ones share barlines.
    """

    first: int
    last: int
    symbol: str
    barred: bool


Tree = tuple["int | tuple[Bracket, Tree]", ...]
"""Lines by their place on the page, and brackets with what stands in them."""


def brackets_of(groups: Sequence[PartGroup], all_lines: Sequence[Line], shown: Sequence[Line]
                ) -> tuple[Bracket, ...]:  # fmt: skip
    """The brackets round the lines shown, the outer before the inner; crossing ones left out.

    Families that a person who bracketed others left without any get one too.
    """
    kept = _kept(groups, all_lines, shown)
    return (*kept, *_families(kept, shown)) if kept else ()


def _kept(groups: Sequence[PartGroup], all_lines: Sequence[Line], shown: Sequence[Line]
          ) -> list[Bracket]:  # fmt: skip
    order = {line.player.id: place for place, line in enumerate(all_lines)}
    places = [order.get(line.player.id, -1) for line in shown]
    found: list[Bracket] = []
    for group in groups:
        if group.first not in order or group.last not in order:
            continue
        span = range(order[group.first], order[group.last] + 1)
        inside = [place for place, own in enumerate(places) if own in span]
        if inside:
            found.append(_bracket(inside[0], inside[-1], group))
    kept: list[Bracket] = []
    for one in sorted(found, key=lambda bracket: (bracket.first, -bracket.last)):
        if not any(_cross(one, other) for other in kept):
            kept.append(one)
    return kept


def _families(kept: Sequence[Bracket], shown: Sequence[Line]) -> Iterator[Bracket]:
    """Brackets round families that a person who bracketed others left without any."""
    covered = {place for one in kept for place in range(one.first, one.last + 1)}
    free = (
        place for place, line in enumerate(shown)
        if place not in covered and line.player.instrument.family in BRACKETED
    )  # fmt: skip
    runs = groupby(
        enumerate(free), key=lambda one: (one[1] - one[0], shown[one[1]].player.instrument.family)
    )
    for _, run in runs:
        places = [place for _, place in run]
        if len(places) > 1:
            yield Bracket(places[0], places[-1], "bracket", True)


def _bracket(first: int, last: int, group: PartGroup) -> Bracket:
    symbol, barline = group.sign.find("group-symbol"), group.sign.find("group-barline")
    drawn = symbol.text if symbol is not None else "none"
    return Bracket(first, last, drawn, barline is None or barline.text == "yes")


def _cross(one: Bracket, other: Bracket) -> bool:
    return other.first < one.first <= other.last < one.last


def crossing(groups: Sequence[PartGroup], lines: Sequence[Line]) -> int:
    """How many brackets cross others, which no engraver draws."""
    known = {line.player.id for line in lines}
    usable = [group for group in groups if {group.first, group.last} <= known]
    return len(usable) - len(_kept(usable, lines, lines))


def tree_of(brackets: Sequence[Bracket], count: int) -> Tree:
    """Lines and brackets as a tree.

    >>> tree_of([Bracket(1, 2, "brace", True)], 3)
    (0, (Bracket(first=1, last=2, symbol='brace', barred=True), (1, 2)))
    """
    return tuple(_walk(list(brackets), 0, count - 1))


def _walk(brackets: list[Bracket], first: int, last: int) -> Iterator[int | tuple[Bracket, Tree]]:
    place = first
    while place <= last:
        here = next((one for one in brackets if one.first == place and one.last <= last), None)
        if here is None:
            yield place
            place += 1
            continue
        inner = [one for one in brackets if one is not here and here.first <= one.first
                 and one.last <= here.last]  # fmt: skip
        yield here, tuple(_walk(inner, here.first, here.last))
        brackets = [one for one in brackets if one is not here and one not in inner]
        place = here.last + 1
