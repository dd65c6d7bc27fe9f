"""What is read off the files of a set, and what may be wrong with it: plain values, no files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

Key = Fraction | str
"""A sounding pitch as a MIDI number (quarter tones as fractions), or the place of a drum."""


WRITTEN = "written"
"""The kind of a sign that tells where a file's page is not what its notes say."""
CHORD = "chord symbol"


class SetSeverity(StrEnum):
    """How grave a fault of a set is."""

    WRONG = "wrong"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class SheetBar:
    """A bar as the file tells it: its printed label, its meter, how long it is in quarters."""

    label: str
    meter: str
    quarters: Fraction
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Sound:
    """One head that sounds, ties taken together: bar by place from 0, quarters from its barline."""

    bar: int
    offset_quarters: Fraction
    length_quarters: Fraction
    key: Key

    @property
    def rank(self) -> tuple[int, Fraction, Fraction, bool, Fraction, str]:
        """What sounds are put in order by; drums stand after pitches."""
        drum = isinstance(self.key, str)
        pitch = self.key if isinstance(self.key, Fraction) else Fraction(0)
        told = str(self.key) if drum else ""
        return self.bar, self.offset_quarters, self.length_quarters, drum, pitch, told


def in_order(sounds: Iterable[Sound]) -> list[Sound]:
    """Sounds as they come."""
    return sorted(sounds, key=lambda sound: sound.rank)


@dataclass(frozen=True, slots=True, order=True)
class SheetSign:
    """A sign beside the notes: `kind` is dynamic, words, wedge, articulation, slur, tremolo …"""

    bar: int
    offset_quarters: Fraction
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one player has before them, or one line of the score."""

    name: str
    bars: tuple[SheetBar, ...]
    sounds: tuple[Sound, ...] = ()
    signs: tuple[SheetSign, ...] = ()
    player: str = ""
    """The player's id, where the file tells it."""
    marks: tuple[SheetSign, ...] = ()
    """What stands over the bars for everybody: rehearsal marks, tempos, repeats, barlines."""
    written_shifts: frozenset[Fraction] = frozenset((Fraction(0),))
    """By how many semitones it sounds higher than written, all that it has on its way."""


@dataclass(frozen=True, slots=True)
class SetNames:
    """What a file says of the cue it belongs to; empty where it says nothing."""

    title: str = ""
    production: str = ""
    cue: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A music file of the set. `modified_ns` is when it was last written."""

    file: str
    names: SetNames
    sheets: tuple[Sheet, ...]
    modified_ns: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words on a page, with their box in points from its lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool = False
    music: bool = False
    """Signs of a music font, not words."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page of a PDF: its size in points, and the words on it."""

    width_points: float
    height_points: float
    pieces: tuple[Piece, ...]
    turned_degrees: int = 0
    """By how much the file turns it; pages of a set all lie alike."""

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(piece.text for piece in self.pieces if not piece.music)


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A row of the print list: a file, how many copies of it, how many pages it has."""

    file: str
    copies: str
    pages: str


@dataclass(frozen=True, slots=True)
class PageFile:
    """A PDF of the set; `music_mark` is what its description says of the music it was made from."""

    file: str
    pages: tuple[PageFacts, ...]
    modified_ns: int = 0
    music_mark: str = ""
    ours: bool = False
    """Whether this program printed it: labels and heads then stand in their places."""


@dataclass(frozen=True, slots=True)
class SetFault:
    """One thing wrong with a set: whose, where, how grave, and what to do.

    `bar` is the printed label, `bar_index` its place in the files; None where it is no bar's.
    """

    kind: str
    message: str
    player: str = ""
    file: str = ""
    bar: str = ""
    bar_index: int | None = None
    beat: str = ""
    severity: SetSeverity = SetSeverity.WRONG
    repair: str = ""
