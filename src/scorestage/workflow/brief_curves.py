"""`brief CUE`: curves drawn over one cue, by hand or from the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from scorestage.composing.course import course_of
from scorestage.composing.frame import frame_of
from scorestage.errors import InputError, Where
from scorestage.production import Cue, Curve, CurveKind, CurvePoint, parse_curve
from scorestage.spotting import Footage
from scorestage.workflow.compose import request_of
from scorestage.workflow.job import Job
from scorestage.workflow.tell import tell_moment

NONE = "none"
"""What takes a curve away."""
FEWEST_SECONDS = 2
"""Points taken from the picture lie no closer than this."""
MOST_POINTS = 12


def draw_curves(job: Job, cue: Cue, drawn: Mapping[CurveKind, str]) -> Job:
    """Write curves down in the cue; `none` takes one away, an empty text leaves it as it is.

    Raises `InputError` for what is no curve, or names a hit that is not there.
    """
    changed = cue
    for kind, text in drawn.items():
        if text:
            curve = () if text.strip().lower() == NONE else parse_curve(text)
            changed = _with(changed, kind, curve)
    _refuse_unknown_hits(changed)
    return job.save_cue(changed)


def _with(cue: Cue, kind: CurveKind, curve: Curve) -> Cue:
    if kind is CurveKind.TENSION:
        return replace(cue, tension=curve)
    return replace(cue, arousal=curve) if kind is CurveKind.AROUSAL else replace(cue, valence=curve)


def _refuse_unknown_hits(cue: Cue) -> None:
    ids = {hit.id for hit in cue.hits}
    for kind in CurveKind:
        for point in getattr(cue, kind.value):
            what, _, name = point.place.partition(":")
            by_number = name.isdigit() and 1 <= int(name) <= len(cue.hits)
            if what == "hit" and name not in ids and not by_number:
                known = ", ".join(hit.id for hit in cue.hits) or "none"
                where = Where(cue=cue.number)
                raise InputError(f"there is no hit {name!r} to draw to", where, f"hits: {known}")


def curves_from_picture(cue: Cue, footage: Footage) -> dict[CurveKind, Curve]:
    """Arousal from how the picture moves and is cut, valence from its light, over the film's own.

    Motion, light and loudness are ranked among all frames of the film, so that 5 is the film's
    middle; each point is the mean of what lies around it. Raises `InputError` for a cue that has
    no place in the film.
    """
    picture, rate = footage.picture, footage.picture.rate
    if cue.start is None or cue.end is None:
        raise InputError("the cue has no place in the film", Where(cue=cue.number), "give it one")
    first, last = rate.frame_at(cue.start), min(rate.frame_at(cue.end), len(picture))
    if last - first < 2:
        raise InputError("the film has no frames where the cue is", Where(cue=cue.number))
    seconds = Fraction(last - first) / rate.frames_per_second
    count = int(max(2, min(MOST_POINTS, seconds // FEWEST_SECONDS)))
    light, stir = np.asarray(picture.light, float), np.asarray(picture.stir, float)
    return {
        CurveKind.AROUSAL: _points(_ranked(stir), first, last, count, seconds),
        CurveKind.VALENCE: _points(_ranked(light), first, last, count, seconds),
    }


def _ranked(figures: Any) -> Any:
    """Each figure's rank among all of them, smoothed over a second or so, from 0 to 1."""
    window = min(25, len(figures))
    smooth = np.convolve(figures, np.ones(window) / window, mode="same")
    order = np.argsort(np.argsort(smooth, kind="stable"), kind="stable")
    return order / max(1, len(order) - 1)


def _points(ranks: Any, first: int, last: int, count: int, seconds: Fraction) -> Curve:
    found = []
    for number in range(count):
        at = seconds * number / (count - 1)
        middle = first + (last - first) * number / (count - 1)
        half = (last - first) / (count - 1) / 2
        low, high = int(max(first, middle - half)), int(min(last, middle + half)) + 1
        level = round(float(np.mean(ranks[low:high])) * 20)
        place = f"{float(at):.2f}".rstrip("0").rstrip(".")
        found.append(CurvePoint(place, Fraction(level, 2)))
    return tuple(found)


def tell_curves(job: Job, cue: Cue) -> dict[str, Any]:
    """The curves of a cue as drawn, and what they come to bar by bar where it has a map."""
    told: dict[str, Any] = {
        "cue": cue.number,
        "tone": list(cue.tone),
        **{
            kind.value: [
                {"place": point.place, "level": float(point.level)}
                for point in getattr(cue, kind.value)
            ]
            for kind in CurveKind
        },
    }
    if job.folder.map(cue.id, job.clock) is None or not job.production.themes:
        return told
    request = request_of(job, cue)
    frame = frame_of(request, request.main_theme)
    course = course_of(request, frame)
    grid = frame.grid
    told["bars"] = [
        {
            "bar": str(bar.label),
            "bar_index": index,
            **tell_moment("at", frame.tempo_map.time_at(grid.starts[index])),
            **{
                kind.value: round(float(course.at(kind, grid.starts[index])) * 2.5 + 5, 2)
                for kind in CurveKind
            },
        }
        for index, bar in enumerate(grid.bars)
    ]
    return told
