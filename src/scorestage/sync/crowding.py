"""Streamers that get in each other's way: never crossing, and told where they crowd."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from scorestage.sync.marks import StageWarning, Streamer, Trouble
from scorestage.sync.scheme import USUAL_SECONDS
from scorestage.timebase import FrameRate

CLOSE_SECONDS = Fraction(1)
"""Two goals closer than this cannot both be prepared."""


def untangled(
    streamers: Sequence[Streamer],
) -> tuple[tuple[Streamer, ...], tuple[StageWarning, ...]]:
    """The streamers in order of arrival, none overtaking another, and which were shortened.

    Two lines cross only where the one that arrives later also starts earlier; it then starts
    together with the other, so that it stays behind it all the way.
    """
    found: list[Streamer] = []
    told: list[StageWarning] = []
    for one in sorted(streamers, key=lambda streamer: streamer.hit_frame):
        ahead = max(found, key=lambda streamer: streamer.first_frame, default=None)
        if ahead is None or one.first_frame >= ahead.first_frame:
            found.append(one)
            continue
        cut = ahead.first_frame - one.first_frame
        found.append(replace(one, frames=one.hit_frame - ahead.first_frame))
        told.append(
            StageWarning(
                Trouble.SHORTENED,
                ahead.id,
                one.id,
                cut,
                f"the streamer into {one.words} would have crossed the one into {ahead.words}",
                f"it starts {cut} frames later, together with it",
            )
        )
    return tuple(found), tuple(told)


def crowded(streamers: Sequence[Streamer], rate: FrameRate) -> Iterator[StageWarning]:
    """Neighbours that arrive too close together, or are on screen together."""
    for one, after in pairwise(sorted(streamers, key=lambda streamer: streamer.hit_frame)):
        apart = after.hit_frame - one.hit_frame
        lapping = one.hit_frame - after.first_frame
        names = f"streamers into {one.words} and {after.words}"
        if apart < CLOSE_SECONDS * rate.frames_per_second:
            what = f"{names} arrive only {apart} frames apart"
            yield StageWarning(Trouble.CLOSE, one.id, after.id, apart, what, _choice(one, after))
        elif lapping > 0:
            what = f"{names} are on screen together for {lapping} frames"
            do = _shorter(after, apart, rate)
            yield StageWarning(Trouble.TOGETHER, one.id, after.id, lapping, what, do)


def off_the_film(
    streamers: Sequence[Streamer], first_frame: int, end_frame: int
) -> Iterator[StageWarning]:
    """Streamers that a film from `first_frame` up to `end_frame` shows in part, or not at all."""
    for one in streamers:
        name = f"the streamer into {one.words}"
        if not first_frame <= one.hit_frame < end_frame:
            beyond = max(first_frame - one.hit_frame, one.hit_frame - end_frame + 1)
            what = f"{name} arrives {beyond} frames outside the film"
            do = "move it, or take a longer cut of the film"
            yield StageWarning(Trouble.OFF_THE_FILM, one.id, "film", beyond, what, do)
        elif one.first_frame < first_frame:
            seen = one.hit_frame - first_frame
            what = f"of {name} only the last {seen} frames are on the film"
            do = "put black before the film, or shorten it"
            yield StageWarning(Trouble.CUT_SHORT, one.id, "film", seen, what, do)


def _choice(one: Streamer, after: Streamer) -> str:
    less, more = (one, after) if one.weight < after.weight else (after, one)
    if one.weight == after.weight:
        return (
            f"decide which the conductor aims at, and take the streamer off the other ({less.id})"
        )
    return f"take the streamer off {less.id}: {more.id} weighs more"


def _shorter(after: Streamer, apart: int, rate: FrameRate) -> str:
    fitting = [
        length
        for length in USUAL_SECONDS
        if length * rate.frames_per_second <= apart
        and length * rate.frames_per_second < after.frames
    ]
    if fitting:
        return f"streamers of {seconds_words(fitting[-1])} s would follow one another"
    return f"they stay apart by {apart} frames all the way; if that is too much, take one off"


def seconds_words(seconds: Fraction) -> str:
    """A length as the trade says it.

    >>> seconds_words(Fraction(8, 3)), seconds_words(Fraction(2)), seconds_words(Fraction(5, 2))
    ('2 2/3', '2', '2.5')
    """
    whole, rest = divmod(seconds, 1)
    if not rest:
        return str(whole)
    if rest.denominator == 3:
        return f"{whole} {rest}" if whole else str(rest)
    return f"{float(seconds):.3f}".rstrip("0").rstrip(".")
