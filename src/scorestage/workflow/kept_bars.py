"""Bars of a score that a person changed: found by their prints, set into the score made anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.store import BarPrints, read_provenance
from scorestage.errors import InputError, Where
from scorestage.music import Ensemble, Line, Score
from scorestage.music.barprints import BY_HAND, EVERYBODY, bar_prints, changed_bars
from scorestage.music.splicing import matching_bars, spliced
from scorestage.production import Cue
from scorestage.timebase import BarGrid, TempoMap
from scorestage.workflow.sources import KeptBars, Written

ALL = "--again --all makes all of it anew"


def seated(score: Score, ensemble: Ensemble) -> Score:
    """The score with the ensemble's own players in place of what a file can say of them.

    Players are known by id, else by name; whoever is not known stays as read.
    """
    by_id = {player.id: player for player in ensemble.players}
    by_name = {player.name.lower(): player for player in ensemble.players}

    def seat(line: Line) -> Line:
        player = by_id.get(line.player.id) or by_name.get(line.player.name.lower())
        return replace(line, player=player) if player is not None else line

    return replace(score, lines=tuple(seat(line) for line in score.lines))


def prints_of(content: bytes, file: str, ensemble: Ensemble) -> tuple[BarPrints, ...]:
    """The prints of a score as its file gives it back, which is how it will be compared."""
    score = seated(read_score(content, file).score, ensemble)
    return tuple(BarPrints(file, player, bars) for player, bars in bar_prints(score).items())


def merged(
    cue: Cue, folder: Path, file: str, made: Written, ensemble: Ensemble, tempo_map: TempoMap
) -> Written:
    """What was made, with the bars that a person changed in the cue's file.

    Raises `InputError` where nobody knows how the file was made, or where the music has no bar
    any more for one that a person changed.
    """
    where = Where(cue=cue.number, file=folder / file)
    before = read_provenance(folder).prints_of(file)
    if not before:
        raise InputError("all of this file is a person's own", where, ALL)
    path = folder / file
    theirs = seated(read_score(path.read_bytes(), file).score, ensemble)
    if len(theirs.grid.bars) != len(next(iter(before.values()))):
        count = len(theirs.grid.bars)
        raise InputError(
            f"it was made with {len(next(iter(before.values())))} bars and has {count} now",
            where,
            f"put the bars back; or {ALL}",
        )
    changed = changed_bars(before, theirs)
    new = seated(read_score(made.content, file).score, ensemble)
    _refuse_homeless(changed, theirs.grid, new.grid, where)
    whole = spliced(new, theirs, changed)
    title = f"{cue.number} {cue.title}".strip()
    content = write_score(whole, tempo_map, title=title) if changed else made.content
    places = matching_bars(theirs.grid, new.grid)
    own = {player: {places[bar] for bar in bars} for player, bars in changed.items()}
    prints = tuple(
        replace(
            one,
            bars=tuple(
                BY_HAND if bar in own.get(one.player, ()) else told
                for bar, told in enumerate(one.bars)
            ),
        )
        for one in prints_of(content, file, ensemble)
    )
    return replace(made, content=content, prints=prints, kept=_kept(changed, theirs))


def _refuse_homeless(
    changed: Mapping[str, tuple[int, ...]], old: BarGrid, new: BarGrid, where: Where
) -> None:
    """Say no where a bar that a person changed is gone from the music, or has another length."""
    places = matching_bars(old, new)
    gone = sorted({bar for bars in changed.values() for bar in bars if bar not in places})
    if gone:
        labels = ", ".join(str(old.bars[bar].label) for bar in gone)
        raise InputError(
            f"bars {labels} are a person's, and the tempo map has no bars of that number and "
            "length any more",
            where,
            f"write them into the new bars; or {ALL}",
        )


def _kept(changed: Mapping[str, tuple[int, ...]], theirs: Score) -> tuple[KeptBars, ...]:
    names = {line.player.id: line.player.name for line in theirs.lines}
    names[EVERYBODY] = "over all staves"
    return tuple(
        KeptBars(
            player,
            names.get(player, player),
            tuple(str(theirs.grid.bars[bar].label) for bar in bars),
            bars,
        )
        for player, bars in changed.items()
    )
