"""Stems and mix: every stem carries its own room, and their sum is the mix, to the last bit."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scorestage.mockup.clock import RING_OUT_SECONDS
from scorestage.mockup.fader import eased, on_scale, usual_lufs, usual_peak_dbfs
from scorestage.mockup.loudness import loudness_lufs, true_peak_dbfs
from scorestage.mockup.performance import SAMPLE_RATE_HZ, Audio, Performance, Synth
from scorestage.mockup.room import placed, with_tail
from scorestage.mockup.seating import STEMS
from scorestage.mockup.shaping import shaped
from scorestage.production import WayIn, WayOut

CEILING_DBFS = -3.0
"""No true peak of the mix goes above this."""
LOUD_LUFS, SOFTER_KEPT = -20.0, 0.3
"""A cue played tutti and f throughout is brought to the first; of how much softer another cue is,
the second share is kept, so that it stays soft beside a loud one and is still heard in a room."""
_TUTTI_LUFS = -12.0
"""What a tutti f measures as performances are reckoned."""
STEM_DB = {
    "strings": 4.0,
    "woodwind": 2.0,
    "brass": -2.0,
    "percussion": 4.0,
    "keys-harp": 2.0,
}
"""What close microphones do in a film mix: they lift what brass would cover in the hall."""
_GRID = float(1 << 23)
_CUT_SECONDS = 0.010
_BUTTON_SECONDS = 0.06
_END_SECONDS = 0.5
_SNEAK_IN_SECONDS, _SNEAK_OUT_SECONDS, _FADE_SECONDS = 2.0, 5.0, 3.0
_SNEAK_FROM_DB, _SNEAK_TO_DB, _FADE_TO_DB = -6.0, -6.0, -12.0
"""Where the hand on the fader begins and ends: the players themselves come from nothing and go
there, and what is written softly must be there from its first bar to its last."""
_OUT_SECONDS = 0.5
"""The last of a sneak or a fade, from there to silence."""
_STOP_DB, _STOP_FALL_SECONDS, _STOP_RISE_SECONDS = -15.0, 0.09, 0.03


@dataclass(frozen=True, slots=True)
class Ends:
    """How the cue comes in and goes out, in samples of its files.

    `first_samples` is the first sound, `last_samples` where the music is out: the cut-off of a
    cut or a button, the end of a fade, the last barline otherwise.
    """

    way_in: WayIn = WayIn.HARD
    way_out: WayOut = WayOut.RING_OFF
    first_samples: int = 0
    last_samples: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """Stems by name and their sum, all of one length; what was done to them and what came out."""

    stems: Mapping[str, Audio]
    mix: Audio
    gain_db: float
    true_peak_dbfs: float
    loudness_lufs: float


def stems_of(
    performances: Sequence[Performance],
    synth: Synth,
    length_samples: int,
    rate_hz: int = SAMPLE_RATE_HZ,
) -> dict[str, Audio]:
    """Every stem that somebody plays on, with its own room, in the order of a delivery.

    Where all the music stops, the hall is faded by hand until it goes on, or no stop is heard.
    """
    found: dict[str, Audio] = {}
    hall = _stops_gain(performances, length_samples, rate_hz)
    for name in (*STEMS, *sorted({p.stem for p in performances} - set(STEMS))):
        players = [p for p in performances if p.stem == name]
        if players:
            found[name] = _stem(players, synth, length_samples, rate_hz) * hall[:, None]
    return found


def usual_gain_db(
    stems: Mapping[str, Audio], ends: Ends | None = None, rate_hz: int = SAMPLE_RATE_HZ
) -> float:
    """The gain that suits a cue, by what is usual in it; 0 where nobody plays."""
    if not stems:
        return 0.0
    length = len(next(iter(stems.values())))
    shape = _ends_gain(ends or Ends(), length, rate_hz)
    return _gain_db(_sum(stems) * shape[:, None], rate_hz)


def mix(
    stems: Mapping[str, Audio],
    ends: Ends | None = None,
    rate_hz: int = SAMPLE_RATE_HZ,
    gain_db: float | None = None,
) -> Mix:
    """The sum of the stems under one gain for all of them, eased at what would top -3 dBFS.

    The gain follows what is usual in the cue, or is the one given: that of the same music before
    its hits, so that one hit less moves nothing elsewhere. The hand on the fader is the same for
    every stem. Stems are set on the grid of 24 bits before they are added, so files of 24 bits add
    up exactly.
    """
    if not stems:
        raise ValueError("there is no stem to mix")
    length = {len(stem) for stem in stems.values()}
    if len(length) != 1:
        raise ValueError(f"stems of different lengths: {sorted(length)}")
    shape = _ends_gain(ends or Ends(), length.pop(), rate_hz)
    bent = {name: stem * shape[:, None] for name, stem in stems.items()}
    if gain_db is None:
        gain_db = _gain_db(_sum(bent), rate_hz)
    reckoned = _sum(bent) * np.float32(10 ** (gain_db / 20))
    ease = eased(reckoned, CEILING_DBFS, rate_hz)
    over_db = true_peak_dbfs(reckoned * ease[:, None]) - (CEILING_DBFS - 0.01)
    if over_db > 0:
        ease = eased(reckoned, CEILING_DBFS - over_db, rate_hz)
    gain = ease[:, None] * np.float32(10 ** (gain_db / 20))
    final = {name: _on_grid(stem * gain) for name, stem in bent.items()}
    whole = _sum(final)
    return Mix(final, whole, gain_db, true_peak_dbfs(whole), loudness_lufs(whole, rate_hz))


def _stem(players: Sequence[Performance], synth: Synth, length: int, rate_hz: int) -> Audio:
    direct = np.zeros((length, 2), np.float32)
    to_tail = np.zeros((length, 2), np.float32)
    gain = np.float32(10 ** (STEM_DB.get(players[0].stem, 0.0) / 20))
    for performance in players:
        first, last = _heard(performance, length, rate_hz)
        flat = synth.render(performance, length)[first:last]
        sound = shaped(flat, performance.dynamics.moved(-first), rate_hz)
        seat = placed(sound, performance, rate_hz)
        direct[first:last] += seat.direct
        to_tail[first:last] += seat.to_tail
    return with_tail(direct * gain, to_tail * gain, rate_hz)


def _gain_db(reckoned: Audio, rate_hz: int) -> float:
    loudness = usual_lufs(reckoned, rate_hz)
    if not math.isfinite(loudness):
        return 0.0
    wanted = LOUD_LUFS + SOFTER_KEPT * (loudness - _TUTTI_LUFS)
    return on_scale(min(wanted - loudness, CEILING_DBFS - usual_peak_dbfs(reckoned, rate_hz)))


def _stops_gain(performances: Sequence[Performance], length: int, rate_hz: int) -> Audio:
    """Gain over the file: down by some 15 dB from every stop until the next note starts."""
    gain = np.ones(length, np.float32)
    stops = {stop for performance in performances for stop in performance.stops_samples}
    starts = sorted(note.start_samples for one in performances for note in one.notes)
    fall, rise = round(_STOP_FALL_SECONDS * rate_hz), round(_STOP_RISE_SECONDS * rate_hz)
    low = np.float32(10 ** (_STOP_DB / 20))
    for stop in sorted(stops):
        number = bisect_left(starts, stop)
        following = min(starts[number], length) if number < len(starts) else length
        if not 0 <= stop < following - fall - rise:
            continue
        shape = np.cos(np.linspace(0, np.pi / 2, fall, dtype=np.float32)) ** 2
        gain[stop : stop + fall] = low + (1 - low) * shape
        gain[stop + fall : following - rise] = low
        if following < length:
            gain[following - rise : following] = np.linspace(low, 1, rise, dtype=np.float32)
        else:
            gain[following - rise :] = low
    return gain


def _heard(performance: Performance, length: int, rate_hz: int) -> tuple[int, int]:
    """The samples between which a player can be heard."""
    if not performance.notes:
        return 0, 0
    first = min(note.start_samples for note in performance.notes)
    last = max(note.end_samples for note in performance.notes) + RING_OUT_SECONDS * rate_hz
    return min(max(first, 0), length), min(max(last, 0), length)


def _sum(stems: Mapping[str, Audio]) -> Audio:
    total = np.zeros_like(next(iter(stems.values())), dtype=np.float64)
    for stem in stems.values():
        total += stem
    return total.astype(np.float32)


def _on_grid(sound: Audio) -> Audio:
    return np.asarray(np.rint(sound.astype(np.float64) * _GRID) / _GRID, dtype=np.float32)


def _ends_gain(ends: Ends, length: int, rate_hz: int) -> Audio:
    """One gain curve for every stem: way in, way out, and silence at the very end of the file."""
    gain = np.ones(length, np.float32)
    if ends.way_in is WayIn.SNEAK:
        span = min(round(_SNEAK_IN_SECONDS * rate_hz), length - ends.first_samples)
        rise = np.linspace(_SNEAK_FROM_DB, 0.0, max(span, 0))
        gain[: ends.first_samples] = 10 ** (_SNEAK_FROM_DB / 20)  # slow attacks begin earlier
        gain[ends.first_samples : ends.first_samples + len(rise)] = 10 ** (rise / 20)
    if ends.last_samples is not None:
        _way_out(gain, ends.way_out, ends.last_samples, rate_hz)
    tail_count = min(round(_END_SECONDS * rate_hz), length)
    if tail_count:
        gain[-tail_count:] *= np.linspace(1, 0, tail_count, dtype=np.float32)
    return gain


def _way_out(gain: Audio, way_out: WayOut, last: int, rate_hz: int) -> None:
    """Writes the end of the cue into `gain`.

    A cut is silence from its sample on; a button is damped there and leaves a trace of the hall.
    """
    if way_out is WayOut.CUT:
        _fall(gain, last, round(_CUT_SECONDS * rate_hz))
    elif way_out is WayOut.BUTTON:
        _fall(gain, last + round(_BUTTON_SECONDS * rate_hz), round(_BUTTON_SECONDS * rate_hz))
    elif way_out is WayOut.SNEAK:
        _ease_down(gain, last, round(_SNEAK_OUT_SECONDS * rate_hz), _SNEAK_TO_DB)
        _fall(gain, last, round(_OUT_SECONDS * rate_hz))
    elif way_out is WayOut.FADE:
        _ease_down(gain, last, round(_FADE_SECONDS * rate_hz), _FADE_TO_DB)
        _fall(gain, last, round(_OUT_SECONDS * rate_hz))


def _ease_down(gain: Audio, last: int, count: int, to_db: float) -> None:
    """So many dB down over the `count` samples before `last`, evenly to the ear."""
    end = min(max(last, 0), len(gain))
    start = max(end - count, 0)
    gain[start:end] *= np.asarray(10 ** (np.linspace(0.0, to_db, end - start) / 20), np.float32)


def _fall(gain: Audio, silent_from: int, count: int) -> None:
    """A fall over `count` samples that ends in silence at `silent_from`."""
    end = min(max(silent_from, 0), len(gain))
    start = max(end - count, 0)
    shape = np.cos(np.linspace(0, np.pi / 2, end - start, dtype=np.float32)) ** 2
    gain[start:end] *= shape
    gain[end:] = 0
