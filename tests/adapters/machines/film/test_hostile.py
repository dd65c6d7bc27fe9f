"""Strangers' films of every kind: read frame by frame for what they hold, or clearly refused."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.machines.film.test_frames import number_in, numbered
from tests.hostile_films import Strange, strange_film

from scorestage.adapters.machines.film import probe, read_frames, read_sound
from scorestage.errors import FilmError
from scorestage.timebase import FilmTime, Timecode

FRAMES = 60
STEPS = np.random.default_rng(4).choice([30, 33, 37, 50], FRAMES - 1)
PHONE = (0, *np.cumsum(STEPS).tolist())
PAL = Fraction(25)
KINDS = {
    "no frames out of order.mp4": Strange(b_frames=0),
    "open groups.mp4": Strange(
        options={"g": "12", "x264-params": "open-gop=1:bframes=5:b-adapt=0:scenecut=0"}
    ),
    "fragments.mp4": Strange(container={"movflags": "frag_keyframe+empty_moov"}),
    "film at 23.976 before midnight.mp4": Strange(
        rate=Fraction(24000, 1001), timecode="23:59:58:00"
    ),
    "drop-frame.mov": Strange(rate=Fraction(30000, 1001), timecode="09:59:58;12"),
    "ten bits.mov": Strange(codec="prores_ks", pixels="yuv422p10le"),
    "alpha.mov": Strange(codec="qtrle", pixels="argb"),
    "4 2 2.mp4": Strange(pixels="yuv422p"),
    "4 4 4 ten bits.mkv": Strange(pixels="yuv444p10le"),
    "fields.mp4": Strange(options={"x264-params": "interlaced=1:tff=1"}),
    "fields.mxf": Strange(
        codec="mpeg2video", rate=PAL, bit_rate=5_000_000, options={"flags": "+ilme+ildct"}
    ),
    "ten o'clock.mxf": Strange(
        codec="mpeg2video", rate=PAL, bit_rate=5_000_000, b_frames=2, timecode="10:00:00:00"
    ),
    "decoding times alone.mxf": Strange(rate=PAL, options={"bf": "3"}),
    "ten hours in.ts": Strange(container={"output_ts_offset": "36000"}),
    "late.mkv": Strange(container={"output_ts_offset": "10"}),
    "disc.mpg": Strange(codec="mpeg2video", rate=PAL, bit_rate=3_000_000, b_frames=2),
    "live.mkv": Strange(
        codec="mjpeg", pixels="yuvj420p", container={"live": "1"}, sound_codec="pcm_s16le"
    ),
    "net.webm": Strange(codec="libvpx-vp9"),
    "old.avi": Strange(codec="mpeg4", b_frames=2, bit_rate=2_000_000),
    "flash.flv": Strange(),
    "phone.mp4": Strange(start_ticks=PHONE, tick=Fraction(1, 1000), options={"bf": "3"}),
    "phone.mkv": Strange(start_ticks=PHONE, tick=Fraction(1, 1000)),
    "squeezed.mp4": Strange(aspect=Fraction(64, 45)),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_frame_is_there_at_its_own_time(name: str, tmp_path: Path) -> None:
    how = KINDS[name]
    sound = np.zeros(120_000, np.float32)
    film = strange_film(tmp_path / name, [numbered(n, 160, 96) for n in range(FRAMES)], how, sound)
    read = list(read_frames(film, (160, 96), grey=True))
    assert [number_in(picture) for _, _, picture in read] == list(range(FRAMES))
    step = how.tick or 1 / how.rate
    wanted = [FilmTime(tick * step) for tick in how.start_ticks or range(FRAMES)]
    assert [at for _, at, _ in read] == wanted
    facts = probe(film)
    assert facts.frame_count == FRAMES and facts.variable_rate == bool(how.start_ticks)
    if how.timecode:
        assert facts.start_timecode == Timecode.parse(how.timecode, facts.rate)
    sought = next(read_frames(film, (160, 96), grey=True, start=wanted[41]))
    assert (number_in(sought[2]), sought[1]) == (41, wanted[41])


def clip(path: Path, how: Strange | None = None) -> Path:
    sound = np.random.default_rng(2).normal(0, 0.05, 96_000).astype(np.float32)
    kind = how or Strange(sound_codec="aac", options={"g": "12"})
    return strange_film(path, [numbered(n, 160, 96) for n in range(48)], kind, sound)


CUT_SHORT = {
    "a.avi": Strange(codec="mjpeg", pixels="yuvj420p"),
    "a.mxf": Strange(codec="mpeg2video", rate=PAL, bit_rate=5_000_000),
    "parts.mp4": Strange(container={"movflags": "frag_keyframe+empty_moov"}),
}


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.mov", "a.avi", "a.mxf", "parts.mp4"])
@pytest.mark.parametrize("share", [0.05, 0.4, 0.8, 0.93])
def test_a_film_cut_short_anywhere_is_refused(name: str, share: float, tmp_path: Path) -> None:
    film = clip(tmp_path / name, CUT_SHORT.get(name))
    content = film.read_bytes()
    film.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(FilmError) as caught:
        list(read_frames(film))
    assert caught.value.do and caught.value.exit_status == 2


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts", "a.flv", "a.mpg"])
@pytest.mark.parametrize("size", [60, 700])
def test_garbage_is_left_out_or_told(name: str, size: int, tmp_path: Path) -> None:
    """Never a crash; what is read lies on its own frame."""
    mpeg = Strange(codec="mpeg2video", rate=PAL, bit_rate=3_000_000, sound_codec="mp2")
    film = clip(tmp_path / name, mpeg if name == "a.mpg" else None)
    whole, wild = film.read_bytes(), random.Random(size)
    for place in (0.2, 0.5, 0.8, 0.9):
        content, at = bytearray(whole), int(len(whole) * place)
        content[at : at + size] = wild.randbytes(min(size, len(whole) - at))
        film.write_bytes(content)
        try:
            numbers = [number for number, _, _ in read_frames(film)]
            read_sound(film)
        except FilmError as fault:
            assert fault.what and fault.do
            continue
        assert numbers == sorted(set(numbers)) and numbers[-1] <= 48


def test_damaged_sound_is_silent_where_it_is_damaged(tmp_path: Path) -> None:
    loud = np.full(192_000, 0.25, np.float32) * np.sin(np.arange(192_000) / 7)
    film = strange_film(
        tmp_path / "a.mkv", [numbered(n) for n in range(96)], Strange(sound_codec="aac"), loud
    )
    content = bytearray(film.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 300] = bytes(300)
    film.write_bytes(content)
    sound = np.abs(read_sound(film, channels=1)[:, 0])
    steps = sound[: len(sound) // 4800 * 4800].reshape(-1, 4800).max(axis=1)
    assert len(sound) > 180_000
    assert 0 < np.sum(steps < 0.05) < 8
    assert np.median(steps) > 0.2


@pytest.mark.parametrize("leap_seconds", [0, 40_000])
def test_joined_recordings_are_refused(leap_seconds: int, tmp_path: Path) -> None:
    one = clip(tmp_path / "one.ts").read_bytes()
    later = Strange(container={"output_ts_offset": str(leap_seconds)})
    joined = tmp_path / "joined.ts"
    joined.write_bytes(one + clip(tmp_path / "two.ts", later).read_bytes())
    with pytest.raises(FilmError, match="clock leaps"):
        probe(joined)


def test_a_broadcast_that_begins_inside_a_group_counts_from_what_can_be_seen(
    tmp_path: Path,
) -> None:
    film = strange_film(
        tmp_path / "a.ts",
        [numbered(n, 160, 96) for n in range(96)],
        Strange(options={"g": "24", "bf": "3"}),
    )
    content = film.read_bytes()
    begun = tmp_path / "begun.ts"
    begun.write_bytes(content[:376] + content[int(len(content) * 0.33) // 188 * 188 :])
    read = [number_in(picture) for _, _, picture in read_frames(begun, (160, 96), grey=True)]
    assert read == list(range(read[0], 96)) and 24 <= read[0] <= 48
    assert probe(begun).frame_count == len(read)


ODD: dict[str, tuple[int, Callable[[int], np.ndarray]]] = {
    "one frame": (1, numbered),
    "two frames": (2, numbered),
    "odd sides": (9, lambda n: numbered(n, 67, 35)),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("suffix", ["mkv", "mov"])
def test_odd_films(name: str, suffix: str, tmp_path: Path) -> None:
    count, draw = ODD[name]
    how = Strange(codec="png", pixels="rgb24") if suffix == "mov" else Strange(codec="ffv1")
    film = strange_film(tmp_path / f"a.{suffix}", [draw(n) for n in range(count)], how)
    assert [at for _, at, _ in read_frames(film)] == [
        FilmTime(Fraction(n, 24)) for n in range(count)
    ]
    assert probe(film).frame_count == count
