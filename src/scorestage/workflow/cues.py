"""`cue` and `hit`: what a person adds, moves, renames, weighs or drops by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from scorestage.errors import InputError, Where
from scorestage.production import (
    Cue,
    CueNumber,
    CueStatus,
    Hit,
    HitStatus,
    Layer,
    Production,
    cue_number,
    in_film_order,
    reel_and_cue,
)
from scorestage.timebase import FilmTime
from scorestage.workflow.job import Job


def add_cue(job: Job, start: FilmTime | None, end: FilmTime | None, **changes: Any) -> Cue:
    """A new cue of a person's; its number is the next free one of its reel unless given."""
    _inside_film(job, start, end)
    insert = changes.pop("insert", False)
    number = changes.pop("number", "").strip() or next_number(job.production, start)
    if insert:
        number = _inserted(job.production, start)
    number = _with_source(number, changes)
    if any(cue.number == number for cue in job.production.cues):
        raise InputError(f"there is a cue {number} already", do="give another number")
    reel_and_cue(number)
    cue = Cue(
        id=job.folder.new_cue_id(),
        number=number,
        start=start,
        end=end,
        status=CueStatus.SPOTTED,
        written_to=job.production.picture,
        kept=True,
        **changes,
    )
    job.save_cue(cue)
    return cue


def change_cue(job: Job, name: str, **changes: Any) -> Cue:
    """Change a cue (`title`, `start`, `end`, `tone`, `status` …); it is then kept by `spot`."""
    cue = job.cue(name)
    number = _with_source(changes.get("number", cue.number).strip(), changes, cue.layer)
    if any(other.number == number and other.id != cue.id for other in job.production.cues):
        raise InputError(f"there is a cue {number} already", do="give another number")
    changed = replace(cue, **({"kept": True} | changes | {"number": number}))
    _inside_film(job, changed.start, changed.end)
    for hit in changed.live_hits:
        _inside_cue(changed, hit.at)
    job.save_cue(changed)
    return changed


def split_cue(job: Job, name: str, at: FilmTime) -> tuple[Cue, Cue]:
    """Two cues out of one; the second gets the next letter of the number.

    Hits and dialogue go with their moments; a line that is said across the seam is in both.
    """
    cue = job.cue(name)
    if cue.start is None or cue.end is None or not cue.start < at < cue.end:
        raise InputError("the cue can only be split inside", Where(cue=cue.number))
    first = replace(
        cue,
        end=at,
        hits=tuple(hit for hit in cue.hits if hit.at < at),
        dialogue=tuple(span for span in cue.dialogue if span.start < at),
        kept=True,
    )
    second = replace(
        cue,
        id=job.folder.new_cue_id(),
        number=_next_letter(job.production, cue),
        title=f"{cue.title} (2)".strip(),
        start=at,
        hits=tuple(hit for hit in cue.hits if hit.at >= at),
        dialogue=tuple(span for span in cue.dialogue if span.end > at),
        kept=True,
    )
    job.save_cue(second)
    job.save_cue(first)
    return first, second


def omit_cue(job: Job, name: str, note: str = "") -> Cue:
    """Take a cue out of the film; its files stay and its number is not used again.

    `note` says why; it is kept with the cue's reasons, and `spot` proposes nothing there any more.
    """
    why = (*job.cue(name).why, f"rejected: {note}") if note else job.cue(name).why
    return change_cue(job, name, status=CueStatus.OMITTED, why=why)


def add_hit(job: Job, name: str, at: FilmTime, **changes: Any) -> Hit:
    """A hit of a person's in a cue."""
    cue = job.cue(name)
    _inside_cue(cue, at)
    taken = {hit.id for hit in cue.hits}
    number = next(n for n in range(1, len(taken) + 2) if f"h{n}" not in taken)
    hit = Hit(id=f"h{number}", at=at, status=HitStatus.KEPT, **changes)
    job.save_cue(replace(cue, hits=(*cue.hits, hit)))
    return hit


