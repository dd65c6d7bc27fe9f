"""Cut lists compared: known re-cuts are found, exactly and nothing else."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conform.recuts import Recut, butted, cut_of, foreign, invented, recut, replace_cut
from tests.conform.whole_recuts import RENAMED, numbered, renamed, told_wrong, whole_recut
from tests.cut_material import EDLS, cut_lists, real_cut

from scorestage.adapters.formats.edl import read_edl, write_edl
from scorestage.conform import Change, ChangeKind, ChangeList, compare_lists
from scorestage.errors import InputError
from scorestage.production import CutEvent, CutList, CutSource, Transition, TransitionKind
from scorestage.timebase import FRAMES_24

PICTURES = tuple(name for name in EDLS if name != "TEST.edl")
REELS = ("ToD_R4_LOCK3.1_030618_Video.edl", "ISSUE_14_conform_edl_issue_03.edl")


def told(found: ChangeList) -> Counter[tuple[ChangeKind, int, int]]:
    """What changed, by kind and lengths, without what was kept."""
    return Counter(
        (one.kind, one.old_frames, one.new_frames)
        for one in found.changes
        if one.kind is not ChangeKind.KEPT
    )


def seen(cut: CutList, frame: int) -> tuple[str, Fraction]:
    """Which frame of which source a frame of a list of plain cuts shows."""
    at = cut.first_frame + frame
    for event in cut.events:
        if event.record_in_frames <= at < event.record_out_frames:
            return event.source.reel, event.source_in_frames + at - event.record_in_frames
    raise AssertionError(frame)


@pytest.mark.parametrize("name", PICTURES)
def test_a_list_compared_with_itself_is_the_identity(name: str) -> None:
    cut = real_cut(name)
    found = compare_lists(cut, cut)
    assert found.is_identity and all(one.confidence == 1 for one in found.changes)


@pytest.mark.parametrize("name", REELS)
@pytest.mark.parametrize("seed", range(12))
def test_known_edits_of_a_real_reel_are_found_and_nothing_else(name: str, seed: int) -> None:
    old = butted(real_cut(name))
    made = recut(old, seed, 10)
    found = compare_lists(old, made.cut)
    assert told(found) == Counter(made.expected)
    for one in found.of(ChangeKind.KEPT):
        for into in (0, one.old_frames // 2, one.old_frames - 1):
            assert seen(old, one.old_in_frames + into) == seen(made.cut, one.new_in_frames + into)


@pytest.mark.parametrize("way", ["as it stands", "written and read", *RENAMED])
@pytest.mark.parametrize("name", [*REELS, "speed_effects_small.edl", "gap_test.edl"])
def test_known_edits_of_a_list_with_all_its_effects_are_found(name: str, way: str) -> None:
    old = numbered(real_cut(name))
    for seed in range(2):
        made = whole_recut(old, seed, 8)
        new = made.cut
        if way == "written and read":
            new = read_edl(write_edl(new).content, name).cut
        elif way in RENAMED:
            new = renamed(new, way)
        assert told_wrong(made, old, compare_lists(old, new)) == (0, 0, 0)


def test_reels_named_anew_are_known_by_clip_and_timecode_where_no_list_shares_them() -> None:
    cut = invented(6, 3)
    other = replace(cut, events=tuple(
        replace(one, source=replace(one.source, reel=f"TAPE{index}"))
        for index, one in enumerate(cut.events)
    ))  # fmt: skip
    found = compare_lists(cut, other)
    assert found.is_identity and all(one.confidence < 1 for one in found.changes)
    shot = cut.events[2]
    swapped = replace(shot, source=replace(shot.source, reel=cut.events[0].source.reel))
    mixed = replace(cut, events=(*cut.events[:2], swapped, *cut.events[3:]))
    assert [one.kind for one in compare_lists(cut, mixed).changes].count(ChangeKind.REPLACED) == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_known_edits_of_invented_reels_are_found(seed: int) -> None:
    old = invented(40, seed)
    made = recut(old, seed, 8)
    assert told(compare_lists(old, made.cut)) == Counter(made.expected)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_moved_shot_is_found_where_more_lies_between(seed: int) -> None:
    old = invented(30, seed)
    chance = random.Random(seed)
    shots = list(old.events)
    place = chance.randrange(0, 20)
    shot = shots.pop(place)
    between, target = 0, place
    while between <= shot.frames and target < len(shots):
        between += shots[target].frames
        target += 1
    shots.insert(target, shot)
    found = compare_lists(old, replace_cut(Recut(old), shots).cut)
    if between > shot.frames:
        assert told(found) == {(ChangeKind.MOVED, shot.frames, shot.frames): 1}
        assert found.of(ChangeKind.MOVED)[0].words == shot.source.name


@settings(max_examples=80, deadline=None)
@given(cut_lists(), cut_lists())
def test_any_two_lists_are_covered_and_mirror_each_other(old: CutList, new: CutList) -> None:
    found = compare_lists(old, new)
    assert found.mirrored() == compare_lists(new, old)
    assert found.old_frames == old.picture[-1].record_out_frames - old.picture[0].record_in_frames
    assert compare_lists(old, old).is_identity


@pytest.mark.parametrize("seed", range(6))
def test_a_real_recut_mirrors(seed: int) -> None:
    old = butted(real_cut(REELS[0]))
    new = recut(old, seed, 30).cut
    assert compare_lists(old, new).mirrored() == compare_lists(new, old)


def _two(first: CutEvent, second: CutEvent) -> tuple[CutList, CutList]:
    return _alone(first), _alone(second)


def _alone(event: CutEvent) -> CutList:
    """An event between two shots that stay."""
    before = CutEvent(0, 50, CutSource("A001", "before"), Fraction(0), Fraction(50))
    last = 50 + event.frames
    middle = replace(event, record_in_frames=50, record_out_frames=last)
    after = CutEvent(last, last + 50, CutSource("A003", "after"), Fraction(0), Fraction(50))
    return CutList("x", FRAMES_24, (before, middle, after))


def _one(old: CutList, new: CutList) -> Change:
    changed = [one for one in compare_lists(old, new).changes if one.kind is not ChangeKind.KEPT]
    assert len(changed) == 1
    return changed[0]


def _shot(frames: int = 80, **told: object) -> CutEvent:
    event = CutEvent(0, frames, CutSource("A002", "shot"), Fraction(1000), Fraction(1000 + frames))
    return replace(event, **told)  # type: ignore[arg-type]


def test_a_vfx_shot_of_a_new_version_is_replaced() -> None:
    old, new = _two(
        _shot(source=CutSource("ZZ100_0120_V001", "ZZ100_0120_v001.mov")),
        _shot(source=CutSource("ZZ100_0120_V002", "ZZ100_0120_v002.mov")),
    )
    change = _one(old, new)
    assert change.kind is ChangeKind.REPLACED and change.old_frames == change.new_frames == 80
    trimmed = _alone(cut_of(new.events[1], 0, 70))
    assert told(compare_lists(old, trimmed)) == {
        (ChangeKind.REPLACED, 70, 70): 1,
        (ChangeKind.SHORTENED_TAIL, 10, 0): 1,
    }


def test_a_shot_run_faster_is_retimed() -> None:
    faster = _shot(40, source_out_frames=Fraction(1080), speed=Fraction(2))
    change = _one(*_two(_shot(), faster))
    assert (change.kind, change.speed) == (ChangeKind.RETIMED, 2)
    assert (change.old_frames, change.new_frames) == (80, 40)
    back = _one(*_two(faster, _shot()))
    assert back.speed == Fraction(1, 2)


def test_a_freeze_that_holds_longer() -> None:
    still = _shot(source_out_frames=Fraction(1001), speed=Fraction(0))
    longer = replace(still, record_out_frames=100)
    change = _one(*_two(still, longer))
    assert (change.kind, change.new_frames) == (ChangeKind.LENGTHENED_TAIL, 20)


def test_backwards_shots_trim_at_their_own_ends() -> None:
    back = _shot(source_out_frames=Fraction(920), speed=Fraction(-1))
    trimmed = replace(back, record_out_frames=70, source_in_frames=Fraction(990))
    assert _one(*_two(back, trimmed)).kind is ChangeKind.SHORTENED_HEAD


def test_another_length_of_dissolve_is_another_picture_there_alone() -> None:
    short = _shot(transition=Transition(TransitionKind.DISSOLVE, 12))
    long = _shot(transition=Transition(TransitionKind.DISSOLVE, 24))
    change = _one(*_two(short, long))
    assert (change.kind, change.old_in_frames, change.old_out_frames) == (
        ChangeKind.REPLACED, 50, 74,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (CutSource("A026C019", "92-2A*"), CutSource("A026C019_170614_R287", "92-2A")),
        (CutSource("Z677_4C.", "a"), CutSource("Z677_4C.mov", "b")),
        (CutSource("a002", "shot"), CutSource("A002", "SHOT")),
        (CutSource("AX", "Shot.MOV"), CutSource("", "shot", "/x/other.mov")),
        (CutSource("A026C019", "x"), CutSource("", "y", "/rushes/A026C019_170614_R287.mxf")),
    ],
)
def test_a_source_is_known_by_its_name_however_it_is_written(
    old: CutSource, new: CutSource
) -> None:
    found = compare_lists(*_two(_shot(source=old), _shot(source=new)))
    assert not told(found)


def test_stills_of_one_reel_and_timecode_are_told_apart_by_name() -> None:
    """As in the storyboard list of the reference material: every still begins at 1:00:00:00."""
    cut = real_cut("25fps.edl")
    swapped = [cut.events[1], cut.events[0], *cut.events[2:]]
    found = compare_lists(cut, replace_cut(Recut(cut), swapped).cut)
    assert len(found.of(ChangeKind.MOVED)) == 1 and not found.of(ChangeKind.REPLACED)


def test_a_shot_laid_over_the_middle_of_another_replaces_what_it_hides() -> None:
    old = _alone(_shot())
    over = replace(foreign(20, 1), record_in_frames=70, record_out_frames=90, track="V2")
    change = _one(old, replace(old, events=(*old.events, over)))
    assert (change.kind, change.old_in_frames, change.old_out_frames) == (
        ChangeKind.REPLACED, 70, 90,
    )  # fmt: skip


def test_a_roll_is_a_tail_and_a_head() -> None:
    a, b = _shot(), _shot(source=CutSource("B002", "b"))
    old = replace_cut(Recut(_alone(a)), [a, b]).cut
    new = replace_cut(Recut(old), [cut_of(a, 0, 70), cut_of(b, -10, 80)]).cut
    assert told(compare_lists(old, new)) == {
        (ChangeKind.SHORTENED_TAIL, 10, 0): 1,
        (ChangeKind.LENGTHENED_HEAD, 0, 10): 1,
    }


def test_a_list_of_sound_alone_is_refused() -> None:
    cut = real_cut("TEST.edl")
    with pytest.raises(InputError, match="no picture"):
        compare_lists(cut, cut)


def test_two_thousand_shots_are_compared_in_seconds() -> None:
    old = invented(2000, 1)
    made = recut(old, 1, 200)
    began = time.process_time()
    found = compare_lists(old, made.cut)
    assert time.process_time() - began < 4
    assert told(found) == Counter(made.expected)
