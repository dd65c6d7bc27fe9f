"""What Wick does: his pose in every scene by its frame; `t` is the frame whose drawing is held."""

from __future__ import annotations

from math import cos, pi, sin

from scorestage.adapters.demofilm.cast.wick import Pose
from scorestage.adapters.demofilm.drawing.motion import (
    blink,
    ease,
    keys,
    keys_point,
    pop,
    settle,
    wobble,
)
from scorestage.adapters.demofilm.drawing.shapes import Colour, Point, mix, rgb
from scorestage.adapters.demofilm.story import STORY

_MOONLIT, _WARM = rgb("#b3bbe6"), rgb("#ffe6bd")


def talk(shot: str, n: int, line: int) -> float:
    """How far Wick's mouth is open in frame `n` of a shot while he speaks this line (0..1)."""
    said = STORY.lines[line]
    at = STORY.shot(shot).first_frame + n - said.first_frame
    long = said.end_frame - said.first_frame
    if not 0 <= at < long:
        return 0.0
    held = at - at % 2
    syllable = 0.5 + 0.5 * sin(2 * pi * held / 5.3 - 1.2)
    shape = max(0.0, sin(pi * min(1.0, (held + 1) / long)))
    return float(0.18 + 0.62 * syllable * shape**0.4)


def gaze(at: Point, face: Point) -> Point:
    """Where the eyes point to look from the face at something, each way -1..1.

    >>> gaze((700, 340), (540, 340))
    (1.0, 0.0)
    """
    x, y = (at[0] - face[0]) / 160, (at[1] - face[1]) / 160
    return max(-1.0, min(1.0, x)), max(-0.8, min(0.7, y))


def polishing(t: int, n: int) -> Pose:
    """He rubs in circles, gives up, and sighs."""
    busy = 1 - ease(t, 50, 58)
    circle = 2 * pi * t / 13
    sigh = keys(t, (80, 0.0), (88, -0.7), (100, 1.0), (111, 0.8))
    x, y = keys_point(t, (50, (-40.0, -56.0)), (66, (-30.0, -24.0)))
    return Pose(
        lean=-7 * busy + 2.5 * sigh,
        tilt=-6 * busy + keys(t, (54, 0), (62, -4), (84, -4), (98, 9)),
        squash=0.25 * sigh + 0.06 * busy * sin(circle * 2),
        look=(-0.9, keys(t, (50, -0.2), (60, -0.7), (88, -0.5), (98, 0.7))),
        lids=max(0.3 * ease(t, 84, 98), blink(t, 22, 74)),
        brows=0.75 * ease(t, 52, 62),
        mouth=talk("polish", n, 0),
        smile=-0.5 * ease(t, 50, 60),
        left_hand=(x + 6 * busy * cos(circle), y + 6 * busy * sin(circle)),
        right_hand=keys_point(t, (50, (20, -28)), (60, (26, -20))),
        wind=0.1 + 0.1 * wobble(t, 48),
        phase=t / 40,
        glow=0.32 + 0.05 * wobble(t, 37) - 0.1 * ease(t, 84, 100),
        light=rgb("#b9c0e8"),
    )


def noticing(t: int, away: float) -> Pose:
    """A light passes before his face; `away` is how far it is, -1 left .. 1 right of him."""
    near = max(0.0, 1 - abs(away))
    return Pose(
        tilt=keys(t, (6, -3), (18, 3), (40, -5), (60, -8)),
        look=(max(-1.0, min(1.0, away * 1.6)), keys(t, (6, 0.5), (16, -0.5), (58, -0.6))),
        turn=max(-0.6, min(0.6, away * 0.7)) * ease(t, 8, 16),
        lids=max(0.28 * (1 - ease(t, 8, 14)), blink(t, 36)),
        brows=-0.25 * ease(t, 10, 18),
        smile=keys(t, (10, -0.4), (24, 0.0), (60, 0.9)),
        mouth=0.55 * pop(t, 16, 8) * (1 - ease(t, 40, 48)),
        squash=-0.25 * pop(t, 10, 10) + 0.25 * ease(t, 20, 30),
        glow=0.3 + 0.35 * near * ease(t, 10, 20),
        wind=0.12,
        phase=t / 40,
        light=mix(rgb("#98a3d8"), rgb("#ffe2b0"), 0.55 * near),
    )


