"""Reels: leader, 2-pop, first and last frame of action, feet from picture start."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorestage.errors import InputError
from scorestage.production import FirstFrame, Reel, ReelClock, ReelPlaces, reels_at
from scorestage.timebase import (
    FRAMES_24,
    FRAMES_25,
    FRAMES_29_97_DROP,
    FilmClock,
    FilmTime,
    FrameRate,
)


def test_the_universal_leader_at_24_frames() -> None:
    """SMPTE ST 55: 12 feet of leader, the pop 3 feet before the first frame of action."""
    (reel,) = reels_at((), 24 * 600, FRAMES_24)
    places = ReelPlaces(reel, FRAMES_24)
    assert str(places.picture_start) == "01:00:00:00" and str(places.first) == "01:00:08:00"
    assert str(places.pop) == "01:00:06:00" and str(places.feet(0)) == "12+00"
    pop = places.pop.frames - places.picture_start.frames
    assert pop == 9 * 16 and str(places.last) == "01:10:07:23"


def test_action_on_the_hour_has_its_leader_before_it() -> None:
    first, second = reels_at((1000,), 2000, FRAMES_25, 1, FirstFrame.ON_THE_HOUR)
    places = ReelPlaces(second, FRAMES_25)
    assert str(places.first) == "02:00:00:00" and str(places.pop) == "01:59:58:00"
    assert first.last_frame + 1 == second.first_frame and second.last_frame == 1999


def test_drop_frame_hours_and_a_first_reel_as_it_is_burned_in() -> None:
    reels = reels_at((3000,), 6000, FRAMES_29_97_DROP, 1, FirstFrame.AFTER_LEADER, 77)
    assert reels[0].start_frames == 77
    assert str(ReelPlaces(reels[1], FRAMES_29_97_DROP).first) == "02:00:08;00"


@given(st.sets(st.integers(1, 9999), max_size=6))
def test_reels_cover_the_film(changeovers: set[int]) -> None:
    reels = reels_at(tuple(changeovers), 10_000, FRAMES_24)
    assert [reel.number for reel in reels] == list(range(1, len(changeovers) + 2))
    assert sum(ReelPlaces(reel, FRAMES_24).frames for reel in reels) == 10_000


@pytest.mark.parametrize("changeovers", [(0,), (-5,), (100,), (7, 7)])
def test_changeovers_that_cannot_be(changeovers: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="cannot change over"):
        reels_at(changeovers, 100, FRAMES_24)


@pytest.mark.parametrize("rate", [FRAMES_24, FRAMES_29_97_DROP])
@given(
    changeovers=st.sets(st.integers(1, 9999), max_size=6),
    frame=st.integers(0, 10_000),
    where=st.sampled_from(FirstFrame),
    hour=st.integers(0, 23),
    film_start=st.integers(0, 24 * 86_399),
)
def test_every_label_that_is_printed_is_read_where_it_was(
    rate: FrameRate,
    changeovers: set[int],
    frame: int,
    where: FirstFrame,
    hour: int,
    film_start: int,
) -> None:
    reels = reels_at(tuple(changeovers), 10_000, rate, min(hour, 16), where)
    clock = ReelClock(FilmClock(rate, film_start), reels)
    at = rate.time_of(frame)
    assert clock.read(clock.nearest_label(at)) == at
    assert clock.read(f"{frame}f") == at


def test_labels_of_no_reel_and_of_two() -> None:
    reels = Reel(1, 0, 999, 86_400), Reel(2, 1000, 1999, 86_400 + 500)
    clock = ReelClock(FilmClock(FRAMES_24, 80_000), reels)
    assert clock.read("00:55:33:08") == FilmTime(0)
    assert clock.read("01:00:20:00") == FRAMES_24.time_of(480)
    with pytest.raises(InputError, match="in reels 1 and 2"):
        clock.read("01:00:30:00")
