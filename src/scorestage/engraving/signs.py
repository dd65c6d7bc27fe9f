"""Signs at one staff: dynamics, hairpins, techniques and words, hung on silent skips."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.engraving.ink import quoted, skip
from scorestage.music import DynamicMark, Hairpin, TechniqueMark, Words
from scorestage.music.written import Edge, WrittenDirection


@dataclass(frozen=True, slots=True)
class InstrumentWords(Words):
    """The name of what is taken up or struck from here on; printed upright."""


_FORCED = r"\forced-{}"
_ROOM_FOR_LAST_STOP = Fraction(1, 4)


def sign_words(
    directions: Sequence[WrittenDirection],
    length_quarters: Fraction,
    stops_before: Sequence[WrittenDirection] = (),
    sforzati: Collection[Fraction] = (),
    *,
    ends: bool = False,
) -> list[str]:
    """Skips that fill a bar of `length_quarters`, with the signs that stand in it.

    `stops_before` are hairpins that end on the barline where it begins. A hairpin that ends on
    its own closing barline is left to the next bar, but in the last one (`ends`) drawn short.
    `sforzati` are the offsets of notes to be forced: `sfz` joins the dynamic that stands there.
    """
    at: dict[Fraction, list[WrittenDirection]] = {Fraction(0): list(stops_before)}
    for direction in directions:
        offset = min(direction.offset, length_quarters)
        if offset == length_quarters:
            if not ends:
                continue
            offset = max(Fraction(0), length_quarters - _ROOM_FOR_LAST_STOP)
        at.setdefault(offset, []).append(direction)
    points = sorted({*at, *sforzati})
    words = []
    for point, after in zip(points, [*points[1:], length_quarters], strict=True):
        words.append(skip(after - point) + _told(at.get(point, []), point in sforzati))
    return words


def _told(directions: Sequence[WrittenDirection], forced: bool) -> str:
    """All signs at one point: hairpins stop before a dynamic, and start after it."""
    words = []
    for direction in sorted(directions, key=_order):
        if forced and _order(direction) > 0:
            if isinstance(direction.sign, DynamicMark):
                words.append(_FORCED.format(direction.sign.dynamic.value))
                forced = False
                continue
            if _order(direction) == 2:
                words.append(r"\sfz")
                forced = False
        words.append(_word(direction))
    return "".join(words) + (r"\sfz" if forced else "")


def barline_stops(
    directions: Sequence[WrittenDirection], length_quarters: Fraction
) -> tuple[WrittenDirection, ...]:
    """The hairpins of a bar that end on its closing barline."""
    return tuple(
        direction
        for direction in directions
        if direction.offset >= length_quarters and direction.edge is Edge.STOP
    )


def technique_markup(text: str) -> str:
    """A technique or instruction over the staff, upright."""
    return rf"\markup \technique {quoted(text)}"


def words_markup(text: str) -> str:
    """Expression over the staff, in italics."""
    return rf"\markup \words {quoted(text)}"


def _order(direction: WrittenDirection) -> int:
    """Hairpins stop before a dynamic, and start after it."""
    if isinstance(direction.sign, Hairpin):
        return 0 if direction.edge is Edge.STOP else 2
    return 1


def _word(direction: WrittenDirection) -> str:
    sign = direction.sign
    if isinstance(sign, Hairpin):
        if direction.edge is Edge.STOP:
            return r"\!"
        return r"\<" if sign.opens else r"\>"
    if isinstance(sign, DynamicMark):
        return rf"\{sign.dynamic.value}"
    if isinstance(sign, TechniqueMark):
        return "^" + technique_markup(sign.technique.value)
    if isinstance(sign, InstrumentWords):
        return "^" + technique_markup(sign.text)
    return "^" + words_markup(sign.text)