def welcoming(t: int, n: int, guest: Point) -> Pose:
    """His eyes follow her round the room; he offers her his hand."""
    return Pose(
        lean=keys(t, (0, -2), (30, -4), (46, 3), (60, 2)),
        tilt=keys(t, (0, 6), (18, -4), (34, -10), (50, 4), (62, 7)),
        look=gaze(guest, (540, 340)),
        lids=blink(t, 34, 62, 104),
        brows=keys(t, (0, -0.2), (52, -0.3), (64, 0.35), (90, 0.1)),
        smile=keys(t, (0, 0.1), (30, 0.5), (60, 1.0)),
        mouth=max(talk("meeting", n, 1), 0.45 * ease(t, 4, 10) * (1 - ease(t, 40, 46))),
        turn=keys(t, (0, 0.5), (18, 0), (34, -0.6), (50, 0.3)),
        right_hand=keys_point(
            t, (0, (24, -24)), (36, (24, -26)), (52, (38, -62)), (126, (37, -63))
        ),
        left_hand=keys_point(t, (64, (-24, -22)), (74, (-12, -42)), (126, (-13, -43))),
        squash=0.14 * settle(t, 56, 12, 8),
        wind=0.12,
        phase=t / 36,
        glow=0.35 + 0.4 * ease(t, 44, 70),
        light=mix(_MOONLIT, _WARM, 0.6 * ease(t, 36, 60)),
    )


def launching(t: int, n: int, hold: Point) -> Pose:
    """He sets the boat down with the hand at `hold`, then stands and waves."""
    wave = (34 + 5 * sin(t / 2.2) * ease(t, 88, 98), -74.0)
    free = keys_point(t, (44, hold), (64, (26, -26)), (86, (28, -28)), (97, wave))
    return Pose(
        lean=keys(t, (0, 9), (40, 12), (58, 3), (122, 2)),
        tilt=keys(t, (0, 10), (40, 13), (60, 2), (92, -5)),
        squash=keys(t, (0, 0.2), (40, 0.8), (56, 0.0)),
        look=keys_point(t, (0, (0.8, 0.6)), (40, (0.9, 0.9)), (60, (1, 0.3)), (120, (1, 0.1))),
        right_hand=hold if t < 44 else free,
        left_hand=keys_point(t, (0, (16, -36)), (40, (20, -16)), (64, (-20, -24))),
        mouth=talk("launch", n, 2),
        smile=0.9,
        lids=blink(t, 20, 54, 106),
        brows=keys(t, (60, 0), (92, 0.3)),
        turn=0.35,
        wind=-0.22 - 0.08 * wobble(t, 44),
        phase=t / 38,
        glow=0.62,
        light=rgb("#aab6e6"),
    )


def calling_out(t: int, n: int) -> Pose:
    """He leans into the wind and calls through his hands, then reaches after her."""
    cry = talk("calling", n, 4)
    cupped: Point = (25, -64)
    return Pose(
        lean=keys(t, (0, 2), (8, 9), (22, 7), (28, 12), (66, 10)) + 1.2 * wobble(t, 11),
        tilt=keys(t, (0, 0), (8, -6), (22, -2), (28, -9)),
        look=(1.0, -0.1),
        brows=1.0,
        mouth=cry,
        smile=-0.7,
        turn=0.45,
        lids=0.12 + blink(t, 48),
        right_hand=keys_point(
            t, (0, (20, -40)), (8, cupped), (22, cupped), (28, (45, -62)), (66, (47, -58))
        ),
        left_hand=keys_point(t, (0, (-20, -26)), (8, (5, -62)), (22, (5, -62)), (30, (-16, -34))),
        wind=-(0.82 + 0.16 * wobble(t, 19) + 0.05 * wobble(t, 7)),
        phase=t / 11,
        glow=0.5 + 0.1 * cry,
        light=rgb("#8fa3ad"),
        left_foot=(-12, 0),
        right_foot=(11, 0),
    )


def running(t: int, stride: float, going: float, way: int) -> Pose:
    """Up the stairs two at a time; `stride` turns his legs (radians), `way` is 1 to the right."""
    kick, lift = 12 * going * sin(stride), going * cos(stride)
    return Pose(
        lean=way * (3 + 9 * going),
        tilt=way * 5 * going,
        look=(way * 1.0, -0.5),
        turn=way * 0.6,
        brows=0.8,
        mouth=0.3 * going,
        smile=-0.4,
        left_foot=(-7 + kick, -5 * max(0.0, lift)),
        right_foot=(7 - kick, -5 * max(0.0, -lift)),
        left_hand=(-22 - 1.17 * kick, -32 + 8 * lift),
        right_hand=(22 - 1.17 * kick, -32 - 8 * lift),
        wind=-way * 0.9 * going - 0.1,
        phase=t / 9,
        glow=0.6,
        light=rgb("#d8c8c0"),
    )


