from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import tempos
from tests.sync.houses import ACCENTED, PLAIN

from scorestage.production import House
from scorestage.sync import (
    ClickStroke,
    click_blocks,
    click_strokes,
    click_track,
    cue_timeline,
    dithered,
    sample_of,
)
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    FilmSpan,
    FilmTime,
    FreeBar,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)

FOUR_BARS = BarGrid.regular(4, Meter(4, 4))
AT_120 = TempoMap.steady(FilmTime(10), Tempo(120), FOUR_BARS)


def _onsets(track: np.ndarray) -> list[int]:
    """First samples of sound after at least ten milliseconds of silence."""
    loud = np.flatnonzero(np.abs(track) > 0.05)
    return [int(at) for index, at in enumerate(loud) if index == 0 or at - loud[index - 1] > 480]


def test_warning_clicks_lead_into_bar_one_at_its_tempo() -> None:
    """V26: eight clicks, the first at six seconds."""
    strokes = click_strokes(AT_120, 8)
    assert [stroke.at.seconds for stroke in strokes[:9]] == [6 + Fraction(n, 2) for n in range(9)]
    assert [stroke.warning for stroke in strokes] == [True] * 8 + [False] * 16
    assert [stroke.stress for stroke in strokes] == [3, 1, 2, 1] * 6


def test_warning_clicks_end_with_a_whole_bar() -> None:
    waltz = TempoMap.steady(FilmTime(10), Tempo(120), BarGrid.regular(2, Meter(3, 4)))
    assert [stroke.stress for stroke in click_strokes(waltz, 4)][:5] == [1, 3, 1, 1, 3]


def test_the_click_stops_with_the_last_attack() -> None:
    strokes = click_strokes(AT_120, 0, last_attack=Beat("27/2"))
    assert strokes[-1].at == AT_120.time_at(Beat(13))
    assert len(click_strokes(AT_120, 0)) == 16


def test_free_bars_are_silent_and_slow_beats_may_be_divided() -> None:
    events = (Steady(Beat(0), Tempo(50)), FreeBar(Beat(4), Beats(4), FilmSpan(9)))
    free = TempoMap(FilmTime(10), FOUR_BARS, events)
    strokes = click_strokes(free, 0)
    assert len(strokes) == 12
    assert strokes[4].at == free.time_at(Beat(8))
    divided = click_strokes(free, 0, subdivide_below_bpm=Fraction(60))
    assert [stroke.stress for stroke in divided[:4]] == [3, 0, 1, 0]
    assert divided[1].at == free.time_at(Beat("1/2"))


def test_a_dotted_beat_clicks_once() -> None:
    jig = TempoMap.steady(FilmTime(0), Tempo(60, Beats("3/2")), BarGrid.regular(2, Meter(6, 8)))
    assert [stroke.at for stroke in click_strokes(jig, 2)] == [FilmTime(n) for n in range(-2, 4)]


@pytest.mark.parametrize("rate_hz", [44100, 48000, 96000])
def test_every_click_begins_on_its_sample_in_constant_and_bending_tempos(rate_hz: int) -> None:
    events = (
        Steady(Beat(0), Tempo("97.3")),
        Ramp(Beat(4), Beats(8), Tempo("97.3"), Tempo(61)),
        Steady(Beat(12), Tempo("88.85")),
    )
    bending = TempoMap(FilmTime("100.123"), FOUR_BARS, events)
    timeline = cue_timeline(bending, 8, FRAMES_24)
    strokes = click_strokes(bending, 8)
    track = click_track(
        strokes, timeline.file.start, timeline.length_samples(rate_hz), PLAIN, rate_hz
    )
    assert len(track) == timeline.length_samples(rate_hz)
    wanted = [round((stroke.at - timeline.file.start).seconds * rate_hz) for stroke in strokes]
    assert _onsets(track) == wanted
    assert [int(np.argmax(track[at : at + 400])) for at in wanted] == [0] * len(wanted)


def test_a_thousand_beats_later_the_click_is_still_on_its_sample() -> None:
    long = TempoMap.steady(FilmTime(1), Tempo(110), BarGrid.regular(250, Meter(4, 4)))
    timeline = cue_timeline(long, 0, FRAMES_24)
    track = click_track(
        click_strokes(long, 0), timeline.file.start, timeline.length_samples(48000), PLAIN
    )
    last = _onsets(track)[-1]
    exact = (999 * Fraction(60, 110) + 1 - timeline.file.start.seconds) * 48000
    assert abs(last - exact) <= Fraction(1, 2)


