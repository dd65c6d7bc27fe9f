"""The film's pictures, one after the other: scenes, the dissolve, the fades."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.demofilm.drawing.light import exposed
from scorestage.adapters.demofilm.drawing.motion import on_twos
from scorestage.adapters.demofilm.drawing.paper import Stage
from scorestage.adapters.demofilm.scenes import (
    bay,
    folding,
    indoors,
    lamp,
    landing,
    open_sea,
    radio,
    stairs,
    storm_bay,
    strike,
)
from scorestage.adapters.demofilm.scenes.scene import Draw
from scorestage.adapters.demofilm.story import STORY, Boundary, Change, Shot

_SCENES: dict[str, Callable[[], Draw]] = {
    "title": bay.title,
    "rock": bay.lighthouse_rock,
    "polish": indoors.polish,
    "glimmer": indoors.glimmer,
    "meeting": indoors.meeting,
    "fold": folding.fold,
    "launch": landing.launch,
    "radio": radio.radio,
    "front": storm_bay.front,
    "calling": landing.calling,
    "tossed": open_sea.tossed,
    "stairs": stairs.stairs,
    "wave": open_sea.wave,
    "switch": lamp.switch,
    "flicker": open_sea.flicker,
    "strike": strike.strike,
    "lit": lamp.lit,
    "beam": storm_bay.beam,
    "rise": open_sea.rise,
    "home": indoors.home,
    "dawn": bay.dawn,
}

# Indoors the whole picture is held for two frames, as stop-motion is shot; outdoors only figures.
_ON_TWOS = {"polish", "glimmer", "meeting", "fold", "radio", "switch", "lit", "home"}


def _transition(change: Change) -> Boundary:
    return next(b for b in STORY.transitions if b.change is change)


def exposure(frame: int) -> float:
    """How open the lens is: fades from and to black (0..1)."""
    rising, falling = _transition(Change.FADE_IN), _transition(Change.FADE_OUT)
    up = (frame - rising.first_frame) / (rising.end_frame - rising.first_frame)
    down = (falling.end_frame - 1 - frame) / (falling.end_frame - falling.first_frame)
    return min(1.0, max(0.0, up), max(0.0, down))


def frames(first: int = 0, end: int | None = None) -> Iterator[NDArray[np.uint8]]:
    """The film's frames from `first` until `end`: (height, width, 3) `uint8`, red green blue."""
    melt = _transition(Change.DISSOLVE)
    scenes: dict[str, Draw] = {}
    last: tuple[list[str], list[int], float] | None = None
    for number in range(first, STORY.frames if end is None else end):
        here = [
            shot
            for shot in STORY.shots
            if shot.first_frame <= number < shot.end_frame
            or (melt.first_frame <= number < melt.end_frame and _melts(shot.id))
        ]
        for gone in scenes.keys() - {shot.id for shot in here}:
            del scenes[gone]
        for shot in here:
            if shot.id not in scenes:
                scenes[shot.id] = _SCENES[shot.id]()
        now = exposure(number)
        names, held = [shot.id for shot in here], [_held(shot, number) for shot in here]
        if (names, held, now) != last:
            stages = [scenes[shot.id](n) for shot, n in zip(here, held, strict=True)]
            stage = stages[0] if len(stages) == 1 else _melted(stages[0], stages[1], number)
            frame = exposed(stage, number, now)
            last = (names, held, now) if len(stages) == 1 else None
        yield frame


def _held(shot: Shot, number: int) -> int:
    """Which drawing of a shot is shown in this frame of the film."""
    n = number - shot.first_frame
    return on_twos(n) if shot.id in _ON_TWOS else n


def _melted(old: Stage, new: Stage, number: int) -> Stage:
    """So much of the new picture over the old as this frame of the dissolve has."""
    melt = _transition(Change.DISSOLVE)
    share = (number + 1 - melt.first_frame) / (melt.end_frame + 1 - melt.first_frame)
    part = round(share * 256)
    return np.asarray((old * np.uint16(256 - part) + new * np.uint16(part)) >> 8)


def _melts(name: str) -> bool:
    dissolved = next(k for k, shot in enumerate(STORY.shots) if shot.begins is Change.DISSOLVE)
    return name in (STORY.shots[dissolved - 1].id, STORY.shots[dissolved].id)
