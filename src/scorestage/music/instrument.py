"""Instruments and those who play them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from scorestage.music.harmonics import natural_harmonic
from scorestage.music.marks import Dynamic
from scorestage.music.note import Note, Unpitched
from scorestage.music.pitch import UNISON, Interval, Pitch


class Family(StrEnum):
    """The block of the page, and the stem, an instrument belongs to; in score order."""

    WOODWIND = "woodwind"
    BRASS = "brass"
    PERCUSSION = "percussion"
    PLUCKED = "plucked"
    KEYBOARD = "keyboard"
    RHYTHM = "rhythm"
    SYNTH = "synth"
    VOICE = "voice"
    STRINGS = "strings"


_PROGRAM_FAMILIES = (
    (8, Family.KEYBOARD),
    (16, Family.PERCUSSION),
    (24, Family.KEYBOARD),
    (40, Family.RHYTHM),
    (46, Family.STRINGS),
    (47, Family.PLUCKED),
    (48, Family.PERCUSSION),
    (52, Family.STRINGS),
    (55, Family.VOICE),
    (56, Family.STRINGS),
    (64, Family.BRASS),
    (80, Family.WOODWIND),
    (128, Family.SYNTH),
)
"""Up to which General MIDI program (not included) a family reaches."""


def family_of_program(program: int) -> Family:
    """The family a General MIDI program (0 to 127) belongs to.

    >>> str(family_of_program(60)), str(family_of_program(46)), str(family_of_program(73))
    ('brass', 'plucked', 'woodwind')
    """
    return next(family for below, family in _PROGRAM_FAMILIES if program < below)


@dataclass(frozen=True, slots=True)
class PitchRange:
    """From `low` to `high`, both included, sounding.

    >>> PitchRange(Pitch.parse("G3"), Pitch.parse("A7")).holds(Pitch.parse("F#3"))
    False
    """

    low: Pitch
    high: Pitch

    def holds(self, pitch: Pitch) -> bool:
        """Whether `pitch` lies inside."""
        return self.low.midi <= pitch.midi <= self.high.midi


@dataclass(frozen=True, slots=True)
class RegisterBand:
    """A stretch of an instrument's range with one colour; sounding pitch, both ends included.

    `softest` and `loudest` are what a player there can be trusted with.
    """

    low: Pitch
    high: Pitch
    softest: Dynamic
    loudest: Dynamic
    colour: str = ""
    name: str = ""
    """What players call it: `chalumeau`, `throat`, `clarion` …"""


@dataclass(frozen=True, slots=True)
class DrumSound:
    """One stroke of an unpitched instrument: its General MIDI drum key and place on the staff.

    Where a pitched sound of the sound set comes nearer than the drum key, `program` and
    `pitch_key` name it; `bend_cents` and `gain_db` bring either to size.
    """

    id: str
    name: str
    drum_key: int
    staff_step: str = "C5"
    notehead: str = "normal"
    program: int | None = None
    pitch_key: int | None = None
    bend_cents: int = 0
    gain_db: int = 0


@dataclass(frozen=True, slots=True)
class PlayingTechnique:
    """A way of playing: what is printed for it, how it is cancelled, and what the mock-up does.

    `word` is how instruments name it in `plays` (`"con sord."`). `notation` tells the copyist how
    it is written, `printed` is the text over the staff where it is one. `program` is the General
    MIDI sound that plays it, None where the ordinary sound is played in another way (or as it is:
    `playback` says which). It takes `on_seconds` to begin and `off_seconds` to give up again.
    """

    word: str
    name: str
    notation: str
    printed: str = ""
    cancelled_by: str = ""
    playback: str = ""
    program: int | None = None
    gain_db: int = 0
    on_seconds: int = 0
    off_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Instrument:
    """What the catalogue knows of an instrument; pitches sound, unless said otherwise.

    `transposition` leads from written to sounding (B-flat clarinet: `Interval(-1, -2)`).
    `octave_display` octaves are kept even in a C score (piccolo 1, double bass -1): the written
    page lies that many octaves below (piccolo) or above (bass) what sounds; where
    `octave_in_clef` is true the clef carries it instead and no transposition is printed.
    Sustain is in seconds of one breath or bow at forte and piano, 0 where it does not matter;
    weights say how much one player balances (one trumpet at forte = 1).
    """

    id: str
    name: str
    abbreviation: str
    family: Family
    professional: PitchRange | None
    comfortable: PitchRange | None
    order: int = 0
    clefs: tuple[str, ...] = ("G2",)
    staves: int = 1
    transposition: Interval = UNISON
    octave_display: int = 0
    octave_in_clef: bool = False
    midi_program: int = 0
    """General MIDI program, 0-127."""
    section_program: int | None = None
    """The program a whole section sounds with, where it differs."""
    musicxml_sound: str = ""
    max_polyphony: int = 1
    """Notes one player can sound at once (divisi apart)."""
    hand_span_semitones: int = 0
    """Widest chord in one hand or across the strings; 0 where only one note sounds."""
    repeat_notes_per_second: int = 8
    sustain_f_seconds: int = 0
    sustain_p_seconds: int = 0
    weight_f: str = "1/2"
    weight_p: str = "1/2"
    plays: frozenset[str] = field(default_factory=frozenset)
    """Techniques it has: `pizz.`, `trem.`, `con sord.`, `flutter.` …"""
    drums: tuple[DrumSound, ...] = ()
    """Strokes, where it is unpitched percussion."""
    registers: str = ""
    bands: tuple[RegisterBand, ...] = ()
    """Its registers from low to high, each with the dynamics it can do."""
    open_strings: tuple[Pitch, ...] = ()
    """Sounding open strings from low to high, where it has a fingerboard."""
    suits: tuple[tuple[str, int], ...] = ()
    """How well it takes a role of the sketch: name of the role in lower case, 0 to 10."""
    techniques: tuple[PlayingTechnique, ...] = ()
    """What is known of each of the ways of playing in `plays`, by word."""
    scale_notes_per_second: int = 0
    """Notes of a scale in a second, slurred; 0 where nobody has said."""
    double_notes_per_second: int = 0
    """Repeated notes with double tonguing, or bow tremolo; 0 where it has none."""
    bow_f_seconds: int = 0
    bow_p_seconds: int = 0
    """How long one bow lasts; a section changes unheard."""
    change_seconds: int = 0
    """To lay another instrument down and play this one; 0: as its family does."""
    stick_seconds: int = 0
    """To change sticks or mallets."""
    limits: str = ""
    """What else a composer must know, in words."""
    tradition: str = ""
    """Where it is at home, where that is not the orchestra."""
    aliases: tuple[str, ...] = ()
    """Other names it goes by on pages and in files."""
    stand_in: str = ""
    """What the sound set plays in its place, in words; empty where it has the instrument itself."""

    def __hash__(self) -> int:
        return hash(self.id)

    def tones_of(self, note: Note) -> tuple[Pitch | Unpitched, ...]:
        """What is heard of a note on it: where an open string is touched, its partial.

        >>> from scorestage.music.notation import NoteSign, Sign
        >>> from scorestage.timebase import Beat, Beats
        >>> strings = tuple(Pitch.parse(name) for name in ("G3", "D4", "A4", "E5"))
        >>> violin = Instrument("x", "X", "X.", Family.STRINGS, None, None, open_strings=strings)
        >>> touched = (NoteSign(Sign("notehead", "diamond")),)
        >>> note = Note("n", Beat(0), Beats(4), (Pitch.parse("E5"),), signs=touched)
        >>> [str(one) for one in violin.tones_of(note)]
        ['E6']
        """
        if self.open_strings and note.signs and len(note.pitches) == 1:
            head = note.pitches[0]
            if isinstance(head, Pitch):
                sounds = natural_harmonic(head, note.signs, self.open_strings)
                if sounds is not None:
                    return (sounds,)
        return note.tones

    @property
    def written_shift(self) -> Interval:
        """From sounding to what is written in its part."""
        octaves = Interval(-7 * self.octave_display, -12 * self.octave_display)
        return self.transposition.inverse + octaves

    @property
    def score_shift(self) -> Interval:
        """From sounding to what is written in a C score: only octaves are kept."""
        return Interval(-7 * self.octave_display, -12 * self.octave_display)

    @property
    def written_professional(self) -> PitchRange | None:
        """The professional range as its part is written."""
        return self._written(self.professional)

    @property
    def written_comfortable(self) -> PitchRange | None:
        """The comfortable range as its part is written."""
        return self._written(self.comfortable)

    def technique(self, word: str) -> PlayingTechnique | None:
        """What is known of a way of playing (`"con sord."`); None where it has none such."""
        return next((one for one in self.techniques if one.word == word), None)

    def _written(self, sounding: PitchRange | None) -> PitchRange | None:
        if sounding is None:
            return None
        shift = self.written_shift
        return PitchRange(sounding.low.moved(shift), sounding.high.moved(shift))


@dataclass(frozen=True, slots=True)
class Player:
    """One who plays, or a section that plays as one; instruments are held in turn.

    `count` is how many people; more than one makes a section that can divide.
    """

    id: str
    name: str
    abbreviation: str
    instruments: tuple[Instrument, ...]
    count: int = 1
    person: str = ""
    """Who sits there, by name; of a section, its leader."""

    @property
    def desks(self) -> int:
        """How many desks a section of bowed strings sits at, two by two; 1 for everybody else."""
        if self.instrument.family is Family.STRINGS and self.is_section:
            return (self.count + 1) // 2
        return 1

    @property
    def instrument(self) -> Instrument:
        """The instrument in hand at the start."""
        return self.instruments[0]

    @property
    def is_section(self) -> bool:
        """Whether several people play it."""
        return self.count > 1


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Players in score order."""

    id: str
    name: str
    players: tuple[Player, ...]
    description: str = ""
    serves: tuple[str, ...] = ()
    """Words of brief and style that it is known to answer: `tender`, `heroic`, `ireland` …"""

    @property
    def head_count(self) -> int:
        """How many people sit there."""
        return sum(player.count for player in self.players)
