"""`orchestrate --sketch`: any short score for any ensemble, without a project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from scorestage.adapters.catalogue import load_ensemble, load_ensemble_file
from scorestage.adapters.formats.account_pages import orchestration_page
from scorestage.errors import FormatError, InputError, Where
from scorestage.music import Ensemble, Score, Sketch
from scorestage.music.holding import held_score
from scorestage.orchestration import (
    Account,
    OrchestrationResult,
    Settings,
    ShortScore,
    Way,
    account_of,
    orchestrate,
    short_score,
    ways_of,
    written_out,
)
from scorestage.production import Cue, ScoringLevel, ScoringOption
from scorestage.timebase import FilmClock, TempoMap, frame_rate
from scorestage.workflow.account import marked
from scorestage.workflow.assigning import assignments
from scorestage.workflow.convert import read_music
from scorestage.workflow.harmonies import (
    OfferedHarmony,
    harmonies_for,
    harmonised,
    needs_harmony,
)
from scorestage.workflow.job import user_library
from scorestage.workflow.map_alone import read_map_alone
from scorestage.workflow.write_music import write_music


@dataclass(frozen=True, slots=True)
class AloneWish:
    """What is asked of the orchestrator for one file.

    `assign` are words such as `melody=fl1,hn1`; `harmony` the number of an offered harmony where
    the tune is bare; `tempo_map` a file of any kind that holds one.
    """

    sketch: Path
    ensemble: str
    settings: Settings
    assign: tuple[str, ...] = ()
    harmony: int = 1
    tempo_map: Path | None = None


@dataclass(frozen=True, slots=True)
class ScoringWish:
    """What is said about a scoring on the command line; empty where nothing was said."""

    option: str = ""
    level: str = ""
    assign: tuple[str, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether anything was said."""
        return bool(self.option or self.level or self.assign)

    def settings(self, seed: int) -> Settings:
        """As settings of the orchestrator; `InputError` for an unknown word."""
        return Settings(seed=seed, option=self.option or "balanced", level=self.level or "full")

    def on(self, cue: Cue) -> Cue:
        """The cue with what was said; `--assign none` takes its assignments back."""
        known = self.settings(1)
        assign = cue.assign if not self.assign else self.assign
        return replace(
            cue,
            option=ScoringOption(known.option) if self.option else cue.option,
            level=ScoringLevel(known.level) if self.level else cue.level,
            assign=() if self.assign == ("none",) else assign,
        )


@dataclass(frozen=True, slots=True)
class AloneScore:
    """A short score orchestrated: what was read, what was made of it, and what was lost."""

    short: ShortScore
    result: OrchestrationResult
    ensemble: Ensemble
    tempo_map: TempoMap
    title: str
    composer: str
    harmonies: tuple[OfferedHarmony, ...] = ()
    chosen: OfferedHarmony | None = None
    losses: tuple[str, ...] = ()

    @property
    def score(self) -> Score:
        """The full score."""
        return self.result.score

    @property
    def account(self) -> Account:
        """The reason of every note."""
        return account_of(self.short.sketch, self.result)

    @property
    def ways(self) -> tuple[Way, ...]:
        """How notes are played that the sketch does not say."""
        return ways_of(self.short.sketch, self.result)


def _ensemble(named: str) -> Ensemble:
    """An ensemble by its name, or by its own file (`.toml`)."""
    if named.endswith(".toml"):
        return load_ensemble_file(Path(named), user_library())
    return load_ensemble(named, user_library())


def orchestrate_file(wish: AloneWish) -> AloneScore:
    """A file's sketch scored for an ensemble of the catalogue, with the reason of every choice.

    Raises `InputError` for an unknown ensemble, player or harmony and a map that does not fit,
    `FormatError` for what cannot be read or holds no music.
    """
    if not wish.sketch.is_file():
        raise InputError("there is no such file", Where(file=wish.sketch))
    music = read_music(wish.sketch)
    ensemble = _ensemble(wish.ensemble)
    short = short_score(music.score, ensemble)
    short = replace(short, sketch=written_out(short.sketch))
    if not any(strand.staff.notes for strand in short.sketch.strands):
        raise FormatError("there is no note in it", Where(file=wish.sketch))
    tempo_map = _tempo_map(wish, short.sketch) or music.tempo_map
    sketch, chosen = short.sketch, None
    offered: tuple[OfferedHarmony, ...] = ()
    if needs_harmony(sketch):
        offered = harmonies_for(sketch, wish.settings.seed)
        sketch, chosen = harmonised(sketch, wish.harmony, wish.settings.seed)
    elif wish.harmony != 1:
        raise InputError("this sketch has its own harmony", do="leave --harmony out")
    assigned = assignments(wish.assign, sketch, ensemble)
    result = orchestrate(sketch, ensemble, tempo_map, wish.settings, assigned)
    result = replace(result, score=held_score(result.score, tempo_map))
    return AloneScore(
        replace(short, sketch=sketch),
        result,
        ensemble,
        tempo_map,
        music.title or wish.sketch.stem,
        music.composer,
        offered,
        chosen,
        music.losses,
    )


def _tempo_map(wish: AloneWish, sketch: Sketch) -> TempoMap | None:
    """The map named, for the bars of the sketch."""
    if wish.tempo_map is None:
        return None
    found = read_map_alone(wish.tempo_map, FilmClock(frame_rate("24")))
    if found.grid.starts != sketch.grid.starts:
        raise InputError(
            f"the tempo map has {len(found.grid.bars)} bars, the sketch {len(sketch.grid.bars)}, "
            "or their meters differ",
            Where(file=wish.tempo_map),
            "write the sketch in the bars of the map",
        )
    return found


def alone_page(made: AloneScore, option: str, level: str) -> str:
    """The page of an orchestration."""
    said = f"for {made.ensemble.name}: {option}, level {level}; read as {made.short.kind}"
    faults = [str(fault) for fault in made.result.faults]
    return orchestration_page(made.title, said, made.account, made.score, faults, made.ways)


def write_alone(made: AloneScore, target: Path, *, marks: bool = False) -> None:
    """Write the score as MusicXML or MIDI, by the file's ending; `marks` say what each entry does.

    Raises `FormatError` for another ending.
    """
    score = marked(made.score, made.account) if marks else made.score
    write_music(score, made.tempo_map, target, made.title, made.composer)
