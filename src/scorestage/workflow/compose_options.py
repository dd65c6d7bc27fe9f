"""`compose --options`: several answers to one brief, side by side; one chosen, or bars varied."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import mean
from typing import Any

from scorestage.adapters.formats.musicxml import read_score
from scorestage.adapters.store import read_provenance, write_provenance, writing
from scorestage.composing import Composition, CueRequest, compose
from scorestage.composing.measures import measured
from scorestage.composing.writing import home_key
from scorestage.errors import InputError, Where
from scorestage.music.barprints import BY_HAND, EVERYBODY, changed_bars, marked_as, plain_print
from scorestage.production import Cue
from scorestage.workflow.compose import COMPOSE, SKETCH, another_way, pinned_bars, request_of
from scorestage.workflow.job import Job
from scorestage.workflow.sketch_bars import bars_named, by_role, sketch_prints, theirs_in
from scorestage.workflow.sources import Written, keep
from scorestage.workflow.varied_bars import Variation, variations_in, without

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
    """Make an answer the cue's own; the next `compose` writes it, as it was shown: not varied."""
    _forget_variations(job, cue)
    return job.save_cue(replace(cue, take="" if _checked(cue, take) == "1" else take))


def _forget_variations(job: Job, cue: Cue) -> None:
    """Let varied bars be bars like all others."""
    folder = job.folder.cue_folder(cue.id)
    held = read_provenance(folder)
    plain = tuple(
        replace(one, bars=tuple(plain_print(told) for told in one.bars)) for one in held.prints
    )
    if plain != held.prints:
        write_provenance(folder, replace(held, prints=plain))


def _checked(cue: Cue, take: str) -> str:
    """The name of an answer; raises `InputError` for what is none."""
    number, near, variant = take.partition("~")
    if not number.isdecimal() or (near and not variant.isdecimal()):
        do = "name it as --options does: 3, or 3~1"
        raise InputError(f"there is no option {take!r}", Where(cue=cue.number), do)
    return take


def vary_bars(job: Job, cue: Cue, bars: str, turn: int = 1) -> tuple[str, ...]:
    """Write some printed bars in another way, everything else as it stands.

    What a person wrote or pinned there stays. The bars go on being varied so in whatever is
    composed from now on. Gives the labels of the bars. Raises `InputError` for no such bar, no
    sketch, or bars that are all a person's.
    """
    folder = job.folder.cue_folder(cue.id)
    where = Where(cue=cue.number, file=folder / SKETCH)
    held = read_provenance(folder)
    before = held.prints_of(SKETCH)
    if not (folder / SKETCH).exists() or not before or cue.song:
        raise InputError("there is no sketch of ours to vary", where, "compose it first")
    content = (folder / SKETCH).read_bytes()
    score = by_role(read_score(content, SKETCH).score)
    wanted = bars_named(bars.split(","), score.grid, cue)
    names = {line.player.id for line in score.lines} | {EVERYBODY}
    serial = max((one.serial for one in variations_in(before)), default=0) + 1
    own = theirs_in(score, before, pinned_bars(job, cue), cue)
    asked = Variation(serial, turn, dict.fromkeys(sorted(names), wanted))
    varied = without(asked, own, len(score.grid.bars))
    if not set(varied.bars) - {EVERYBODY}:
        do = "unpin them, or say compose --again --all, which makes all of it anew"
        raise InputError(f"bars {bars} are a person's, or pinned", where, do)
    told = tuple((one.note, one.origin) for one in held.origins if one.file == SKETCH)
    hand = changed_bars(before, score)
    prints = tuple(
        replace(one, bars=_with_hand(one.bars, before.get(one.player, ()), hand.get(one.player)))
        for one in sketch_prints(content, SKETCH)
    )
    written = another_way(job, cue, Written(content, told, prints=prints), varied)
    made = held.of(SKETCH)  # the other bars are as old as they were
    inputs = made.inputs if made is not None else COMPOSE.inputs(job, cue)
    with writing(job.folder.root):
        keep(folder, SKETCH, COMPOSE.verb, inputs, written)
    found = {bar for player, own_bars in varied.bars.items() if player for bar in own_bars}
    return tuple(str(score.grid.bars[bar].label) for bar in sorted(found))


def _with_hand(
    now: tuple[str, ...], before: tuple[str, ...], hand: tuple[int, ...] | None
) -> tuple[str, ...]:
    """The prints of what stands there, marked as the bars were, or as changed by a person since."""
    return tuple(
        BY_HAND if bar in (hand or ()) else marked_as(told, before[bar]) if before else told
        for bar, told in enumerate(now)
    )


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
