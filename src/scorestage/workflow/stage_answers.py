"""What a plan of streamers answers to a program, and how it is told on the screen."""

from __future__ import annotations

import colorsys
from fractions import Fraction
from typing import Any

from scorestage.sync import StagePlan, StageWarning, Streamer, seconds_words
from scorestage.timebase import FrameRate, Timecode
from scorestage.workflow.tell import tell_moment

_HUES = (
    *((20, "red"), (45, "orange"), (70, "yellow"), (165, "green"), (200, "cyan")),
    *((260, "blue"), (290, "violet"), (340, "pink"), (361, "red")),
)


def tell_plan(plan: StagePlan, rate: FrameRate, start_frames: int) -> dict[str, Any]:
    """Streamers, punches, flutters and warnings; frames count from the picture's first."""

    def label(frame: int) -> str:
        return str(Timecode(start_frames + frame, rate).round_the_clock)

    return {
        "streamers": [_streamer(one, rate, label(one.hit_frame)) for one in plan.streamers],
        "punches": [
            {
                "frame": one.frame,
                "frames": list(one.shown),
                "timecode": label(one.frame),
                "into": one.into,
                **_colour(one.colour),
            }
            for one in plan.punches
        ],
        "flutters": [
            {
                "frame": one.frame,
                "frames": list(one.shown),
                "timecode": label(one.frame),
                "punches": one.count,
                "marks": one.marks,
                **_colour(one.colour),
            }
            for one in plan.flutters
        ],
        "warnings": [_warning(one) for one in plan.warnings],
    }


def _warning(told: StageWarning) -> dict[str, Any]:
    return {
        "trouble": str(told.trouble),
        "first": told.first,
        "second": told.second,
        "frames": told.frames,
        "what": told.what,
        "do": told.do,
    }


def _streamer(one: Streamer, rate: FrameRate, label: str) -> dict[str, Any]:
    seconds = one.frames / rate.frames_per_second
    return {
        "id": one.id,
        "goal": str(one.goal),
        "words": one.words,
        "also": list(one.also),
        **_colour(one.colour),
        "starts_frame": one.first_frame,
        "hits_frame": one.hit_frame,
        "hits_timecode": label,
        **tell_moment("hits_at", rate.time_of(one.hit_frame)),
        "seconds": str(seconds),
        "seconds_float": float(seconds),
        "length": length_words(one.frames, rate),
        "length_frames": one.frames,
    }


def length_words(frames: int, rate: FrameRate) -> str:
    """How long a streamer runs, in seconds as they are scribed; `~` where no third is exact.

    >>> from scorestage.timebase import FRAMES_24, FRAMES_23_976
    >>> length_words(64, FRAMES_24), length_words(48, FRAMES_23_976), length_words(50, FRAMES_24)
    ('2 2/3 s', '~2 s', '~2 s')
    """
    seconds = frames / rate.frames_per_second
    thirds = Fraction((3 * seconds + Fraction(1, 2)).__floor__(), 3)
    return f"{'' if thirds == seconds else '~'}{seconds_words(thirds)} s"


def _colour(colour: str) -> dict[str, str]:
    return {"colour": colour_name(colour), "colour_rgb": colour}


def colour_name(colour: str) -> str:
    """The plain name of a colour `#rrggbb`.

    >>> [colour_name(one) for one in ("#f2d024", "#2fbf5b", "#f4f4f0", "#e0342c", "#202020")]
    ['yellow', 'green', 'white', 'red', 'black']
    """
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.2 or lightness > 0.93 or lightness < 0.08:
        return "white" if lightness > 0.7 else "grey" if lightness > 0.25 else "black"
    return next(name for limit, name in _HUES if hue * 360 < limit)
