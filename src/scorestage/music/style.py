"""Musical style: what a kind of music likes, as plain facts that composing and themes both read."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.music.harmony import mode_family
from scorestage.music.instrument import PitchRange
from scorestage.music.marks import Dynamic
from scorestage.music.pitch import Pitch
from scorestage.timebase import Meter

MELODY_RANGE = PitchRange(Pitch("A", 0, 3), Pitch("A", 0, 5))
PAD_RANGE = PitchRange(Pitch("C", 0, 3), Pitch("C", 0, 5))
BASS_RANGE = PitchRange(Pitch("E", 0, 1), Pitch("D", 0, 3))
STRAIGHT = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Harmony:
    """The chords a style moves in, as Roman numerals, a bar (or module) each, by mode family.

    `progressions` are phrases of four or more chords, `cadences` end a section (their last chord
    is where it comes to rest), `vamps` are what an introduction stands on, `classes` name
    two-chord progressions (`loss`, `wonder`, …) it takes where the tone asks for no other.
    """

    progressions_major: tuple[tuple[str, ...], ...] = (("I", "vi", "IV", "V"),)
    progressions_minor: tuple[tuple[str, ...], ...] = (("i", "VI", "iv", "V"),)
    cadences_major: tuple[tuple[str, ...], ...] = (("IV", "V7", "I"),)
    cadences_minor: tuple[tuple[str, ...], ...] = (("iv", "V7", "i"),)
    vamps_major: tuple[tuple[str, ...], ...] = (("I",),)
    vamps_minor: tuple[tuple[str, ...], ...] = (("i",),)
    classes: tuple[str, ...] = ()
    modules_per_chord: int = 1
    plain: str = ""
    """`fifths`: chords without their thirds, `drone`: the tonic's fifth alone, whatever the theme's
    own chords are; empty: chords as they come."""
    symbols: bool = True
    """Whether its players read chord symbols: over a drone, a row or a cluster none are written."""

    def progressions(self, mode: str) -> tuple[tuple[str, ...], ...]:
        """The phrases for a mode."""
        minor = mode_family(mode) == "minor"
        return self.progressions_minor if minor else self.progressions_major

    def cadences(self, mode: str) -> tuple[tuple[str, ...], ...]:
        """The cadences for a mode."""
        return self.cadences_minor if mode_family(mode) == "minor" else self.cadences_major

    def vamps(self, mode: str) -> tuple[tuple[str, ...], ...]:
        """What to stand on before the theme, for a mode."""
        return self.vamps_minor if mode_family(mode) == "minor" else self.vamps_major


@dataclass(frozen=True, slots=True)
class About:
    """What a person should know of a style: where it is at home, who plays, what to be wary of."""

    period: str = ""
    place: str = ""
    forces: tuple[str, ...] = ()
    ensembles: tuple[str, ...] = ()
    scales: str = ""
    forms: str = ""
    hear: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """One musical style of the catalogue.

    Tempos in bpm of the felt beat. `modes` in order of liking. `forms` are theme shapes
    (`sentence`, `period`, `hybrid`, `loop`). Idioms are named by how much they move. `motion`
    says how many notes the tune has (0 few … 4 many), `leaps`, `dotted` and `syncopation` how
    much it uses them, 0 to 4. `swing` is where the second eighth falls in its beat.
    """

    id: str
    name: str
    description: str = ""
    modes: tuple[str, ...] = ("major", "minor")
    keys: tuple[str, ...] = ("C", "D", "Eb", "F", "G", "A", "Bb")
    meters: tuple[Meter, ...] = (Meter(4, 4),)
    bpm_low: int = 60
    bpm_high: int = 144
    bpm_wish: int = 96
    forms: tuple[str, ...] = ("sentence", "period")
    motion: int = 2
    leaps: int = 2
    dotted: int = 1
    syncopation: int = 0
    harmony: Harmony = field(default_factory=Harmony)
    idioms_calm: tuple[str, ...] = ("pad",)
    idioms_moving: tuple[str, ...] = ("arpeggio",)
    idioms_driving: tuple[str, ...] = ("ostinato",)
    melody: PitchRange = MELODY_RANGE
    pad: PitchRange = PAD_RANGE
    bass: PitchRange = BASS_RANGE
    softest: Dynamic = Dynamic.PP
    normal: Dynamic = Dynamic.MF
    loudest: Dynamic = Dynamic.FF
    articulation: str = "legato"
    counter_melody: bool = True
    one_tune: bool = False
    """Whether nothing but the tune itself is tune: no counter-melody, no hint before it, no second
    theme against it."""
    swing: Fraction = STRAIGHT
    playing: str = ""
    """Words over the first bar: `Swing`, `Mit Dampf` …"""
    manner: str = ""
    """How a tune is played or sung, by the name of a manner; empty: as it is written."""
    own_modes: bool = False
    """Whether its modes are what makes it: a theme in another mode is brought into one of them."""
    gaps: tuple[int, ...] = ()
    """Steps of the scale, counted from 1, that a tune leaves out: 4 and 7 of a pentatonic one."""
    about: About = field(default_factory=About)

    def idioms(self, energy: int) -> tuple[str, ...]:
        """The idioms for an energy: below 0 calm, 0 moving, above driving."""
        if energy < 0:
            return self.idioms_calm
        return self.idioms_moving if energy == 0 else self.idioms_driving

    def bpm_for(self, arousal: int) -> int:
        """The tempo to wish for, in felt beats a minute: 15 % faster for each step of arousal.

        >>> Style("folk", "Folk", bpm_wish=100).bpm_for(-1)
        85
        """
        wished = self.bpm_wish * (100 + 15 * arousal) // 100
        return max(self.bpm_low, min(self.bpm_high, wished))