def change_hit(job: Job, name: str, hit_id: str, **changes: Any) -> Hit:
    """Change a hit (`at`, `words`, `weight`, `locked` …); it is then kept by `spot`."""
    cue = job.cue(name)
    hit = hit_of(cue, hit_id)
    changes.setdefault("status", HitStatus.KEPT)
    changed = replace(hit, **changes)
    _inside_cue(cue, changed.at)
    others = tuple(one for one in cue.hits if one.id != hit_id)
    job.save_cue(replace(cue, hits=(*others, changed)))
    return changed


def drop_hit(job: Job, name: str, hit_id: str, note: str = "") -> Hit:
    """Drop a hit: it stays in the notes as dropped, so that `spot` does not bring it back.

    `note` says why; it is kept with the hit's reason.
    """
    known = next((hit.why for hit in job.cue(name).hits if hit.id == hit_id), "")
    why = "; ".join(one for one in (known, f"rejected: {note}" if note else "") if one)
    return change_hit(job, name, hit_id, status=HitStatus.DROPPED, why=why)


def next_number(production: Production, start: FilmTime | None) -> str:
    """The next running number, with the reel that `start` lies in.

    Numbers run through the film and are never used twice, so a cue can change reel.
    """
    last = max((reel_and_cue(cue.number)[1] for cue in production.cues), default=0)
    return cue_number(reel_of(production, start), last + 1)


def _with_source(number: str, changes: dict[str, Any], before: Layer | None = None) -> str:
    """The number with its `s` where the music is (or stops being) the scene's own.

    A number given with an `s` makes a cue source music, unless a layer is given too.
    """
    found = CueNumber.parse(number)
    given = changes.get("layer")
    if given is None:
        if found.source and before is not Layer.SOURCE:
            changes["layer"] = Layer.SOURCE
        return number
    if found.source == (given is Layer.SOURCE):
        return number
    return str(replace(found, source=given is Layer.SOURCE))


def _inserted(production: Production, start: FilmTime | None) -> str:
    """The letter after the cue before it in the film: `1m04a`."""
    earlier = [
        cue
        for cue in in_film_order(production.cues)
        if cue.start is not None and start is not None and cue.start <= start
    ]
    if not earlier:
        raise InputError("there is no cue before it", do="give it a number: --number 1m00")
    return _next_letter(production, earlier[-1])


def reel_of(production: Production, at: FilmTime | None) -> int:
    """The reel a moment lies in; 1 where there is no picture."""
    if at is not None:
        frame = production.rate.frame_at(at)
        for reel in production.reels:
            if reel.holds(frame):
                return reel.number
    return 1


def _next_letter(production: Production, cue: Cue) -> str:
    """The cue's number with the next letter that is free; `s` stands for source music."""
    plain = cue_number(*reel_and_cue(cue.number))
    taken = {other.number.lower() for other in production.cues}
    for letter in "abcdefghijklmnopqrtuvwxyz":
        if plain + letter not in taken:
            return plain + letter
    raise InputError("the letters are used up", Where(cue=cue.number), "give a number of its own")


def hit_of(cue: Cue, hit_id: str) -> Hit:
    """The hit with this id; `InputError` names what there is."""
    for hit in cue.hits:
        if hit.id == hit_id:
            return hit
    known = ", ".join(hit.id for hit in cue.hits) or "none"
    raise InputError(f"there is no hit {hit_id!r}", Where(cue=cue.number), f"hits: {known}")


def _inside_cue(cue: Cue, at: FilmTime) -> None:
    if cue.start is None or cue.end is None:
        return
    if not cue.start <= at <= cue.end:
        seconds = float(Fraction(at.seconds))
        raise InputError(
            f"a hit at {seconds:.3f} s lies outside the cue "
            f"({float(cue.start.seconds):.3f} to {float(cue.end.seconds):.3f} s)",
            Where(cue=cue.number),
            "move the hit, or the cue's start or end",
        )


def _inside_film(job: Job, start: FilmTime | None, end: FilmTime | None) -> None:
    picture = job.production.current_picture
    if picture is None:
        return
    for at, what in ((start, "starts"), (end, "ends")):
        if at is not None and not 0 <= at.seconds <= picture.end.seconds:
            raise InputError(
                f"the cue {what} at {float(at.seconds):.3f} s, outside the film "
                f"(0 to {float(picture.end.seconds):.3f} s)"
            )
