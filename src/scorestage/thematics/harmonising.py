"""Chords for a tune that has none, or other chords for one that has.

One chord a bar is chosen by dynamic programming: it must hold what the bar leans on, and follow
from the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from scorestage.music.feel import stress_in_bar
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
    """One chord for each of `bars` bars, closing on the tonic.

    `pool` are the numerals to choose from (the diatonic ones), `avoid` chords to be replaced where
    others fit as well; `random` shakes the choice a little.
    """
    numerals = pool or (PLAIN_MINOR if key.is_minor else PLAIN_MAJOR)
    length = meter.length.quarters
    table: dict[str, tuple[float, tuple[str, ...]]] = {}
    for bar in range(bars):
        at = Beat(bar * length)
        found: dict[str, tuple[float, tuple[str, ...]]] = {}
        for numeral in numerals:
            chord = roman(numeral, key, at)
            own = _misfit(notes, chord, bar, meter) + _place(numeral, bar, bars)
            own += 2.5 if _is_avoided(chord, avoid) and 0 < bar < bars - 1 else 0.0
            own += random.random() * 0.6 if random is not None else 0.0
            found[numeral] = min(
                (
                    (cost + own + _move(before, numeral), (*path, numeral))
                    for before, (cost, path) in table.items()
                ),
                default=(own, (numeral,)),
            )
        table = found
    path = min(table.values())[1]
    chords = [roman(numeral, key, Beat(bar * length)) for bar, numeral in enumerate(path)]
    return tuple(
        chord for index, chord in enumerate(chords) if not index or path[index] != path[index - 1]
    )


def _misfit(notes: Sequence[Note], chord: ChordSymbol, bar: int, meter: Meter) -> float:
    """How badly a chord goes with what sounds in the bar."""
    start = bar * meter.length.quarters
    end = start + meter.length.quarters
    cost = 0.0
    for note in notes:
        pitch = note.top
        onset, stop = max(note.onset.quarters, start), min(note.end.quarters, end)
        if pitch is None or stop <= onset or in_chord(pitch, chord):
            continue
        stress = stress_in_bar(meter, note.onset.quarters - start) if onset > start else 3
        clash = any((pitch.key - tone.key) % 12 in (1, 11) for tone in chord_tones(chord))
        bent = any(pitch.step == tone.step for tone in chord_tones(chord))
        cost += float(stop - onset) * (0.5 + 0.5 * stress) * (1.4 if clash else 1.0)
        cost += 8.0 if bent else 0.0
    return cost / float(min(meter.length.quarters, Fraction(4))) * 3


def _place(numeral: str, bar: int, bars: int) -> float:
    tonic, dominant = numeral in ("I", "i"), numeral.startswith("V") and ">" not in numeral
    if bar == bars - 1:
        return 0.0 if tonic else 4.0
    if bar == bars - 2:
        return -0.8 if dominant and numeral[:2] != "VI" else 0.0
    if bar == 0:
        return 0.0 if tonic else 1.5
    if tonic:
        return -0.5
    return 0.3 if numeral.startswith(("iii", "iio")) else 0.0


def _move(before: str, numeral: str) -> float:
    if before == numeral:
        return 0.0
    one, other = _function(before), _function(numeral)
    return _CHANGES + _FOLLOWS.get((one, other), 0.0) + _BACK.get((one, other), 0.0)


def _function(numeral: str) -> str:
    """The numeral as its major-key function: `i` is I, `iio` is ii, `V7` is V."""
    plain = numeral.rstrip("7o9")
    return {"i": "I", "iv": "IV", "VI": "vi", "v": "V"}.get(plain, plain)


def _is_avoided(chord: ChordSymbol, avoid: tuple[ChordSymbol, ...]) -> bool:
    here = [old for old in avoid if old.at <= chord.at]
    return bool(here) and str(here[-1]) == str(chord)
