"""Real files heard: what pictures leave open is told by their sound, kept for the next time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from scorestage.adapters.machines.film import FilmWriter, SoundTrack
from scorestage.conform import ChangeKind
from scorestage.timebase import FRAMES_24, FrameRate
from scorestage.workflow.compare_films import film_changes

RATE_HZ, FRAMES, BLACK = 48_000, 240, range(90, 150)
PER_FRAME = RATE_HZ // 24


def talk(frames: int, seed: int = 3) -> NDArray[np.float32]:
    """Syllables without a pause: buzzing of a voice, each with a pitch and a length of its own."""
    chance = np.random.default_rng(seed)
    samples = np.zeros(frames * PER_FRAME, dtype=np.float64)
    at = 0
    while at < len(samples):
        length = int(chance.integers(RATE_HZ // 9, RATE_HZ // 4))
        seconds = np.arange(length) / RATE_HZ
        pitch, colour = chance.uniform(90, 240), chance.uniform(2, 14)
        voice = sum(
            np.sin(2 * np.pi * pitch * part * seconds) / (1 + abs(part - colour))
            for part in range(1, 20)
        )
        made = voice * np.sin(np.pi * np.arange(length) / length) * chance.uniform(0.03, 0.12)
        samples[at : at + length] += made[: len(samples) - at]
        at += length
    return samples.astype(np.float32)


def picture(number: int) -> NDArray[np.uint8]:
    """Two moving shots with black between."""
    if number in BLACK:
        return np.full((90, 160, 3), 8, np.uint8)
    rows, columns = np.mgrid[0:90, 0:160]
    shot = int(number >= BLACK.stop)
    wave = np.sin(rows / (4 + 5 * shot) + columns / 9 + number / (9 - 4 * shot))
    return np.repeat((110 + 80 * wave)[..., None], 3, axis=2).astype(np.uint8)


def film(path: Path, frames: list[int], rate: FrameRate, *sounds: NDArray[np.float32]) -> Path:
    length = round(len(frames) / rate.frames_per_second * RATE_HZ)
    tracks = tuple(SoundTrack(f"sound {number}", channels=1) for number in range(len(sounds)))
    with FilmWriter(path, 160, 90, rate, tracks) as out:
        for number, sound in enumerate(sounds):
            cut = np.concatenate([sound[one * PER_FRAME : (one + 1) * PER_FRAME] for one in frames])
            pulled = np.interp(np.arange(length) * len(cut) / length, np.arange(len(cut)), cut)
            out.write_sound(number, pulled.astype(np.float32)[:, None])
        for number in frames:
            out.write_frame(picture(number))
    return path


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("old") / "v1.mp4", list(range(FRAMES)), FRAMES_24,
                talk(FRAMES))  # fmt: skip


@pytest.mark.parametrize("rate", ["24", "23.976"])
def test_frames_gone_from_black_under_talk_are_heard(old: Path, tmp_path: Path, rate: str) -> None:
    kept = tmp_path / "index"
    frames = [*range(112), *range(115, FRAMES)]
    new = film(tmp_path / "v2.mp4", frames, FrameRate(rate), talk(FRAMES))
    changes, _ = film_changes(old, new, kept)
    gone = [one for one in changes.changes if one.kind is not ChangeKind.KEPT]
    assert [(one.old_in_frames, one.old_out_frames) for one in gone] == [(112, 115)]
    assert len(list(kept.glob("*.frames.npz"))) == 2


def test_other_sound_leaves_the_joint_where_silent_films_have_it(old: Path, tmp_path: Path) -> None:
    frames = [*range(112), *range(115, FRAMES)]
    new = film(tmp_path / "v3.mp4", frames, FRAMES_24, talk(FRAMES, seed=8))
    changes, _ = film_changes(old, new)
    gone = [one for one in changes.changes if one.kind is not ChangeKind.KEPT]
    assert [(one.old_in_frames, one.old_out_frames) for one in gone] == [(147, 150)]


def test_where_the_main_sounds_differ_another_track_is_heard(old: Path, tmp_path: Path) -> None:
    frames = [*range(112), *range(115, FRAMES)]
    music = talk(FRAMES, seed=8)
    new = film(tmp_path / "v4.mp4", frames, FRAMES_24, music, talk(FRAMES))
    changes, notes = film_changes(old, new, tmp_path / "index")
    gone = [one for one in changes.changes if one.kind is not ChangeKind.KEPT]
    assert [(one.old_in_frames, one.old_out_frames) for one in gone] == [(112, 115)]
    assert any("v4.mp4 by sound track 2" in note for note in notes)
    assert film_changes(old, new, tmp_path / "index") == (changes, notes)


def test_what_was_seen_before_is_heard_without_another_look(old: Path, tmp_path: Path) -> None:
    other = film(tmp_path / "other.mp4", list(range(60)), FRAMES_24, talk(60))
    first = film_changes(old, other, tmp_path / "index")
    sounds = sorted((tmp_path / "index").glob("*.frames.npz"))
    heard = [_sounds(one) for one in sounds]
    looks = [one.stat().st_mtime_ns for one in (tmp_path / "index").glob("*.look/look.json")]
    sounds[0].unlink()
    sounds[1].write_bytes(b"no archive")
    assert film_changes(old, other, tmp_path / "index") == first
    for path, known in zip(sounds, heard, strict=True):
        assert np.array_equal(_sounds(path), known) and known.any()
    again = [one.stat().st_mtime_ns for one in (tmp_path / "index").glob("*.look/look.json")]
    assert again == looks


def _sounds(path: Path) -> NDArray[np.uint8]:
    with np.load(path) as arrays:
        return np.asarray(arrays["sounds"])
