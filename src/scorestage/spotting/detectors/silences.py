"""Silences: stretches where the film's own sound is all but gone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage
from scorestage.spotting.moments import Evidence, Moment, MomentKind, rising
from scorestage.timebase import FilmRange


@dataclass(frozen=True, slots=True)
class SilenceSettings:
    """How quiet and how long."""

    below_db: float = field(default=-58.0, metadata={"help": "level below full scale"})
    shortest_seconds: float = field(default=1.0, metadata={"help": "shortest silence"})


def find_silences(footage: Footage, settings: SilenceSettings) -> tuple[Moment, ...]:
    """Each silence, at its start; a click shorter than 50 ms does not end one."""
    sound = footage.sound
    if sound is None or not len(sound):
        return ()
    quiet = sound.level_db < settings.below_db
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(np.int8), [0]))))
    runs: list[list[int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and start - runs[-1][1] <= 5:
            runs[-1][1] = end
        else:
            runs.append([start, end])
    moments = []
    for start, end in runs:
        seconds = float((sound.at(end) - sound.at(start)).seconds)
        if seconds < settings.shortest_seconds:
            continue
        at = sound.at(start)
        number = footage.picture.rate.nearest_frame(at)
        level = float(10 * np.log10(np.mean(10 ** (sound.level_db[start:end] / 10))))
        moments.append(
            Moment(
                MomentKind.SILENCE,
                at,
                FilmRange(at, sound.at(end)),
                round(0.3 + 0.4 * rising(seconds, 1, 6), 4),
                round(rising(settings.below_db - level, 0, 10), 4),
                "silence",
                (
                    Evidence("silence lasts", seconds, "s", number, at),
                    Evidence("level", level, "dB", number, at),
                ),
            )
        )
    return tuple(moments)


DETECTOR = Detector("silences", "silences", SilenceSettings, find_silences)
