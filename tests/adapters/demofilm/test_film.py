"""The demo film as files: complete, true to the story, kept, and never half-written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from scorestage.adapters.demofilm import STORY, Change, film
from scorestage.adapters.demofilm.film import START_LABEL, DemoFiles, draw_demo_film
from scorestage.adapters.formats.wav import read_wav

_GREY = np.full((STORY.height_px, STORY.width_px, 3), 90, dtype=np.uint8)


def _few() -> Iterator[NDArray[np.uint8]]:
    for number in range(30):
        yield _GREY + np.uint8(number)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Thirty grey frames and a second of silence in place of the film."""
    silence = np.zeros((60_000, 2), dtype=np.float32)
    monkeypatch.setattr(film, "frames", _few)
    monkeypatch.setattr(film, "soundtrack", lambda: silence)
    monkeypatch.setattr(film, "temp_track", lambda: silence)
    return monkeypatch


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_written_and_what_is_told(quick: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[float] = []
    files = draw_demo_film(tmp_path / "film", told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert files.title == STORY.title
    for path in (files.film, files.subtitles, files.screenplay, files.temp):
        assert path.stat().st_size
    with av.open(str(files.film)) as opened:
        assert sum(1 for _ in opened.decode(video=0)) == 30


def test_a_finished_film_is_kept(quick: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = draw_demo_film(tmp_path)

    def never() -> Iterator[NDArray[np.uint8]]:
        raise AssertionError("drawn again")
        yield _GREY

    quick.setattr(film, "frames", never)
    before = files.film.stat().st_mtime_ns
    assert draw_demo_film(tmp_path) == files
    assert files.film.stat().st_mtime_ns == before


def test_another_edition_is_drawn_anew(quick: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = draw_demo_film(tmp_path)
    files.film.write_bytes(b"an older film")
    quick.setattr(film, "_edition", lambda: "another")
    draw_demo_film(tmp_path)
    assert files.film.stat().st_size > 1000


def test_a_fault_while_drawing_leaves_no_half_film(
    quick: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def breaks() -> Iterator[NDArray[np.uint8]]:
        yield from _few()
        raise MemoryError("the paper is used up")

    quick.setattr(film, "frames", breaks)
    with pytest.raises(MemoryError, match="used up"):
        draw_demo_film(tmp_path)
    assert not [name for name in _names(tmp_path) if name.endswith(".mp4")]
    quick.setattr(film, "frames", _few)
    assert draw_demo_film(tmp_path).film.is_file()


def test_a_fault_while_writing_ends_the_drawing_too(
    quick: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def wrong() -> Iterator[NDArray[np.uint8]]:
        for _ in range(500):
            yield _GREY[:10]

    quick.setattr(film, "frames", wrong)
    with pytest.raises(ValueError, match="does not fit"):
        draw_demo_film(tmp_path)
    assert not [name for name in _names(tmp_path) if name.endswith(".mp4")]


def test_the_edition_follows_the_drawing_code() -> None:
    assert film._edition() == film._edition()
    assert len(film._edition()) == 64


def test_the_whole_film_is_the_story(tmp_path: Path) -> None:
    """The one test that draws everything: frames, cuts, fades, sound, timecode, temp."""
    files = draw_demo_film(tmp_path)
    light = _check_picture(files)
    for change in STORY.truth():
        if change.change is Change.FLASH:
            assert np.argmax(light[1250:1400]) + 1250 == change.first_frame
    assert light[0] < 18
    assert max(light[STORY.frames - 16 :]) < 18
    _check_sound(files)
    temp, header = read_wav(files.temp)
    assert (header.bits, header.rate_hz, header.channels) == (24, 48_000, 2)
    assert len(temp) == STORY.frames * 2000
    assert header.stamp is not None
    assert header.stamp.start_samples == 3600 * 48_000


def _check_picture(files: DemoFiles) -> list[float]:
    with av.open(str(files.film)) as opened:
        stream = opened.streams.video[0]
        assert stream.metadata["timecode"] == START_LABEL
        assert stream.average_rate == STORY.rate.frames_per_second
        assert (stream.codec_context.width, stream.codec_context.height) == (
            STORY.width_px,
            STORY.height_px,
        )
        small = [
            frame.reformat(48, 27, "rgb24").to_ndarray().astype(np.float64)
            for frame in opened.decode(stream)
        ]
    assert len(small) == STORY.frames
    jumps = [float(np.abs(b - a).mean()) for a, b in pairwise(small)]
    for change in STORY.truth():
        if change.change is Change.CUT:
            n = change.first_frame
            assert jumps[n - 1] == max(jumps[n - 9 : n + 8]), n
    return [float(frame.mean()) for frame in small]


def _check_sound(files: DemoFiles) -> None:
    with av.open(str(files.film)) as opened:
        pieces = [frame.to_ndarray() for frame in opened.decode(audio=0)]
    sound = np.concatenate(pieces, axis=1)
    assert sound.shape[0] == 2
    assert abs(sound.shape[1] - STORY.frames * 2000) < 4096
    loudest = int(np.argmax(np.abs(sound).max(axis=0))) / 2000
    assert 0 <= loudest - STORY.moment("strike").frame < 6
