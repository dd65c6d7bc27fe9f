"""`reel`: where the film changes over, with the timecode, feet and cues of each reel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scorestage.errors import InputError
from scorestage.production import CueStatus, FirstFrame, Reel, ReelPlaces, reels_at
from scorestage.timebase import FilmTime
from scorestage.workflow.cue_order import renumber
from scorestage.workflow.job import Job


def balance(
    job: Job,
    changeovers: tuple[FilmTime, ...],
    first_hour: int = 0,
    first_frame: FirstFrame | None = None,
    *,
    renumbered: bool = False,
) -> tuple[Job, tuple[tuple[str, str], ...]]:
    """Cut the film into reels at these moments; nothing moves but the labels.

    The first reel keeps the picture's own timecode unless an hour is said. `renumbered` tells the
    cues their new reels, counts and letters stay. Raises `InputError` for a moment off the frame.
    """
    picture = job.picture()
    rate = picture.rate
    frames = []
    for at in changeovers:
        exact = at.seconds * rate.frames_per_second
        if exact.denominator != 1:
            label = job.clock.nearest_label(at)
            raise InputError(f"a reel begins on a frame: {label} is the nearest", do="say that")
        frames.append(int(exact))
    kept = picture.start_frames if not first_hour and first_frame is None else None
    hour = first_hour or max(1, picture.start_frames // (3600 * rate.nominal))
    where = first_frame or _as_it_is(job)
    reels = reels_at(tuple(frames), picture.frames, rate, hour, where, kept)
    job = job.save(replace(job.production, reels=reels))
    told = renumber(job, reels_only=True) if renumbered else ()
    return Job.open(job.folder.root), told


def _as_it_is(job: Job) -> FirstFrame:
    """Where the picture's first frame stands in its hour: on it, else after a leader."""
    picture = job.picture()
    on_hour = picture.start_frames % (3600 * picture.rate.nominal) == 0
    return FirstFrame.ON_THE_HOUR if on_hour else FirstFrame.AFTER_LEADER


def tell_reels(job: Job) -> list[dict[str, Any]]:
    """Each reel with its places and the cues that begin in it."""
    return [_tell(job, reel) for reel in job.production.reels]


def _tell(job: Job, reel: Reel) -> dict[str, Any]:
    rate = job.production.rate
    places = ReelPlaces(reel, rate)
    return {
        "reel": reel.number,
        "picture_start": str(places.picture_start.round_the_clock),
        "pop": str(places.pop.round_the_clock),
        "first_frame_of_action": str(places.first.round_the_clock),
        "last_frame_of_action": str(places.last.round_the_clock),
        "first_frame": reel.first_frame,
        "last_frame": reel.last_frame,
        "frames": places.frames,
        "feet": str(places.feet(reel.last_frame + 1)),
        "cues": [
            {
                "cue": cue.number,
                "title": cue.title,
                "timecode": str(places.label(rate.nearest_frame(cue.start)).round_the_clock),
                "feet": str(places.feet(rate.nearest_frame(cue.start))),
            }
            for cue in job.production.cues
            if cue.start is not None
            and cue.status is not CueStatus.OMITTED
            and reel.holds(rate.nearest_frame(cue.start))
        ],
    }
