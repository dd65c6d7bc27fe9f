"""The screenplay's scenes as the project knows them: written, estimated, cut."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from scorestage import registry
from scorestage.adapters.format import Format
from scorestage.breakdown import (
    SceneLength,
    SceneMood,
    cut_scenes,
    eighths_of,
    lengths_of,
    moods_of,
    same_words,
    words_digest,
)
from scorestage.errors import InputError, ProjectError, Where
from scorestage.production import Cue, Scene, Screenplay, ScriptScene, plain_number
from scorestage.timebase import FilmRange, FilmTime
from scorestage.workflow.job import Job

FILM_SPREAD = Fraction(1, 5)
"""How far a whole film may run from its pages while none of it is cut."""


@dataclass(frozen=True, slots=True)
class ScriptedScene:
    """A scene that lasts with what this draft says of it."""

    scene: Scene
    written: ScriptScene
    eighths: int
    length: SceneLength
    moods: tuple[SceneMood, ...]

    @property
    def name(self) -> str:
        """Number and heading, as a person calls it."""
        return f"{self.scene.number}  {self.written.heading or '(before the first heading)'}"


def read_screenplay(path: Path) -> Screenplay:
    """A screenplay of any registered format; `InputError` for a file nobody can read."""
    if not path.is_file():
        raise InputError("there is no such file", Where(file=path))
    readers = [
        one
        for one in registry.load_all("formats").values()
        if isinstance(one, Format) and one.read_script is not None
    ]
    for one in readers:
        if one.takes(path) or (path.suffix.lower() == ".txt" and one.name == "fountain"):
            if one.read_script is None:
                continue
            play = one.read_script(path.read_bytes(), path.name)
            if not any(scene.heading or scene.lines for scene in play.scenes):
                raise InputError(
                    "no scene was found in it",
                    Where(file=path),
                    "scene headings begin with INT. or EXT., or with a point",
                )
            return play
    known = ", ".join(suffix for one in readers for suffix in one.suffixes)
    raise InputError("this is no screenplay that can be read", Where(file=path), f"read: {known}")


def script_file(job: Job) -> Path | None:
    """The draft in force; None for a production without a screenplay."""
    if not job.production.script:
        return None
    path = (job.folder.root / job.production.script).resolve()
    if not path.is_file():
        where = Where(file=job.folder.root / "production.toml")
        raise InputError(f"the screenplay {path} is not there", where, "mend or remove the line")
    return path


def screenplay_of(job: Job) -> Screenplay:
    """The draft in force; `InputError` for a production without one."""
    path = script_file(job)
    if path is None:
        raise InputError("there is no screenplay", do="say: scorestage script import FILE")
    return read_screenplay(path)


def scenes_of(job: Job) -> tuple[ScriptedScene, ...]:
    """Every scene of the draft in force, in its order.

    Raises `ProjectError` where the draft was exchanged behind the project's back.
    """
    play = screenplay_of(job)
    records = tuple(one for one in job.production.scenes if not one.omitted)
    if not job.production.scenes:
        records = first_scenes(play)
    if len(records) != len(play.scenes):
        raise ProjectError(
            f"the screenplay has {len(play.scenes)} scenes, scenes.toml tells {len(records)}",
            Where(file=script_file(job)),
            "take the new draft in with: scorestage script import FILE",
        )
    for record, written in zip(records, play.scenes, strict=True):
        if record.heading and record.heading != written.heading:
            raise ProjectError(
                f"scene {record.number} is {record.heading!r} in scenes.toml, "
                f"{written.heading or 'without a heading'!r} in the screenplay",
                Where(file=script_file(job)),
                "take the changed draft in with: scorestage script import FILE",
            )
    _refuse_exchanged(job, records, play)
    return scripted(records, play)


def _refuse_exchanged(job: Job, records: tuple[Scene, ...], play: Screenplay) -> None:
    """Scenes of one heading that changed places are known by their words."""
    now = [words_digest(written) for written in play.scenes]
    for place, old in same_words([one.words for one in records], now).items():
        if place != old:
            raise ProjectError(
                f"scene {records[place].number} has the words of scene {records[old].number} "
                "in the screenplay",
                Where(file=script_file(job)),
                "take the changed draft in with: scorestage script import FILE",
            )


def scripted(records: tuple[Scene, ...], play: Screenplay) -> tuple[ScriptedScene, ...]:
    """Scenes of the production beside what a draft says of them."""
    true = [one.at.span.seconds if one.at is not None else None for one in records]
    timed = {at: s for at, one in enumerate(records) if (s := one.timed_seconds) is not None}
    drawn = frozenset(at for at, one in enumerate(records) if one.drawn)
    lengths = lengths_of(play.scenes, cut_scenes(true, drawn), timed)
    return tuple(
        ScriptedScene(record, written, eighths_of(written), length, moods_of(written))
        for record, written, length in zip(records, play.scenes, lengths, strict=True)
    )


def first_scenes(play: Screenplay, taken: frozenset[str] = frozenset()) -> tuple[Scene, ...]:
    """New scenes for all of a draft; where it prints no number, the place counts."""
    found = []
    labels = labels_of(play)
    for label, written in zip(labels, play.scenes, strict=True):
        scene_id = _free_id(taken)
        taken |= {scene_id}
        found.append(Scene(scene_id, label, written.heading, words=words_digest(written)))
    return tuple(found)


def labels_of(play: Screenplay) -> tuple[str, ...]:
    """Printed numbers; where there is none, the scene's place, made different from all printed."""
    printed = {scene.number for scene in play.scenes if scene.number}
    found: list[str] = []
    counted = 0
    for scene in play.scenes:
        label = scene.number
        if not label or label in found:
            counted += bool(scene.heading)
            label = str(counted) if scene.heading else "0"
            while label in printed or label in found:
                label += "x"
        else:
            counted += 1
        found.append(label)
    return tuple(found)


