"""What is read from a file before bars and ties are put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml.document_in import ElementError
from scorestage.music import (
    Articulation,
    ChordSymbol,
    Dynamic,
    GraceNote,
    Interval,
    KeyChange,
    MarkKind,
    NoteSign,
    Pitch,
    Sign,
    Technique,
    Unpitched,
)
from scorestage.timebase import Meter, Tempo

_FURTHEST_OCTAVE = 12
_LARGEST_ALTERATION = 4
_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})")

Place = tuple[int, Fraction]
"""The place of a bar in the file, and quarter notes from its barline."""


@dataclass(slots=True)
class ReadHead:
    """One head as it stands in the file."""

    pitch: Pitch | Unpitched
    tie_start: bool
    tie_stop: bool


@dataclass(slots=True)
class ReadNote:
    """A note or chord as it stands in the file, with all its marks."""

    at: Place
    length: Fraction
    voice: str
    staff: int
    heads: list[ReadHead]
    id: str = ""
    articulations: set[Articulation] = field(default_factory=set)
    tremolo: int = 0
    graces: list[Pitch] = field(default_factory=list)
    lyric: str = ""
    slurs: list[tuple[str, str]] = field(default_factory=list)
    """Type (`start`, `stop`) and number."""
    grace_slurs: list[str] = field(default_factory=list)
    """Numbers of slurs that begin on its grace notes."""
    signs: list[NoteSign] = field(default_factory=list)
    verses: tuple[Sign, ...] = ()
    drawn_graces: list[GraceNote] = field(default_factory=list)
    cue: bool = False
    """Printed small, played by somebody else."""


@dataclass(frozen=True, slots=True)
class ReadSign:
    """A sign of one staff: dynamic (printed as `shown` where it says more), technique, words."""

    at: Place
    staff: int
    sign: Dynamic | Technique | str | Sign
    shown: str = ""


@dataclass(frozen=True, slots=True)
class ReadWedge:
    """An edge of a hairpin: `crescendo`, `diminuendo` or `stop`."""

    at: Place
    staff: int
    kind: str
    number: str
    niente: bool = False


@dataclass(slots=True)
class ReadBar:
    """A measure: number, meter if one is set here, and how much is in it."""

    number: str
    implicit: bool
    meter: Meter | None = None
    unmeasured: bool = False
    length: Fraction = Fraction(0)
    sounds_until: Fraction = Fraction(0)
    """Where the last note of it ends; what comes behind is rests."""
    time: Sign | None = None
    """How its time signature is drawn, where that is not the usual way."""
    signs: list[Sign] = field(default_factory=list)
    """Barlines that are not plain, and page breaks."""


@dataclass(slots=True)
class ReadPart:
    """Everything found in one part."""

    bars: list[ReadBar] = field(default_factory=list)
    notes: list[ReadNote] = field(default_factory=list)
    signs: list[ReadSign] = field(default_factory=list)
    wedges: list[ReadWedge] = field(default_factory=list)
    accents: list[tuple[Place, int]] = field(default_factory=list)
    """Sforzatos that stand beside a staff instead of on a note."""
    transposes: list[tuple[Place, int, Interval]] = field(default_factory=list)
    """From there on, on that staff (0: all), written to sounding."""
    part_transpose: Interval | None = None
    changes: list[tuple[Place, str]] = field(default_factory=list)
    """From there on the instrument of this XML id is in hand."""
    shown: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Where each stroke stands on the staff, and its notehead."""
    placed: dict[str, str] = field(default_factory=dict)
    """Strokes told apart only by their place, and what the file calls each."""
    clefs: dict[int, list[str]] = field(default_factory=dict)
    staves: int = 1
    marks: list[tuple[Place, MarkKind, str]] = field(default_factory=list)
    chords: list[tuple[Place, ChordSymbol]] = field(default_factory=list)
    tempos: list[tuple[Place, Tempo]] = field(default_factory=list)
    keys: list[tuple[Place, KeyChange]] = field(default_factory=list)
    """Key signatures as written."""
    clef_changes: list[tuple[Place, int, str]] = field(default_factory=list)

    def stroke_at(self, stroke: Unpitched, shown: tuple[str, str]) -> Unpitched:
        """The stroke as it is told apart from others: at a second place it is another one."""
        place, notehead = self.shown.setdefault(stroke.sound, shown)
        if place == shown[0]:
            return stroke
        other = f"{stroke.sound}-{shown[0].lower()}"
        self.shown.setdefault(other, (shown[0], notehead))
        self.placed[other] = stroke.sound
        return Unpitched(other)


def number_in(element: Element, what: str) -> Fraction:
    """The exact number an element holds; raises `ElementError` for anything else."""
    content = (element.text or "").strip()
    number = _number(content)
    if number is None:
        raise ElementError(element, f"{what} {content[:40]!r} is no number")
    return number


@lru_cache(maxsize=4096)
def _number(content: str) -> Fraction | None:
    return Fraction(content) if _NUMBER.fullmatch(content) else None


def whole_in(element: Element, what: str) -> int:
    """The whole number an element holds; raises `ElementError` for anything else."""
    number = number_in(element, what)
    if number.denominator != 1:
        raise ElementError(element, f"{what} {element.text!r} is no whole number")
    return number.numerator


def text_in(element: Element | None, default: str = "") -> str:
    """The trimmed text of an element; `default` where it is missing or empty."""
    if element is None or element.text is None:
        return default
    return element.text.strip() or default


def line_in(element: Element | None, default: str = "") -> str:
    """The text of an element on one line."""
    return " ".join(text_in(element, default).split())


def pitch_in(element: Element, prefix: str = "") -> Pitch:
    """The pitch in a `<pitch>` (or, with the prefix `display-`, an `<unpitched>`)."""
    step = text_in(element.find(f"{prefix}step")).upper()
    octave = element.find(f"{prefix}octave")
    alter = element.find("alter")
    if step not in tuple("CDEFGAB") or octave is None:
        raise ElementError(element, f"a pitch of step {step!r} does not exist")
    sign = number_in(alter, "an alteration of") if alter is not None else Fraction(0)
    if abs(sign) > _LARGEST_ALTERATION:
        raise ElementError(element, f"an alteration of {sign} semitones does not exist")
    plain = int(sign) if sign.denominator == 1 else sign
    height = whole_in(octave, "the octave")
    if abs(height) > _FURTHEST_OCTAVE:
        raise ElementError(octave, f"an octave of {height} does not exist")
    return Pitch(step, plain, height)
