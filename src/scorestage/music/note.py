"""Notes as they are meant: onset, length, pitch. Bars, ties and beams come when written."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.music.harmonics import Harmonic, harmonics_in
from scorestage.music.marks import Articulation
from scorestage.music.notation import GraceNote, NoteSign, Sign
from scorestage.music.pitch import Pitch
from scorestage.timebase import Beat, Beats


@dataclass(frozen=True, slots=True)
class Unpitched:
    """A stroke on a percussion instrument: `sound` names it in the catalogue (`"bass-drum"`)."""

    sound: str


@dataclass(frozen=True, slots=True)
class Note:
    """One note, or a chord struck together, of one voice; it does not know its bar.

    `id` lasts for the life of the note. `tremolo` counts the strokes through the stem (0: none;
    3: unmeasured). `grace` are grace notes played before it. `origin` says what put it there:
    `theme:…`, `hit:…`, `rule:…`, `orchestrator:…`, or nothing for a person's own note.

    `signs` are all further signs on it; `verses` the lyrics as drawn where there is more to them
    than `lyric` tells; `graces` the grace notes as drawn where there is more to them than `grace`
    tells (chords, values, notes after the note).
    """

    id: str
    onset: Beat
    length: Beats
    pitches: tuple[Pitch | Unpitched, ...]
    articulations: tuple[Articulation, ...] = ()
    tremolo: int = 0
    grace: tuple[Pitch, ...] = ()
    lyric: str = ""
    origin: str = ""
    signs: tuple[NoteSign, ...] = ()
    verses: tuple[Sign, ...] = ()
    graces: tuple[GraceNote, ...] = ()

    @property
    def end(self) -> Beat:
        """Where it stops sounding."""
        return self.onset + self.length

    @property
    def tones(self) -> tuple[Pitch | Unpitched, ...]:
        """What is heard of its heads: an artificial harmonic is one tone, far above them."""
        if not self.signs or len(self.pitches) < 2:
            return self.pitches
        found = harmonics_in(self.pitches, self.signs)
        gone = {head for stopped, touched, _ in found for head in (stopped, touched)}
        plain = (pitch for head, pitch in enumerate(self.pitches) if head not in gone)
        return (*(one.sounding for _, _, one in found), *plain) if found else self.pitches

    @property
    def harmonics(self) -> tuple[Harmonic, ...]:
        """Its artificial harmonics."""
        return tuple(one for _, _, one in harmonics_in(self.pitches, self.signs))

    @property
    def sounding(self) -> tuple[Pitch, ...]:
        """Its pitches as heard, from low to high, unpitched strokes left out."""
        pitched = tuple(pitch for pitch in self.tones if isinstance(pitch, Pitch))
        return pitched if len(pitched) < 2 else tuple(sorted(pitched, key=_midi))

    @property
    def sign_names(self) -> frozenset[str]:
        """The names of all further signs on it: `trill-mark`, `up-bow`, `glissando`."""
        return frozenset(leaf.name for one in self.signs for leaf in one.sign.leaves())

    @property
    def top(self) -> Pitch | None:
        """Its highest pitch; None for an unpitched stroke."""
        sounding = self.sounding
        return sounding[-1] if sounding else None


def _midi(pitch: Pitch) -> Fraction | int:
    return pitch.midi


@dataclass(frozen=True, slots=True)
class Voice:
    """Notes in order, one after the other; where there is none, there is a rest."""

    notes: tuple[Note, ...]

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.notes, key=lambda note: note.onset))
        object.__setattr__(self, "notes", ordered)
