"""What is asked of the composer, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from scorestage.composing.formwish import CueForm, FormWish
from scorestage.errors import InputError, Where
from scorestage.music import Pitch, PitchRange, Sketch, Theme
from scorestage.music.key import Key
from scorestage.music.mood import Mood, mood_of
from scorestage.music.style import Style
from scorestage.production import Brief, Cue
from scorestage.timebase import FRAMES_24, Beat, FrameRate, Tempo, TempoMap


@dataclass(frozen=True, slots=True)
class Sounding:
    """What sounds at a moment: the tune's tone, and all under it from low to high."""

    tune: Pitch | None
    under: tuple[Pitch, ...]


@dataclass(frozen=True, slots=True)
class KeptRun:
    """Neighbouring bars that stay as a person has them: what they begin and what they end with."""

    start: Beat
    end: Beat
    entry: Sounding
    exit: Sounding


@dataclass(frozen=True, slots=True)
class CueRequest:
    """A cue to be written: what it is, its bars and tempos, its themes, and in which style.

    Music runs from `Beat(0)` (a pickup before it where the grid has one) to the end of the grid.
    `themes` holds the themes it may use, among them ready variants (`Theme.varies`); the one that
    the cue names, else the first, is the main one. `rate` is what tolerances in frames are counted
    in.
    """

    cue: Cue
    tempo_map: TempoMap
    themes: tuple[Theme, ...]
    style: Style
    brief: Brief = field(default_factory=Brief)
    seed: int = 1
    rate: FrameRate = FRAMES_24
    start_frames: int = 0
    shares: tuple[tuple[str, int], ...] = ()
    together: tuple[tuple[str, Theme], ...] = ()
    form: FormWish = field(default_factory=FormWish)
    compass: PitchRange | None = None
    segue_key: Key | None = None
    segue_to: str = ""
    segue_tempo: Tempo | None = None
    """The number and opening tempo of the cue that a segue leads into, where it is known."""
    shape_seed: int | None = None
    """What decides form, keys and guises, where another answer in the same shape is asked for."""
    kept: tuple[KeptRun, ...] = ()
    """Bars around which all else is written."""

    @property
    def shape(self) -> int:
        """The seed of form, keys and guises."""
        return self.seed if self.shape_seed is None else self.shape_seed

    @property
    def mood(self) -> Mood:
        """The cue's own words of tone, the film's counting half."""
        return mood_of(self.cue.tone, self.brief.tone)

    @property
    def main_theme(self) -> Theme:
        """The theme to be stated; raises `InputError` where there is none."""
        originals = [theme for theme in self.themes if not theme.varies and theme.notes]
        for theme in originals:
            if theme.id == self.cue.theme:
                return theme
        if not originals:
            raise InputError(
                "there is no theme to write from",
                Where(cue=self.cue.number),
                "add a theme or have one made",
            )
        return originals[0]

    def theme_named(self, theme_id: str) -> Theme:
        """An original theme by its id; raises `InputError` where there is none."""
        originals = {one.id: one for one in self.themes if not one.varies and one.notes}
        if theme_id not in originals:
            raise InputError(
                f"there is no theme {theme_id!r}",
                Where(cue=self.cue.number),
                f"themes: {', '.join(originals)}",
            )
        return originals[theme_id]

    def partner_of(self, theme: Theme, other: str = "") -> Theme | None:
        """What goes with a theme in counterpoint: the answer made of `other`, else the first."""
        for base, answer in self.together:
            if base == theme.id and other in ("", answer.varies):
                return answer
        return None

    def variants_of(self, theme: Theme) -> tuple[Theme, ...]:
        """The ready variants of a theme among those given; none on chords of quarter tones."""
        return tuple(
            one
            for one in self.themes
            if one.varies == theme.id and one.notes and not _between_keys(one)
        )


def _between_keys(theme: Theme) -> bool:
    """Whether a chord of a theme stands on a quarter tone, where nobody can name chords."""
    return any("(" in f"{chord.root}{chord.bass}" for chord in theme.chords)


@dataclass(frozen=True, slots=True)
class NoteReason:
    """One note: where it stands, what it is, and what put it there, with words.

    >>> NoteReason("Bass", "3", 2, "1", "8", ("C3",), "rule:walking", "bass of the A in C").cause
    'rule'
    """

    strand: str
    bar: str
    bar_index: int
    beat: str
    quarters: str
    pitches: tuple[str, ...]
    origin: str
    words: str

    @property
    def cause(self) -> str:
        """What kind of thing put it there: `theme`, `hit`, `rule` or `person`."""
        kind = self.origin.partition(":")[0]
        return kind if kind in ("theme", "hit", "person") else "rule"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Why some notes stand where they do: their origin, in words, and the bars they span.

    Bars are indices counted from 0; a pickup belongs to bar 0.
    """

    origin: str
    words: str
    strand: str
    first_bar: int
    last_bar: int
    note_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """A written cue: the sketch, where every note comes from, and what a person should know.

    `ground` is the same music before its hits: what a cue without any would be.
    """

    sketch: Sketch
    provenance: tuple[Provenance, ...]
    remarks: tuple[str, ...] = ()
    form: CueForm = field(default_factory=lambda: CueForm((), ()))
    ground: Sketch | None = None


def stream(seed: int | str, *what: object) -> Random:
    """A random stream of its own for one decision, so that no decision disturbs another.

    >>> stream(1, "bar", 3).random() == stream(1, "bar", 3).random()
    True
    """
    return Random("|".join(str(part) for part in (seed, *what)))
