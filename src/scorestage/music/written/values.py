"""Bars as a copyist writes them: values, ties, beams, accidentals, signs; frozen, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scorestage.music.marks import Articulation, DynamicMark, Hairpin, TechniqueMark, Words
from scorestage.music.notation import KeyChange, NoteSign, Sign
from scorestage.music.note import Unpitched
from scorestage.music.pitch import Pitch
from scorestage.timebase import BarLabel, Beat, Beats, Meter


class NoteValue(StrEnum):
    """A notated value, named as MusicXML names it.

    >>> NoteValue.EIGHTH.quarters, NoteValue.SIXTEENTH.beams
    (Fraction(1, 2), 2)
    """

    BREVE = "breve"
    WHOLE = "whole"
    HALF = "half"
    QUARTER = "quarter"
    EIGHTH = "eighth"
    SIXTEENTH = "16th"
    THIRTY_SECOND = "32nd"
    SIXTY_FOURTH = "64th"
    HUNDRED_TWENTY_EIGHTH = "128th"
    TWO_HUNDRED_FIFTY_SIXTH = "256th"
    FIVE_HUNDRED_TWELFTH = "512th"
    THOUSAND_TWENTY_FOURTH = "1024th"

    @property
    def quarters(self) -> Fraction:
        """Its undotted length in quarter notes."""
        return _QUARTERS[self]

    @property
    def beams(self) -> int:
        """How many flags or beams it carries."""
        return _BEAMS[self]


_QUARTERS = {value: Fraction(8, 2**place) for place, value in enumerate(NoteValue)}
_BEAMS = {value: max(0, place - 3) for place, value in enumerate(NoteValue)}


class EventKind(StrEnum):
    """What stands in the bar: a note (or chord), a rest, or the one rest of an empty bar."""

    NOTE = "note"
    REST = "rest"
    MEASURE_REST = "measure-rest"


class Stem(StrEnum):
    """Where the stems of a voice point; automatic where it is alone on its staff."""

    AUTOMATIC = "automatic"
    UP = "up"
    DOWN = "down"


class Beam(StrEnum):
    """What one beam level does at one note, in MusicXML's words."""

    BEGIN = "begin"
    CONTINUE = "continue"
    END = "end"
    FORWARD_HOOK = "forward hook"
    BACKWARD_HOOK = "backward hook"


class Edge(StrEnum):
    """Whether a sign is a point, or the start or the stop of a span."""

    POINT = "point"
    START = "start"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class TupletPlace:
    """An event's place in its tuplet: `actual` of `base` in the time of `normal`.

    The bracket begins on the event where `starts` and ends on the one where `stops`.
    """

    actual: int
    normal: int
    base: NoteValue
    starts: bool = False
    stops: bool = False


@dataclass(frozen=True, slots=True)
class WrittenPitch:
    """One head: its pitch as written (transposed where the page is), accidental and ties.

    `accidental` is the sign to print, in MusicXML's words (`sharp flat natural double-sharp
    flat-flat quarter-sharp …`), or None; `courtesy` marks one that only reminds.
    """

    pitch: Pitch | Unpitched
    accidental: str | None = None
    courtesy: bool = False
    tie_start: bool = False
    tie_stop: bool = False


@dataclass(frozen=True, slots=True)
class SlurEdge:
    """A slur beginning (`Edge.START`) or ending (`Edge.STOP`) here; the number pairs the two."""

    number: int
    edge: Edge
    from_grace: bool = False
    """The slur begins on the grace notes before this note and ends on it."""


@dataclass(frozen=True, slots=True)
class WrittenGrace:
    """A grace note or chord as drawn: value (`16th`), slash, and whether it follows its note."""

    pitches: tuple[WrittenPitch, ...]
    shown: str
    slash: bool
    after: bool = False
    signs: tuple[NoteSign, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenEvent:
    """A note, chord or rest with the value it is written as.

    `onset` and `length` are quarter notes within the bar. A note cut by ties becomes several
    events with the same `note_id`, numbered by `part` of `parts`: accents, lyric, grace notes and
    the start of slurs stand on the first, fermata, breath and the end of slurs on the last.
    `hidden` rests keep time but are not printed. A measure rest has value WHOLE and the bar's
    length.
    """

    kind: EventKind
    onset: Fraction
    length: Fraction
    value: NoteValue
    dots: int = 0
    tuplet: TupletPlace | None = None
    pitches: tuple[WrittenPitch, ...] = ()
    beams: tuple[Beam, ...] = ()
    slurs: tuple[SlurEdge, ...] = ()
    articulations: tuple[Articulation, ...] = ()
    tremolo: int = 0
    graces: tuple[WrittenPitch, ...] = ()
    lyric: str = ""
    note_id: str = ""
    part: int = 0
    parts: int = 1
    hidden: bool = False
    signs: tuple[NoteSign, ...] = ()
    """Further signs: those that end something stand on the last part, the others on the first."""
    verses: tuple[Sign, ...] = ()
    drawn_graces: tuple[WrittenGrace, ...] = ()
    """The grace notes in full, where `graces` tell too little."""

    @property
    def is_note(self) -> bool:
        """Whether something sounds."""
        return self.kind is EventKind.NOTE

    @property
    def end(self) -> Fraction:
        """Where it stops, in quarter notes from the barline."""
        return self.onset + self.length


@dataclass(frozen=True, slots=True)
class WrittenVoice:
    """The events of one voice in one bar, filling it; `number` counts from 1 within the staff.

    A `cue` is printed small; somebody else plays it.
    """

    number: int
    stem: Stem
    events: tuple[WrittenEvent, ...]
    cue: bool = False


@dataclass(frozen=True, slots=True)
class WrittenDirection:
    """A sign above or below the staff at `offset` quarter notes from the barline.

    Hairpins come as `Edge.START` and `Edge.STOP` with a common number, everything else as
    `Edge.POINT`. A hairpin that ends on a barline stops at the end of the bar before it.
    """

    offset: Fraction
    sign: DynamicMark | TechniqueMark | Words | Hairpin
    edge: Edge = Edge.POINT
    number: int = 1


@dataclass(frozen=True, slots=True)
class WrittenBar:
    """One bar of one staff; `index` is its place in the grid, -1 for the pickup (label 0).

    `clef` is set where one is printed: in the first bar and at changes. Only voices that sound
    stand in it; an empty bar holds one voice with a measure rest.
    """

    index: int
    label: BarLabel
    meter: Meter
    start: Beat
    length: Beats
    voices: tuple[WrittenVoice, ...]
    directions: tuple[WrittenDirection, ...] = ()
    clef: str | None = None
    signs: tuple[tuple[Fraction, Sign], ...] = ()
    """Further signs of the staff, by offset from the barline."""
    clef_changes: tuple[tuple[Fraction, str], ...] = ()
    """Clefs set within the bar."""
    keys: tuple[tuple[Fraction, KeyChange], ...] = ()
    """Key signatures as written, where the page has any."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing sounds in it."""
        return not any(event.is_note for voice in self.voices for event in voice.events)


@dataclass(frozen=True, slots=True)
class WrittenStaff:
    """All bars of one staff, the pickup bar (where there is one) first."""

    bars: tuple[WrittenBar, ...]
