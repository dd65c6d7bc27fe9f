"""Two themes at once: where, how high and how slow the second must be to go with the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.errors import MusicError
from scorestage.music.feel import stress_in_bar
from scorestage.music.note import Note
from scorestage.music.pitch import Interval
from scorestage.music.theme import Theme
from scorestage.thematics.operations import augment, diminish, key_of, transpose, varied
from scorestage.timebase import Beats

_CONSONANT = {0: 0.35, 3: 0.0, 4: 0.0, 7: 0.15, 8: 0.0, 9: 0.0}
_DISSONANT = {1: 1.6, 2: 1.0, 5: 0.6, 6: 1.0, 10: 0.8, 11: 1.5}
_LEAST_TOGETHER = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Counterpoint:
    """Two themes that sound together; `answer` stands as it is to be played beside `theme`.

    `enters` is where its first bar lies in the first theme; `clash_share` how much of the time in
    which both sound they are dissonant on a beat, `parallels` how often they move in octaves or
    fifths.
    """

    theme: Theme
    answer: Theme
    enters: Beats
    clash_share: float
    parallels: int


def combine(theme: Theme, other: Theme, count: int = 3) -> tuple[Counterpoint, ...]:
    """The best ways to play `other` under or over `theme`, the most euphonious first.

    Tried are its own pace, twice and half as fast, each bar as entry, the key of the first theme
    and keys a consonance away, up to an octave up and two down. Raises `MusicError` where the
    meters never agree.
    """
    if theme.meter.length != other.meter.length:
        raise MusicError(
            f"{theme.id} is in {theme.meter}, {other.id} in {other.meter}",
            do="put one into the other's meter first (new-meter)",
        )
    ranked = sorted(_ways(theme, other), key=lambda entry: entry[0])
    found: list[Counterpoint] = []
    for _, one in ranked:
        if all((one.enters, one.answer.key) != (old.enters, old.answer.key) for old in found):
            found.append(one)
        if len(found) == count:
            break
    if not found:
        raise MusicError(f"{theme.id} and {other.id} find no place together")
    return tuple(found)


def _ways(theme: Theme, other: Theme) -> Iterator[tuple[float, Counterpoint]]:
    bar = theme.meter.length.quarters
    home = (key_of(theme).home.key - key_of(other).home.key) % 12
    for paced in _paces(other):
        for semitones in (home, home - 12, home - 24, home + 7 - 12, home + 5 - 12):
            moved = (
                transpose(paced, _interval(semitones))
                if semitones % 12
                else _octaves(paced, semitones)
            )
            for number in range(int(theme.length.quarters / bar)):
                enters = Beats(number * bar)
                placed = [replace(note, onset=note.onset + enters) for note in moved.notes]
                cost = _judged(theme, placed)
                if cost is not None:
                    points, clash, parallels = cost
                    points += 0.02 * number + (0.15 if paced is not other else 0.0)
                    points += 0.1 if semitones % 12 != home % 12 else 0.0
                    answer = varied(moved, "counterpoint", moved.notes)
                    yield points, Counterpoint(theme, answer, enters, clash, parallels)


def _paces(other: Theme) -> Iterator[Theme]:
    yield other
    for change in (augment, diminish):
        try:
            yield change(other)
        except MusicError:
            continue


def _interval(semitones: int) -> Interval:
    octaves, rest = divmod(semitones, 12)
    steps = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)[rest]
    return Interval(steps + 7 * octaves, semitones)


def _octaves(theme: Theme, semitones: int) -> Theme:
    by = Interval(7 * (semitones // 12), semitones)
    notes = [
        replace(note, pitches=tuple(pitch.moved(by) for pitch in note.sounding))
        for note in theme.notes
    ]
    return replace(theme, notes=tuple(notes))


def _judged(theme: Theme, placed: list[Note]) -> tuple[float, float, int] | None:
    """Points (fewer are better), share of time dissonant on beats, parallels; None: too short."""
    bar = theme.meter.length.quarters
    own = [note for note in theme.notes if note.sounding]
    times = sorted({note.onset.quarters for note in (*own, *placed)})
    meetings: list[tuple[int, int]] = []
    points = together = clashing = 0.0
    for start, end in pairwise([*times, max(n.end.quarters for n in (*own, *placed))]):
        one, other = _at(own, start), _at(placed, start)
        if one is None or other is None:
            continue
        length = float(end - start)
        together += length
        stress = stress_in_bar(theme.meter, start % bar)
        apart = abs(one - other) % 12
        if apart in _DISSONANT:
            weight = 0.4 + 0.3 * stress
            points += _DISSONANT[apart] * weight * length
            clashing += length if stress else 0.0
        else:
            points += _CONSONANT[apart] * length
        if abs(one - other) < 3:
            points += 0.4 * length
        meetings.append((one, other))
    if together < _LEAST_TOGETHER * float(min(theme.length.quarters, placed[-1].end.quarters)):
        return None
    parallels = _parallels(meetings)
    return (points + parallels * 1.5) / together, clashing / together, parallels


def _at(notes: list[Note], quarters: Fraction) -> int | None:
    for note in notes:
        if note.onset.quarters <= quarters < note.end.quarters:
            return note.sounding[-1].key
    return None


def _parallels(meetings: list[tuple[int, int]]) -> int:
    found = 0
    for (one, other), (then, other_then) in pairwise(meetings):
        same = abs(one - other) % 12 == abs(then - other_then) % 12
        found += same and abs(one - other) % 12 in (0, 7) and one != then and other != other_then
    return found
