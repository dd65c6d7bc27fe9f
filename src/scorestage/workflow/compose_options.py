"""`compose --options`: several answers to one brief, side by side; one chosen, or bars varied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import mean
from typing import Any

from scorestage.adapters.formats.musicxml import read_score
from scorestage.adapters.store import read_provenance, writing
from scorestage.composing import Composition, CueRequest, compose
from scorestage.composing.measures import measured
from scorestage.composing.writing import home_key
from scorestage.errors import InputError, Where
from scorestage.music.barprints import BY_HAND
from scorestage.production import Cue
from scorestage.workflow.compose import COMPOSE, SKETCH, as_file, map_of, request_of
from scorestage.workflow.job import Job
from scorestage.workflow.sketch_bars import bars_named, by_role, runs_of, sketch_prints, with_bars
from scorestage.workflow.sources import Written, keep

MOST = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its name (`take`), the piece, its figures, and how much of it is the first's."""

    take: str
    piece: Composition
    figures: dict[str, float]
    like_first: float


def options_of(job: Job, cue: Cue, count: int, like: str = "") -> tuple[Option, ...]:
    """Several answers, not kept: of other seeds, or `like` one of them in form, themes and keys.

    What is like `2~1` is like `2`: one form, other notes. Raises `InputError` for no or too many
    answers, or a name that none can have.
    """
    if not 1 <= count <= MOST:
        raise InputError(f"{count} options", Where(cue=cue.number), f"ask for 1 to {MOST}")
    takes = [_checked(cue, like)] if like else []
    base = like.partition("~")[0]
    number = 1
    while len(takes) < count:
        take = f"{base}~{number}" if like else str(number)
        if take not in takes:
            takes.append(take)
        number += 1
    found: list[Option] = []
    for take in takes:
        request = request_of(job, replace(cue, take=take))
        piece = compose(request)
        first_piece = found[0].piece if found else piece
        found.append(Option(take, piece, _figures(request, piece), _alike(first_piece, piece)))
    return tuple(found)


def _figures(request: CueRequest, piece: Composition) -> dict[str, float]:
    key = home_key(request, request.main_theme)
    bars = measured(piece.sketch, request.tempo_map, key)
    names = ("diameter", "strain", "attacks_per_second", "top_key", "loudness")
    found = {}
    for name in names:
        known = [getattr(bar, name) for bar in bars if getattr(bar, name) is not None]
        found[name] = round(mean(known), 2) if known else 0.0
    return found


def _alike(one: Composition, other: Composition) -> float:
    """The share of notes (by strand, place and tones) that two answers have in common."""
    rows = [
        {
            (strand.role, note.onset, note.pitches)
            for strand in piece.sketch.strands
            for note in strand.staff.notes
        }
        for piece in (one, other)
    ]
    union = rows[0] | rows[1]
    return round(len(rows[0] & rows[1]) / len(union), 3) if union else 1.0


def choose_take(job: Job, cue: Cue, take: str) -> Job:
    """Make an answer the cue's own; the next `compose` writes it."""
    return job.save_cue(replace(cue, take="" if _checked(cue, take) == "1" else take))


def _checked(cue: Cue, take: str) -> str:
    """The name of an answer; raises `InputError` for what is none."""
    number, near, variant = take.partition("~")
    if not number.isdecimal() or (near and not variant.isdecimal()):
        do = "name it as --options does: 3, or 3~1"
        raise InputError(f"there is no option {take!r}", Where(cue=cue.number), do)
    return take


def vary_bars(job: Job, cue: Cue, bars: str, turn: int = 1) -> tuple[str, ...]:
    """Write some printed bars anew, everything else as it stands; they are then a person's choice.

    Gives the labels of the bars. Raises `InputError` for no such bar or no sketch.
    """
    folder = job.folder.cue_folder(cue.id)
    where = Where(cue=cue.number, file=folder / SKETCH)
    before = read_provenance(folder).prints_of(SKETCH)
    if not (folder / SKETCH).exists() or not before:
        raise InputError("there is no sketch of ours to vary", where, "compose it first")
    other = request_of(job, replace(cue, take=f"{cue.take or '1'}~{turn}"))
    now = Written((folder / SKETCH).read_bytes())
    score = by_role(read_score(now.content, SKETCH).score)
    lines, grid = score.lines, other.tempo_map.grid
    wanted = bars_named(bars.split(","), grid, cue)
    if score.grid.starts == grid.starts:
        stay = [bar for bar in range(len(grid.bars)) if bar not in wanted]
        other = replace(other, kept=runs_of(score, {line.player.id: stay for line in lines}))
    theirs = by_role(read_score(as_file(other, compose(other).sketch), SKETCH).score)
    names = {line.player.id for line in (*theirs.lines, *lines)} | {""}
    own = dict.fromkeys(sorted(names), wanted)
    mixed = with_bars(cue, SKETCH, now, theirs, own, map_of(job, cue), where)
    old = {one.player: one.bars for one in sketch_prints(now.content, SKETCH)}
    prints = tuple(
        replace(
            one,
            bars=tuple(
                BY_HAND if told != BY_HAND and _is_hand(before, old, one.player, bar) else told
                for bar, told in enumerate(one.bars)
            ),
        )
        for one in mixed.prints
    )
    held = read_provenance(folder)
    told = {one.note: one.origin for one in held.origins if one.file == SKETCH}
    written = replace(mixed, prints=prints, origins=tuple(told.items()))
    made = held.of(SKETCH)  # the other bars are as old as they were
    inputs = made.inputs if made is not None else COMPOSE.inputs(job, cue)
    with writing(job.folder.root):
        keep(folder, SKETCH, COMPOSE.verb, inputs, written)
    return tuple(str(theirs.grid.bars[bar].label) for bar in wanted)


def _is_hand(
    before: dict[str, tuple[str, ...]], now: dict[str, tuple[str, ...]], player: str, bar: int
) -> bool:
    """Whether a bar had been a person's before it was looked at."""
    known, found = before.get(player, ()), now.get(player, ())
    return bar < len(known) and bar < len(found) and known[bar] != found[bar]


def options_answer(cue: Cue, options: tuple[Option, ...]) -> dict[str, Any]:
    """For `--json`."""
    return {
        "cue": cue.number,
        "chosen": cue.take or "1",
        "options": [
            {
                "option": one.take,
                "like_first": one.like_first,
                "figures": one.figures,
                "sections": [
                    {
                        key: getattr(section, key)
                        for key in ("bar", "to", "part", "theme", "operation", "texture", "key")
                    }
                    for section in one.piece.form.sections
                ],
            }
            for one in options
        ],
    }
