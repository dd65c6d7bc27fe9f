"""Films we write: whole or not at all, exact, named tracks, colours and timecode told."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from tests.drawn_clips import cut, film_of, flat, scene

from scorestage.adapters.machines.film import (
    FilmWriter,
    SoundTrack,
    probe,
    read_frames,
    read_sound,
)
from scorestage.errors import FilmError
from scorestage.timebase import FRAMES_24, FRAMES_29_97_DROP, Timecode


def test_nothing_is_left_when_the_block_fails(tmp_path: Path) -> None:
    film = tmp_path / "a.mp4"
    with pytest.raises(RuntimeError), FilmWriter(film, 128, 72, FRAMES_24) as writer:
        writer.write_frame(flat(9))
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_film_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    film = film_of(tmp_path / "a.mp4", [flat(50)] * 3)
    before = film.read_bytes()
    with pytest.raises(KeyboardInterrupt), FilmWriter(film, 128, 72, FRAMES_24) as writer:
        writer.write_frame(flat(9))
        raise KeyboardInterrupt
    assert film.read_bytes() == before
    film_of(film, [flat(50)] * 7)
    assert probe(film).frame_count == 7
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def test_the_same_film_twice_is_the_same_file(tmp_path: Path) -> None:
    sound = np.random.default_rng(1).uniform(-0.3, 0.3, (24_000, 2)).astype(np.float32)
    one = film_of(tmp_path / "1.mp4", cut((scene(1), 12)), sound=sound)
    two = film_of(tmp_path / "2.mp4", cut((scene(1), 12)), sound=sound)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(("width", "height"), [(127, 72), (128, 71), (63, 35)])
def test_odd_sizes_gain_a_row_or_column(tmp_path: Path, width: int, height: int) -> None:
    frames = cut((scene(4, width, height), 3))
    film = film_of(tmp_path / "odd.mp4", frames, crf=4)
    facts = probe(film)
    assert (facts.width_px, facts.height_px) == (width + width % 2, height + height % 2)
    picture = next(read_frames(film))[2][:height, :width]
    assert np.abs(picture.astype(int) - frames[0]).mean() < 3


def test_tracks_titles_and_colours_are_told(tmp_path: Path) -> None:
    film = tmp_path / "stage.mov"
    tracks = [SoundTrack("Click", channels=1, pcm=True), SoundTrack("Production sound", pcm=True)]
    start = Timecode.parse("00:59:50;00", FRAMES_29_97_DROP)
    with FilmWriter(film, 128, 72, FRAMES_29_97_DROP, tracks, start, title="1m01") as writer:
        for frame in cut((scene(1), 30)):
            writer.write_frame(frame)
        writer.write_sound("Click", np.zeros((1000, 1), np.float32))
        writer.write_sound(1, np.zeros((1000, 2), np.float32))
    facts = probe(film)
    assert facts.track_titles == ("Click", "Production sound")
    assert facts.start_timecode == start
    with av.open(str(film)) as container:
        assert container.metadata["title"] == "1m01"
        names = [stream.codec_context.name for stream in container.streams.audio]
        assert names == ["pcm_s24le", "pcm_s24le"]
        context = container.streams.video[0].codec_context
        colours = (context.color_primaries, context.color_trc, context.colorspace)
        assert (*colours, context.color_range) == (1, 1, 1, 1)
        assert context.pix_fmt == "yuv420p"


def test_players_can_start_before_the_end_is_loaded(tmp_path: Path) -> None:
    data = film_of(tmp_path / "a.mp4", cut((scene(1), 12))).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_sound_louder_than_full_scale_is_held(tmp_path: Path) -> None:
    film = tmp_path / "a.mov"
    with FilmWriter(film, 128, 72, FRAMES_24, [SoundTrack("x", channels=1, pcm=True)]) as writer:
        writer.write_sound(0, np.array([[2.0], [-2.0], [0.5]], np.float32))
        writer.write_frame(flat(0))
    assert read_sound(film, 48_000, 1)[:, 0] == pytest.approx([1, -1, 0.5], abs=1e-6)


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    with FilmWriter(tmp_path / "a.mp4", 128, 72, FRAMES_24, [SoundTrack("x")]) as writer:
        with pytest.raises(ValueError, match="128 x 72"):
            writer.write_frame(flat(0, 64, 72))
        with pytest.raises(ValueError, match="uint8"):
            writer.write_frame(np.zeros((72, 128, 3), np.float32))  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="samples x 2"):
            writer.write_sound("x", np.zeros((10, 1), np.float32))
        with pytest.raises(KeyError):
            writer.write_sound("y", np.zeros((10, 2), np.float32))
        writer.write_frame(flat(0))


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match=r"\.mp4 or \.mov"):
        FilmWriter(tmp_path / "a.avi", 128, 72, FRAMES_24)
    with pytest.raises(FilmError, match=r"\.mov"):
        FilmWriter(tmp_path / "a.mp4", 128, 72, FRAMES_24, [SoundTrack("x", pcm=True)])
    with (
        pytest.raises(FilmError, match="folder that exists"),
        FilmWriter(tmp_path / "nowhere" / "a.mp4", 128, 72, FRAMES_24),
    ):
        pass
    with (
        pytest.raises(FilmError, match="no frame"),
        FilmWriter(tmp_path / "b.mp4", 128, 72, FRAMES_24),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_start_before_midnight_is_labelled_as_the_evening_before(tmp_path: Path) -> None:
    dest = tmp_path / "early.mov"
    with FilmWriter(dest, 64, 36, FRAMES_24, start_timecode=Timecode(-440, FRAMES_24)) as film:
        for _ in range(3):
            film.write_frame(np.zeros((36, 64, 3), np.uint8))
    assert str(probe(dest).start_timecode) == "23:59:41:16"