def switching(t: int, n: int, grip: Point, first: int, second: int) -> Pose:
    """He throws the switch at `first` and at `second`, then pleads with the lamp."""
    jar = settle(t, first, 8, 5) + settle(t, second, 8, 5)
    wince = 0.9 * (settle(t, first, 30, 3) + settle(t, second, 30, 3))
    pray = keys_point(t, (30, grip), (40, (14, -46)), (48, (2, -60)), (74, (0, -62)))
    spare = ((0, (-20, -40)), (10, (-24, -60)), (26, (-20, -30)), (38, (-16, -44)))
    return Pose(
        lean=keys(t, (0, 3), (10, 6), (26, 8), (42, -6), (74, -8)),
        tilt=keys(t, (0, 0), (10, 8), (26, 10), (40, -6), (74, -10)),
        squash=0.5 * jar,
        look=keys_point(
            t, (0, (0.8, -0.5)), (first, (0.7, 0.2)), (30, (0.6, -0.2)), (40, (-1, -0.6))
        ),
        turn=keys(t, (0, 0.6), (28, 0.5), (38, -0.6)),
        brows=1.0,
        mouth=talk("switch", n, 5),
        smile=-0.6 * (1 - ease(t, 30, 38)) - 0.4,
        lids=max(0.0, wince) if first <= t < second + 6 else blink(t, 44),
        right_hand=pray if t >= 30 else grip,
        left_hand=keys_point(t, *spare, (48, (-20, -62)), (74, (-18, -64))),
        wind=-0.35,
        phase=t / 12,
        glow=0.5,
        light=rgb("#a3b3c4"),
    )


def dazzled(t: int) -> Pose:
    """He uncurls, opens his eyes, and throws up his arms."""
    up = pop(t, 12, 12)
    left = keys_point(t, (0, (-4, -72)), (12, (-26, -48)), (26, (-36, -48)))
    right = keys_point(t, (0, (12, -70)), (12, (26, -48)), (26, (36, -48)))
    return Pose(
        lean=keys(t, (0, 12), (14, 2), (50, -3)),
        tilt=keys(t, (0, 12), (14, -4), (50, -7)),
        squash=keys(t, (0, 0.9), (12, -0.3), (20, 0.0)),
        look=(-1.0, -0.6),
        turn=-0.55,
        lids=keys(t, (0, 1.0), (8, 1.0), (12, 0.0)),
        brows=keys(t, (0, 0.8), (14, -0.6)),
        smile=keys(t, (0, -0.6), (16, 0.2), (30, 1.0)),
        mouth=0.75 * ease(t, 12, 16) * (1 - 0.35 * ease(t, 34, 44)),
        left_hand=(left[0], left[1] - 24 * up),
        right_hand=(right[0], right[1] - 22 * up),
        wind=0.5 * (1 - ease(t, 0, 30)) + 0.15,
        phase=t / 16,
        glow=0.6 + 0.4 * ease(t, 10, 40),
        light=rgb("#ffe9c4"),
    )


def receiving(t: int, n: int, guest: Point, lands: int) -> Pose:
    """She is back: the same hand, and this time he shuts his eyes."""
    return Pose(
        lean=keys(t, (0, 2), (lands, 4), (56, 2)),
        tilt=keys(t, (0, 4), (20, 8), (lands, 4), (60, 8), (100, 6)),
        look=gaze(guest, (540, 340)),
        lids=max(blink(t, 24, 52), ease(t, 84, 90)),
        brows=keys(t, (0, 0.7), (20, 0.5), (lands, 0.0), (60, 0.35)),
        smile=keys(t, (0, 0.0), (lands, 1.0)),
        turn=0.4,
        mouth=max(talk("home", n, 6), 0.5 * ease(t, 6, 10) * (1 - ease(t, 24, 32))),
        right_hand=keys_point(
            t, (0, (26, -30)), (20, (30, -44)), (34, (38, -62)), (110, (37, -63))
        ),
        left_hand=keys_point(t, (0, (-18, -44)), (44, (-16, -44)), (56, (-8, -50))),
        squash=0.14 * settle(t, lands, 12, 8),
        wind=0.12,
        phase=t / 36,
        glow=0.75 + 0.25 * ease(t, lands, 60),
        light=rgb("#ffecd0"),
    )


def waving(t: int, light: Colour) -> Pose:
    """Far off, on his rock, very happy."""
    return Pose(
        right_hand=(33 + 5 * wobble(t, 13), -74),
        tilt=-5,
        look=(-1, 0),
        smile=1,
        lids=0.9,
        turn=-0.3,
        glow=1.0,
        wind=0.3,
        phase=t / 30,
        light=light,
    )
