"""`map pull`: cues, maps, lists and sound of a film that is run at another speed, in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.store import (
    is_by_hand,
    read_provenance,
    sha256_of,
    write_bytes,
    write_provenance,
    writing,
)
from scorestage.errors import InputError, ProjectError, Where
from scorestage.production import Cue, PictureVersion, Production, Reel
from scorestage.production.pulled import pulled_cue
from scorestage.timebase import FrameRate, TempoMap, Timecode, frame_rate, read_number
from scorestage.timebase.pull import DOWN, UP, Pull
from scorestage.workflow.compose import COMPOSE, SKETCH
from scorestage.workflow.fit import FIT, MAP
from scorestage.workflow.job import Job
from scorestage.workflow.new import version_of
from scorestage.workflow.orchestrate import ORCHESTRATE
from scorestage.workflow.sources import Source
from scorestage.workflow.tell import tell_exact, tell_moment

_OWN = ("cue.toml", "hits.toml", "provenance.jsonl")
_SOURCES: tuple[Source, ...] = (FIT, COMPOSE, ORCHESTRATE)


@dataclass(frozen=True, slots=True)
class PulledCue:
    """One cue before and after, with its map where it has one."""

    before: Cue
    after: Cue
    map_before: TempoMap | None
    map_after: TempoMap | None


@dataclass(frozen=True, slots=True)
class PulledProject:
    """What a pull moved: cues, and with a new picture the production's rate."""

    pull: Pull
    cues: tuple[PulledCue, ...]
    rate_before: FrameRate
    rate_after: FrameRate
    picture: str = ""


def read_pull(down: bool, up: bool, before: str, after: str, factor: str) -> Pull | None:
    """The pull that options ask for; None where they ask for none.

    Raises `InputError` for two that contradict each other.
    """
    asked = [down, up, bool(before or after), bool(factor)]
    if sum(asked) > 1:
        raise InputError("more than one pull is asked for", do="say one of --down, --up, --from")
    if down or up:
        return DOWN if down else UP
    if before or after:
        if not (before and after):
            raise InputError("a pull between rates needs both", do="say --from 24 --to 25")
        return Pull.of_rates(frame_rate(before), frame_rate(after))
    return Pull(read_number(factor)) if factor else None


def pull_cues(job: Job, names: tuple[str, ...], pull: Pull) -> PulledProject:
    """Run cues at another speed: spans, hits, dialogue, wishes and maps move together, or nothing.

    The project keeps its frame rate; labels are those of the moments the cues now lie at.
    """
    cues = tuple(_pulled(job, cue, pull) for cue in job.cues(names))
    rate = job.production.rate
    return _applied(job, job.production, PulledProject(pull, cues, rate, rate))


def pull_to_picture(job: Job, film: Path, label: str = "") -> PulledProject:
    """Take in the same film run at another rate: every cue goes with its frames.

    Raises `InputError` for a film of another count of frames: that is another cut.
    """
    held = job.picture()
    version = version_of(film, job.folder.root, _next_id(job.production), label)
    if version.frames != held.frames:
        raise InputError(
            f"this film has {version.frames} frames, the one in force {held.frames}: it is another "
            "cut, not the same one pulled",
            Where(file=film),
            "take it in with: scorestage picture add",
        )
    pull = Pull.of_rates(held.rate, version.rate)
    cues = tuple(
        replace(one, after=replace(one.after, written_to=version.id))
        for one in (_pulled(job, cue, pull) for cue in job.production.cues)
    )
    production = replace(
        job.production,
        rate=version.rate,
        picture=version.id,
        pictures=(*job.production.pictures, version),
        reels=tuple(_reel(one, held, version) for one in job.production.reels),
    )
    told = PulledProject(pull, cues, job.production.rate, version.rate, version.id)
    return _applied(job, production, told)


def tell_pull(found: PulledProject) -> dict[str, Any]:
    """What moved, as an answer."""
    return {
        **tell_exact("factor", found.pull.factor),
        "cents": found.pull.cents,
        "rate_before": found.rate_before.name,
        "rate_after": found.rate_after.name,
        "picture": found.picture or None,
        "cues": [_tell_cue(one) for one in found.cues],
    }


def _tell_cue(one: PulledCue) -> dict[str, Any]:
    told: dict[str, Any] = {
        "cue": one.after.number,
        **tell_moment("start_before", one.before.start),
        **tell_moment("start", one.after.start),
        **tell_moment("end_before", one.before.end),
        **tell_moment("end", one.after.end),
        "hits": [
            {"id": new.id, **tell_moment("at_before", old.at), **tell_moment("at", new.at)}
            for old, new in zip(one.before.hits, one.after.hits, strict=True)
        ],
        "map": None,
    }
    if one.map_before is not None and one.map_after is not None:
        old, new = one.map_before.baked()[0][1], one.map_after.baked()[0][1]
        told["map"] = {
            **tell_exact("bpm_before", old.bpm),
            **tell_exact("bpm", new.bpm),
            **tell_moment("end_before", one.map_before.end),
            **tell_moment("end", one.map_after.end),
        }
    return told


