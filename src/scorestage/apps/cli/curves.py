"""`brief CUE`: the curves drawn over a cue, on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_BAR = " ▁▂▃▄▅▆▇█"


def draw(
    project: Path | None, name: str, drawn: Mapping[str, str], from_picture: bool, json: bool
) -> None:
    """Draw curves over a cue, or show those it has.

    Raises `InputError` for no cue, no such cue, or what is no curve.
    """
    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.production import CurveKind
    from scorestage.workflow.brief_curves import curves_from_picture, draw_curves, tell_curves
    from scorestage.workflow.job import Job

    if not name:
        raise InputError("a curve is drawn over a cue", do="name it: brief 1m01 --tension …")
    job = Job.open(project)
    wanted = {CurveKind(kind): text for kind, text in drawn.items()}
    if from_picture:
        from scorestage.workflow.watching import footage_of

        footage, _ = footage_of(job.film(), job.folder.build / ".index", lambda share, words: None)
        for kind, curve in curves_from_picture(job.cue(name), footage).items():
            wanted[kind] = wanted[kind] or ", ".join(str(point) for point in curve)
    if any(wanted.values()):
        job = draw_curves(job, job.cue(name), wanted)
    told = tell_curves(job, job.cue(name))
    if json:
        say.as_json(told)
        return
    print(f"{told['cue']}  {', '.join(told['tone'])}")
    tell_drawn(told)


def tell_drawn(told: Mapping[str, Any]) -> None:
    """Show the curves of a cue, bar by bar where it has a map."""
    from scorestage.production import CurveKind

    for kind in CurveKind:
        points = ", ".join(f"{one['place']}={one['level']:g}" for one in told[kind.value])
        print(f"  {kind.value:8} {points or 'as the words of tone have it'}")
        if "bars" in told:
            levels = [bar[kind.value] for bar in told["bars"]]
            print(f"           {''.join(_BAR[min(8, round(one * 0.8))] for one in levels)}")
