"""`script`: drafts come in, scenes are timed and cut, and the cues go with their scenes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.store import is_by_hand, read_provenance, write_bytes, writing
from scorestage.adapters.store.relabelling import relabel_map
from scorestage.breakdown import (
    PlacedScene,
    places_by_slates,
    places_by_words,
    same_scenes,
    same_words,
    words_digest,
)
from scorestage.errors import InputError, ScorestageError
from scorestage.production import Cue, CueStatus, Production, Scene, Screenplay, ScriptScene
from scorestage.timebase import FilmRange, FilmSpan, FilmTime
from scorestage.workflow.cues import add_cue
from scorestage.workflow.editorial import edit_of
from scorestage.workflow.fit import MAP
from scorestage.workflow.job import Job
from scorestage.workflow.scenes import (
    ScriptedScene,
    first_scenes,
    labels_of,
    place_by_scenes,
    read_screenplay,
    scene_named,
    scenes_of,
    screenplay_of,
    scripted,
)
from scorestage.workflow.watching import kept_shots, subtitles_of

DRAFTS = "script"


@dataclass(frozen=True, slots=True)
class ScriptChange:
    """What a draft or a cut did to scenes and cues: numbers of scenes, and remarks in words."""

    job: Job
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    renumbered: tuple[tuple[str, str], ...] = ()
    placed: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def import_script(job: Job, path: Path) -> ScriptChange:
    """Take in a draft; scenes that are the same keep their identity, place and cues."""
    play = read_screenplay(path)
    before, unknown = _known_before(job)
    same = _same(before, play) if unknown else same_scenes([o.written for o in before], play.scenes)
    gone_before = tuple(one for one in job.production.scenes if one.omitted)
    taken = frozenset(one.scene.id for one in before) | {one.id for one in gone_before}
    fresh = iter(first_scenes(play, taken))
    records, new, renumbered = [], [], []
    for place, (label, written) in enumerate(zip(labels_of(play), play.scenes, strict=True)):
        unused = next(fresh)
        if place in same:
            old = before[same[place]].scene
            words = words_digest(written)
            records.append(replace(old, number=label, heading=written.heading, words=words))
            if old.number != label:
                renumbered.append((old.number, label))
        else:
            records.append(replace(unused, number=label))
            new.append(label)
    kept = {one.id for one in records}
    gone = [one.scene for one in before if one.scene.id not in kept]
    name = _keep_draft(job, path)
    production = replace(
        job.production,
        script=name,
        scenes=(*records, *(replace(one, omitted=True) for one in gone), *gone_before),
    )
    told = [
        f"{cue.number} hangs on scene {one.number}, which is no longer in the screenplay"
        for one in gone
        for cue in job.production.cues
        if one.id in cue.scenes and cue.status is not CueStatus.OMITTED
    ]
    production, moved, remarks = _settled(production, before, scripted(tuple(records), play))
    saved, followed = _saved(job, production)
    remarks = (*remarks, *followed)
    return ScriptChange(
        saved,
        tuple(new) if before else (),
        tuple(one.number for one in gone),
        tuple(renumbered),
        cues=moved,
        remarks=(*unknown, *told, *remarks),
    )


def _same(before: tuple[ScriptedScene, ...], play: Screenplay) -> dict[int, int]:
    """Scenes of a draft whose text is gone: by their words where scenes.toml has a digest of them,
    the rest by number and heading."""
    now = [words_digest(written) for written in play.scenes]
    found = same_words([one.scene.words for one in before], now)
    old = [place for place in range(len(before)) if place not in found.values()]
    new = [place for place in range(len(now)) if place not in found]
    rest = same_scenes([before[n].written for n in old], [play.scenes[n] for n in new])
    return found | {new[place]: old[other] for place, other in rest.items()}


def _known_before(job: Job) -> tuple[tuple[ScriptedScene, ...], tuple[str, ...]]:
    """The scenes there were, and a remark where nothing but numbers and headings tells of them."""
    known = tuple(one for one in job.production.scenes if not one.omitted)
    try:
        if job.production.script:
            return scenes_of(job), ()
    except ScorestageError:
        pass  # the kept draft is gone or was changed; scenes.toml still knows its scenes
    if not known:
        return (), ()
    written = tuple(ScriptScene(one.heading, one.number) for one in known)
    remark = (
        "the draft before is gone or was changed: its scenes are known by number and heading "
        "and, where they are unchanged, by their words, "
        "and the cues' estimated lengths stay"
    )
    return scripted(known, Screenplay(scenes=written)), (remark,)


def _keep_draft(job: Job, path: Path) -> str:
    """Keep a copy of the draft in the project; its name there."""
    folder = job.folder.root / DRAFTS
    content = path.read_bytes()
    if path.resolve().parent == folder.resolve():
        return f"{DRAFTS}/{path.name}"
    drafts = sorted(folder.glob("draft*")) if folder.is_dir() else []
    for one in drafts:
        if one.read_bytes() == content:
            return f"{DRAFTS}/{one.name}"
    numbers = [int(digits) for one in drafts if (digits := one.stem[5:]).isdigit()]
    name = f"draft{max(numbers, default=0) + 1}{path.suffix.lower()}"
    with writing(job.folder.root):
        folder.mkdir(exist_ok=True)
        write_bytes(folder / name, content)
    return f"{DRAFTS}/{name}"


def change_scenes(job: Job, changes: Iterable[Scene]) -> ScriptChange:
    """Write scenes that were timed, cut or set free; their cues go along."""
    before = scenes_of(job)
    records = {one.scene.id: one.scene for one in before}
    changed = {one.id: one for one in changes}
    records |= changed
    gone = tuple(one for one in job.production.scenes if one.omitted)
    production = replace(job.production, scenes=(*records.values(), *gone))
    after = scripted(tuple(records.values()), screenplay_of(job))
    production, moved, remarks = _settled(production, before, after)
    placed = tuple(one.number for one in changed.values())
    saved, followed = _saved(job, production)
    return ScriptChange(saved, placed=placed, cues=moved, remarks=(*remarks, *followed))


def time_scene(job: Job, name: str, seconds: Fraction | None) -> ScriptChange:
    """Keep how long a scene lasted when it was read with a stop watch; None forgets it."""
    return change_scenes(job, [replace(scene_named(job, name).scene, timed_seconds=seconds)])


def place_scene(job: Job, name: str, at: FilmRange | None) -> ScriptChange:
    """Say where a scene stands in the cut; None: it is not cut (any more)."""
    scene = scene_named(job, name).scene
    if at is not None and (outside := _outside(job, at)):
        raise InputError(f"scene {scene.number} {outside}")
    return change_scenes(job, [_placed(job, scene, at, by_hand=at is not None)])


def place_by_edit(job: Job) -> ScriptChange:
    """Find the scenes by the slates in the edit of the picture in force."""
    edit = edit_of(job)
    if edit is None:
        raise InputError(
            "there is no edit of this picture", do="take it in: scorestage import LIST --edit"
        )
    rate, first = job.production.rate, job.clock.start_frames
    shots = [
        (
            FilmRange(
                rate.time_of(event.record_in_frames - first),
                rate.time_of(event.record_out_frames - first),
            ),
            event.source.name,
        )
        for event in edit.picture
        if event.frames and not event.source.black
    ]
    numbers = {one.scene.number.upper(): at for at, one in enumerate(scenes_of(job))}
    found = places_by_slates(numbers, shots)
    if not found:
        raise InputError(
            "the clips of the edit are not named by scene",
            do="say where each stands: scorestage script place SCENE START END",
        )
    return _place_all(job, found)


def place_by_words(job: Job) -> ScriptChange:
    """Find the scenes by what is said in the subtitles."""
    titles = [(one.range, one.words) for one in subtitles_of(job)]
    if not titles:
        raise InputError(
            "there are no subtitles", do="name them: scorestage production --subtitles FILE"
        )
    seams = tuple(at for at, _ in kept_shots(job))
    found = places_by_words([one.written for one in scenes_of(job)], titles, seams)
    if not found:
        raise InputError("no scene's words are in the subtitles", do="are they of this film?")
    return _place_all(job, found)


def _place_all(job: Job, found: Iterable[PlacedScene]) -> ScriptChange:
    scenes = scenes_of(job)
    changes, told = [], []
    for one in found:
        scene = scenes[one.place].scene
        if scene.by_hand and scene.picture == job.production.picture:
            told.append(f"scene {scene.number} stays where a person put it")
            continue
        if outside := _outside(job, one.at):
            told.append(f"scene {scene.number} {outside}: left alone")
            continue
        changes.append(_placed(job, scene, one.at, by_hand=False))
        told.append(f"scene {scene.number}: {one.why}")
    done = change_scenes(job, changes)
    return replace(done, remarks=(*told, *done.remarks))


def _outside(job: Job, at: FilmRange) -> str:
    """What is wrong with a place that is not wholly in the film; empty where it is."""
    picture = job.production.current_picture
    if at.start < FilmTime(0):
        return "would begin before the film's first frame"
    return "would end after the film" if picture is not None and at.end > picture.end else ""


def _placed(job: Job, scene: Scene, at: FilmRange | None, *, by_hand: bool) -> Scene:
    start, end = (at.start, at.end) if at is not None else (None, None)
    picture = job.production.picture if at is not None else ""
    return replace(scene, start=start, end=end, picture=picture, by_hand=by_hand, drawn=False)


def _settled(
    production: Any, before: tuple[ScriptedScene, ...], after: tuple[ScriptedScene, ...]
) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    """Cues where their scenes now are; what a person put elsewhere stays, and is told."""
    cues, moved, told = [], [], []
    for cue in production.cues:
        try:
            changed, remark = _followed(cue, before, after, production.picture)
        except ScorestageError as fault:
            changed, remark = cue, f"{cue.number} stays: {fault.what}"
        if remark:
            told.append(remark)
        if changed != cue:
            moved.append(cue.number)
        cues.append(changed)
    return replace(production, cues=tuple(cues)), tuple(moved), tuple(told)


def _followed(
    cue: Cue, before: tuple[ScriptedScene, ...], after: tuple[ScriptedScene, ...], picture: str
) -> tuple[Cue, str]:
    """A cue after its scenes changed, and what is to be told of it."""
    new, old = place_by_scenes(cue, after), place_by_scenes(cue, before)
    if new is None or new == old:
        return cue, ""
    if new.at is None:
        came_along = old is not None and old.at is not None and _span(cue) == old.at
        own = cue.length_seconds not in (None, old.seconds if old is not None else None)
        if cue.start is not None and not came_along:
            return cue, f"{cue.number} stays where it was put, though its scene is not cut"
        length = cue.length_seconds if own else new.seconds
        if not came_along and cue.length_seconds is None:
            return cue, ""
        if cue.start is not None:
            cue = _along(cue, FilmTime(0) - cue.start)
        return replace(cue, start=None, end=None, length_seconds=length), ""
    if cue.start is not None and (old is None or _span(cue) != old.at):
        return cue, f"{cue.number} stays where it was put; its scene is elsewhere now"
    changed = replace(
        _along(cue, new.at.start - (FilmTime(0) if cue.start is None else cue.start)),
        start=new.at.start,
        end=new.at.end,
        length_seconds=None,
        written_to=cue.written_to or picture,
    )
    outside = [hit.id for hit in changed.live_hits if not new.at.start <= hit.at <= new.at.end]
    told = f"{cue.number}: hits {', '.join(outside)} lie outside of it now" if outside else ""
    return changed, told


def _saved(job: Job, production: Production) -> tuple[Job, tuple[str, ...]]:
    """The project with its cues where they are now; maps that a person made go along, and that
    is told. A map that was fitted is fitted again by the next build."""
    saved = job.save(production)
    zero, told = FilmTime(0), []
    for cue in saved.production.cues:
        old = next((one for one in job.production.cues if one.id == cue.id), cue)
        later = (cue.start or zero) - (old.start or zero)
        folder = saved.folder.cue_folder(cue.id)
        if not later.seconds or not is_by_hand(folder, MAP, read_provenance(folder)):
            continue
        with writing(saved.folder.root):
            relabel_map(folder / MAP, saved.clock, saved.clock, later)
        told.append(f"{cue.number}: its map, which is yours, went along by {later.seconds} s")
        if _lasts(cue) != _lasts(old):
            told.append(f"{cue.number} has another length now: say `fit` for a map that reaches it")
    return saved, tuple(told)


def _lasts(cue: Cue) -> Fraction | None:
    span = _span(cue)
    return cue.length_seconds if span is None else span.span.seconds


def _along(cue: Cue, by: FilmSpan) -> Cue:
    """A cue whose hits and spans are that much later; without a place they count from 0."""
    return replace(
        cue,
        hits=tuple(replace(hit, at=hit.at + by) for hit in cue.hits),
        steady=tuple(FilmRange(one.start + by, one.end + by) for one in cue.steady),
        dialogue=tuple(FilmRange(one.start + by, one.end + by) for one in cue.dialogue),
    )


def _span(cue: Cue) -> FilmRange | None:
    if cue.start is None or cue.end is None:
        return None
    return FilmRange(cue.start, cue.end)


def cue_in_scenes(
    job: Job,
    names: tuple[str, ...],
    part: tuple[Fraction, Fraction] = (Fraction(0), Fraction(1)),
    *,
    free: bool = False,
    **changes: Any,
) -> Cue:
    """A new cue of these scenes, or of a part of them; as long as they are estimated, or `free`."""
    own = [scene_named(job, name) for name in names]
    plain = Cue("new", "1m01", scenes=tuple(one.scene.id for one in own))
    plain = replace(plain, scene_from=part[0], scene_until=part[1])
    place = place_by_scenes(plain, tuple(own))
    if not job.production.scenes:
        job = job.save(replace(job.production, scenes=first_scenes(screenplay_of(job))))
    start: FilmTime | None = None
    end: FilmTime | None = None
    length = place.seconds if place is not None and not free else None
    if place is not None and place.at is not None:
        start, end, length = place.at.start, place.at.end, None
    title = changes.pop("title", "") or _title(own)
    moods = tuple(dict.fromkeys(mood.mood for one in own for mood in one.moods))
    tone = changes.pop("tone", ()) or moods[:2]
    why = tuple(
        f"scene {one.scene.number} reads {mood.mood}: {mood.why}"
        for one in own
        for mood in one.moods
    )
    return add_cue(
        job,
        start,
        end,
        title=title,
        tone=tone,
        why=why,
        length_seconds=length,
        scenes=plain.scenes,
        scene_from=part[0],
        scene_until=part[1],
        **changes,
    )


def _title(own: list[ScriptedScene]) -> str:
    place = own[0].written.place if own else ""
    return place.title().replace("'S", "'s")[:40]