def _free_id(taken: frozenset[str]) -> str:
    number = len(taken) + 1
    while f"s{number:03}" in taken:
        number += 1
    return f"s{number:03}"


def scene_named(job: Job, name: str) -> ScriptedScene:
    """The scene with this number or id; `InputError` names what there is."""
    scenes = scenes_of(job)
    printed, wanted = name.strip().upper(), plain_number(name)
    for one in scenes:
        if printed == one.scene.number.upper() or name == one.scene.id:
            return one
    for one in scenes:
        if wanted == plain_number(one.scene.number):
            return one
    known = ", ".join(one.scene.number for one in scenes[:40])
    raise InputError(f"there is no scene {name!r}", do=f"scenes: {known}")


@dataclass(frozen=True, slots=True)
class ScenePlace:
    """Where a cue lies by its scenes: in the film, or, while they are not cut, how long it is."""

    at: FilmRange | None
    seconds: Fraction


def place_by_scenes(cue: Cue, scenes: tuple[ScriptedScene, ...]) -> ScenePlace | None:
    """A cue's place and length by its scenes; None for a cue of no scene that the draft has.

    The place is known once all its scenes are cut; the cue takes its part of the whole.
    """
    own = [one for one in scenes if one.scene.id in cue.scenes]
    if not own:
        return None
    cut = [one.scene.at for one in own]
    known = [at for at in cut if at is not None]
    part = cue.scene_until - cue.scene_from
    if len(known) < len(own):
        seconds = sum((one.length.likely_seconds for one in own), Fraction(0))
        return ScenePlace(None, seconds * part)
    first, last = min(at.start for at in known), max(at.end for at in known)
    whole = (last - first).seconds
    start = FilmTime(first.seconds + whole * cue.scene_from)
    end = FilmTime(first.seconds + whole * cue.scene_until)
    return ScenePlace(FilmRange(start, end), whole * part)


def low_and_high(cue: Cue, scenes: tuple[ScriptedScene, ...]) -> tuple[Fraction, Fraction] | None:
    """The least and the greatest length of a cue by its scenes; None where it has none."""
    own = [one.length for one in scenes if one.scene.id in cue.scenes]
    if not own:
        return None
    part = cue.scene_until - cue.scene_from
    low = sum((one.low_seconds for one in own), Fraction(0))
    return low * part, sum((one.high_seconds for one in own), Fraction(0)) * part


def whole_length(scenes: tuple[ScriptedScene, ...]) -> SceneLength:
    """The whole film's length: what is cut is certain, the rest may run a fifth shorter or longer.

    Single scenes err more than that, but not all in one direction.
    """
    cut = [one.scene.at is not None and not one.scene.drawn for one in scenes]
    lengths = [one.length.likely_seconds for one in scenes]
    true = sum((s for s, is_cut in zip(lengths, cut, strict=True) if is_cut), Fraction(0))
    open_ = sum((s for s, is_cut in zip(lengths, cut, strict=True) if not is_cut), Fraction(0))
    off = open_ * FILM_SPREAD
    return SceneLength(true + open_ - off, true + open_, true + open_ + off, "all scenes")
