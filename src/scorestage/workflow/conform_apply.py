"""`conform --apply` and `undo`: a new version of the picture and of the music that goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scorestage.adapters.formats.otio import write_otio
from scorestage.adapters.store import (
    Kept,
    ProjectFolder,
    changing_together,
    take_back,
    write_bytes,
)
from scorestage.conform.changes import ChangeList
from scorestage.conform.moving import CueMove, CueState, moved_range, moved_time
from scorestage.production import (
    Cue,
    CueStatus,
    Hit,
    HitStatus,
    PictureVersion,
    Production,
    Reel,
)
from scorestage.tempofit.repairs import Repair
from scorestage.timebase import FilmRange, FilmTime
from scorestage.workflow.conform import Conforming, CueConform, plays_on
from scorestage.workflow.conform_cut import NewCut
from scorestage.workflow.conform_earlier import (
    PICTURE_GONE,
    Earlier,
    keep_followed,
    returned_hits,
)
from scorestage.workflow.conform_rewrite import MUSIC_FILES, rewrite_music
from scorestage.workflow.editorial import EDIT_SUFFIX
from scorestage.workflow.job import Job
from scorestage.workflow.music_versions import VERSIONS, free_version
from scorestage.workflow.picture_history import keep_changes
from scorestage.workflow.shots import move_shot_words
from scorestage.workflow.sound_cut import keep_sound_cut

_KEPT_FILES = ("cue.toml", "hits.toml", *MUSIC_FILES)


def apply_conform(
    job: Job,
    conforming: Conforming,
    cut: NewCut,
    choices: Mapping[str, int] | None = None,
) -> Job:
    """Write the new picture version and, for each cue, the repair chosen (the first by default).

    All files change together or none does; `undo` brings the bytes back. Raises `InputError` for
    a choice that there is not.
    """
    chosen = chosen_repairs(conforming, choices or {})
    picture = cut.picture
    words = f"conformed to {picture.label or picture.id}"
    with changing_together(job.folder.root, words) as stage:
        conform_in(stage, job, conforming, picture, chosen)
        for one in conforming.cues:
            keep_sound_cut(job, stage, one, chosen[one.cue.id], cut)
        if picture.id != job.picture().id:
            keep_changes(stage, picture.id, job.picture().id, conforming.changes)
        if cut.edit is not None:
            path = stage / "pictures" / f"{picture.id}{EDIT_SUFFIX}"
            write_bytes(path, write_otio(cut.edit).content)
    return Job.open(job.folder.root)


def chosen_repairs(conforming: Conforming, choices: Mapping[str, int]) -> dict[str, Repair | None]:
    """By the cue's id the repair chosen by its number, the first where nothing is said."""
    for name in choices:
        conforming.cue(name)
    return {
        one.cue.id: one.chosen(choices.get(one.cue.number, choices.get(one.cue.id, 1)))
        for one in conforming.cues
    }


def undo(job: Job) -> Kept:
    """Take the last change of many files back, to the bytes."""
    return take_back(job.folder.root)


def conform_in(
    stage: Path,
    job: Job,
    conforming: Conforming,
    picture: PictureVersion,
    chosen: Mapping[str, Repair | None],
) -> None:
    """Write all that follows from the new cut into a copy of the project's texts."""
    folder = ProjectFolder(stage)
    for one in conforming.cues:
        if _is_new_version(one, chosen[one.cue.id]):
            _keep_version(folder, one.cue)
    production = _moved_production(job, conforming, picture, chosen)
    folder.save(production)
    staged = Job.of(folder)
    move_shot_words(job, staged, conforming.changes)
    for one in conforming.cues:
        repair = chosen[one.cue.id]
        rewrite_music(job, staged, one, repair)
        if _is_new_version(one, repair):
            keep_followed(job, staged, one.cue.id, one.cue.version)


def _is_new_version(one: CueConform, repair: Repair | None) -> bool:
    return plays_on(one.move) or (repair is not None and bool(repair.edits))


def _keep_version(folder: ProjectFolder, cue: Cue) -> None:
    """The music as it was, kept beside the cue."""
    home = folder.cue_folder(cue.id)
    kept = home / VERSIONS / cue.version
    for name in _KEPT_FILES:
        if (home / name).is_file():
            write_bytes(kept / name, (home / name).read_bytes())
        else:
            (kept / name).unlink(missing_ok=True)


