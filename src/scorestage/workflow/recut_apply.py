"""`recut --apply`: the edit cut to the music becomes the picture in force; the music stays."""

from __future__ import annotations

from dataclasses import replace

from scorestage.conform import compare_lists
from scorestage.errors import InputError
from scorestage.workflow.conform import Conforming, CueConform, conform
from scorestage.workflow.conform_apply import apply_conform
from scorestage.workflow.conform_cut import NewCut, on_film
from scorestage.workflow.conform_report import done_words
from scorestage.workflow.job import Job
from scorestage.workflow.new import next_picture
from scorestage.workflow.recut import Recutting
from scorestage.workflow.recut_write import recut_cut


def apply_recut(
    job: Job, cue_id: str, found: Recutting, number: int, label: str = ""
) -> tuple[Job, Conforming]:
    """Write the new edit as the picture in force, which waits for its film; `undo` takes it back.

    The music of the cue it was cut to stays as it is; hits go with their picture, other cues are
    conformed as to any new cut, each with its first repair.
    """
    cut, _ = recut_cut(found, found.chosen(number))
    old = job.picture()
    changes = on_film(compare_lists(found.picture.cut, cut), job, old)
    if changes.is_identity:
        raise InputError("this way changes nothing", do="choose another")
    if changes.old_frames != old.frames:
        raise InputError(
            f"the edit is {changes.old_frames} frames long, the picture in force {old.frames}",
            do="take in the edit of the picture in force: scorestage import CUT.edl --edit",
        )
    picture = replace(
        old,
        id=next_picture(job.production),
        label=label or f"{old.label or old.id} to {found.music.name}",
        media="",
        sha256="",
        frames=changes.new_frames,
        start_frames=changes.new_start_frames or old.start_frames,
    )
    found_all = conform(job, changes)
    cues = tuple(_stays(one) if one.cue.id == cue_id else one for one in found_all.cues)
    conforming = replace(found_all, cues=cues)
    done = apply_conform(job, conforming, NewCut(changes, picture, False, cut))
    return done, conforming


def conformed_words(conforming: Conforming, cue_id: str) -> list[tuple[str, str, str]]:
    """Of each other cue its name, what became of its picture, and what was done to its music."""
    return [
        (
            f"{one.cue.number} {one.cue.title}".strip(),
            one.move.words,
            done_words(one, one.chosen(1)),
        )
        for one in conforming.cues
        if one.cue.id != cue_id
    ]


def _stays(one: CueConform) -> CueConform:
    """The cue where it was in the film, its music as it is: the picture came to it."""
    move = replace(one.move, start=one.cue.start, end=one.cue.end)
    return replace(one, move=move, repairs=(), joint_words=())
