"""Signs that tell how to play: dynamics, articulations, techniques, spans, chord symbols."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scorestage.music.notation import Sign
from scorestage.timebase import Beat


class Dynamic(StrEnum):
    """A dynamic as printed; `level` orders them, mf is 0 and each step about 5 dB."""

    PPPP = "pppp"
    PPP = "ppp"
    PP = "pp"
    P = "p"
    MP = "mp"
    MF = "mf"
    F = "f"
    FF = "ff"
    FFF = "fff"
    FFFF = "ffff"

    @property
    def level(self) -> int:
        """Steps from mf: p is -2, f is 1.

        >>> Dynamic.P.level, Dynamic.FF.level
        (-2, 2)
        """
        return _LEVELS[self]

    def shifted(self, steps: int) -> Dynamic:
        """`steps` louder (or softer), kept between ppp and fff.

        >>> Dynamic.MF.shifted(1)
        <Dynamic.F: 'f'>
        """
        place = _MF + _LEVELS[self] + steps
        return _DYNAMICS[max(1, min(len(_DYNAMICS) - 2, place))]


_DYNAMICS = tuple(Dynamic)
_MF = _DYNAMICS.index(Dynamic.MF)
_LEVELS = {one: place - _MF for place, one in enumerate(_DYNAMICS)}


class Articulation(StrEnum):
    """A sign on one note, named as MusicXML names it."""

    STACCATO = "staccato"
    STACCATISSIMO = "staccatissimo"
    TENUTO = "tenuto"
    ACCENT = "accent"
    MARCATO = "strong-accent"
    SFORZATO = "sfz"
    FERMATA = "fermata"
    BREATH = "breath-mark"


class Technique(StrEnum):
    """A way of playing that holds from its mark until the next one cancels it."""

    ORDINARIO = "ord."
    ARCO = "arco"
    PIZZICATO = "pizz."
    TREMOLO = "trem."
    SUL_PONTICELLO = "sul pont."
    SUL_TASTO = "sul tasto"
    COL_LEGNO = "col legno"
    CON_SORDINO = "con sord."
    SENZA_SORDINO = "senza sord."
    FLUTTER = "flutter."
    DIVISI = "div."
    UNISONO = "unis."


@dataclass(frozen=True, slots=True)
class DynamicMark:
    """A dynamic that holds from `at` on; `shown` is what is printed where it says more: `sfp`.

    >>> DynamicMark(Beat(0), Dynamic.P, "fp").printed
    'fp'
    """

    at: Beat
    dynamic: Dynamic
    shown: str = ""

    @property
    def printed(self) -> str:
        """What stands on the page."""
        return self.shown or self.dynamic.value


@dataclass(frozen=True, slots=True)
class TechniqueMark:
    """A technique that holds from `at` on; `shown` where it is printed otherwise: `pizzicato`."""

    at: Beat
    technique: Technique
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Free words at one staff: `solo`, `espr.`, `l.v.`."""

    at: Beat
    text: str


@dataclass(frozen=True, slots=True)
class Hairpin:
    """A crescendo (`opens`) or diminuendo from `start` to `end`; `niente` from or to nothing."""

    start: Beat
    end: Beat
    opens: bool
    niente: bool = False


@dataclass(frozen=True, slots=True)
class Slur:
    """A slur or phrase from the note with id `first` to the one with id `last`."""

    first: str
    last: str


class MarkKind(StrEnum):
    """What a mark over the whole score is for."""

    REHEARSAL = "rehearsal"
    TEXT = "text"
    HIT = "hit"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark over all staves: a rehearsal letter, words for everybody, or a hit with its words."""

    at: Beat
    kind: MarkKind
    text: str


@dataclass(frozen=True, slots=True)
class ChordSymbol:
    """A chord by name: root and bass as step and alteration (`"F#"`), quality in MusicXML's words.

    Qualities: `major minor diminished augmented dominant major-seventh minor-seventh
    half-diminished diminished-seventh suspended-fourth suspended-second power major-minor
    major-sixth minor-sixth dominant-ninth major-ninth minor-ninth other`, and whatever else
    MusicXML names. `extra` are added degrees, inversion and frets as they stand in a file, and
    `text` how its writer spelled the quality, where that is not our way.
    """

    at: Beat
    root: str
    quality: str
    bass: str = ""
    text: str = ""
    extra: tuple[Sign, ...] = ()

    def __str__(self) -> str:
        short = _SHORT_QUALITIES.get(self.quality, self.quality)
        return f"{self.root}{short}{'/' + self.bass if self.bass else ''}"


_SHORT_QUALITIES = {
    "major": "",
    "minor": "m",
    "diminished": "dim",
    "augmented": "aug",
    "dominant": "7",
    "major-seventh": "maj7",
    "minor-seventh": "m7",
    "half-diminished": "m7b5",
    "diminished-seventh": "dim7",
    "suspended-fourth": "sus4",
    "suspended-second": "sus2",
    "power": "5",
    "major-minor": "m(maj7)",
    "major-sixth": "6",
    "minor-sixth": "m6",
    "dominant-ninth": "9",
    "major-ninth": "maj9",
    "minor-ninth": "m9",
}
