"""`licence`: music that is not written for the film, whose it is, and how far it is cleared."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from scorestage.errors import InputError, Where
from scorestage.production import LICENCE_STATES, Cue, Layer, Licence
from scorestage.spotting.temp import TempPiece
from scorestage.timebase import FilmTime
from scorestage.workflow.cues import add_cue
from scorestage.workflow.job import Job
from scorestage.workflow.temp import HeardTemp


def license_cue(job: Job, name: str, **said: str) -> Licence:
    """Say what must be cleared for a cue, or change it: `work`, `writer`, `sync`, `territory` …

    The work must be named once. Raises `InputError` for a right that cannot be as is said.
    """
    cue = job.cue(name)
    said = {key: words.strip() for key, words in said.items()}
    for right in ("sync", "master_use"):
        if right in said and said[right] not in LICENCE_STATES:
            states = ", ".join(LICENCE_STATES)
            raise InputError(f"a right is not {said[right]!r}", Where(cue=name), f"say {states}")
    before = job.production.licence(cue.id)
    made = replace(before, **said) if before else Licence(cue.id, **({"work": ""} | said))
    if not made.work:
        raise InputError("say what music it is", Where(cue=cue.number), "--work TITLE")
    others = tuple(one for one in job.production.licences if one.cue != cue.id)
    job.save(replace(job.production, licences=(*others, made)))
    return made


def drop_licence(job: Job, name: str) -> Cue:
    """Take the licence off a cue: its music is to be written after all."""
    cue = job.cue(name)
    if job.production.licence(cue.id) is None:
        raise InputError("nothing is licensed for this cue", Where(cue=cue.number))
    kept = tuple(one for one in job.production.licences if one.cue != cue.id)
    job.save(replace(job.production, licences=kept))
    return cue


def keep_temp(
    job: Job, heard: tuple[HeardTemp, ...], number: int, layer: Layer, at: FilmTime, **said: str
) -> Cue:
    """A needle drop: the piece of the temp that the director keeps, as a cue to be licensed.

    `number` counts the pieces through all temps; `at` is where the first temp begins in the film.
    """
    pieces = [(one, piece) for one in heard for piece in one.track.pieces]
    if not 1 <= number <= len(pieces):
        raise InputError(f"the temp has {len(pieces)} pieces, none of number {number}")
    if not said.get("work"):
        raise InputError("say what music it is", do="--work TITLE")
    start, end = _on_frames(job, pieces[number - 1][1], at)
    cue = add_cue(job, start, end, title=said["work"], layer=layer)
    job = Job.open(job.folder.root)
    file = pieces[number - 1][0].file.name
    note = "; ".join(one for one in (said.pop("note", ""), f"kept from the temp {file}") if one)
    license_cue(job, cue.number, **said, note=note)
    return cue


def _on_frames(job: Job, piece: TempPiece, at: FilmTime) -> tuple[FilmTime, FilmTime]:
    rate, picture = job.production.rate, job.production.current_picture
    begins, ends = (
        rate.time_of(rate.nearest_frame(moment + (at - FilmTime(0))))
        for moment in (piece.range.start, piece.range.end)
    )
    if picture is not None:
        ends = min(ends, picture.end)
    if begins >= ends:
        raise InputError("the piece lies outside the film", do="say where the temp begins: --at")
    return begins, ends


def tell_licences(job: Job) -> list[dict[str, Any]]:
    """All licences as an answer, in the order of their cues."""
    found = []
    for cue in job.production.cues:
        licence = job.production.licence(cue.id)
        if licence is not None:
            fields = {key: words or None for key, words in asdict(licence).items()}
            found.append(fields | {"cue": cue.number, "cleared": licence.is_cleared})
    return found
