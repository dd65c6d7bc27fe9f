"""Old sound under new music: onsets measured in the samples."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from scorestage.conform.audio_edits import AudioEdit, Sound, audio_edits, conformed_sound, stretched
from scorestage.music.replaying import PlayedSpan
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter, Steady, Tempo, TempoMap

RATE = 8000
GRID = BarGrid.regular(4, Meter(4, 4))
OLD = TempoMap.steady(FilmTime(10), Tempo(120), GRID)
PLACES = tuple(Beat(n) for n in range(17))


def clicks_sound(begins: float, times: list[float], seconds: float) -> Sound:
    """A short click at each film time, of another height each."""
    sound = np.zeros((int(seconds * RATE), 1), dtype=np.float32)
    for number, at in enumerate(times):
        place = round((at - begins) * RATE)
        sound[place : place + 8, 0] = 0.5 + 0.02 * number
    return sound


def onsets(sound: Sound, begins: float) -> list[float]:
    loud = np.abs(sound[:, 0]) > 0.3
    starts = np.nonzero(loud & ~np.concatenate([[False], loud[:-1]]))[0]
    found: list[float] = []
    for start in starts:
        at = begins + start / RATE
        if not found or at - found[-1] > 0.05:
            found.append(at)
    return found


def test_music_as_it_was_is_one_edit_that_slides() -> None:
    span = (PlayedSpan(Beat(0), Beats(16), Beat(0)),)
    later = TempoMap.steady(FilmTime(12), Tempo(120), GRID)
    assert audio_edits(OLD, later, span, PLACES) == (
        AudioEdit(Fraction(10), Fraction(18), Fraction(12)),
    )


def test_a_bar_cut_joins_the_sound_on_either_side() -> None:
    spans = (PlayedSpan(Beat(0), Beats(4), Beat(0)), PlayedSpan(Beat(4), Beats(8), Beat(8)))
    new = TempoMap.steady(FilmTime(10), Tempo(120), BarGrid.regular(3, Meter(4, 4)))
    edits = audio_edits(OLD, new, spans, PLACES)
    assert [(float(one.old_in), float(one.new_at)) for one in edits] == [(10, 10), (14, 12)]
    times = [10 + 0.5 * n for n in range(16)]
    sound = clicks_sound(9.0, times, 10)
    made = conformed_sound(sound, RATE, Fraction(9), edits, Fraction(9))
    assert onsets(made, 9.0) == pytest.approx([10 + 0.5 * n for n in range(12)], abs=1 / RATE)
    assert len(made) == len(sound) - 2 * RATE


def test_a_bend_stretches_its_bars_alone() -> None:
    faster = (Steady(Beat(0), Tempo(120)), Steady(Beat(4), Tempo(125)), Steady(Beat(8), Tempo(120)))
    new = TempoMap(FilmTime(10), GRID, faster)
    edits = audio_edits(OLD, new, (PlayedSpan(Beat(0), Beats(16), Beat(0)),), PLACES)
    assert [one.stretch for one in edits] == [1, Fraction(24, 25), 1]
    sound = clicks_sound(10.0, [10 + 0.5 * n for n in range(16)], 8.5)
    made = conformed_sound(sound, RATE, Fraction(10), edits, Fraction(10))
    wanted = [float(new.time_at(Beat(n)).seconds) for n in range(16)]
    found = onsets(made, 10.0)
    assert len(found) == 16
    assert found == pytest.approx(wanted, abs=0.012)


def test_new_music_is_silence_and_the_ring_stays() -> None:
    spans = (
        PlayedSpan(Beat(0), Beats(8), Beat(0)),
        PlayedSpan(Beat(8), Beats(4), None),
        PlayedSpan(Beat(12), Beats(8), Beat(8)),
    )
    new = TempoMap.steady(FilmTime(10), Tempo(120), BarGrid.regular(5, Meter(4, 4)))
    edits = audio_edits(OLD, new, spans, PLACES)
    sound = np.full((10 * RATE, 2), 0.25, dtype=np.float32)
    made = conformed_sound(sound, RATE, Fraction(10), edits, Fraction(10))
    assert len(made) == 12 * RATE
    gap = made[round(4.1 * RATE) : round(5.9 * RATE)]
    assert np.abs(gap).max() == 0
    assert np.abs(made[-RATE:]).min() > 0.2


@pytest.mark.parametrize("ratio", [0.95, 0.99, 1.02, 1.3, 2.0])
def test_stretching_keeps_the_pitch_and_the_level(ratio: float) -> None:
    at = np.arange(2 * RATE) / RATE
    tone = (0.4 * np.sin(2 * np.pi * 440 * at)).astype(np.float32)[:, None]
    made = stretched(tone, round(len(tone) * ratio), RATE)
    assert len(made) == round(len(tone) * ratio)
    spectrum = np.abs(np.fft.rfft(made[:, 0] * np.hanning(len(made))))
    peak = float(np.argmax(spectrum) * RATE / len(made))
    assert peak == pytest.approx(440, abs=2.0)
    middle = made[RATE // 4 : -RATE // 4, 0]
    assert np.sqrt((middle**2).mean()) == pytest.approx(0.4 / np.sqrt(2), rel=0.05)


@pytest.mark.parametrize("stretch", [Fraction(99, 100), Fraction(1009, 1000), Fraction(51, 50)])
def test_bent_bars_begin_and_end_without_a_click_or_a_hole(stretch: Fraction) -> None:
    at = np.arange(9 * RATE) / RATE
    tones = 0.5 * np.sin(2 * np.pi * 220 * at) + 0.2 * np.sin(2 * np.pi * 331.7 * at + 1)
    sound = tones.astype(np.float32)[:, None]
    bent = AudioEdit(Fraction(3), Fraction(6), Fraction(3), stretch)
    edits = [AudioEdit(Fraction(0), Fraction(3), Fraction(0)), bent,
             AudioEdit(Fraction(6), Fraction(9), bent.new_out)]  # fmt: skip
    made = conformed_sound(sound, RATE, Fraction(0), edits, Fraction(0))[:, 0]
    assert np.abs(np.diff(made)).max() < 1.1 * np.abs(np.diff(sound[:, 0])).max()
    window = RATE // 50
    level = np.sqrt(np.convolve(made**2, np.ones(window) / window, mode="valid"))
    usual = np.sqrt(np.convolve(sound[:, 0] ** 2, np.ones(window) / window, mode="valid"))
    assert level.min() > 0.7 * usual.min()


def test_stems_led_by_their_sum_still_sum() -> None:
    random = np.random.default_rng(4)
    stems = [random.normal(0, 0.1, (4 * RATE, 2)).astype(np.float32) for _ in range(3)]
    mix: Sound = np.sum(stems, axis=0, dtype=np.float32)
    edits = [AudioEdit(Fraction(0), Fraction(4), Fraction(0), Fraction(102, 100))]
    whole = conformed_sound(mix, RATE, Fraction(0), edits, Fraction(0), mix)
    parts = [conformed_sound(one, RATE, Fraction(0), edits, Fraction(0), mix) for one in stems]
    assert np.abs(np.sum(parts, axis=0) - whole).max() < 1e-5
    alone = [conformed_sound(one, RATE, Fraction(0), edits, Fraction(0)) for one in stems]
    assert np.abs(np.sum(alone, axis=0) - whole).max() > 0.1
