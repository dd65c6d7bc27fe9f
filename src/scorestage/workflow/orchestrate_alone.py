"""`orchestrate --sketch`: any short score for any ensemble, without a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.store import write_bytes
from scorestage.errors import FormatError, InputError, Where
from scorestage.music import Ensemble, Role, Score, Sketch
from scorestage.music.holding import held_score
from scorestage.orchestration import (
    Assignment,
    OrchestrationResult,
    Settings,
    ShortScore,
    orchestrate,
    players_named,
    short_score,
)
from scorestage.timebase import FilmClock, TempoMap, frame_rate
from scorestage.workflow.convert import MIDI, MUSICXML, read_music
from scorestage.workflow.harmonies import (
    OfferedHarmony,
    harmonies_for,
    harmonised,
    needs_harmony,
)
from scorestage.workflow.job import user_library
from scorestage.workflow.map_alone import read_map_alone

_ROLES = {role.value.lower(): role for role in Role}


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


def orchestrate_file(wish: AloneWish) -> AloneScore:
    """A file's sketch scored for an ensemble of the catalogue, with the reason of every choice.

    Raises `InputError` for an unknown ensemble, player or harmony and a map that does not fit,
    `FormatError` for what cannot be read or holds no music.
    """
    if not wish.sketch.is_file():
        raise InputError("there is no such file", Where(file=wish.sketch))
    music = read_music(wish.sketch)
    ensemble = load_ensemble(wish.ensemble, user_library())
    short = short_score(music.score, ensemble)
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


def assignments(words: Sequence[str], sketch: Sketch, ensemble: Ensemble) -> tuple[Assignment, ...]:
    """`melody=fl1,hn1` and `Harmony 2@9-16=Hn 1-4` as the composer's own word.

    The left side is a strand or a role, with bars after `@`; the right side names players in any
    way a score does. Raises `InputError` for what nobody is called.
    """
    return tuple(_assignment(one, sketch, ensemble) for one in words)


def _assignment(words: str, sketch: Sketch, ensemble: Ensemble) -> Assignment:
    left, equals, right = words.partition("=")
    name, _, bars = left.partition("@")
    labels = {strand.label.lower(): strand.label for strand in sketch.strands}
    role = _ROLES.get(name.strip().lower())
    strand = labels.get(name.strip().lower()) or (role.value if role else "")
    if not equals or not strand:
        known = ", ".join(labels.values())
        raise InputError(f"{words!r} names no strand", do=f"write STRAND=PLAYERS; strands: {known}")
    players = players_named(right, ensemble)
    if not players:
        known = ", ".join(player.id for player in ensemble.players)
        raise InputError(f"nobody is called {right.strip()!r}", do=f"players: {known}")
    if not bars:
        return Assignment(strand, players)
    low, _, high = bars.partition("-")
    printed = [str(bar.label) for bar in sketch.grid.bars]
    if low not in printed or (high or low) not in printed:
        raise InputError(f"there is no bar {bars!r}", do=f"bars: {printed[0]} to {printed[-1]}")
    starts = sketch.grid.starts
    last = printed.index(high or low) + 1
    return Assignment(strand, players, starts[printed.index(low)], starts[last])


def write_alone(made: AloneScore, target: Path) -> None:
    """Write the score as MusicXML or MIDI, by the file's ending.

    Raises `FormatError` for another ending.
    """
    suffix = target.suffix.lower()
    if suffix in MIDI:
        content = write_midi(made.score, made.tempo_map, title=made.title)
    elif suffix in MUSICXML[:2]:
        content = write_score(made.score, made.tempo_map, title=made.title, composer=made.composer)
    else:
        known = ", ".join((*MUSICXML[:2], *MIDI))
        raise FormatError(f"{suffix or target.name!r} cannot be written", do=f"write {known}")
    write_bytes(target, content)
