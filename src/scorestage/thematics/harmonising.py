"""Chords for a tune that has none, or other chords for one that has.

A chord for every bar, or half bar, is chosen by dynamic programming: it must hold what the music
leans on, and follow from the one before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from scorestage.music.feel import felt_beats, middle_of_bar, stress_in_bar
from scorestage.music.harmony import chord_tones, in_chord, roman
from scorestage.music.key import Key
from scorestage.music.marks import ChordSymbol
from scorestage.music.note import Note
from scorestage.timebase import Beat, Meter

PLAIN_MAJOR = ("I", "ii", "IV", "V", "V7", "vi", "iii")
PLAIN_MINOR = ("i", "iv", "V", "V7", "VI", "III", "VII", "iio")
COLOURED_MAJOR = (*PLAIN_MAJOR, "iv", "bVI", "bVII", "bIII", "II", "nIII", "V7>vi", "v")
COLOURED_MINOR = (*PLAIN_MINOR, "v", "IV", "bII", "II", "nVI", "bvi", "#iv")
_FOLLOWS = {("V", "I"): -0.7, ("V", "vi"): -0.2, ("IV", "V"): -0.4, ("ii", "V"): -0.6}
_CHANGES = 0.3
_BACK = {("V", "IV"): 1.2, ("V", "ii"): 1.5, ("V", "iii"): 1.0}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a chord may stand: a bar, or half of one."""

    start: Fraction
    end: Fraction
    bar: int
    inside: bool
    """Whether it is the second half of its bar."""


def harmonise(
    notes: Sequence[Note],
    key: Key,
    meter: Meter,
    bars: int,
    *,
    pool: tuple[str, ...] = (),
    avoid: tuple[ChordSymbol, ...] = (),
    random: Random | None = None,
) -> tuple[ChordSymbol, ...]:
    """Chords for `bars` bars, one or two in each, closing on the tonic.

    `pool` are the numerals to choose from (the diatonic ones), `avoid` chords to be replaced where
    others fit as well; `random` shakes the choice a little.
    """
    numerals = pool or (PLAIN_MINOR if key.is_minor else PLAIN_MAJOR)
    places = _places(meter, bars)
    table: dict[str, tuple[float, tuple[str, ...]]] = {}
    for place, sounding in zip(places, _sounding(notes, places), strict=True):
        found: dict[str, tuple[float, tuple[str, ...]]] = {}
        for numeral in numerals:
            chord = roman(numeral, key, Beat(place.start))
            own = _misfit(sounding, chord, place, meter) + _fitness(numeral, place, places)
            inner = 0 < place.bar < bars - 1
            own += 1.5 if inner and _is_avoided(chord, avoid) else 0.0
            own += random.random() * 0.4 if random is not None else 0.0
            found[numeral] = min(
                (
                    (cost + own + _move(before, numeral, place), (*path, numeral))
                    for before, (cost, path) in table.items()
                ),
                default=(own, (numeral,)),
            )
        table = found
    path = min(table.values())[1]
    return tuple(
        roman(numeral, key, Beat(place.start))
        for index, (numeral, place) in enumerate(zip(path, places, strict=True))
        if not index or numeral != path[index - 1]
    )


def _places(meter: Meter, bars: int) -> tuple[_Place, ...]:
    """Bars of four felt beats or more are divided in two."""
    length = meter.length.quarters
    middle = middle_of_bar(meter)
    found = []
    for bar in range(bars):
        start, end = bar * length, (bar + 1) * length
        if len(felt_beats(meter)) < 4:
            found.append(_Place(start, end, bar, False))
        else:
            found.append(_Place(start, start + middle, bar, False))
            found.append(_Place(start + middle, end, bar, True))
    return tuple(found)


def _sounding(notes: Sequence[Note], places: Sequence[_Place]) -> list[list[Note]]:
    """For each place the notes that sound in it, in their order."""
    found: list[list[Note]] = [[] for _ in places]
    ends = [place.end for place in places]
    for note in notes:
        stop = note.end.quarters
        for number in range(bisect_right(ends, note.onset.quarters), len(places)):
            if places[number].start >= stop:
                break
            found[number].append(note)
    return found


def _misfit(notes: Sequence[Note], chord: ChordSymbol, place: _Place, meter: Meter) -> float:
    """How badly a chord goes with what sounds there."""
    bar_start = place.bar * meter.length.quarters
    cost = 0.0
    for note in notes:
        pitch = note.top
        onset = max(note.onset.quarters, place.start)
        stop = min(note.end.quarters, place.end)
        if pitch is None or stop <= onset or in_chord(pitch, chord):
            continue
        struck = note.onset.quarters >= place.start
        stress = stress_in_bar(meter, onset - bar_start) if struck else 1
        tones = chord_tones(chord)
        clash = any((pitch.key - tone.key) % 12 in (1, 11) for tone in tones)
        bent = any(pitch.step == tone.step for tone in tones)
        cost += float(stop - onset) * (0.5 + 0.5 * stress) * (1.4 if clash else 1.0)
        cost += 8.0 if bent else 0.0
    return cost / float(min(meter.length.quarters, Fraction(4))) * 3


def _fitness(numeral: str, place: _Place, places: tuple[_Place, ...]) -> float:
    """What the form asks for: the tonic at both ends, a dominant before the last bar."""
    tonic, dominant = numeral in ("I", "i"), numeral in ("V", "V7")
    last = places[-1].bar
    if place.bar == last:
        return 0.0 if tonic else 4.0
    before_last = place.bar == last - 1 and (place.inside or not places[-1].inside)
    if before_last:
        return -0.6 if dominant else 0.0
    if place.bar == 0 and not place.inside:
        return 0.0 if tonic else 1.5
    if tonic:
        return -0.1
    return 0.3 if numeral.startswith(("iii", "iio")) else 0.0


def _move(before: str, numeral: str, place: _Place) -> float:
    if before == numeral:
        return 0.0
    changes = _CHANGES + (0.3 if place.inside else 0.0)
    one, other = _function(before), _function(numeral)
    return changes + _FOLLOWS.get((one, other), 0.0) + _BACK.get((one, other), 0.0)


def _function(numeral: str) -> str:
    """The numeral as its major-key function: `i` is I, `iio` is ii, `V7` is V."""
    plain = numeral.rstrip("7o9")
    return {"i": "I", "iv": "IV", "VI": "vi", "v": "V"}.get(plain, plain)


def _is_avoided(chord: ChordSymbol, avoid: tuple[ChordSymbol, ...]) -> bool:
    here = [old for old in avoid if old.at <= chord.at]
    return bool(here) and str(here[-1]) == str(chord)
