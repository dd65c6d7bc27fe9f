"""The recording conformed with the music: which stretches of old sound play when, and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from scorestage.music.replaying import PlayedSpan
from scorestage.timebase import Beat, TempoMap

Sound = npt.NDArray[np.float32]

GRAIN_SECONDS = 0.05
"""Length of the grains that sound is stretched by."""
SEARCH_SECONDS = 0.008
"""How far a grain may move to meet the wave before it."""
FADE_SECONDS = 0.012
"""Crossfade at a joint, ending where the new sound begins."""
_LANDING_GRAINS, _LEAST_MET = 4, -0.5
NEAR = Fraction(1, 10**6)


@dataclass(frozen=True, slots=True)
class AudioEdit:
    """A stretch of old sound, in film seconds: from `old_in` up to `old_out`, played at `new_at`.

    `stretch` is how much longer it lasts now (1: as it was).
    """

    old_in: Fraction
    old_out: Fraction
    new_at: Fraction
    stretch: Fraction = Fraction(1)

    @property
    def new_out(self) -> Fraction:
        """Where it ends now."""
        return self.new_at + (self.old_out - self.old_in) * self.stretch


def audio_edits(
    old: TempoMap, new: TempoMap, spans: Sequence[PlayedSpan], places: Sequence[Beat]
) -> tuple[AudioEdit, ...]:
    """The old sound of a cue as the new map plays it; `places` are the clicks of the old one.

    Clicks that follow one another at the same speed are one edit. New music has no old sound.
    """
    found: list[AudioEdit] = []
    for span in spans:
        if span.low is None:
            continue
        high = span.low + span.length
        cuts = [span.low, *(at for at in places if span.low < at < high), high]
        for low, until in pairwise(cuts):
            start, end = old.time_at(low).seconds, old.time_at(until).seconds
            at = new.time_at(span.to + (low - span.low)).seconds
            lasting = new.time_at(span.to + (until - span.low)).seconds - at
            _add(found, AudioEdit(start, end, at, lasting / (end - start)))
    return tuple(found)


def _add(found: list[AudioEdit], edit: AudioEdit) -> None:
    """Put an edit behind the others; as one with the last where it goes on at the same speed."""
    last = found[-1] if found else None
    goes_on = last is not None and (last.old_out, last.new_out) == (edit.old_in, edit.new_at)
    if last is not None and goes_on and abs(last.stretch - edit.stretch) <= NEAR:
        whole = edit.old_out - last.old_in
        lasting = edit.new_out - last.new_at
        found[-1] = AudioEdit(last.old_in, edit.old_out, last.new_at, lasting / whole)
    else:
        found.append(edit)


def with_head_and_tail(
    edits: Sequence[AudioEdit], begins: Fraction, ends: Fraction
) -> tuple[AudioEdit, ...]:
    """The edits of a sound from film second `begins` to `ends`, what lies around them too.

    Warning clicks before the first go with it, and the ring of the last note with the last.
    """
    first, last = edits[0], edits[-1]
    head = max(Fraction(0), first.old_in - begins)
    tail = max(Fraction(0), ends - last.old_out)
    return (
        AudioEdit(first.old_in - head, first.old_in, first.new_at - head),
        *edits,
        AudioEdit(last.old_out, last.old_out + tail, last.new_out),
    )


def conformed_sound(
    sound: Sound,
    rate_hz: int,
    begins: Fraction,
    edits: Sequence[AudioEdit],
    starts: Fraction,
    led_by: Sound | None = None,
) -> Sound:
    """Old sound of shape (samples, channels) that begins at film second `begins`, edited.

    The answer begins at `starts`. What lies before the first edit and behind the last goes with
    them: warning clicks, the ring of the last note. At joints the sound is crossfaded, ending
    where the new music begins, so that no attack is cut. `led_by` is a sound as long or longer, by
    whose waves bent bars are stretched: stems led by their sum keep together.
    """
    if not edits:
        return sound
    lead = sound if led_by is None else led_by
    whole = with_head_and_tail(edits, begins, begins + Fraction(len(sound), rate_hz))
    length = round((whole[-1].new_out - starts) * rate_hz)
    made = np.zeros((max(0, length), sound.shape[1]), dtype=np.float32)
    fade = round(FADE_SECONDS * rate_hz)
    for number, edit in enumerate(whole):
        before = whole[number - 1] if number else edit
        after = whole[number + 1] if number + 1 < len(whole) else edit
        smooth = (before.old_out, before.new_out) == (edit.old_in, edit.new_at)
        ends = after.new_at > edit.new_out
        _place(made, (sound, lead), rate_hz, (begins, starts), edit, 0 if smooth else fade)
        if ends:
            _fade_out(made, round((edit.new_out - starts) * rate_hz), fade)
    return made


def _place(
    made: Sound,
    sounds: tuple[Sound, Sound],
    rate_hz: int,
    origins: tuple[Fraction, Fraction],
    edit: AudioEdit,
    fade: int,
) -> None:
    """Lay one stretch into the new sound, fading in over what ends there."""
    (sound, led_by), (begins, starts) = sounds, origins
    low = round((edit.old_in - begins) * rate_hz)
    high = round((edit.old_out - begins) * rate_hz)
    at = round((edit.new_at - starts) * rate_hz)
    wanted = round((edit.new_out - starts) * rate_hz) - at
    if high <= low or wanted <= 0:
        return
    lead = min(fade, max(0, low), max(0, at))
    piece = sound[max(0, low) : min(len(sound), high)]
    if edit.stretch != 1:
        leading = led_by[max(0, low) : min(len(sound), high)]
        piece = stretched(piece, wanted, rate_hz, leading)
    if lead:
        ramp = np.sin(np.linspace(0, np.pi / 2, lead, dtype=np.float32))[:, None]
        before = made[at - lead : at]
        before *= np.cos(np.linspace(0, np.pi / 2, lead, dtype=np.float32))[:, None]
        before += (sound[low - lead : low] * ramp)[: len(before)]
    room = min(len(piece), len(made) - at)
    if room > 0:
        made[at : at + room] = piece[:room]


def _fade_out(made: Sound, end: int, fade: int) -> None:
    """Let the sound before a gap end without a click."""
    low = max(0, end - fade)
    made[low:end] *= np.linspace(1, 0, max(0, end - low), dtype=np.float32)[:, None]


def stretched(sound: Sound, wanted: int, rate_hz: int, led_by: Sound | None = None) -> Sound:
    """Sound of shape (samples, channels) made `wanted` samples long at the same pitch.

    Grains are laid over each other, each moved to where its wave meets the one before (WSOLA:
    Verhelst and Roelands 1993). It begins and ends as the old sound does, to the sample, so that
    what lies on either side goes on without a click. `led_by` is a sound as long, by whose waves
    the grains are laid: sounds led by the same one keep together.
    """
    grain = max(64, round(GRAIN_SECONDS * rate_hz) // 2 * 2)
    if len(sound) <= grain or wanted <= grain:
        places = np.linspace(0, max(0, len(sound) - 1), max(0, wanted)).round().astype(int)
        short: Sound = (
            sound[places] if len(sound) else np.zeros((wanted, sound.shape[1]), np.float32)
        )
        return short
    hop, search = grain // 2, round(SEARCH_SECONDS * rate_hz)
    window = np.hanning(grain + 1)[:grain].astype(np.float32)[:, None]
    opening = window.copy()
    opening[:hop] = 1
    lead = sound if led_by is None else led_by
    mono = lead.mean(axis=1)
    made = np.zeros((wanted + grain, sound.shape[1]), dtype=np.float32)
    told = np.zeros(wanted + grain, dtype=np.float32)
    ratio = (len(sound) - grain) / max(1, wanted - grain)
    follow = 0
    for at in range(0, wanted, hop):
        ideal = round(min(len(sound) - grain, at * ratio))
        place = ideal if at == 0 else _meeting(mono, follow, ideal, grain, search)
        shape = window if at else opening
        made[at : at + grain] += sound[place : place + grain] * shape
        told[at : at + grain] += mono[place : place + grain] * shape[:, 0]
        follow = min(len(sound) - grain, place + hop)
    return _landed(made[:wanted], sound, told[:wanted], mono, grain)


def _landed(
    made: Sound,
    sound: Sound,
    told: npt.NDArray[np.float32],
    mono: npt.NDArray[np.float32],
    fade: int,
) -> Sound:
    """The stretched sound led over into the end of the old one, where their waves meet best.

    `told` and `mono` are the waves gone by, of the one and the other. The crossfade keeps the
    level, whether the waves meet or not.
    """
    most = min(len(told), len(mono)) - fade
    tried = range(0, max(1, min(_LANDING_GRAINS * fade, most)), max(1, fade // 8))

    def likeness(back: int) -> float:
        one = told[len(told) - back - fade : len(told) - back]
        other = mono[len(mono) - back - fade : len(mono) - back]
        power = float(one @ one) * float(other @ other)
        return float(one @ other) / power**0.5 if power > 0 else 0.0

    back = max(tried, key=likeness)
    met = max(_LEAST_MET, likeness(back))
    up = np.linspace(0, 1, fade, dtype=np.float32)[:, None]
    down = 1 - up
    level = np.sqrt(up * up + down * down + 2 * met * up * down)
    low = len(made) - back - fade
    end = sound[len(sound) - back - fade :]
    made[low : low + fade] = (made[low : low + fade] * down + end[:fade] * up) / level
    made[low + fade :] = end[fade:]
    return made


def _meeting(
    mono: npt.NDArray[np.float32], follow: int, ideal: int, grain: int, search: int
) -> int:
    """The place near `ideal` whose wave is most like what would have followed."""
    low, high = max(0, ideal - search), min(len(mono) - grain, ideal + search)
    if high <= low:
        return low
    like = mono[follow : follow + grain]
    heard = np.lib.stride_tricks.sliding_window_view(mono[low : high + grain], grain)
    return low + int(np.argmax(heard @ like))
