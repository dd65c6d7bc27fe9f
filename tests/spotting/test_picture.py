"""The picture index: exact times, light, and the same however it is cut into batches."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from tests.drawn_clips import cut, flat, scene
from tests.spotting.footage_kit import watched

from scorestage.spotting import PictureIndex, PictureIndexBuilder
from scorestage.spotting.picture import picture_area
from scorestage.timebase import FRAMES_23_976, FRAMES_24, FilmTime


def test_times_are_exact() -> None:
    index = watched([flat(0)] * 100, FRAMES_23_976)
    assert len(index) == 100
    assert index.at(57) == FRAMES_23_976.time_of(57)
    assert index.end == FRAMES_23_976.time_of(100) == index.at(100)
    assert [index.frame(n) for n in (0, 57, 99)] == [0, 57, 99]


def test_index_at_is_the_frame_on_screen() -> None:
    builder = PictureIndexBuilder(FRAMES_24)
    starts = [Fraction(0), Fraction(1, 20), Fraction(1, 7), Fraction(1, 2)]
    for start in starts:
        builder.add(FilmTime(start), flat(0))
    index = builder.finish()
    assert [index.index_at(FilmTime(at)) for at in ("-1", 0, "1/21", "1/20", "1/3", 9)] == [
        *(0, 0, 0, 1, 2, 3)
    ]


def test_frames_must_follow_one_another() -> None:
    builder = PictureIndexBuilder(FRAMES_24)
    builder.add(FilmTime(1), flat(0))
    with pytest.raises(ValueError, match="does not come after"):
        builder.add(FilmTime(1), flat(0))


def test_light_spread_and_strokes() -> None:
    half = flat(0)
    half[:, :64] = 200
    lettered = flat(0)
    lettered[30:40, 20:100:2] = 255
    index = watched([flat(120), half, lettered])
    assert index.light[:2] == pytest.approx([120, 100], abs=0.5)
    assert index.spread[:2] == pytest.approx([0, 100], abs=0.5)
    assert index.strokes[0] == 0
    assert index.strokes[2] > 0.05


def test_change_is_large_only_on_the_cut() -> None:
    index = watched(cut((scene(1), 20), (scene(2), 20)))
    assert int(index.change.argmax()) == 20
    assert np.delete(index.change, 20).max() < 0.1 < index.change[20]


def test_black_bars_are_no_picture() -> None:
    frames = cut((scene(1), 6))
    for frame in frames:
        frame[:10] = frame[-10:] = 0
    index = watched(frames)
    rows, columns = picture_area(index.signatures)
    assert (rows.start, rows.stop) == (3, 15)
    assert columns == slice(0, 32)
    bare = watched([frame[12:60] for frame in frames])
    assert index.light == pytest.approx(bare.light, abs=2)


def test_grey_frames_will_do() -> None:
    colour = cut((scene(1, grey=True), 8))
    grey = watched([frame[..., 0] for frame in colour])
    assert grey.light == pytest.approx(watched(colour).light, abs=0.01)
    assert not grey.tints.any()


def test_tints_tell_red_from_blue() -> None:
    red, blue = flat(0), flat(0)
    red[..., 0] = blue[..., 2] = 200
    index = watched([red, blue])
    assert index.tints[0, 4, 8].tolist() == [-23, 100]
    assert index.tints[1, 4, 8].tolist() == [100, -9]


def test_what_is_kept_comes_back() -> None:
    index = watched(cut((scene(1), 5)))
    again = PictureIndex.from_arrays(index.rate, index.to_arrays())
    for name, array in index.to_arrays().items():
        assert np.array_equal(array, again.to_arrays()[name])
    assert again.at(3) == index.at(3)


def test_a_long_film_is_the_same_as_its_parts() -> None:
    drawn = [frame[::2, ::2] for frame in cut(*((scene(n), 10) for n in range(7)))]
    small = [drawn[n % len(drawn)] for n in range(4200)]
    whole, tail = watched(small), watched(small[4090:])
    assert whole.change[4091:] == pytest.approx(tail.change[1:], abs=1e-6)


def test_no_frames_at_all() -> None:
    index = PictureIndexBuilder(FRAMES_24).finish()
    assert len(index) == 0
    assert index.end == FilmTime(0)
