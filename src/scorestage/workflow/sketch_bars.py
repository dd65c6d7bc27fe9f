"""Bars of a sketch that are a person's: pinned, changed by hand, or chosen; all else is anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.store import BarPrints, read_provenance
from scorestage.composing import KeptRun
from scorestage.composing.bordering import kept_runs
from scorestage.errors import InputError, Where
from scorestage.music import Score, Sketch, Staff, Voice
from scorestage.music.barprints import BY_HAND, EVERYBODY, bar_prints, changed_bars, marked_as
from scorestage.music.splicing import matching_bars, spliced
from scorestage.production import Cue
from scorestage.timebase import BarGrid, TempoMap
from scorestage.workflow.sources import KeptBars, Written

DO = "compose --again --all makes all of it anew"


def by_role(score: Score) -> Score:
    """The sketch with its strands known by name, since their numbers change when one comes in."""
    lines = []
    seen: dict[str, int] = {}
    for line in score.lines:
        name = line.player.name.partition("[")[0].strip().lower().replace(" ", "-") or "staff"
        seen[name] = seen.get(name, 0) + 1
        own = name if seen[name] == 1 else f"{name}-{seen[name]}"
        lines.append(replace(line, player=replace(line.player, id=own)))
    return replace(score, lines=tuple(lines))


def sketch_prints(content: bytes, file: str) -> tuple[BarPrints, ...]:
    """The prints of a sketch as its file gives it back."""
    prints = bar_prints(by_role(read_score(content, file).score))
    return tuple(BarPrints(file, player, bars) for player, bars in prints.items())


def bars_named(ranges: Iterable[str], grid: BarGrid, cue: Cue) -> tuple[int, ...]:
    """The bars (from 0) that printed ranges such as `5-8` or `12` mean.

    Raises `InputError` for a bar that is not there.
    """
    places = {str(bar.label): index for index, bar in enumerate(grid.bars)}
    found: set[int] = set()
    for one in ranges:
        first, _, last = one.strip().partition("-")
        last = last or first
        for label in (first, last):
            if label not in places:
                ends = f"bars {grid.bars[0].label} to {grid.bars[-1].label}"
                raise InputError(f"there is no bar {label!r}", Where(cue=cue.number), ends)
        found |= set(range(places[first], places[last] + 1))
    return tuple(sorted(found))


def theirs_in(
    score: Score, before: Mapping[str, tuple[str, ...]], pinned: Iterable[str], cue: Cue
) -> dict[str, tuple[int, ...]]:
    """By strand the bars (from 0) that are a person's in the sketch as it stands."""
    changed = {player: set(bars) for player, bars in changed_bars(before, score).items()}
    names = {str(bar.label) for bar in score.grid.bars}
    known = [one for one in pinned if set(one.replace(" ", "").split("-")) <= names]
    bars = bars_named(known, score.grid, cue)
    for player in (*(line.player.id for line in score.lines), EVERYBODY):
        changed.setdefault(player, set()).update(bars)
    return {player: tuple(sorted(found)) for player, found in changed.items() if found}


def theirs_as_runs(
    cue: Cue, folder: Path, file: str, pinned: Iterable[str], tempo_map: TempoMap
) -> tuple[KeptRun, ...]:
    """A person's bars as what is written around them must know: where, and what they sound like.

    None where bars were put in or taken out, or have another length in the map now.
    """
    before = read_provenance(folder).prints_of(file)
    theirs = by_role(read_score((folder / file).read_bytes(), file).score)
    if not before or theirs.grid.starts != tempo_map.grid.starts:
        return ()
    own = theirs_in(theirs, before, pinned, cue)
    return runs_of(theirs, own)


def runs_of(score: Score, own: Mapping[str, Iterable[int]]) -> tuple[KeptRun, ...]:
    """The bars (from 0) of each strand that stay, as runs, from what these strands play there."""
    grid = score.grid
    lines = []
    for line in score.lines:
        bars = set(own.get(line.player.id, ()))
        staves = tuple(
            Staff(
                tuple(
                    Voice(tuple(n for n in voice.notes if grid.index_at(n.onset) in bars))
                    for voice in staff.voices
                )
            )
            for staff in line.staves
        )
        lines.append(replace(line, staves=staves))
    bars = {bar for player, found in own.items() if player != EVERYBODY for bar in found}
    return kept_runs(Sketch.of_score(Score(grid, tuple(lines))), bars)


def merged_sketch(
    cue: Cue, folder: Path, file: str, made: Written, tempo_map: TempoMap, pinned: Iterable[str]
) -> Written:
    """What was made with the bars set in that are a person's.

    Raises `InputError` where nobody knows how the file was made, or where the music has no bar
    any more for one that is a person's.
    """
    where = Where(cue=cue.number, file=folder / file)
    before = read_provenance(folder).prints_of(file)
    if not before:
        raise InputError("all of this file is a person's own", where, DO)
    theirs = by_role(read_score((folder / file).read_bytes(), file).score)
    if len(theirs.grid.bars) != len(next(iter(before.values()))):
        raise InputError("bars were put in or taken out by hand", where, f"put them back; or {DO}")
    own = theirs_in(theirs, before, pinned, cue)
    known = {line.player.id for line in theirs.lines}
    whole = set.intersection(*(set(own.get(name, ())) for name in known)) if known else set()
    for line in by_role(read_score(made.content, file).score).lines:
        if whole and line.player.id not in known:
            own[line.player.id] = tuple(sorted(whole))  # a strand that was not there stays silent
    return with_bars(cue, file, made, theirs, own, tempo_map, where)


def with_bars(
    cue: Cue,
    file: str,
    made: Written,
    theirs: Score,
    own: Mapping[str, tuple[int, ...]],
    tempo_map: TempoMap,
    where: Where,
    mark: Callable[[str], str] = lambda told: BY_HAND,
) -> Written:
    """What was made with bars of another sketch in it, marked as a person's from now on.

    All other bars stay marked as they were in what was made.
    """
    new = by_role(read_score(made.content, file).score)
    places = matching_bars(theirs.grid, new.grid)
    gone = sorted({bar for bars in own.values() for bar in bars if bar not in places})
    if gone:
        labels = ", ".join(str(theirs.grid.bars[bar].label) for bar in gone)
        what = f"bars {labels} are a person's, and the map has none of that number and length"
        raise InputError(what, where, f"write them into the new bars; or {DO}")
    if not own:
        return made
    whole = spliced(new, theirs, own)
    title = f"{cue.number} {cue.title}".strip()
    content = write_score(whole, tempo_map, title=title, subtitle="Sketch")
    marked = {player: {places[bar] for bar in bars} for player, bars in own.items()}
    known = {one.player: one.bars for one in made.prints}
    prints = tuple(
        replace(
            one,
            bars=tuple(
                mark(told)
                if bar in marked.get(one.player, ())
                else marked_as(told, known.get(one.player, one.bars)[bar])
                for bar, told in enumerate(one.bars)
            ),
        )
        for one in sketch_prints(content, file)
    )
    return replace(made, content=content, prints=prints, kept=_kept(own, theirs))


def _kept(own: Mapping[str, tuple[int, ...]], theirs: Score) -> tuple[KeptBars, ...]:
    names = {line.player.id: line.player.name for line in theirs.lines}
    return tuple(
        KeptBars(
            player,
            names[player],
            tuple(str(theirs.grid.bars[bar].label) for bar in bars),
            bars,
        )
        for player, bars in own.items()
        if player in names
    )
