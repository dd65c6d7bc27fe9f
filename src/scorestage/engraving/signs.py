"""Signs at one staff: dynamics, hairpins, techniques and words, hung on silent skips."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.engraving.ink import quoted, skip
from scorestage.engraving.notesigns import dynamic_words
from scorestage.engraving.staffsigns import PlacedWords
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
    placed: Sequence[PlacedWords] = (),
    ends: bool = False,
) -> list[str]:
    """Skips that fill a bar of `length_quarters`, with the signs that stand in it.

    `stops_before` are hairpins that end on the barline where it begins. A hairpin that ends on
    its own closing barline is left to the next bar, but in the last one (`ends`) drawn short.
    `sforzati` are the offsets of notes to be forced: `sfz` joins the dynamic that stands there.
    `placed` are other signs in LilyPond's words.
    """
    at: dict[Fraction, list[WrittenDirection]] = {Fraction(0): list(stops_before)}
    for direction in directions:
        offset = min(direction.offset, length_quarters)
        if offset == length_quarters:
            if not ends:
                continue
            offset = max(Fraction(0), length_quarters - _ROOM_FOR_LAST_STOP)
        at.setdefault(offset, []).append(direction)
    others = _inside(placed, length_quarters)
    points = sorted({*at, *sforzati, *others})
    words = []
    for point, after in zip(points, [*points[1:], length_quarters], strict=True):
        here = others.get(point, [])
        words += [one.before for one in here if one.before]
        told = _told(at.get(point, []), point in sforzati)
        words.append(skip(after - point) + told + "".join(one.after for one in here))
    return words


def _inside(placed: Sequence[PlacedWords], length: Fraction) -> dict[Fraction, list[PlacedWords]]:
    """Signs by their place in the bar; what stands on its closing barline just before it."""
    found: dict[Fraction, list[PlacedWords]] = {}
    latest = max(Fraction(0), length - _ROOM_FOR_LAST_STOP)
    for one in placed:
        found.setdefault(one.offset if one.offset < length else latest, []).append(one)
    return found


def _told(directions: Sequence[WrittenDirection], forced: bool) -> str:
    """All signs at one point: hairpins stop before a dynamic, and start after it."""
    words = []
    for direction in joined_dynamics(sorted(directions, key=_order)):
        if forced and _order(direction) > 0:
            if isinstance(direction.sign, DynamicMark):
                forced = False
                shown = direction.sign.shown
                if shown:
                    words.append(dynamic_words(shown + ("" if says_force(shown) else " sfz")))
                    continue
                words.append(_FORCED.format(direction.sign.dynamic.value))
                continue
            if _order(direction) == 2:
                words.append(r"\sfz")
                forced = False
        words.append(_word(direction))
    return "".join(words) + (r"\sfz" if forced else "")


def joined_dynamics(directions: Sequence[WrittenDirection]) -> list[WrittenDirection]:
    """Signs with the dynamics of each point said as one: a staff has one dynamic at a time."""
    found: dict[Fraction, list[DynamicMark]] = {}
    for one in directions:
        if isinstance(one.sign, DynamicMark):
            found.setdefault(one.offset, []).append(one.sign)
    kept: list[WrittenDirection] = []
    for one in directions:
        marks = found.get(one.offset, [])
        if not isinstance(one.sign, DynamicMark) or len(marks) < 2:
            kept.append(one)
        elif one.sign is marks[0]:
            shown = dict.fromkeys(mark.shown or mark.dynamic.value for mark in marks)
            told = " ".join(shown) if len(shown) > 1 else marks[-1].shown
            kept.append(replace(one, sign=replace(marks[-1], shown=told)))
    return kept


def says_force(shown: str) -> bool:
    """Whether a dynamic as printed tells the blow itself, so that no `sfz` joins it.

    >>> says_force("sfp"), says_force("più p")
    (True, False)
    """
    return any(word in ("fp", "pf") or word[:2] in ("sf", "fz", "rf") for word in shown.split())


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


_INSTRUCTION = re.compile(
    r"(open|ouverts?|offen|aperto|stopped|(con|senza|via) sord\w*\.?|mutes?( (on|off|in|out))?"
    r"|(take|to|change to|muta in|nimmt) .+|soli?\.?|tutti|unis\.?|div\.?.*|a ?[2-9]|[1-9]\."
    r"|gli altri|off-?stage|on the (bridge|fingerboard)|near the bridge"
    r"|(soft|hard|medium|wood|yarn|metal|rubber) (mallets|sticks|beaters?)|brushes)",
    re.IGNORECASE,
)
"""Words that tell what to do, not how it is felt."""


def is_instruction(text: str) -> bool:
    """Whether words tell what is done, which is printed upright, and not the expression.

    >>> is_instruction("open"), is_instruction("Take Piccolo"), is_instruction("dolce")
    (True, True, False)
    """
    return _INSTRUCTION.fullmatch(text.strip()) is not None


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
        niente = r"-\tweak circled-tip ##t " if sign.niente else ""
        return niente + (r"\<" if sign.opens else r"\>")
    if isinstance(sign, DynamicMark):
        return dynamic_words(sign.shown) if sign.shown else rf"\{sign.dynamic.value}"
    if isinstance(sign, TechniqueMark):
        return "^" + technique_markup(sign.shown or sign.technique.value)
    if isinstance(sign, InstrumentWords) or is_instruction(sign.text):
        return "^" + technique_markup(sign.text)
    return "^" + words_markup(sign.text)
