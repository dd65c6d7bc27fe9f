"""`analyse`: a film watched by itself, without a project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scorestage.adapters.machines.film import FilmFacts
from scorestage.adapters.machines.look import write_proxy
from scorestage.errors import InputError
from scorestage.spotting import Footage, Moment, MomentKind
from scorestage.timebase import FilmClock
from scorestage.workflow.film_reading import (
    reading_of,
    tell_curves,
    tell_loudness,
    tell_music,
    tell_room,
    tell_scene,
    tell_stretch,
)
from scorestage.workflow.rates import tell_evidence
from scorestage.workflow.reading_strip import StripFilm, write_strip
from scorestage.workflow.shot_detector import OWN, check_detector, film_moments
from scorestage.workflow.tell import tell_moment
from scorestage.workflow.watching import footage_of

_CURVE_STEP_FRAMES = 12


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """All that was seen and heard."""

    film: Path
    facts: FilmFacts
    footage: Footage
    moments: tuple[Moment, ...]
    detector: str = OWN


def analyse_film(
    film: Path,
    progress: Callable[[float, str], None],
    kept_in: Path | None = None,
    detector: str = OWN,
) -> Analysis:
    """Watch and hear `film` once; what was seen and heard is kept in the folder given.

    `detector` is one of `DETECTORS`; the network decodes the film once more.
    """
    check_detector(detector)
    footage, facts = footage_of(film, kept_in, progress)
    moments = film_moments(footage, film, facts, detector, kept_in, progress)
    return Analysis(film, facts, footage, moments, detector or OWN)


def make_proxy(film: Path, dest: Path) -> None:
    """Write the viewing proxy of `film`: small, upright, every frame a place to jump to."""
    if dest.resolve() == film.resolve():
        raise InputError("the proxy would overwrite the film", do="name another file")
    write_proxy(film, dest)


def draw_analysis(analysis: Analysis, dest: Path) -> None:
    """Write what was seen and heard as a picture."""
    given = (analysis.film, analysis.facts, analysis.footage, analysis.moments)
    write_strip(StripFilm(*given), dest)


def tell_analysis(analysis: Analysis) -> dict[str, Any]:
    """The analysis as an answer: boundaries, dialogue, other moments, curves every half second."""
    facts, footage = analysis.facts, analysis.footage
    seen = reading_of(footage, analysis.moments)
    rate = facts.rate
    start = facts.start_timecode.frames if facts.start_timecode else 0
    clock = FilmClock(rate, start)
    other = (MomentKind.SOUND, MomentKind.SILENCE)
    return {
        "rate": rate.name,
        "frames": facts.frame_count,
        "start_timecode": clock.nearest_label(rate.time_of(0)),
        "rate_truth": tell_evidence(analysis.film, facts),
        "detector": analysis.detector,
        "shots": [
            {
                "frame": rate.nearest_frame(one.span.start if _gradual(one) else one.at),
                "end_frame": rate.nearest_frame(one.span.end),
                "timecode": clock.nearest_label(one.at),
                "kind": str(one.kind).replace("-", "_"),
                "confidence": one.confidence,
                "words": one.words,
            }
            for one in analysis.moments
            if one.kind not in other and not one.words.endswith(" goes")
        ],
        "dialogue": [
            {
                **tell_moment("in", one.range.start),
                **tell_moment("out", one.range.end),
                "confidence": one.confidence,
                "words": one.words,
            }
            for one in footage.speech
        ],
        "music": [] if seen.heard is None else [tell_music(one) for one in seen.heard.music],
        "stretches": []
        if seen.heard is None
        else [tell_stretch(one) for one in seen.heard.stretches],
        "loudness": tell_loudness(seen.heard),
        "room": [tell_room(one) for one in seen.room.spans],
        "scenes": [tell_scene(one) for one in seen.scenes],
        "sounds": [
            {
                **tell_moment("at", one.at),
                "kind": str(one.kind),
                "strength": one.strength,
                "words": one.words,
            }
            for one in analysis.moments
            if one.kind in other
        ],
        "curves": {**_curves(footage), **tell_curves(seen)},
    }


def _gradual(moment: Moment) -> bool:
    return moment.kind in (
        *(MomentKind.DISSOLVE, MomentKind.WIPE, MomentKind.FADE_IN, MomentKind.FADE_OUT),
    )


def _curves(footage: Footage) -> dict[str, Any]:
    picture = footage.picture
    frames = range(0, len(picture), _CURVE_STEP_FRAMES)
    curves: dict[str, Any] = {
        "step_frames": _CURVE_STEP_FRAMES,
        "light": [round(float(picture.light[at]), 1) for at in frames],
        "motion": [
            round(float(np.mean(picture.stir[at : at + _CURVE_STEP_FRAMES])), 3) for at in frames
        ],
    }
    if footage.sound is not None and len(footage.sound):
        sound = footage.sound
        hops = [min(len(sound) - 1, sound.hop_at(picture.at(at))) for at in frames]
        curves["level_db"] = [round(float(sound.level_db[hop]), 1) for hop in hops]
    return curves
