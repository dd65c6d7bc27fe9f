"""Cues moved, merged and numbered anew, and the wishes for their maps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scorestage.errors import InputError, Where
from scorestage.production import (
    Cue,
    CueNumber,
    CueStatus,
    Hit,
    Layer,
    Numbering,
    in_film_order,
    reel_and_cue,
)
from scorestage.timebase import FilmRange, FilmSpan, FilmTime
from scorestage.workflow.cues import change_cue, reel_of
from scorestage.workflow.fit_wish import FitWish
from scorestage.workflow.job import Job

NO_TEMPO = {
    "bpm_wish": None,
    "bpm_lowest": None,
    "bpm_highest": None,
    "meters": (),
    "breath_percent": None,
    "ramps": None,
    "fermatas": False,
    "free_bars": False,
    "pickups_beats": (),
    "start_late_frames": None,
    "steady": (),
}
"""A cue that leaves its maps to style and tone."""


def move_cue(job: Job, name: str, by: FilmSpan, *, with_hits: bool = False) -> Cue:
    """Move a cue in the film; its hits stay at their pictures, or go along.

    Raises `InputError` for a cue without a place, and for hits that would lie outside of it.
    """
    cue = job.cue(name)
    if cue.start is None or cue.end is None:
        raise InputError(
            "the cue has no place in the film yet",
            Where(cue=cue.number),
            f"say: scorestage cue change {cue.number} --start … --end …",
        )
    changes: dict[str, Any] = {"start": cue.start + by, "end": cue.end + by}
    if with_hits:
        changes["hits"] = tuple(replace(hit, at=hit.at + by) for hit in cue.hits)
        changes["steady"] = tuple(FilmRange(span.start + by, span.end + by) for span in cue.steady)
    return change_cue(job, name, **changes)


def merge_cues(job: Job, name: str, other: str) -> Cue:
    """One cue out of two: from the first start to the last end, with the hits of both.

    The earlier one keeps its number and is the longer for it; the later one is omitted, its files
    stay.
    """
    first, second = in_film_order((job.cue(name), job.cue(other)))
    if first.id == second.id:
        raise InputError("a cue cannot be merged with itself", Where(cue=first.number))
    first_end, second_end = _end_of(first), _end_of(second)
    merged = replace(
        first,
        end=max(first_end, second_end),
        way_out=second.way_out if second_end >= first_end else first.way_out,
        segue_to=second.segue_to,
        tone=tuple(dict.fromkeys((*first.tone, *second.tone))),
        why=(*first.why, *second.why),
        hits=(*first.hits, *_renamed(first, second)),
        dialogue=_together(first.dialogue, second.dialogue),
        steady=_together(first.steady, second.steady),
        kept=True,
    )
    omitted = replace(second, status=CueStatus.OMITTED, kept=True)
    changed = {merged.id: merged, omitted.id: omitted}
    _save(job, changed)
    return merged


def restore_cue(job: Job, name: str) -> Cue:
    """Bring an omitted cue back."""
    cue = job.cue(name)
    if cue.status is not CueStatus.OMITTED:
        raise InputError(f"the cue is not omitted but {cue.status}", Where(cue=cue.number))
    return change_cue(job, name, status=CueStatus.SPOTTED)


def renumber(
    job: Job,
    numbering: Numbering = Numbering.RUNNING,
    *,
    episode: int = 0,
    reels_only: bool = False,
) -> tuple[tuple[str, str], ...]:
    """Number all cues anew in film order, each with the reel it lies in; old and new numbers.

    Omitted cues keep their place in the order, so that nothing bears the number of another. An
    alternate goes with the cue it is an alternate of; source music keeps or gets its `s`.
    `episode` stands in the reel's place (television). `reels_only` leaves counts and letters and
    tells anew only the reel: after reels were balanced.
    """
    changed: dict[str, Cue] = {}
    told = []
    for cue, found in _numbers(job, numbering, episode, reels_only):
        number = str(found)
        if number != cue.number:
            changed[cue.id] = replace(cue, number=number)
            told.append((cue.number, number))
    _save(job, changed)
    return tuple(told)


def _numbers(
    job: Job, numbering: Numbering, episode: int, reels_only: bool
) -> Iterator[tuple[Cue, CueNumber]]:
    given: dict[CueNumber, CueNumber] = {}
    counts: dict[int, int] = {}
    taken: set[str] = set()
    cues = [(cue, CueNumber.parse(cue.number)) for cue in in_film_order(job.production.cues)]
    bases = {old.base for _, old in cues if not old.alternate}
    cues.sort(key=lambda one: one[1].alternate > 0 and one[1].base in bases)
    for cue, old in cues:
        reel = episode or reel_of(job.production, cue.start)
        source = cue.layer is Layer.SOURCE or old.source
        if reels_only:
            found = replace(old, reel=reel)
        elif old.alternate and old.base in given:
            found = replace(given[old.base], alternate=old.alternate)
        else:
            counted = reel if numbering is Numbering.PER_REEL else 0
            counts[counted] = counts.get(counted, 0) + 1
            digits = 1 if numbering is Numbering.PER_REEL else 2
            found = CueNumber(reel, counts[counted], "", source, old.alternate, digits)
            given[old.base] = replace(found, alternate=0)
        if str(found) in taken:
            raise InputError(
                f"two cues would be {found}", Where(cue=cue.number), "number them anew as a whole"
            )
        taken.add(str(found))
        yield cue, found


def wish_for(job: Job, name: str, wish: FitWish, *, anew: bool = False) -> Cue:
    """Keep what is wished of a cue's maps; `anew` forgets what was wished before.

    Raises `FitError` where the wishes cannot stand together.
    """
    from scorestage.workflow.fit import settings_of

    cue = job.cue(name)
    changes: dict[str, Any] = dict(NO_TEMPO) if anew else {}
    said = {
        "bpm_wish": wish.wish_bpm,
        "bpm_lowest": wish.lowest_bpm,
        "bpm_highest": wish.highest_bpm,
        "meters": tuple(str(meter) for meter in wish.meters) or None,
        "breath_percent": wish.breath_percent,
        "ramps": wish.ramps,
        "fermatas": wish.fermatas,
        "free_bars": wish.free_bars,
        "pickups_beats": wish.pickups_beats or None,
        "start_late_frames": wish.start_late_frames,
        "steady": wish.steady or None,
    }
    changes |= {key: value for key, value in said.items() if value is not None}
    settings_of(job, replace(cue, **changes))
    return change_cue(job, name, **changes)


def _end_of(cue: Cue) -> FilmTime:
    if cue.start is None or cue.end is None:
        raise InputError("only cues with a place in the film merge", Where(cue=cue.number))
    return cue.end


def _renamed(first: Cue, second: Cue) -> tuple[Hit, ...]:
    """The second cue's hits with ids that the first does not use."""
    taken = {hit.id for hit in first.hits}
    found = []
    for hit in second.hits:
        name = hit.id
        if name in taken:
            name = next(f"h{n}" for n in range(1, 10_000) if f"h{n}" not in taken)
        taken.add(name)
        found.append(replace(hit, id=name))
    return tuple(found)


def _together(one: tuple[FilmRange, ...], other: tuple[FilmRange, ...]) -> tuple[FilmRange, ...]:
    return tuple(sorted({*one, *other}, key=lambda span: (span.start, span.end)))


def _save(job: Job, changed: dict[str, Cue]) -> None:
    cues = tuple(changed.get(cue.id, cue) for cue in job.production.cues)
    for cue in cues:
        reel_and_cue(cue.number)
    job.save(replace(job.production, cues=cues))
