"""Joints of a cut recording put where they are heard least: the quietest place shortly before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

import numpy as np
import numpy.typing as npt

from scorestage.conform.audio_edits import FADE_SECONDS, AudioEdit, Sound

WINDOW_SECONDS: Final = Fraction(1, 10)
"""A joint moves at most so far: less than a sixteenth of quick music, so that no other note comes.

It moves earlier alone: the new attack stays whole, and no attack of what was cut out is heard.
"""
_STEP_SECONDS: Final = Fraction(1, 500)
_DB_PER_WINDOW, _LEAST_GAIN_DB = 6.0, 3.0
_SILENCE: Final = 1e-10


def quietly_joined(
    sound: Sound, rate_hz: int, begins: Fraction, edits: Sequence[AudioEdit]
) -> tuple[AudioEdit, ...]:
    """The edits of a sound (samples x channels) with each joint where both sides are quietest.

    `begins` is the film second the sound begins at. Looked at is what the crossfade will mix: the
    level of both sides, a little dearer the farther from the written joint; it moves for at least
    3 dB. Everything else plays when it played.
    """
    made: list[AudioEdit] = []
    for edit in edits:
        before = made[-1] if made else None
        if before is None or not _joined(before, edit):
            made.append(edit)
            continue
        by = _quietest(sound, rate_hz, begins, before, edit)
        if not by:
            made.append(edit)
            continue
        made[-1] = replace(before, old_out=before.old_out - by / before.stretch)
        lead = AudioEdit(edit.old_in - by, edit.old_in, edit.new_at - by)
        if edit.stretch == 1:
            made.append(AudioEdit(lead.old_in, edit.old_out, lead.new_at))
        else:
            made += [lead, edit]
    return tuple(made)


def _joined(one: AudioEdit, other: AudioEdit) -> bool:
    """Whether one stretch follows the other in the film, but not in the old sound."""
    return one.new_out == other.new_at and one.old_out != other.old_in


def _quietest(
    sound: Sound, rate_hz: int, begins: Fraction, one: AudioEdit, other: AudioEdit
) -> Fraction:
    """How much earlier, in seconds, the joint of two stretches is heard least."""
    room = min(WINDOW_SECONDS, (one.new_out - one.new_at) / 2, other.old_in - begins)
    count = int(room / _STEP_SECONDS)
    fade = round(FADE_SECONDS * rate_hz)
    ends = round((one.old_out - begins) * rate_hz), round((other.old_in - begins) * rate_hz)
    reach = round(count * _STEP_SECONDS * rate_hz) + fade
    if count < 1 or min(ends) < reach or max(ends) > len(sound):
        return Fraction(0)
    powers = [_power(sound[end - reach : end], fade) for end in ends]
    shifts = np.array([round(step * _STEP_SECONDS * rate_hz) for step in range(count + 1)])
    together = powers[0][-1 - shifts] + powers[1][-1 - shifts]
    heard = 10 * np.log10(together + _SILENCE)
    dearer = heard + _DB_PER_WINDOW * shifts / float(WINDOW_SECONDS * rate_hz)
    best = int(dearer.argmin())
    return best * _STEP_SECONDS if heard[0] - heard[best] >= _LEAST_GAIN_DB else Fraction(0)


def _power(sound: Sound, fade: int) -> npt.NDArray[np.float64]:
    """The mean power of each `fade` samples, by the sample they end before."""
    power = np.square(sound, dtype=np.float64).mean(axis=1)
    sums = np.concatenate([[0.0], np.cumsum(power)])
    found: npt.NDArray[np.float64] = np.maximum(sums[fade:] - sums[:-fade], 0) / fade
    return found
