"""`shot`: the words of timing notes, a person's before what was measured."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.store import writing
from scorestage.adapters.store.shot_words import ShotWords, read_shot_words, write_shot_words
from scorestage.conform.changes import ChangeKind, ChangeList
from scorestage.conform.moving import moved_time
from scorestage.errors import InputError
from scorestage.paperwork import PictureNote
from scorestage.timebase import FilmTime
from scorestage.workflow.job import Job

NEAR_FRAMES = 2
"""A seam that is found again so near is the one that was described."""


def words_file(job: Job) -> Path:
    """Where the words of the picture in force lie."""
    picture = job.production.picture or "none"
    return job.folder.root / "shots" / f"{picture}.toml"


def shot_words(job: Job) -> dict[FilmTime, str]:
    """What people said of shots of the picture in force, by where they begin."""
    return {one.moment(job.clock): one.words for one in read_shot_words(words_file(job), job.clock)}


def say_shot(job: Job, at: FilmTime, words: str) -> None:
    """Keep words for the shot that begins at a moment, in place of what was said before."""
    picture = job.picture()
    if not 0 <= at.seconds < picture.end.seconds:
        raise InputError("no shot begins outside the film")
    label = job.clock.label(at)
    kept = [
        one
        for one in read_shot_words(words_file(job), job.clock)
        if not _same(job, one.moment(job.clock), at)
    ]
    with writing(job.folder.root):
        write_shot_words(words_file(job), (*kept, ShotWords(label, words)), job.clock)


def forget_shot(job: Job, at: FilmTime) -> None:
    """Take a person's words back: what was measured is told again."""
    words = read_shot_words(words_file(job), job.clock)
    kept = tuple(one for one in words if not _same(job, one.moment(job.clock), at))
    if len(kept) == len(words):
        known = ", ".join(one.at for one in words) or "none"
        raise InputError("nobody has said anything of a shot there", do=f"said: {known}")
    with writing(job.folder.root):
        write_shot_words(words_file(job), kept, job.clock)


def move_shot_words(job: Job, moved: Job, changes: ChangeList) -> None:
    """Write people's words of the old picture for the new one, each where its shot now begins.

    Words of a shot that is gone stay with the old picture; what was said of the new one already
    wins.
    """
    if moved.production.picture == job.production.picture:
        before: tuple[ShotWords, ...] = ()
    else:
        before = read_shot_words(words_file(moved), moved.clock)
    kept = {one.moment(moved.clock) for one in before}
    found = list(before)
    for at, words in shot_words(job).items():
        place = begins_at(at, changes)
        if place is not None and not any(_same(job, place, one) for one in kept):
            kept.add(place)
            found.append(ShotWords(moved.clock.label(place), words))
    if found:
        write_shot_words(words_file(moved), tuple(found), moved.clock)


def begins_at(at: FilmTime, changes: ChangeList) -> FilmTime | None:
    """Where the shot that began at a moment of the old cut now begins; None where it is gone.

    A shot that lost its head begins where what is left of it does, one that was let out at its
    head with the frames it gained.
    """
    frame = changes.old_rate.nearest_frame(at)
    for one in changes.changes:
        if (
            one.kind is ChangeKind.SHORTENED_HEAD
            and one.old_in_frames <= frame < one.old_out_frames
        ):
            frame = one.old_out_frames
            break
    now = moved_time(changes.old_rate.time_of(frame), changes)
    if now is None:
        return None
    place = changes.old_rate.nearest_frame(now)
    for one in changes.changes:
        if one.kind is ChangeKind.LENGTHENED_HEAD and one.new_out_frames == place:
            place = one.new_in_frames
    return changes.old_rate.time_of(place)


def described(job: Job, measured: list[PictureNote]) -> list[PictureNote]:
    """Notes with people's words in place of what was measured, and those of shots nobody found.

    A seam found within two frames of the one described is the same; empty words hide it.
    """
    said = shot_words(job)
    found: list[PictureNote] = []
    used: set[FilmTime] = set()
    for note in measured:
        near = None if note.spoken else _nearest(job, note.at, said)
        if near is None:
            found.append(note)
        else:
            used.add(near)
            found.append(PictureNote(note.at, said[near]))
    found += [PictureNote(at, words) for at, words in said.items() if at not in used]
    return [note for note in found if note.words]


def _nearest(job: Job, at: FilmTime, said: dict[FilmTime, str]) -> FilmTime | None:
    near = [one for one in said if _same(job, one, at)]
    return min(near, key=lambda one: abs((one - at).seconds), default=None)


def _same(job: Job, one: FilmTime, other: FilmTime) -> bool:
    frames = abs((one - other).seconds) * job.production.rate.frames_per_second
    return frames <= NEAR_FRAMES
