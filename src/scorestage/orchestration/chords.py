"""The harmony of a phrase as a row of chords, wherever the sketch writes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.music import ChordSymbol, Pitch, Role, Sketch
from scorestage.music.harmony import chord_tones
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Phrase, SketchLine, Tone

_MERGE_BELOW = Fraction(1)
_FEW = 3


@dataclass(frozen=True, slots=True)
class Slice:
    """One chord for a while: its spelled pitches from low to high, and the id it hangs on.

    `bass` is the pitch under it: nobody who fills the chord goes below, and low voices take it.
    """

    id: str
    start: Fraction
    end: Fraction
    pitches: tuple[Pitch, ...]
    bass: Pitch | None = None

    @property
    def names(self) -> dict[int, Pitch]:
        """By pitch class how it is spelled; the lowest sounding one of each."""
        found: dict[int, Pitch] = {}
        for pitch in self.pitches:
            found.setdefault(pitch.key % 12, pitch)
        return found

    def spelled(self, key: int) -> Pitch:
        """The MIDI key as this chord spells it."""
        name = self.names[key % 12]
        return replace(name, octave=name.octave + (key - name.key) // 12)


def slices_of(
    sketch: Sketch, lines: Sequence[SketchLine], phrase: Phrase, timing: Timing
) -> tuple[Slice, ...]:
    """The chords of a phrase with the bass under each (see `_upper_chords`)."""
    low = [tone for line in lines if line.role is Role.BASS for tone in line.tones]
    return tuple(_grounded(chord, low) for chord in _upper_chords(sketch, lines, phrase, timing))


def _grounded(chord: Slice, low: Sequence[Tone]) -> Slice:
    under = [
        tone.pitch
        for tone in low
        if tone.start <= chord.start < tone.end and isinstance(tone.pitch, Pitch)
    ]
    return replace(chord, bass=min(under, key=lambda pitch: pitch.midi)) if under else chord


def _upper_chords(
    sketch: Sketch, lines: Sequence[SketchLine], phrase: Phrase, timing: Timing
) -> tuple[Slice, ...]:
    """The chords of a phrase: the harmony strands' own, else the chord symbols, else none.

    A harmony strand in single notes is no chord: then the symbols count, or all that it and the
    bass hold in a bar. Without harmony strand or symbols there are no chords to add to.
    """
    harmony = [line for line in lines if line.role is Role.HARMONY and line.is_pitched]
    tones = [tone for line in harmony for tone in line.tones]
    if tones and _is_chordal(tones):
        return _merged(_stacked(tones))
    symbols = _symbols(sketch, phrase)
    if symbols:
        return _of_symbols(symbols, phrase, timing)
    if not tones:
        return ()
    low = [tone for line in lines if line.role is Role.BASS for tone in line.tones]
    return _by_bar([*tones, *low], phrase, timing)


def _is_chordal(tones: Sequence[Tone]) -> bool:
    """Whether most of the time at least two of them sound together."""
    onsets = sorted({tone.start for tone in tones})
    several = 0
    for at in onsets:
        several += sum(tone.start <= at < tone.end for tone in tones) >= 2
    return several * 2 >= len(onsets)


def _stacked(tones: Sequence[Tone]) -> list[Slice]:
    onsets = sorted({tone.start for tone in tones})
    found = []
    for place, at in enumerate(onsets):
        sounding = [tone for tone in tones if tone.start <= at < tone.end]
        until = max(tone.end for tone in sounding)
        if place + 1 < len(onsets):
            until = min(until, onsets[place + 1])
        pitches = [tone.pitch for tone in sounding if isinstance(tone.pitch, Pitch)]
        name = min(tone.id for tone in sounding if tone.start == at)
        found.append(Slice(name, at, until, _sorted(pitches)))
    return [one for one in found if len(one.names) >= 2]


def _merged(slices: Sequence[Slice]) -> tuple[Slice, ...]:
    """Quickly repeated chords become one that is held: what a choir sustains under a pulse."""
    found: list[Slice] = []
    for one in slices:
        last = found[-1] if found else None
        same = last is not None and set(last.names) == set(one.names) and last.end == one.start
        if last is not None and same and one.end - one.start < _MERGE_BELOW:
            found[-1] = replace(last, end=one.end)
        else:
            found.append(one)
    return tuple(found)


def _symbols(sketch: Sketch, phrase: Phrase) -> list[ChordSymbol]:
    ordered = sorted(sketch.chords, key=lambda chord: chord.at)
    before = [chord for chord in ordered if chord.at.quarters <= phrase.start]
    inside = [chord for chord in ordered if phrase.start < chord.at.quarters < phrase.end]
    return before[-1:] + inside


def _of_symbols(
    symbols: Sequence[ChordSymbol], phrase: Phrase, timing: Timing
) -> tuple[Slice, ...]:
    """One slice for each chord, a new one at every barline."""
    found = []
    for place, chord in enumerate(symbols):
        start = max(chord.at.quarters, phrase.start)
        end = symbols[place + 1].at.quarters if place + 1 < len(symbols) else phrase.end
        pitches = _sorted(chord_tones(chord))
        bass = Pitch.parse(f"{chord.bass or chord.root}2")
        for bar in range(timing.bar(start), timing.bar(end) + 1):
            low = max(start, timing.bar_start(bar))
            high = min(end, timing.bar_start(bar + 1))
            if low < high:
                name = f"chord-{bar - phrase.first_bar}-{place}"
                found.append(Slice(f"{phrase.name}-{name}", low, high, pitches, bass))
    return tuple(found)


def _by_bar(tones: Sequence[Tone], phrase: Phrase, timing: Timing) -> tuple[Slice, ...]:
    """What each bar holds, where that is a chord of three or four tones and no more."""
    found = []
    for bar in range(phrase.first_bar, phrase.last_bar + 1):
        low, high = timing.bar_start(bar), timing.bar_start(bar + 1)
        here = [tone for tone in tones if tone.start < high and tone.end > low]
        pitches = _sorted(tone.pitch for tone in here if isinstance(tone.pitch, Pitch))
        one = Slice(f"{phrase.name}-bar-{bar - phrase.first_bar}", low, high, pitches)
        if _FEW <= len(one.names) <= _FEW + 1:
            found.append(one)
    return tuple(found)


def _sorted(pitches: Iterable[Pitch]) -> tuple[Pitch, ...]:
    return tuple(sorted(pitches, key=lambda pitch: pitch.midi))
