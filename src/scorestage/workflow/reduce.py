"""`reduce`: a full score to a short score or to piano, without or within a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from scorestage.adapters.catalogue import load_instrument
from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.store import write_bytes
from scorestage.errors import FormatError, InputError, Where
from scorestage.music import Player, Role, Score
from scorestage.orchestration import seated
from scorestage.orchestration.reduction import Reduction, piano_of, reduce_score
from scorestage.production import Cue
from scorestage.timebase import TempoMap
from scorestage.workflow.check_alone import catalogue
from scorestage.workflow.compose import map_of
from scorestage.workflow.convert import MIDI, MUSICXML, ReadMusic, read_music
from scorestage.workflow.job import Job, user_library
from scorestage.workflow.orchestrate import read_cue_score


class ReduceTo(StrEnum):
    """What a full score is brought down to."""

    SHORT = "short"
    PIANO = "piano"


@dataclass(frozen=True, slots=True)
class Reduced:
    """A score brought down: what was read, what it became, what stayed out, in words."""

    full: Score
    reduction: Reduction
    score: Score
    tempo_map: TempoMap
    title: str
    notes: tuple[str, ...] = ()


def reduce_file(source: Path, to: ReduceTo, *, named: bool = True) -> Reduced:
    """Any MusicXML or MIDI score brought down to a short score or to piano.

    Raises `InputError` for a missing file, `FormatError` for one that cannot be read or is empty.
    """
    if not source.is_file():
        raise InputError("there is no such file", Where(file=source))
    music = read_music(source)
    if not any(True for _ in music.score.notes()):
        raise FormatError("there is no note in it", Where(file=source))
    return reduce_read(music, to, music.title or source.stem, named=named)


def reduce_read(music: ReadMusic, to: ReduceTo, title: str, *, named: bool = True) -> Reduced:
    """The same with music that was read already."""
    full = seated(music.score, catalogue()).score
    return _reduced(full, to, music.tempo_map, title, music.losses, named=named)


def reduce_cue(job: Job, cue: Cue, to: ReduceTo, *, named: bool = True) -> Reduced:
    """A cue's full score as it stands, brought down."""
    title = f"{cue.number} {cue.title}".strip()
    return _reduced(read_cue_score(job, cue), to, map_of(job, cue), title, (), named=named)


def _reduced(
    full: Score,
    to: ReduceTo,
    tempo_map: TempoMap,
    title: str,
    losses: tuple[str, ...],
    *,
    named: bool,
) -> Reduced:
    reduction = reduce_score(full, named=named)
    notes = [*losses]
    if reduction.left_out:
        notes.append(f"no room on the staves: {_counted(reduction.left_out)}")
    score = reduction.sketch.as_score()
    if to is ReduceTo.PIANO:
        piano = load_instrument("piano", user_library())
        made = piano_of(reduction.sketch, Player("pf", piano.name, piano.abbreviation, (piano,)))
        score = made.score
        notes += [
            f"out of reach of two hands: {count} tones of the {role.value.lower()}"
            for role, count in made.left_out
        ]
    return Reduced(full, reduction, score, tempo_map, title, tuple(notes))


def _counted(left_out: Sequence[tuple[str, str]]) -> str:
    names = sorted(player for player, _ in left_out)
    return ", ".join(f"{len(list(group))} of {name}" for name, group in groupby(names))


def write_reduced(made: Reduced, target: Path) -> None:
    """Write it as MusicXML or MIDI; raises `FormatError` for another ending."""
    suffix = target.suffix.lower()
    if suffix in MUSICXML[:2]:
        write_bytes(target, write_score(made.score, made.tempo_map, title=made.title))
    elif suffix in MIDI:
        write_bytes(target, write_midi(made.score, made.tempo_map, title=made.title))
    else:
        known = ", ".join((*MUSICXML[:2], *MIDI))
        raise FormatError(f"{suffix or target.name!r} cannot be written", do=f"write {known}")


def reduced_answer(made: Reduced) -> dict[str, Any]:
    """Who has what in each bar, as plain values: `bars[] {bar, bar_index, roles, doublings}`."""
    return {
        "title": made.title,
        "staves": [strand.label for strand in made.reduction.sketch.strands],
        "bars": [_bar_answer(made, index) for index in range(len(made.reduction.bars))],
        "left_out": [{"player": player, "note": note} for player, note in made.reduction.left_out],
        "notes": list(made.notes),
    }


def _bar_answer(made: Reduced, index: int) -> dict[str, Any]:
    bar = made.reduction.bars[index]
    names = [line.player.name for line in made.full.lines]
    return {
        "bar": str(made.full.grid.bars[bar.index].label),
        "bar_index": bar.index,
        "roles": {
            role.value: [names[player] for player in bar.players(role)]
            for role in Role
            if bar.players(role)
        },
        "doublings": [
            [names[passage.player] for passage in layer.group]
            for layer in bar.layers
            if len(layer.group) > 1
        ],
    }


def carriers_in_words(made: Reduced) -> tuple[tuple[str, str, str], ...]:
    """From bar to bar who has the tune, where that changes: bars, tune, bass."""
    names = [line.player.abbreviation or line.player.name for line in made.full.lines]
    labels = [str(bar.label) for bar in made.full.grid.bars]
    rows = []
    bars = made.reduction.bars
    for carried, group in groupby(bars, key=lambda bar: bar.players(Role.MELODY)):
        run = list(group)
        bass = sorted({player for bar in run for player in bar.players(Role.BASS)})
        first, last = labels[run[0].index], labels[run[-1].index]
        span = first if first == last else f"{first}-{last}"
        rows.append((span, _said(carried, names), _said(bass, names)))
    return tuple(rows)


def _said(players: Sequence[int], names: Sequence[str]) -> str:
    return ", ".join(names[player] for player in players) or "–"
