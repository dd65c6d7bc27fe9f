"""What else may be said of a cue with `cue change`: people, scenes, dialogue, and taking back."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scorestage.apps.cli.reading import exact_length, exact_number

if TYPE_CHECKING:
    from scorestage.workflow.job import Job

_CLEARED = {"length": "length_seconds", "scene": "scenes", "reference": "references"}
_NEVER = frozenset({"id", "number", "hits", "status", "kept", "version"})


@dataclass(frozen=True, slots=True)
class More:
    """Options of `cue change` beside those of spotting and scoring."""

    length: Annotated[str, typer.Option(help="How long, without a picture: 75, 1:15.")] = ""
    composer: Annotated[str, typer.Option(help="Who writes it: a name or id of people.toml.")] = ""
    orchestrator: Annotated[str, typer.Option(help="Who orchestrates it.")] = ""
    segue_to: Annotated[str, typer.Option(help="The cue it goes over into.")] = ""
    written_to: Annotated[str, typer.Option(help="The picture it is written to: v2.")] = ""
    music: Annotated[str, typer.Option(help="The version of its music: v3.")] = ""
    reference: Annotated[list[str] | None, typer.Option(help="References, in place of all.")] = None
    avoid: Annotated[list[str] | None, typer.Option(help="What to avoid, in place of all.")] = None
    why: Annotated[list[str] | None, typer.Option(help="Why music is here, in place of all.")] = (
        None
    )
    dialogue: Annotated[
        list[str] | None, typer.Option(help="A span where somebody speaks: 10-12.5, in place.")
    ] = None
    scene: Annotated[
        list[str] | None, typer.Option(help="Scenes of the script it belongs to, in place.")
    ] = None
    scene_from: Annotated[str, typer.Option(help="Where in its scenes it starts: 1/2.")] = ""
    scene_until: Annotated[str, typer.Option(help="Where in its scenes it is out: 3/4.")] = ""
    song: Annotated[str, typer.Option(help="The song it is, or that is heard in it.")] = ""
    singer: Annotated[
        str, typer.Option(help="Who sings it: tenor, whistler …; none: it is played.")
    ] = ""
    start_at: Annotated[
        str, typer.Option(help="Source music: the bar (or bar:beat) of the tune heard first.")
    ] = ""
    clear: Annotated[
        list[str] | None, typer.Option(help="Take back what was said: title, start, style …")
    ] = None
    to_spotting: Annotated[
        bool, typer.Option("--to-spotting", help="Give it back: `spot` may change it again.")
    ] = False


def changes_of(job: Job, more: More) -> dict[str, Any]:
    """What was said, by the name of the cue's field; raises `InputError` for what cannot be."""
    from scorestage.errors import InputError
    from scorestage.workflow.fit_wish import spans
    from scorestage.workflow.scenes import scene_named

    people = {one.name.lower(): one.id for one in job.production.people}
    said: dict[str, Any] = {}
    if more.length:
        said["length_seconds"] = exact_length(more.length)
    for role in ("composer", "orchestrator"):
        name = getattr(more, role)
        if name:
            said[role] = people.get(name.lower(), name)
    if more.segue_to:
        said["segue_to"] = job.cue(more.segue_to).id
    if more.written_to:
        known = [one.id for one in job.production.pictures]
        if more.written_to not in known:
            there = ", ".join(known) or "none"
            raise InputError(f"there is no picture {more.written_to!r}", do=f"known: {there}")
        said["written_to"] = more.written_to
    if more.song:
        from scorestage.workflow.songs import stored_song

        said["song"] = stored_song(job, more.song).id
    if more.singer:
        said["singer"] = _singer(job, more.singer)
    if more.start_at:
        from scorestage.workflow.source_cues import bar_and_beat

        bar_and_beat(more.start_at)
        said["start_at"] = more.start_at
    if more.music:
        said["version"] = more.music
    for name, field in (("reference", "references"), ("avoid", "avoid"), ("why", "why")):
        words = getattr(more, name)
        if words:
            said[field] = tuple(words)
    if more.dialogue:
        said["dialogue"] = spans(more.dialogue, job.reel_clock)
    if more.scene:
        said["scenes"] = tuple(scene_named(job, one).scene.id for one in more.scene)
    for name in ("scene_from", "scene_until"):
        if getattr(more, name):
            said[name] = exact_number(getattr(more, name))
    for name in more.clear or ():
        said |= _cleared(name)
    if more.to_spotting:
        said["kept"] = False
    return said


def _singer(job: Job, name: str) -> str:
    """A singer by name, made sure of; `none` for nobody."""
    from scorestage.workflow.song_sheets import singer_named

    if name != "none":
        singer_named(name, job.folder.root)
    return name


def _cleared(name: str) -> dict[str, Any]:
    """A field back to what it is when nobody says anything."""
    from scorestage.errors import InputError
    from scorestage.production import Cue

    plain = name.replace("-", "_")
    plain = _CLEARED.get(plain, plain)
    free = {
        one.name: one.default
        for one in fields(Cue)
        if one.default is not MISSING and one.name not in _NEVER
    }
    if plain not in free:
        raise InputError(f"{name!r} cannot be cleared", do=f"one of: {', '.join(free)}")
    return {plain: free[plain]}