def test_after_three_hours_no_click_is_off_by_more_than_half_a_sample() -> None:
    long = TempoMap.steady(FilmTime("1.001"), Tempo("93.7"), BarGrid.regular(4217, Meter(4, 4)))
    strokes = click_strokes(long, 0)
    assert len(strokes) == 16868
    for rate_hz in (48_000, 96_000):
        for number in range(0, len(strokes), 7):
            exact = (number * 60 / Fraction("93.7") + Fraction("0.001")) * rate_hz
            placed = sample_of(strokes[number], FilmTime(1), rate_hz)
            assert abs(placed - exact) <= Fraction(1, 2)
    last = strokes[-20:]
    near = last[0].at - FilmSpan("0.5")
    track = click_track(last, near, 15 * 48_000, PLAIN)
    wanted = [sample_of(stroke, near, 48_000) for stroke in last]
    assert _onsets(track) == wanted


@pytest.mark.parametrize("block", [100, 577, 4096, 10**6])
def test_blocks_make_the_same_sound(block: int) -> None:
    """Also where a click lies across two of them, or a block is shorter than a click."""
    strokes = click_strokes(AT_120, 8)
    whole = click_track(strokes, FilmTime(5), 5 * 48_000, ACCENTED)
    pieces = list(click_blocks(strokes, FilmTime(5), 5 * 48_000, ACCENTED, block_samples=block))
    assert max(map(len, pieces)) <= block
    assert np.array_equal(np.concatenate(pieces), whole)
    noisy = np.concatenate(list(dithered(pieces, 16, 3)))
    again = np.concatenate(list(dithered([whole], 16, 3)))
    assert np.array_equal(noisy, again)
    assert 0 < np.abs(noisy - whole).max() <= 2.0**-15 * 1.001


def test_a_softer_click_is_softer_by_its_level() -> None:
    plain, soft = ClickStroke(FilmTime(1), 1), ClickStroke(FilmTime(1), 1, level_db=Fraction(-6))
    peaks = [np.abs(click_track((one,), FilmTime(0), 96_000, PLAIN)).max() for one in (plain, soft)]
    assert abs(20 * np.log10(peaks[1] / peaks[0]) + 6) < 0.01


def test_each_kind_of_click_has_a_sound_of_its_own_where_the_house_accents() -> None:
    """Pitch by the strongest partial: downbeat above beat above subdivision; one pitch else."""

    def pitch_hz(stress: int, house: House) -> float:
        track = click_track((ClickStroke(FilmTime(0), stress),), FilmTime(0), 48_000, house)
        return float(np.argmax(np.abs(np.fft.rfft(track[:576], 48_000))))

    accented = [pitch_hz(stress, ACCENTED) for stress in (3, 1, 0)]
    assert accented[0] > 1.2 * accented[1] > 1.4 * accented[2]
    assert len({pitch_hz(stress, PLAIN) for stress in (3, 2, 1, 0)}) == 1


def test_accents_are_louder_and_higher_where_the_house_wants_them() -> None:
    strokes = (ClickStroke(FilmTime(1), 3), ClickStroke(FilmTime(2), 1))
    plain = click_track(strokes, FilmTime(0), 3 * 48000, PLAIN)
    accented = click_track(strokes, FilmTime(0), 3 * 48000, ACCENTED)
    assert np.array_equal(plain[48000:48600], plain[96000:96600])
    assert accented[48000] > 1.5 * accented[96000]
    crossings = [
        int((np.diff(np.sign(accented[at : at + 300])) != 0).sum()) for at in (48000, 96000)
    ]
    assert crossings[0] > crossings[1]


def test_a_click_is_a_short_tick_without_clipping() -> None:
    track = click_track((ClickStroke(FilmTime(1), 3),), FilmTime(0), 2 * 48000, ACCENTED)
    heard = np.flatnonzero(track)
    assert heard[0] == 48000
    assert heard[-1] - heard[0] <= 0.012 * 48000
    assert np.abs(track).max() < 0.95
    energy = np.cumsum(track[48000:49000] ** 2)
    assert energy[int(0.004 * 48000)] > 0.95 * energy[-1]


def test_a_click_before_the_file_is_a_fault() -> None:
    with pytest.raises(ValueError, match="before the file's start"):
        click_track((ClickStroke(FilmTime(0), 1),), FilmTime(1), 48000, PLAIN)


@settings(max_examples=15, deadline=None)
@given(tempos(40, 240), st.integers(0, 12), st.booleans())
def test_onsets_are_within_a_sample_of_the_map(tempo: Tempo, warning: int, accents: bool) -> None:
    cue = TempoMap.steady(FilmTime("1/3"), tempo, FOUR_BARS)
    timeline = cue_timeline(cue, warning, FRAMES_24)
    strokes = click_strokes(cue, warning)
    house = replace(PLAIN, click_accents=accents)
    samples = timeline.length_samples(48000)
    track = click_track(strokes, timeline.file.start, samples, house)
    wanted = [float((stroke.at - timeline.file.start).seconds * 48000) for stroke in strokes]
    assert np.abs(np.array(_onsets(track)) - wanted).max() <= 0.5 + 1e-9