def _moved_production(
    job: Job,
    conforming: Conforming,
    picture: PictureVersion,
    chosen: Mapping[str, Repair | None],
) -> Production:
    changes = conforming.changes
    by_id = {one.cue.id: one for one in conforming.cues}
    cues = []
    for cue in job.production.cues:
        one = by_id.get(cue.id)
        if one is None:
            cues.append(cue)
            continue
        cues.append(_moved_cue(job, one, chosen[cue.id], changes, picture))
    others = tuple(one for one in job.production.pictures if one.id != picture.id)
    return replace(
        job.production,
        picture=picture.id,
        pictures=(*others, picture),
        reels=_moved_reels(job.production.reels, changes, picture),
        cues=tuple(cues),
    )


def _moved_cue(
    job: Job,
    one: CueConform,
    repair: Repair | None,
    changes: ChangeList,
    picture: PictureVersion,
) -> Cue:
    """The cue in its new place, with all that is tied to the picture."""
    cue, move = one.cue, one.move
    if move.state is CueState.NO_PICTURE:
        return cue
    if move.state is CueState.ORPHANED:
        why = f"{PICTURE_GONE}{picture.label or picture.id}"
        return replace(cue, status=CueStatus.OMITTED, why=(*cue.why, why), kept=True)
    if repair is not None and repair.returns and one.earlier is not None:
        return _returned_cue(one, one.earlier, changes, picture)
    version = free_version(job.folder, cue) if _is_new_version(one, repair) else cue.version
    return replace(
        cue,
        start=move.start,
        end=move.end,
        hits=tuple(_moved_hit(hit.hit, hit.at, move, changes, picture) for hit in move.hits),
        dialogue=_ranges(cue.dialogue, changes),
        steady=_ranges(cue.steady, changes),
        written_to=picture.id,
        version=version,
        kept=cue.kept or move.state not in (CueState.UNTOUCHED, CueState.SLID),
    )


def _returned_cue(
    one: CueConform, earlier: Earlier, changes: ChangeList, picture: PictureVersion
) -> Cue:
    """The cue on the picture that came back: its place and hits as the earlier version had them."""
    then, by = earlier.cue, earlier.by
    return replace(
        one.cue,
        start=earlier.move.start,
        end=earlier.move.end,
        hits=tuple(
            _moved_hit(hit.hit, hit.at, one.move, changes, picture)
            for hit in returned_hits(one.move, earlier)
        ),
        dialogue=tuple(FilmRange(one.start + by, one.end + by) for one in then.dialogue),
        steady=tuple(FilmRange(one.start + by, one.end + by) for one in then.steady),
        written_to=picture.id,
        version=earlier.version,
        kept=then.kept,
    )


def _moved_hit(
    hit: Hit,
    at: FilmTime | None,
    move: CueMove,
    changes: ChangeList,
    picture: PictureVersion,
) -> Hit:
    """The hit at its new place; one whose picture is gone stays, dropped, where it was cut out."""
    if at is not None:
        return replace(hit, at=at)
    why = f"{PICTURE_GONE}{picture.label or picture.id}"
    told = f"{hit.why}; {why}" if hit.why else why
    return replace(hit, at=_nearest(hit.at, move, changes), status=HitStatus.DROPPED, why=told)


def _nearest(at: FilmTime, move: CueMove, changes: ChangeList) -> FilmTime:
    """Where the picture now jumps over a moment that was cut out."""
    later = [one for one in move.kept if one.old.start >= at]
    if later:
        return later[0].new.start
    if move.kept:
        return move.kept[-1].new.end
    return moved_time(at, changes) or FilmTime(0)


def _ranges(spans: tuple[FilmRange, ...], changes: ChangeList) -> tuple[FilmRange, ...]:
    found = (moved_range(span, changes) for span in spans)
    return tuple(one for one in found if one is not None and one.start < one.end)


def _moved_reels(
    reels: tuple[Reel, ...], changes: ChangeList, picture: PictureVersion
) -> tuple[Reel, ...]:
    """The reels where their first and last frames now are; the last one ends with the film."""
    found: list[Reel] = []
    rate = changes.old_rate
    for number, reel in enumerate(reels):
        span = FilmRange(rate.time_of(reel.first_frame), rate.time_of(reel.last_frame + 1))
        now = moved_range(span, changes)
        if now is None:
            continue
        first = round(rate.frames_in(now.start - FilmTime(0)))
        last = round(rate.frames_in(now.end - FilmTime(0))) - 1
        if number == 0:
            first = 0
        if number == len(reels) - 1:
            last = picture.frames - 1
        if found and first != found[-1].last_frame + 1:
            found[-1] = replace(found[-1], last_frame=first - 1)
        found.append(replace(reel, first_frame=first, last_frame=last))
    if found and found[0].number == 1 and len(found) == 1:
        found[0] = replace(found[0], start_frames=picture.start_frames)
    return tuple(found)
