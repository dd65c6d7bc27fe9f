"""`conform --apply` and `undo`: a new version of the picture and of the music that goes with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.formats.otio import write_otio
from scorestage.adapters.store import (
    BarPrints,
    Kept,
    ProjectFolder,
    changing_together,
    is_by_hand,
    read_provenance,
    take_back,
    write_bytes,
)
from scorestage.adapters.store.form_file import FORM
from scorestage.conform.changes import ChangeList
from scorestage.conform.moving import CueMove, CueState, moved_range, moved_time
from scorestage.music.barprints import BY_HAND
from scorestage.music.replaying import replayed
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
from scorestage.timebase import FilmRange, FilmTime, TempoMap
from scorestage.workflow.compose import COMPOSE, SKETCH
from scorestage.workflow.conform import Conforming, CueConform
from scorestage.workflow.conform_cut import NewCut
from scorestage.workflow.editorial import EDIT_SUFFIX
from scorestage.workflow.fit import FIT, MAP
from scorestage.workflow.form import FORM_SOURCE
from scorestage.workflow.issue import last_issued, next_version
from scorestage.workflow.job import Job
from scorestage.workflow.kept_bars import prints_of
from scorestage.workflow.library import ensemble_of
from scorestage.workflow.orchestrate import ORCHESTRATE, SCORE
from scorestage.workflow.picture_history import keep_changes
from scorestage.workflow.shots import move_shot_words
from scorestage.workflow.sketch_bars import sketch_prints
from scorestage.workflow.sources import Source, Written, keep, refresh

VERSIONS = "versions"
"""Folder of a cue that keeps what each version of its music was before a new cut."""
_KEPT_FILES = ("cue.toml", "hits.toml", MAP, FORM, SKETCH, SCORE, "provenance.jsonl")
VERB = "conform"
_ID = re.compile(rb'id="([^"]+)"')
_AGAIN = re.compile(r"^(again\d+\.)+")


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
    staged = Job(folder, folder.read())
    move_shot_words(job, staged, conforming.changes)
    for one in conforming.cues:
        _rewrite(job, staged, one, chosen[one.cue.id])


def _is_new_version(one: CueConform, repair: Repair | None) -> bool:
    return repair is not None and bool(repair.edits)


def _keep_version(folder: ProjectFolder, cue: Cue) -> None:
    """The music as it was, kept beside the cue."""
    home = folder.cue_folder(cue.id)
    for name in _KEPT_FILES:
        if (home / name).is_file():
            write_bytes(home / VERSIONS / cue.version / name, (home / name).read_bytes())


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
        why = f"its picture was removed in {picture.label or picture.id}"
        return replace(cue, status=CueStatus.OMITTED, why=(*cue.why, why), kept=True)
    version = cue.version
    if _is_new_version(one, repair):
        issued = last_issued(job, cue)
        if issued is None or issued.version == cue.version:
            version = next_version(cue.version)
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
    why = f"its picture was removed in {picture.label or picture.id}"
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


def _rewrite(job: Job, staged: Job, one: CueConform, repair: Repair | None) -> None:
    """Map, sketch and score of one cue: moved with its picture, or played as the repair has it."""
    if one.move.state in (CueState.NO_PICTURE, CueState.ORPHANED):
        return
    tempo_map = job.folder.map(one.cue.id, job.clock)
    if tempo_map is None:
        return
    cue = staged.cue(one.cue.id)
    same_labels = staged.clock == job.clock
    if same_labels and replace(cue, written_to=one.cue.written_to) == one.cue:
        return
    missed = tuple(hit.hit.id for hit in repair.missed) if repair is not None else ()
    missed += tuple(staged.folder.missed_by_map(cue.id))
    if repair is not None and repair.edits:
        new_map, words = repair.tempo_map, f"{repair.name}: {repair.why}"
    else:
        new_map, words = _slid(tempo_map, one), _comment(job, cue)
    map_text = staged.folder.map_text(new_map, staged.clock, words, tuple(dict.fromkeys(missed)))
    _write(staged, cue, FIT, map_text.encode("utf-8"), one, repair)
    if (staged.folder.cue_folder(cue.id) / FORM_SOURCE.file).exists():
        refresh(staged, cue, FORM_SOURCE, again=True)
    for source in (COMPOSE, ORCHESTRATE):
        path = staged.folder.cue_folder(cue.id) / source.file
        if path.exists():
            content = path.read_bytes()
            if repair is not None and repair.edits:
                content = _played(content, cue, repair, source)
            _write(staged, cue, source, content, one, repair)


def _slid(tempo_map: TempoMap, one: CueConform) -> TempoMap:
    if one.move.start is None or one.cue.start is None:
        return tempo_map
    return tempo_map.shifted(one.move.start - one.cue.start)


def _comment(job: Job, cue: Cue) -> str:
    """What a map file says of itself in its first lines."""
    text = (job.folder.cue_folder(cue.id) / MAP).read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.removeprefix("#").strip())
    return "\n".join(lines)


def _played(content: bytes, cue: Cue, repair: Repair, source: Source) -> bytes:
    """A sketch or score file with its music played as the repair has it."""
    score = read_score(content, source.file).score
    again = replayed(score, repair.spans, repair.tempo_map.grid)
    title = f"{cue.number} {cue.title}".strip()
    subtitle = "Sketch" if source is COMPOSE else ""
    return write_score(again, repair.tempo_map, title=title, subtitle=subtitle)


def _write(
    staged: Job,
    cue: Cue,
    source: Source,
    content: bytes,
    one: CueConform,
    repair: Repair | None,
) -> None:
    """One file with its provenance: up to date with the new cut, and still a person's if it was."""
    folder = staged.folder.cue_folder(cue.id)
    provenance = read_provenance(folder)
    by_hand = is_by_hand(folder, source.file, provenance)
    origins = tuple((o.note, o.origin) for o in provenance.origins if o.file == source.file)
    write_bytes(folder / source.file, content)
    if provenance.of(source.file) is None:
        return
    origins = _with_copies(origins, content)
    prints = provenance.prints_of(source.file)
    if repair is not None and repair.edits:
        fresh = _prints_now(staged, cue, source, content) if prints else ()
        fresh = tuple(
            replace(bars, bars=_still_theirs(bars.bars, prints.get(bars.player, ()), repair))
            for bars in fresh
        )
    else:
        fresh = tuple(o for o in provenance.prints if o.file == source.file)
    written = Written(content, origins, prints=fresh)
    pure = b"" if by_hand else None
    keep(folder, source.file, VERB, source.inputs(staged, cue), written, pure)


def _prints_now(staged: Job, cue: Cue, source: Source, content: bytes) -> tuple[BarPrints, ...]:
    """The prints of a file's bars, under the names that its own source knows the staves by."""
    if source is COMPOSE:
        return sketch_prints(content, source.file)
    return prints_of(content, source.file, ensemble_of(staged, cue))


def _with_copies(
    origins: tuple[tuple[str, str], ...], content: bytes
) -> tuple[tuple[str, str], ...]:
    """The origins with those of notes that are cut at a joint, or played once more."""
    known = dict(origins)
    for found in _ID.findall(content):
        name = found.decode("utf-8")
        first = _AGAIN.sub("", name).split("~")[0]
        if name not in known and first in known:
            known[name] = known[first]
    return tuple(known.items())


def _still_theirs(
    fresh: tuple[str, ...], before: tuple[str, ...], repair: Repair
) -> tuple[str, ...]:
    """Prints of the new bars, those of a person's marked as such wherever they now stand."""
    found = list(fresh)
    for number, source in enumerate(repair.sources):
        theirs = any(old < len(before) and before[old] == BY_HAND for old in source.old_bars)
        if theirs and number < len(found):
            found[number] = BY_HAND
    return tuple(found)
