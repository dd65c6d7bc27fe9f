"""`track`: music from before, for a new scene."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorestage.workflow.job import Job
    from scorestage.workflow.tracking import Candidate, Tracked

JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("track")(track)


def track(
    context: typer.Context,
    cue: str = typer.Argument(help="The cue that needs music; with --share: the one that has it."),
    others: list[Path] = typer.Option(None, "--from", help="Projects of other films, too."),
    top: int = typer.Option(8, "--top", min=1, max=50, help="Candidates shown."),
    choose: int = typer.Option(0, "--choose", min=0, help="Fit this candidate to the scene."),
    way: int = typer.Option(1, "--way", min=1, help="With --apply: the way that is written."),
    apply: bool = typer.Option(False, "--apply", help="Write it as the cue's music."),
    over: bool = typer.Option(False, "--over", help="Even over music that a person wrote."),
    share: bool = typer.Option(False, "--share", help="Put the cue where other films find it."),
    json: bool = JSON,
) -> None:
    """Find earlier cues that would serve a scene, by words, mood, tempo, length and hits; fit one.

    Without --choose they are listed with reasons; with it the ways to fit one to the scene's hits
    and length are; with --apply one is written, and undo takes it back.
    """
    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.workflow.job import Job
    from scorestage.workflow.tracking import candidates, fit_to, write_tracked
    from scorestage.workflow.tracking_answers import tell_candidates, tell_ways

    job = Job.open(context.obj)
    if share:
        _share(job, cue, json)
        return
    scene = job.cue(cue)
    found = candidates(job, scene, tuple(others or ()), top)
    answer = {"cue": scene.number, "candidates": tell_candidates(found), "chosen": choose or None}
    tracked = None
    if apply and not choose:
        raise InputError("nothing is chosen", do="say --choose N, then --apply")
    if choose:
        if choose > len(found):
            raise InputError(f"there is no candidate {choose}", do=f"there are {len(found)}")
        tracked = fit_to(job, scene, found[choose - 1])
        answer["ways"] = tell_ways(tracked)
        if apply:
            write_tracked(job, scene, tracked, way, over=over)
    answer["applied"] = apply
    if json:
        say.as_json(answer)
        return
    if tracked is None:
        _list(found)
        return
    _tell(tracked, way)
    if apply:
        print(f"written as the music of {scene.number}; scorestage build goes on from it,")
        print("scorestage undo takes it back")


def _share(job: Job, cue: str, json: bool) -> None:
    """Put the cue where other films of the series find it, and say where."""
    from scorestage.apps.cli import say
    from scorestage.workflow.earlier_cues import share_cue

    path = share_cue(job, cue)
    if json:
        say.as_json({"shared": str(path)})
    else:
        print(f"shared: {path}")


def _list(found: Sequence[Candidate]) -> None:
    from scorestage.apps.cli import say

    if not found:
        print("no earlier cue has music: compose one, share one (--share), or name a project")
    for number, one in enumerate(found, start=1):
        words = f"{number:3}  {one.serves.share:4.0%}  {one.earlier.name}: "
        say.paragraph(words + "; ".join(one.serves.reasons), hang=12)


def _tell(tracked: Tracked, chosen: int) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.conform_report import position_words
    from scorestage.workflow.tracking import is_met

    print(tracked.candidate.earlier.name)
    for number, one in enumerate(tracked.ways, start=1):
        mark = "→" if number == chosen else " "
        met = sum(is_met(hit) for hit in tracked.landed[number - 1])
        words = f"{one.name}: {'; '.join(edit.words for edit in one.edits) or 'as it is'}"
        if tracked.landed[number - 1]:
            words += f"; {met} of {len(tracked.landed[number - 1])} hits on strong beats"
        say.paragraph(f"{mark} {number}  {words}", indent=2, hang=5)
    if not 1 <= chosen <= len(tracked.ways):
        return
    rows = [
        (
            hit.hit.words or hit.hit.id,
            f"{float(hit.off_frames):+.2f}",
            f"bar {position_words(hit.position)}",
            "met" if is_met(hit) else "",
        )
        for hit in tracked.landed[chosen - 1]
    ]
    if rows:
        say.table(("hit", "frames off", "meets", ""), rows, indent=5)
