"""The review film: the editor's picture untouched, the new sound exactly under it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scorestage.adapters.machines.film import (
    FilmWriter,
    SoundTrack,
    probe,
    read_frames,
    read_sound,
)
from scorestage.adapters.machines.review_film import production_sound, write_review_film
from scorestage.timebase import FRAMES_23_976, FRAMES_24, FrameRate


def small_film(path: Path, rate: FrameRate, frames: int = 48) -> None:
    noise = np.random.default_rng(3)
    with FilmWriter(path, 64, 48, rate, (SoundTrack("sound"),)) as film:
        film.write_sound(0, np.zeros((100_000, 2), dtype=np.float32))
        for _ in range(frames):
            film.write_frame(noise.integers(0, 255, (48, 64, 3), dtype=np.uint8))


@pytest.mark.parametrize("rate", [FRAMES_24, FRAMES_23_976])
def test_picture_is_copied_and_sound_lies_where_it_should(tmp_path: Path, rate: FrameRate) -> None:
    film, review = tmp_path / "film.mp4", tmp_path / "review.mp4"
    small_film(film, rate)
    facts = probe(film)
    sound = production_sound(film, facts)
    clicks = [4800, 30_000, 60_000]
    for at in clicks:
        sound[at : at + 200] = 0.8
    write_review_film(film, review, sound, "Film")
    for (_, at, old), (_, then, new) in zip(read_frames(film), read_frames(review), strict=True):
        assert at == then and np.array_equal(old, new)
    heard = np.abs(read_sound(review)[:, 0])
    for at in clicks:
        assert abs(int(np.argmax(heard[at - 1000 : at + 1000] > 0.4)) - 1000) < 48


def test_what_an_mp4_cannot_hold_is_encoded_anew(tmp_path: Path) -> None:
    import av

    film, review = tmp_path / "film.avi", tmp_path / "review.mp4"
    with av.open(str(film), "w") as out:
        stream = out.add_stream("mpeg4", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for value in range(24):
            picture = np.full((48, 64, 3), value * 10, dtype=np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode(None))
    facts = probe(film)
    write_review_film(film, review, production_sound(film, facts))
    assert probe(review).frame_count == 24
    assert list(tmp_path.iterdir()) != [] and not (tmp_path / "review.silent.mp4").exists()