def _pulled(job: Job, cue: Cue, pull: Pull) -> PulledCue:
    held = job.folder.map(cue.id, job.clock)
    moved = pulled_cue(cue, pull)
    return PulledCue(cue, moved, held, None if held is None else pull.map(held))


def _applied(job: Job, production: Production, found: PulledProject) -> PulledProject:
    """Write it all; where one file cannot be written, those before it are put back."""
    after = {one.after.id: one.after for one in found.cues}
    cues = tuple(after.get(cue.id, cue) for cue in production.cues)
    moved = replace(production, cues=cues)
    with writing(job.folder.root):
        settled = {one.before.id: _settled_files(job, one.before) for one in found.cues}
        with _put_back(job, found, production.pictures):
            job.folder.save(moved)
            again = Job.of(job.folder)
            for one in found.cues:
                if one.map_after is not None:
                    _write_map(again, one, found.pull)
            for one in found.cues:
                _keep_settled(again, one, settled[one.before.id])
    return found


class _put_back:  # noqa: N801
    """Whatever the pull had already written is as before, if it does not come to its end."""

    def __init__(
        self, job: Job, found: PulledProject, pictures: tuple[PictureVersion, ...]
    ) -> None:
        root = job.folder.root
        known = {version.id for version in (*job.production.pictures, *pictures)}
        paths = [root / "production.toml"]
        paths += [root / "pictures" / f"{name}.toml" for name in sorted(known)]
        for one in found.cues:
            folder = job.folder.cue_folder(one.before.id)
            paths += [folder / name for name in (*_OWN, MAP, *(one.file for one in _SOURCES))]
        self.held = {path: path.read_bytes() if path.exists() else None for path in paths}

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, fault: object, trace: object) -> None:
        if kind is None:
            return
        for path, content in self.held.items():
            if content is not None:
                write_bytes(path, content)
            elif path.exists():
                path.unlink()


def _write_map(job: Job, one: PulledCue, pull: Pull) -> None:
    if one.map_after is None:
        return
    words = f"pulled to {pull.factor} of its speed"
    missed = tuple(sorted(job.folder.missed_by_map(one.after.id)))
    text = job.folder.map_text(one.map_after, job.clock, words, missed)
    write_bytes(job.folder.cue_folder(one.after.id) / MAP, text.encode("utf-8"))


def _settled_files(job: Job, cue: Cue) -> tuple[str, ...]:
    """The files of a cue that were made by us and are up to date: they stay so."""
    folder = job.folder.cue_folder(cue.id)
    provenance = read_provenance(folder)
    found = []
    for source in _SOURCES:
        made = provenance.of(source.file)
        if made is None or is_by_hand(folder, source.file, provenance):
            continue
        if _quietly(source.inputs, job, cue) == made.inputs:
            found.append(source.file)
    return tuple(found)


def _keep_settled(job: Job, one: PulledCue, files: tuple[str, ...]) -> None:
    """Note down that the music is still what was made: a pull composes nothing anew.

    The tempo marks of its files are those of the pulled map.
    """
    cue = job.cue(one.after.id)
    folder = job.folder.cue_folder(cue.id)
    for source in _SOURCES:
        if source.file not in files:
            continue
        provenance = read_provenance(folder)
        made = provenance.of(source.file)
        inputs = _quietly(source.inputs, job, cue)
        if made is None or inputs is None:
            continue
        _mark_tempos(folder / source.file, one)
        own = replace(made, sha256=sha256_of(folder / source.file), inputs=inputs)
        origins = tuple(note for note in provenance.origins if note.file == source.file)
        prints = tuple(bars for bars in provenance.prints if bars.file == source.file)
        write_provenance(folder, provenance.with_file(own, origins, prints))


def _mark_tempos(path: Path, one: PulledCue) -> None:
    """Write the new tempos into a file of ours; one that would change otherwise stays as it is."""
    if path.suffix != ".musicxml" or one.map_before is None or one.map_after is None:
        return
    held = path.read_bytes()
    score = read_score(held, path.name).score
    title = f"{one.before.number} {one.before.title}".strip()
    subtitle = "Sketch" if path.name == SKETCH else ""
    if write_score(score, one.map_before, title=title, subtitle=subtitle) == held:
        write_bytes(path, write_score(score, one.map_after, title=title, subtitle=subtitle))


def _quietly(inputs: Callable[[Job, Cue], str], job: Job, cue: Cue) -> str | None:
    """The inputs of a file; None where they are not there to be told."""
    try:
        return inputs(job, cue)
    except (InputError, ProjectError):
        return None


def _reel(reel: Reel, before: PictureVersion, after: PictureVersion) -> Reel:
    """A reel whose picture start keeps its label at the new rate."""
    label = str(Timecode(reel.start_frames, before.rate)).replace(";", ":")
    return replace(reel, start_frames=Timecode.parse(label, after.rate).frames)


def _next_id(production: Production) -> str:
    taken = {version.id for version in production.pictures}
    return next(f"v{n}" for n in range(1, len(taken) + 2) if f"v{n}" not in taken)
