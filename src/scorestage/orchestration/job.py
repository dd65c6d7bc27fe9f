"""A cue to be scored: its sketch, its players, and how both were read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from scorestage.music import Ensemble, Sketch
from scorestage.orchestration.chairs import Turns, turns_of
from scorestage.orchestration.chords import Slice, slices_of
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.manners import MANNERS, Manner
from scorestage.orchestration.phrases import cut
from scorestage.orchestration.reading import StrandReading, lines_in, read_strands
from scorestage.orchestration.restraint import Sound
from scorestage.orchestration.rivals import Carried
from scorestage.orchestration.settings import Assignment, Settings
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Phrase, SketchLine
from scorestage.timebase import TempoMap


@dataclass(frozen=True, slots=True)
class Job:
    """Everything there is to know about the cue before it is scored."""

    sketch: Sketch
    ensemble: Ensemble
    timing: Timing
    settings: Settings
    assignments: tuple[Assignment, ...]
    strands: tuple[StrandReading, ...]
    phrases: tuple[Phrase, ...]
    turns: Turns
    sound: Sound
    rivals: tuple[tuple[Carried, ...], ...] = ()
    """By phrase who carries what in each of the options above this one."""
    lines_known: dict[int, tuple[SketchLine, ...]] = field(default_factory=dict, compare=False)
    chords_known: dict[int, tuple[Slice, ...]] = field(default_factory=dict, compare=False)
    """What each phrase has, once it was asked for."""

    def lines(self, place: int) -> tuple[SketchLine, ...]:
        """The lines of phrase `place`, remembered."""
        if place not in self.lines_known:
            self.lines_known[place] = lines_in(self.strands, self.phrases, place)
        return self.lines_known[place]

    def chords(self, place: int) -> tuple[Slice, ...]:
        """The chords of phrase `place`, remembered."""
        if place not in self.chords_known:
            phrase, lines = self.phrases[place], self.lines(place)
            self.chords_known[place] = slices_of(self.sketch, lines, phrase, self.timing)
        return self.chords_known[place]

    @property
    def manner(self) -> Manner:
        """How it is to be scored."""
        return MANNERS[self.settings.option]

    @property
    def decorates(self) -> bool:
        """Whether flourishes, percussion and patterns may be added."""
        return self.settings.added and self.settings.does("full")

    @property
    def fills(self) -> bool:
        """Whether chords and a bass of the orchestrator's own may be added."""
        return self.settings.added and self.settings.does("fill")

    @property
    def curves(self) -> dict[int, LevelCurve]:
        """The dynamics of each strand."""
        return {reading.index: reading.curve for reading in self.strands}

    def with_sketch(self, sketch: Sketch) -> Job:
        """The same phrases, turns and players, with other notes."""
        strands = read_strands(sketch)
        sound = Sound.of(sketch, strands)
        job = replace(self, sketch=sketch, strands=strands, sound=sound)
        return replace(job, lines_known={}, chords_known={})


def job_of(
    sketch: Sketch,
    ensemble: Ensemble,
    tempo_map: TempoMap,
    settings: Settings,
    assignments: tuple[Assignment, ...] = (),
) -> Job:
    """The cue read once: its strands, its phrases, whose turn it is when, and its silences."""
    timing = Timing(sketch.grid, tempo_map)
    strands = read_strands(sketch)
    phrases = cut(sketch, strands, timing, settings.seed) if sketch.grid.bars else ()
    turns = turns_of(ensemble, settings.seed)
    sound = Sound.of(sketch, strands)
    return Job(sketch, ensemble, timing, settings, assignments, strands, phrases, turns, sound)
