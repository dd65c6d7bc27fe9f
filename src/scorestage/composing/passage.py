"""What an idiom is given to write over: bars, chords already voiced, energy and a random stream."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Protocol, runtime_checkable

from scorestage.composing.request import stream
from scorestage.composing.standing import standing_at
from scorestage.music import Articulation, ChordSymbol, Note, Pitch, Role
from scorestage.music.feel import felt_beats, felt_starts, stress_in_bar
from scorestage.music.key import Key
from scorestage.music.style import Style
from scorestage.timebase import Beat, Beats, Meter

Texture = Mapping[Role, Sequence[Note]]
"""What an idiom writes, by role; ids are given later."""

FASTEST_SECONDS = Fraction(13, 100)
"""Accompaniment figures are not written in notes shorter than this."""


@dataclass(frozen=True, slots=True)
class Harmony:
    """A chord within one bar: its voices, and whether it begins here or goes on from before.

    `chord_end` is where the chord is over, perhaps in a later bar.
    """

    start: Beat
    end: Beat
    chord: ChordSymbol
    upper: tuple[Pitch, ...]
    bass: Pitch
    fresh: bool
    chord_end: Beat


@dataclass(frozen=True, slots=True)
class PassageBar:
    """One bar to be written: its place, meter and chords."""

    index: int
    start: Beat
    meter: Meter
    harmonies: tuple[Harmony, ...]

    @property
    def end(self) -> Beat:
        """The next barline."""
        return self.start + self.meter.length

    def under(self, at: Beat) -> Harmony:
        """The chord at a point of the bar."""
        return standing_at(self.harmonies, at)

    def beats(self) -> tuple[tuple[Beat, Beats, int], ...]:
        """The felt beats: where, how long, how strong (3 downbeat … 1)."""
        meter = self.meter
        return tuple(
            (self.start + Beats(offset), Beats(length), max(1, stress_in_bar(meter, offset)))
            for offset, length in zip(felt_starts(meter), felt_beats(meter), strict=True)
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of bars in one idiom.

    `energy` runs from -2 (calm) to 2; `quarter_seconds` is the tempo; `label` names the section in
    random streams; `next_bass` is what the bass goes on to after the last bar.
    """

    bars: tuple[PassageBar, ...]
    key: Key
    style: Style
    energy: int
    seed: int
    label: str
    quarter_seconds: Fraction
    next_bass: Pitch | None = None
    melody: tuple[Note, ...] = ()
    """The tune that sounds over these bars, for what follows it or keeps out of its way."""

    @property
    def start(self) -> Beat:
        """Where it begins."""
        return self.bars[0].start

    @property
    def end(self) -> Beat:
        """Where it ends."""
        return self.bars[-1].end

    def random(self, *what: object) -> Random:
        """A random stream of its own for one decision."""
        return stream(self.seed, self.label, *what)

    def unit(self, beat: Beats, wish_seconds: Fraction) -> Beats:
        """The division of a felt beat nearest to a wished note length, none too fast to play."""
        parts = (1, 2, 4) if beat.quarters.numerator != 3 else (1, 3, 6)
        lengths = [beat.quarters / part for part in parts]
        playable = [
            length
            for length in lengths
            if (length * 4).denominator == 1 and length * self.quarter_seconds >= FASTEST_SECONDS
        ]
        near = playable or lengths[:1]
        return Beats(
            min(near, key=lambda length: abs(length * self.quarter_seconds - wish_seconds))
        )

    def bass_after(self, at: Beat) -> Pitch | None:
        """The bass of the chord after the one at a point."""
        found = False
        for bar in self.bars:
            for harmony in bar.harmonies:
                if found and harmony.fresh:
                    return harmony.bass
                found = found or harmony.start <= at < harmony.end
        return self.next_bass


@runtime_checkable
class Idiom(Protocol):
    """One way of writing an accompaniment; registered by name in `scorestage.idioms`."""

    @property
    def name(self) -> str:
        """What styles call it."""

    def write(self, passage: Passage) -> Texture:
        """The passage's accompaniment: at least one note sounding in every bar."""


@runtime_checkable
class Manner(Protocol):
    """How a tradition plays a tune; registered by name in `scorestage.manners`."""

    @property
    def name(self) -> str:
        """What styles call it."""

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune of a passage with its ornaments; it begins and ends where it did."""


@runtime_checkable
class Rooted(Protocol):
    """An idiom that may mean its bass as it is, whatever the tune does over it."""

    @property
    def keeps_roots(self) -> bool:
        """Whether chords stay in root position: power chords run with the tune, a pedal stands."""


def keeps_roots(idiom: Idiom) -> bool:
    """Whether an idiom says that its chords are not to be inverted for the tune's sake."""
    return isinstance(idiom, Rooted) and idiom.keeps_roots


def struck(
    start: Beat,
    end: Beat,
    pitches: Sequence[Pitch],
    rule: str,
    *articulations: Articulation,
    tremolo: int = 0,
) -> Note:
    """A note or chord put there by a rule, still without an id."""
    return Note(
        id="",
        onset=start,
        length=end - start,
        pitches=tuple(pitches),
        articulations=articulations,
        tremolo=tremolo,
        origin=f"rule:{rule}",
    )


def octave_of(pitch: Pitch, octaves: int) -> Pitch:
    """The same tone some octaves higher or lower.

    >>> str(octave_of(Pitch.parse("Eb3"), -1))
    'Eb2'
    """
    return Pitch(pitch.step, pitch.alter, pitch.octave + octaves)
