"""Sound lies exactly on the picture, whatever the container did to it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from tests.drawn_clips import cut, film_of, scene

from scorestage.adapters.machines.film import (
    FilmWriter,
    Sound,
    SoundTrack,
    dialogue_chunks,
    read_sound,
    sound_chunks,
)
from scorestage.errors import FilmError
from scorestage.timebase import FRAMES_24, FRAMES_25

RATE_HZ = 48_000
ONE_MS = RATE_HZ // 1000


def clicks(*seconds: float, length: float = 4, channels: int = 2) -> Sound:
    sound = np.zeros((round(length * RATE_HZ), channels), dtype=np.float32)
    for at in seconds:
        sound[round(at * RATE_HZ)] = 0.9
    return sound


def onsets(sound: Sound, rate_hz: int = RATE_HZ) -> list[float]:
    """Seconds of the peaks of well-separated clicks."""
    loud = np.flatnonzero(np.abs(sound[:, 0]) > 0.25)
    groups = np.split(loud, np.flatnonzero(np.diff(loud) > rate_hz // 10) + 1)
    return [float(group[np.abs(sound[group, 0]).argmax()]) / rate_hz for group in groups]


@pytest.mark.parametrize("suffix", ["mp4", "mov"])
def test_aac_priming_is_cut(tmp_path: Path, suffix: str) -> None:
    film = film_of(tmp_path / f"a.{suffix}", cut((scene(1), 96)), sound=clicks(0.5, 1, 3.25))
    assert onsets(read_sound(film)) == [0.5, 1, 3.25]


def test_pcm_is_bit_true(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    sound = rng.uniform(-1, 1, (30_000, 2)).astype(np.float32)
    film = tmp_path / "a.mov"
    with FilmWriter(film, 128, 72, FRAMES_25, [SoundTrack("click", pcm=True)]) as writer:
        writer.write_sound("click", sound)
        for frame in cut((scene(1), 20)):
            writer.write_frame(frame)
    read = read_sound(film)
    assert read.shape == sound.shape
    assert np.abs(read - sound).max() < 2**-22


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 44_100, 96_000])
def test_resampled_sound_stays_in_place(tmp_path: Path, rate_hz: int) -> None:
    sound = np.zeros((4 * RATE_HZ, 1), dtype=np.float32)
    hump = np.hanning(480)[:, None] * np.sin(np.arange(480) / 480 * 2 * np.pi * 10)[:, None]
    for at in (0.5, 2, 3.5):
        sound[round(at * RATE_HZ) : round(at * RATE_HZ) + 480] += hump.astype(np.float32)
    film = film_of(tmp_path / "a.mp4", cut((scene(1), 96)), sound=sound)
    read = read_sound(film, rate_hz, 1)
    energy = np.convolve(read[:, 0] ** 2, np.ones(rate_hz // 100), "same")
    for at in (0.5, 2, 3.5):
        first = round((at - 0.2) * rate_hz)
        near = read[first : first + round(0.5 * rate_hz), 0] ** 2
        centre = first + (np.arange(len(near)) * near).sum() / near.sum()
        assert abs(centre / rate_hz - at - 0.005) < 0.001
    assert energy.max() > 0
    assert abs(len(read) / rate_hz - 4) < 0.03


def test_late_and_early_sound_in_other_containers(tmp_path: Path) -> None:
    for start_seconds in (Fraction(0), Fraction(1, 2), Fraction(-1, 5)):
        path = tmp_path / f"late{start_seconds.numerator}.mkv"
        _by_hand(path, clicks(1, 2), start_seconds)
        wanted = [float(1 + start_seconds), float(2 + start_seconds)]
        assert onsets(read_sound(path)) == pytest.approx(wanted, abs=0.001)


def test_gaps_are_silence_and_overlaps_are_cut(tmp_path: Path) -> None:
    path = tmp_path / "gap.mkv"
    _by_hand(path, clicks(0.5, 1.5, 2.5), Fraction(0), jump_seconds=Fraction(1))
    assert onsets(read_sound(path)) == pytest.approx([0.5, 1.5, 3.5], abs=0.001)


def test_middle_of_two_channels_is_their_mean(tmp_path: Path) -> None:
    sound = np.zeros((RATE_HZ, 2), dtype=np.float32)
    sound[:, 0] = 0.5 * np.sin(np.arange(RATE_HZ) / 20)
    film = tmp_path / "a.mov"
    with FilmWriter(film, 128, 72, FRAMES_25, [SoundTrack("left", pcm=True)]) as writer:
        writer.write_sound(0, sound)
        for frame in cut((scene(1), 25)):
            writer.write_frame(frame)
    assert np.abs(read_sound(film, RATE_HZ, 1)[:, 0] - sound[:, 0] / 2).max() < 1e-4


def test_dialogue_is_taken_from_the_centre(tmp_path: Path) -> None:
    sound = np.zeros((2 * RATE_HZ, 6), dtype=np.float32)
    sound[:, 0] = 0.3 * np.sin(np.arange(2 * RATE_HZ) / 9)
    sound[RATE_HZ, 2] = 0.9
    film = tmp_path / "surround.mov"
    with FilmWriter(film, 128, 72, FRAMES_25, [SoundTrack("mix", channels=6, pcm=True)]) as writer:
        writer.write_sound(0, sound)
        for frame in cut((scene(1), 50)):
            writer.write_frame(frame)
    heard = np.concatenate(list(dialogue_chunks(film, RATE_HZ)))
    assert heard.shape[1] == 1
    assert np.flatnonzero(np.abs(heard) > 0.1).tolist() == [RATE_HZ]


def test_pieces_join_to_the_whole(tmp_path: Path) -> None:
    sound = np.random.default_rng(2).uniform(-0.5, 0.5, (5 * RATE_HZ, 2)).astype(np.float32)
    film = film_of(tmp_path / "a.mp4", cut((scene(1), 24)), sound=sound)
    pieces = list(sound_chunks(film, 24_000, 1, chunk_seconds=1))
    assert [len(piece) for piece in pieces[:-1]] == [24_000] * (len(pieces) - 1)
    assert np.array_equal(np.concatenate(pieces), read_sound(film, 24_000, 1))


def test_a_silent_film_gives_nothing(tmp_path: Path) -> None:
    film = film_of(tmp_path / "a.mp4", cut((scene(1), 5)))
    assert read_sound(film, 48_000, 2).shape == (0, 2)
    assert list(sound_chunks(film)) == []


def test_tracks_are_counted(tmp_path: Path) -> None:
    film = tmp_path / "a.mov"
    tracks = [SoundTrack("click", channels=1, pcm=True), SoundTrack("production", pcm=True)]
    with FilmWriter(film, 128, 72, FRAMES_24, tracks) as writer:
        writer.write_sound("click", clicks(0.25, length=1, channels=1))
        writer.write_sound("production", clicks(0.75, length=1))
        for frame in cut((scene(1), 24)):
            writer.write_frame(frame)
    assert onsets(read_sound(film, track=0)) == [0.25]
    assert onsets(read_sound(film, track=1)) == [0.75]
    with pytest.raises(FilmError, match="2 sound tracks"):
        read_sound(film, track=2)


def _by_hand(
    path: Path, sound: Sound, start: Fraction, jump_seconds: Fraction = Fraction(0)
) -> None:
    """A picture from one second on, PCM sound `start` later, its second half `jump` more."""
    with av.open(str(path), "w") as container:
        picture = container.add_stream("libx264", rate=24, options={"preset": "ultrafast"})
        picture.width, picture.height, picture.pix_fmt = 128, 72, "yuv420p"
        track = container.add_stream("pcm_s16le", rate=RATE_HZ)
        track.layout = "stereo"
        draw = scene(3)
        for number in range(96):
            frame = av.VideoFrame.from_ndarray(draw(number), format="rgb24")
            frame.pts, frame.time_base = number + 24, Fraction(1, 24)
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        whole = np.rint(sound * 32767).astype(np.int16)
        for first in range(0, len(whole), 960):
            part = np.ascontiguousarray(whole[first : first + 960]).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(part, format="s16", layout="stereo")
            frame.sample_rate = RATE_HZ
            late = jump_seconds if first >= len(whole) // 2 else 0
            frame.pts = first + round((1 + start + late) * RATE_HZ)
            frame.time_base = Fraction(1, RATE_HZ)
            container.mux(track.encode(frame))
        container.mux(track.encode(None))
