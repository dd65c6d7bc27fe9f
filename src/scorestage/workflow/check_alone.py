"""`check SCORE`: playability of anybody's score, without a project."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from scorestage.adapters.catalogue import load_instrument, names
from scorestage.errors import InputError, Where
from scorestage.music import Instrument, Player, Score
from scorestage.orchestration import Fault, check, seated
from scorestage.timebase import FilmClock, TempoMap, frame_rate
from scorestage.workflow.convert import MIDI, MUSICXML, read_music
from scorestage.workflow.job import user_library
from scorestage.workflow.map_alone import read_map_alone

SCORES = (*MUSICXML, *MIDI)
"""How the names of score files end."""
_CLOCK = FilmClock(frame_rate("24"))


@dataclass(frozen=True, slots=True)
class CheckedScore:
    """A checked score: its faults, gravest first within each player, and how it was read.

    `players` are ids with the name on the page and the catalogue's instruments taken for it.
    """

    score: Score
    faults: tuple[Fault, ...]
    players: tuple[dict[str, Any], ...]
    losses: tuple[str, ...]
    tempo: str

    @property
    def note_count(self) -> int:
        """How many heads there are."""
        return sum(len(note.pitches) for _, note in self.score.notes())


def is_score(path: str) -> bool:
    """Whether an argument names a score file rather than a cue.

    >>> is_score("fanfare.mxl"), is_score("1m01")
    (True, False)
    """
    return Path(path).suffix.lower() in SCORES


def check_file(
    path: Path, map_path: Path | None = None, percussionists: int | None = None
) -> CheckedScore:
    """Every playability fault of a MusicXML or MIDI file in real seconds.

    Seconds come from `map_path` (a fit's answer, a cue's map, a MIDI or DAW file), else from the
    score's own tempo marks, else from 96 quarters a minute.

    Raises `InputError` for a missing file or a map that ends before the music does.
    """
    if not path.is_file():
        raise InputError("there is no such score", Where(file=path), "check the name")
    music = read_music(path)
    tempo_map, tempo = music.tempo_map, "the score's own tempo marks"
    if map_path is not None:
        tempo_map = _laid_over(music.score, read_map_alone(map_path, _CLOCK), map_path)
        tempo = map_path.name
    elif not music.tempo_told:
        tempo = "96 quarters a minute: the score tells no tempo"
    made = seated(music.score, catalogue())
    faults = check(
        made.score,
        tempo_map,
        session=False,
        unknown=made.unknown,
        percussionists=percussionists,
    )
    players = tuple(_player(line.player, made.unknown) for line in made.score.lines)
    order = {line.player.id: place for place, line in enumerate(made.score.lines)}
    ranked = sorted(
        (*made.faults, *faults),
        key=lambda one: (
            order.get(one.player, -1),
            one.at is not None,
            one.at or 0,
            one.severity.rank,
        ),
    )
    return CheckedScore(made.score, tuple(ranked), players, music.losses, tempo)


@lru_cache(maxsize=4)
def catalogue() -> dict[str, Instrument]:
    """Every instrument there is, the person's own first."""
    library = user_library()
    return {name: load_instrument(name, library) for name in names("instruments", library)}


def _laid_over(score: Score, tempo_map: TempoMap, path: Path) -> TempoMap:
    """The map's times over the score's bars, which must not be longer."""
    if tempo_map.grid.end < score.grid.end:
        raise InputError(
            f"the map ends after {len(tempo_map.grid.bars)} bars, the score after "
            f"{len(score.grid.bars)}",
            Where(file=path),
            "check against the map of this version",
        )
    return tempo_map


def _player(player: Player, unknown: Collection[str]) -> dict[str, Any]:
    known = player.id not in unknown
    return {
        "player": player.id,
        "name": player.name,
        "instruments": [one.id for one in player.instruments] if known else [],
        "count": player.count,
    }
