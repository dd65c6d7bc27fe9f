"""What a re-cut does to cues, told by edits made on purpose."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conform.known_changes import LENGTH, recut

from scorestage.conform.changes import Change, ChangeKind, made_list
from scorestage.conform.moving import CueState, moved_cue, moved_range, moved_time
from scorestage.production import Cue, Hit, HitStatus
from scorestage.timebase import FRAMES_24, FilmRange, FilmTime


def cue(first: int, last: int, *hits: int) -> Cue:
    """A cue between two frames with hits on frames."""
    return Cue(
        "cue001", "1m01", start=FilmTime(Fraction(first, 24)), end=FilmTime(Fraction(last, 24)),
        hits=tuple(Hit(f"h{frame}", FilmTime(Fraction(frame, 24))) for frame in hits),
    )  # fmt: skip


def frames(at: FilmTime | None) -> Fraction | None:
    return None if at is None else at.seconds * 24


def test_without_a_change_a_cue_is_untouched() -> None:
    move = moved_cue(cue(480, 960, 500, 700), recut())
    assert move.state is CueState.UNTOUCHED and move.words == "untouched"
    assert move.start == move.cue.start and move.end == move.cue.end
    assert [one.now for one in move.hits] == list(move.cue.hits)


def test_a_trim_before_a_cue_slides_it() -> None:
    move = moved_cue(cue(480, 960, 500), recut((100, 14, 0)))
    assert move.state is CueState.SLID and move.words == "slid 14 frames earlier"
    assert (frames(move.start), frames(move.end)) == (466, 946)
    assert [frames(one.at) for one in move.hits] == [486]


def test_a_trim_behind_a_cue_leaves_it() -> None:
    assert moved_cue(cue(480, 960), recut((960, 200, 30))).state is CueState.UNTOUCHED


def test_a_trim_inside_is_told_in_frames_with_the_hits_that_lost_their_picture() -> None:
    move = moved_cue(cue(480, 960, 500, 705, 900), recut((700, 14, 0)))
    assert move.state is CueState.CHANGED and "14 frames out" in move.words
    assert [frames(one.at) for one in move.hits] == [500, None, 886]
    assert [one.id for one in move.lost] == ["h705"]
    assert [stretch.by.seconds * 24 for stretch in move.kept] == [0, -14]
    assert frames(move.end) == 946


def test_a_head_cut_away_begins_the_cue_at_what_is_left() -> None:
    move = moved_cue(cue(480, 960), recut((470, 30, 0)))
    assert (frames(move.start), frames(move.end)) == (470, 930)
    assert move.removed_frames == 20 and move.state is CueState.CHANGED


def test_a_shot_put_in_at_the_head_lies_before_the_cue() -> None:
    move = moved_cue(cue(480, 960), recut((480, 0, 50)))
    assert move.state is CueState.SLID and frames(move.start) == 530


def test_much_new_picture_asks_for_new_music() -> None:
    move = moved_cue(cue(480, 960), recut((700, 0, 300)))
    assert move.state is CueState.NEW_MUSIC and move.inserted_frames == 300
    assert frames(move.end) == 1260


def test_a_cue_without_its_picture_is_an_orphan_and_loses_nothing() -> None:
    move = moved_cue(cue(480, 960, 500), recut((400, 700, 0)))
    assert move.state is CueState.ORPHANED and [one.id for one in move.lost] == ["h500"]


def test_a_scene_moved_whole_takes_its_cue_with_it() -> None:
    changes = made_list(
        [
            Change(ChangeKind.KEPT, 0, 1000, 0, 1000),
            Change(ChangeKind.MOVED, 1000, 2000, 3800, 4800),
            Change(ChangeKind.KEPT, 2000, 4800, 1000, 3800),
        ],
        LENGTH, LENGTH, FRAMES_24, FRAMES_24,
    )  # fmt: skip
    move = moved_cue(cue(1100, 1900, 1200), changes)
    assert move.state is CueState.SLID and frames(move.start) == 3900
    split = moved_cue(cue(900, 1900, 950, 1500), changes)
    assert split.state is CueState.SPLIT and frames(split.start) == 3800
    assert [frames(one.at) for one in split.hits] == [950, 4300]


def test_a_retimed_stretch_takes_its_hits_in_proportion() -> None:
    changes = made_list(
        [
            Change(ChangeKind.KEPT, 0, 600, 0, 600),
            Change(ChangeKind.RETIMED, 600, 800, 600, 700, Fraction(2)),
            Change(ChangeKind.KEPT, 800, 4800, 700, 4700),
        ],
        LENGTH, 4700, FRAMES_24, FRAMES_24,
    )  # fmt: skip
    move = moved_cue(cue(480, 960, 700), changes)
    assert [frames(one.at) for one in move.hits] == [650]
    assert frames(move.end) == 860 and move.state is CueState.CHANGED
    shifts = [stretch.by.seconds * 24 for stretch in move.kept]
    assert shifts[0] == 0 and shifts[-1] == -100


def test_a_dropped_hit_without_picture_is_not_reported_lost() -> None:
    one = Hit("h", FilmTime(Fraction(705, 24)), status=HitStatus.DROPPED)
    gone = Cue("c", "1m01", start=FilmTime(20), end=FilmTime(40), hits=(one,))
    assert moved_cue(gone, recut((700, 14, 0))).lost == ()


def apart(edits: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Edits in order, none within another."""
    found: list[tuple[int, int, int]] = []
    for one in sorted(edits):
        if not found or one[0] > found[-1][0] + 130:
            found.append(one)
    return found


EDITS = st.lists(
    st.tuples(st.integers(0, LENGTH - 200), st.integers(0, 120), st.integers(0, 120)), max_size=4
).map(apart)


@settings(deadline=None)
@given(EDITS, st.integers(0, LENGTH - 1))
def test_there_and_back_is_where_one_was(edits: list[tuple[int, int, int]], frame: int) -> None:
    changes = recut(*edits)
    at = FilmTime(Fraction(frame, 24))
    now = moved_time(at, changes)
    if now is not None:
        assert moved_time(now, changes.mirrored()) == at


@settings(deadline=None)
@given(EDITS, st.integers(0, LENGTH - 60), st.integers(24, 2000))
def test_a_range_keeps_every_frame_that_is_left(
    edits: list[tuple[int, int, int]], first: int, length: int
) -> None:
    changes = recut(*edits)
    last = min(LENGTH, first + length)
    span = FilmRange(FilmTime(Fraction(first, 24)), FilmTime(Fraction(last, 24)))
    now = moved_range(span, changes)
    places = [changes.new_place(frame) for frame in range(first, last)]
    left = [place for place in places if place is not None]
    if not left:
        assert now is None
        return
    assert now is not None
    assert (now.start.seconds * 24, now.end.seconds * 24) == (min(left), max(left) + 1)


@settings(deadline=None)
@given(EDITS, st.integers(0, LENGTH - 600), st.integers(100, 500))
def test_states_agree_with_the_frames(
    edits: list[tuple[int, int, int]], first: int, length: int
) -> None:
    changes = recut(*edits)
    move = moved_cue(cue(first, first + length), changes)
    places = [changes.new_place(frame) for frame in range(first, first + length)]
    shifts = {place - frame for frame, place in enumerate(places, first) if place is not None}
    if move.state is CueState.ORPHANED:
        assert not shifts
    elif move.state is CueState.UNTOUCHED:
        assert shifts == {0} and None not in places
    elif move.state is CueState.SLID:
        assert len(shifts) == 1 and None not in places
    else:
        assert len(shifts) > 1 or None in places
    assert move.removed_frames == sum(place is None for place in places)
