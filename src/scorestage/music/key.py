"""Keys: a tonic and a mode, and the way between spelled pitches and steps of the scale."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.errors import MusicError
from scorestage.music.pitch import STEPS, Pitch, pitch_of_key

MODES: dict[str, tuple[Fraction | int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "aeolian": (0, 2, 3, 5, 7, 8, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
    "harmonic-minor": (0, 2, 3, 5, 7, 8, 11),
    "melodic-minor": (0, 2, 3, 5, 7, 9, 11),
    "freygish": (0, 1, 4, 5, 7, 8, 10),
    "mi-sheberakh": (0, 2, 3, 6, 7, 9, 10),
    "double-harmonic": (0, 1, 4, 5, 7, 8, 11),
    "hungarian-minor": (0, 2, 3, 6, 7, 8, 11),
    "lydian-dominant": (0, 2, 4, 6, 7, 9, 10),
    "rast": (0, 2, Fraction(7, 2), 5, 7, 9, Fraction(21, 2)),
    "hijaz": (0, 1, 4, 5, 7, Fraction(17, 2), 10),
    "bayati": (0, Fraction(3, 2), 3, 5, 7, 8, 10),
}
"""Semitones of each step of the scale above the tonic; a mode left empty counts as major.

`freygish` and `mi-sheberakh` (also called Ukrainian dorian) are klezmer's names; `rast`, `hijaz`
and `bayati` are Arab maqamat with their quarter tones, Hijaz with Rast on its fourth step.
"""

_TONICS = ("C", "G", "D", "A", "E", "B", "F#", "C#", "F", "Bb", "Eb", "Ab", "Db", "Gb", "G#", "D#")


@dataclass(frozen=True, slots=True)
class Key:
    """A key: `tonic` as step and alteration (`"Bb"`), `mode` one of `MODES`.

    Steps count scale steps above the tonic of octave 4, negative below it.

    >>> Key("G", "minor").at(2), str(Key("G", "minor").at(2))
    (Pitch(step='B', alter=-1, octave=4), 'Bb4')
    """

    tonic: str
    mode: str = "major"

    def __post_init__(self) -> None:
        if (self.mode or "major") not in MODES:
            known = ", ".join(MODES)
            raise MusicError(f"{self.mode!r} is no mode", do=f"known: {known}")
        Pitch.parse(f"{self.tonic}4")

    def __str__(self) -> str:
        return f"{self.tonic} {self.mode or 'major'}"

    @property
    def scale(self) -> tuple[Fraction | int, ...]:
        """Semitones of its seven steps above the tonic."""
        return MODES[self.mode or "major"]

    @property
    def home(self) -> Pitch:
        """The tonic in octave 4."""
        return Pitch.parse(f"{self.tonic}4")

    @property
    def is_minor(self) -> bool:
        """Whether the third above the tonic is a minor one."""
        return self.scale[2] == 3

    def at(self, steps: int, alter: Fraction | int = 0) -> Pitch:
        """The pitch `steps` of the scale above the tonic, `alter` semitones off it."""
        home = self.home
        octaves, degree = divmod(steps, 7)
        midi = home.midi + 12 * octaves + self.scale[degree] + alter
        octave, index = divmod(home.staff_step + steps, 7)
        return Pitch(STEPS[index], midi - Pitch(STEPS[index], 0, octave).midi, octave)

    def steps_of(self, pitch: Pitch) -> tuple[int, Fraction | int]:
        """How many steps of the scale `pitch` lies above the tonic, and how far it is altered.

        >>> Key("C", "minor").steps_of(Pitch.parse("E4"))
        (2, 1)
        """
        steps = pitch.staff_step - self.home.staff_step
        return steps, pitch.midi - self.at(steps).midi

    def recast(self, pitch: Pitch, into: Key) -> Pitch:
        """The pitch that is to `into` what `pitch` is here: same step, same alteration.

        >>> str(Key("C").recast(Pitch.parse("E4"), Key("F", "minor")))
        'Ab4'
        """
        return into.at(*self.steps_of(pitch))

    def moved(self, semitones: int) -> Key:
        """This mode on the tonic `semitones` away, in the spelling with the fewest accidentals.

        >>> str(Key("C").moved(1)), str(Key("C", "minor").moved(1))
        ('Db major', 'C# minor')
        """
        tone = (self.home.key + semitones) % 12
        return min(
            (Key(name, self.mode) for name in _TONICS if Pitch.parse(f"{name}4").key % 12 == tone),
            key=Key.accidentals,
        )

    def accidentals(self) -> int:
        """How many sharps or flats its scale has, double ones counted twice."""
        return sum(abs(int(self.at(step).alter)) for step in range(7))

    def spell(self, midi_key: int) -> Pitch:
        """MIDI `midi_key` spelled as this key would: scale tones first, then raised ones."""
        for steps in range(7):
            pitch = self.at(steps)
            if (pitch.midi - midi_key) % 12 == 0:
                return Pitch(pitch.step, pitch.alter, pitch.octave + (midi_key - pitch.key) // 12)
        flats = sum(int(self.at(step).alter) for step in range(7)) < 0
        return pitch_of_key(midi_key, flats=flats)
