"""A re-cut carried out on a list: every track in place, nothing shown that was not chosen."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.conform.recuts import invented
from tests.shared_material import shared

from scorestage.adapters.cut_exchange import as_shown
from scorestage.conform import ChangeKind, compare_lists
from scorestage.conform.recutting import (
    Aim,
    Limits,
    Place,
    Prices,
    Recut,
    Shot,
    Target,
    Task,
    cheapest,
    judged,
    untouched,
)
from scorestage.conform.recutting.applying import recut_list, segments_of
from scorestage.conform.recutting.footage import listed_shots
from scorestage.production import (
    CutEvent,
    CutList,
    CutMarker,
    CutSource,
    Transition,
    TransitionKind,
)
from scorestage.timebase import FRAMES_24
from scorestage.workflow.editorial import read_cut_list
from scorestage.workflow.exchange import Counting

PRICES = Prices()
HANDLES = 30


def shots_of(cut: CutList, **changes: object) -> tuple[Shot, ...]:
    return tuple(
        replace(
            Shot(
                number, one.name, one.first, one.last, HANDLES, HANDLES, mix_frames=one.mix_frames
            ),
            **changes,  # type: ignore[arg-type]
        )
        for number, one in enumerate(listed_shots(cut), start=1)
    )


def landing(shots: tuple[Shot, ...], moves: dict[int, int], **task: object) -> tuple[Task, Recut]:
    """The cheapest way that puts the cuts into these shots so many frames later."""
    aims = tuple(
        Aim(Place(index), (Target(shots[index].first + by, 0.0, Fraction(0)),), must=True)
        for index, by in moves.items()
    )
    made = Task(shots, aims, Limits(), **task)  # type: ignore[arg-type]
    found = cheapest(made, PRICES)
    assert found is not None
    return made, judged(made, found, "least", PRICES)


def test_nothing_done_is_the_same_list() -> None:
    cut = invented(20, 3)
    shots = shots_of(cut)
    segments = segments_of(shots, 0, untouched(Task(shots, ()), PRICES))
    made, notes = recut_list(cut, segments)
    assert [replace(one, number="") for one in made.events] == [
        replace(one, number="") for one in cut.events
    ]
    assert not notes


@pytest.mark.parametrize(
    "name",
    [
        *("25fps.edl", "ISSUE_14_conform_edl_issue_03.edl", "avid_example.edl", "gap_test.edl"),
        *("dissolve_test_3.edl", "fcpx_project.fcpxml", "premiere_example.xml", "test_25.edl"),
        *("speed_effects_small.edl", "timecode_mismatch.edl", "cdl_example01.edl"),
    ],
)
def test_nothing_done_gives_real_lists_back_on_every_track(name: str) -> None:
    path = shared(f"editorial/{name}")
    cut = as_shown(read_cut_list(path, Counting()).cut)[0]
    shots = shots_of(cut)
    made, notes = recut_list(cut, segments_of(shots, 0, untouched(Task(shots, ()), PRICES)))
    for track in cut.tracks:
        assert [replace(one, number="") for one in made.on_track(track)] == [
            replace(one, number="") for one in cut.on_track(track)
        ]
    assert not notes and made.markers == tuple(sorted(cut.markers, key=lambda one: one.at_frames))


@pytest.mark.parametrize("seed", range(4))
def test_the_new_list_compares_to_what_was_said(seed: int) -> None:
    cut = invented(24, seed)
    shots = shots_of(cut)
    moves = {5: 7, 9: -4, 14: 11 + seed}
    task, way = landing(shots, moves)
    made, _ = recut_list(cut, segments_of(shots, 0, way))
    picture = made.picture
    starts = [one.record_in_frames - picture[0].record_in_frames for one in picture]
    assert all(starts[index] == shots[index].first + by for index, by in moves.items())
    found = compare_lists(cut, made)
    lost = sum(one.old_frames for one in found.changes if not one.kind.in_both)
    gained = sum(one.new_frames for one in found.changes if not one.kind.in_both)
    off = on = 0
    for change in way.changes:
        assert not change.stretched_frames
        off += max(0, change.head_frames) + max(0, -change.tail_frames)
        on += max(0, -change.head_frames) + max(0, change.tail_frames)
    assert (lost, gained) == (off, on)
    assert not found.of(ChangeKind.MOVED, ChangeKind.REPLACED, ChangeKind.INSERTED)
    assert task.shots == shots


def test_dialogue_over_a_cut_keeps_its_sync_and_its_sound() -> None:
    """The cut between two speakers rolls; what is heard is the same frame for frame."""
    one, two = CutSource("A1", "one"), CutSource("A2", "two")
    picture = [
        CutEvent(0, 48, one, Fraction(100), Fraction(148)),
        CutEvent(48, 96, two, Fraction(500), Fraction(548)),
        CutEvent(96, 144, one, Fraction(300), Fraction(348)),
    ]
    sound = [replace(event, track="A1") for event in picture]
    cut = CutList("talk", FRAMES_24, (*picture, *sound))
    shots = tuple(
        replace(
            shot,
            spoken=((40, 60),) if index < 2 else (),
            linked=index == 0,
            locked=index == 2,
            head_frames=0 if index == 0 else HANDLES,
        )
        for index, shot in enumerate(shots_of(cut))
    )
    _, way = landing(shots, {1: 6}, keep_end=True)
    made, _ = recut_list(cut, segments_of(shots, 0, way))
    assert [e.record_in_frames for e in made.on_track("V1")] == [0, 54, 96]
    assert made.on_track("V1")[1].source_in_frames == 506
    assert [replace(e, number="") for e in made.on_track("A1")] == sound


def test_a_dissolve_goes_on_from_where_its_lower_shot_now_leaves() -> None:
    lower, upper = CutSource("A1", "one"), CutSource("A2", "two")
    mix = Transition(TransitionKind.DISSOLVE, 10, from_source=lower, from_frames=Fraction(148))
    events = (
        CutEvent(0, 48, lower, Fraction(100), Fraction(148)),
        CutEvent(48, 96, upper, Fraction(500), Fraction(548), transition=mix),
        CutEvent(96, 120, lower, Fraction(700), Fraction(724)),
    )
    cut = CutList("mix", FRAMES_24, events)
    _, way = landing(shots_of(cut), {1: -8})
    made, _ = recut_list(cut, segments_of(shots_of(cut), 0, way))
    change = made.picture[1].transition
    assert change is not None and change.frames == 10
    assert change.from_frames == 140 == made.picture[0].source_out_frames


def test_a_shot_at_another_speed_shows_the_same_frames_of_its_source() -> None:
    events = (
        CutEvent(0, 50, CutSource("A0"), Fraction(0), Fraction(50)),
        CutEvent(50, 150, CutSource("A1"), Fraction(0), Fraction(100)),
        CutEvent(150, 250, CutSource("A2"), Fraction(50), Fraction(150)),
    )
    cut = CutList("speed", FRAMES_24, events)
    shots = tuple(replace(one, head_frames=0, tail_frames=0) for one in shots_of(cut))
    _, way = landing(shots, {2: 3})
    made, _ = recut_list(cut, segments_of(shots, 0, way))
    second = made.picture[1]
    assert (second.frames, second.speed) == (103, Fraction(100, 103))
    assert (second.source_in_frames, second.source_out_frames) == (0, 100)


def test_markers_and_what_lies_above_go_with_their_shot() -> None:
    cut = invented(6, 1)
    first = cut.picture[0].record_in_frames
    shots = shots_of(cut)
    title = CutEvent(
        first + shots[3].first + 5,
        first + shots[3].first + 15,
        CutSource("T", "title"),
        Fraction(0),
        Fraction(10),
        "V2",
    )
    marker = CutMarker(Fraction(first + shots[4].first + 3), "look")
    cut = replace(cut, events=(*cut.events, title), markers=(marker,))
    _, way = landing(shots, {2: 5})
    made, _ = recut_list(cut, segments_of(shots, 0, way))
    later = way.frames - (shots[-1].last - shots[0].first)
    assert made.on_track("V2")[0].record_in_frames == title.record_in_frames + later
    assert made.markers[0].at_frames == marker.at_frames + later


def test_a_held_frame_is_a_freeze_of_the_last_one() -> None:
    events = (
        CutEvent(0, 40, CutSource("A1"), Fraction(0), Fraction(40)),
        CutEvent(40, 80, CutSource("A2"), Fraction(0), Fraction(40)),
    )
    cut = CutList("hold", FRAMES_24, events)
    shots = tuple(replace(one, tail_frames=0, head_frames=0) for one in shots_of(cut))
    aim = Aim(Place(1), (Target(46, 0.0, Fraction(46)),), must=True)
    task = Task(shots, (aim,), Limits(hold_frames=8, retime=Fraction(0)))
    found = cheapest(task, PRICES)
    assert found is not None
    way = judged(task, found, "held", PRICES)
    made, _ = recut_list(cut, segments_of(shots, 0, way))
    held = made.picture[1]
    assert (held.frames, held.speed, held.source_in_frames) == (6, 0, 39)
    assert made.picture[2].record_in_frames == 46
