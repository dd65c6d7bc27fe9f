"""The sustain pedal: what it holds, and how it is written under the staff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.music import Sign, StaffSign
from scorestage.takedown.performance import PEDAL_CC, PlayedTone, PlayedTrack
from scorestage.timebase import Beat

_DOWN, _UP = 64, 40
"""A foot that half lifts the pedal has not lifted it."""
_CHANGE_SECONDS = Fraction(1, 4)
"""A pedal that comes up for less than this is changed, not lifted."""


def pedal_spans(track: PlayedTrack) -> tuple[tuple[Fraction, Fraction], ...]:
    """From when to when, in seconds, the pedal is down."""
    found: list[tuple[Fraction, Fraction]] = []
    since: Fraction | None = None
    for at, value in track.lane(PEDAL_CC).points:
        if value >= _DOWN and since is None:
            since = at
        elif value < _UP and since is not None:
            found.append((since, at))
            since = None
    if since is not None:
        last = max((tone.end_seconds for tone in track.tones), default=since)
        found.append((since, max(since, last)))
    return tuple(found)


def sustained(
    tones: Sequence[PlayedTone], spans: Sequence[tuple[Fraction, Fraction]]
) -> tuple[PlayedTone, ...]:
    """The tones as long as they ring: to the pedal's end where the key is let go under it,
    or until the same key is struck again."""
    again: dict[int, list[Fraction]] = {}
    for tone in tones:
        again.setdefault(tone.key, []).append(tone.start_seconds)
    found = []
    for tone in tones:
        end = next((up for down, up in spans if down <= tone.end_seconds < up), tone.end_seconds)
        later = [at for at in again[tone.key] if at > tone.start_seconds]
        found.append(replace(tone, end_seconds=min([end, *later]) if later else end))
    return tuple(found)


def pedal_signs(
    spans: Sequence[tuple[Fraction, Fraction]],
    onset_at: Callable[[Fraction], Fraction],
    end_at: Callable[[Fraction], Fraction],
) -> tuple[StaffSign, ...]:
    """Pedal marks where the notes are that it is taken for; quick lifts are changes.

    `onset_at` tells the written onset of what is struck near a time, `end_at` the beat near one.
    """
    found: list[StaffSign] = []
    for number, (down, up) in enumerate(spans):
        changed = number > 0 and down - spans[number - 1][1] <= _CHANGE_SECONDS
        at = onset_at(down)
        if changed and found:
            if found[-1].at.quarters >= at:
                continue
            found.append(_mark(at, "change"))
        else:
            if found and found[-1].at.quarters >= at:
                continue
            found.append(_mark(at, "start"))
        lifted = number + 1 == len(spans) or spans[number + 1][0] - up > _CHANGE_SECONDS
        if lifted:
            found.append(_mark(max(end_at(up), at + Fraction(1, 2)), "stop"))
    return tuple(found)


def _mark(at: Fraction, kind: str) -> StaffSign:
    pedal = Sign("pedal", "", (("type", kind), ("line", "yes"), ("sign", "no")))
    return StaffSign(
        Beat(at), Sign("direction", "", (), (Sign("direction-type", "", (), (pedal,)),))
    )
