"""What a film says of itself, against films made to say it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from tests.drawn_clips import cut, film_of, scene
from tests.shared_material import shared

from scorestage.adapters.machines.film import probe, read_frames
from scorestage.adapters.machines.film.facts import measured_rate, nearest_trade_rate, snapped
from scorestage.timebase import RATES, FilmSpan, FrameRate, Timecode

MS = Fraction(1, 1000)


@pytest.mark.parametrize("name", [name for name in RATES if "drop" not in name])
def test_every_trade_rate_is_read_exactly(tmp_path: Path, name: str) -> None:
    rate = RATES[name]
    film = film_of(tmp_path / "clip.mp4", cut((scene(1, 64, 36), 30)), rate)
    facts = probe(film)
    assert facts.rate == rate
    assert facts.frame_count == 30
    assert facts.duration == FilmSpan(30 / rate.frames_per_second)
    assert not facts.variable_rate
    assert [at for _, at, _ in read_frames(film)] == [rate.time_of(n) for n in range(30)]


@pytest.mark.parametrize("name", ["23.976", "24", "29.97", "59.94"])
def test_rates_survive_a_container_that_counts_milliseconds(name: str) -> None:
    rate = RATES[name]
    starts = tuple(round(n / rate.frames_per_second * 1000) * MS for n in range(500))
    assert measured_rate(starts, MS) == (rate, False)


def test_a_frame_left_out_is_a_gap_not_another_rate() -> None:
    starts = [Fraction(n, 24) for n in range(200)]
    del starts[77]
    assert measured_rate(tuple(starts), Fraction(1, 12288)) == (RATES["24"], False)


def test_a_phone_keeps_no_rate() -> None:
    steps = np.random.default_rng(1).choice([30, 33, 34, 41, 50], 400)
    starts = tuple(int(n) * MS for n in np.cumsum(steps))
    rate, variable = measured_rate(starts, MS)
    assert variable
    assert rate in RATES.values()


def test_rates_between_the_trades_stay_themselves() -> None:
    assert snapped(Fraction(15)) == FrameRate(15)
    assert snapped(Fraction("23.98")) == RATES["23.976"]
    assert nearest_trade_rate(Fraction("29.2")) == RATES["29.97"]


@pytest.mark.parametrize(
    ("label", "name"), [("01:00:00:00", "24"), ("00:59:58;00", "29.97 drop"), ("10:11:12:13", "25")]
)
@pytest.mark.parametrize("suffix", ["mp4", "mov"])
def test_start_timecode(tmp_path: Path, label: str, name: str, suffix: str) -> None:
    start = Timecode.parse(label, RATES[name])
    film = film_of(tmp_path / f"a.{suffix}", cut((scene(1), 5)), RATES[name], start=start)
    facts = probe(film)
    assert facts.start_timecode == start
    assert str(facts.start_timecode) == label
    assert facts.rate == RATES[name]


def test_no_timecode_and_no_sound(tmp_path: Path) -> None:
    facts = probe(film_of(tmp_path / "a.mp4", cut((scene(1), 5))))
    assert facts.start_timecode is None
    assert (facts.has_sound, facts.sample_rate_hz, facts.channels) == (False, None, None)
    assert facts.track_titles == ()


def test_sound_facts(tmp_path: Path) -> None:
    sound = np.zeros((9600, 1), np.float32)
    facts = probe(film_of(tmp_path / "a.mp4", cut((scene(1), 5)), sound=sound))
    assert (facts.has_sound, facts.sample_rate_hz, facts.channels) == (True, 48_000, 1)
    assert facts.track_titles == ("sound",)


@pytest.mark.parametrize("suffix", ["mkv", "ts", "avi"])
def test_other_containers(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"clip.{suffix}"
    _plain(path, [(n, Fraction(1001, 24000)) for n in range(60)])
    facts = probe(path)
    assert facts.rate == RATES["23.976"]
    assert facts.frame_count == 60
    assert not facts.variable_rate


def test_variable_rate(tmp_path: Path) -> None:
    steps = np.random.default_rng(3).choice([30, 33, 37, 50], 80)
    ticks = [0, *np.cumsum(steps).tolist()]
    path = tmp_path / "phone.mp4"
    _plain(path, [(tick, MS) for tick in ticks])
    facts = probe(path)
    assert facts.variable_rate
    assert facts.frame_count == 81
    assert [at.seconds for _, at, _ in read_frames(path)] == [tick * MS for tick in ticks]


def test_a_film_that_starts_late_counts_from_its_first_frame(tmp_path: Path) -> None:
    path = tmp_path / "late.mkv"
    _plain(path, [(n + 48, Fraction(1, 24)) for n in range(20)])
    facts = probe(path)
    assert facts.first_pts_seconds == 2
    assert next(read_frames(path))[:2] == (0, RATES["24"].time_of(0))


def test_turned_and_squeezed_films_are_told_upright(tmp_path: Path) -> None:
    turned, squeezed = tmp_path / "turned.mp4", tmp_path / "squeezed.mp4"
    _plain(turned, [(n, Fraction(1, 24)) for n in range(5)], degrees=90)
    _plain(squeezed, [(n, Fraction(1, 24)) for n in range(5)], aspect=Fraction(4, 3))
    facts = probe(turned)
    assert (facts.width_px, facts.height_px, facts.rotation_degrees) == (72, 128, 90)
    facts = probe(squeezed)
    assert (facts.width_px, facts.height_px, facts.rotation_degrees) == (171, 72, 0)


def test_the_trailer() -> None:
    facts = probe(shared("films/sintel-trailer.mp4"))
    assert (facts.rate, facts.frame_count) == (RATES["24"], 1253)
    assert (facts.width_px, facts.height_px) == (640, 360)
    assert (facts.sample_rate_hz, facts.channels) == (48_000, 2)


def _plain(
    path: Path,
    starts: list[tuple[int, Fraction]],
    degrees: int = 0,
    aspect: Fraction | None = None,
) -> None:
    """A film written by hand, frame times in ticks of the given length."""
    draw = scene(2)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 128, 72, "yuv420p"
        stream.codec_context.time_base = starts[0][1]
        if degrees:
            stream.set_display_rotation(degrees)
        if aspect:
            stream.sample_aspect_ratio = aspect
        for number, (tick, base) in enumerate(starts):
            frame = av.VideoFrame.from_ndarray(draw(number), format="rgb24")
            frame.pts, frame.time_base = tick, base
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
