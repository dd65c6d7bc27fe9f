"""A network's marks made moments: where they lie, and what of ours stays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from tests.drawn_clips import Frame, cut, scene
from tests.spotting.footage_kit import watched
from tests.workflow.test_analyse import clip

from scorestage import registry
from scorestage.spotting import Detector, Footage, Moment, watch
from scorestage.spotting.marks import Marked, ShotMarks, marked
from scorestage.timebase import FRAMES_24

DETECTORS = {k: v for k, v in registry.load_all("detectors").items() if isinstance(v, Detector)}


def lit(length: int, *spans: tuple[int, int]) -> NDArray[np.float32]:
    """A curve of nothing, and 0.9 in each span."""
    curve = np.zeros(length, np.float32)
    for first, end in spans:
        curve[first:end] = 0.9
    return curve


def found(frames: list[Frame], marks: ShotMarks | None = None) -> list[tuple[str, int, int]]:
    moments: tuple[Moment, ...] = watch(Footage(watched(frames)), DETECTORS, marks=marks)
    place = FRAMES_24.nearest_frame
    return [(str(one.kind), place(one.span.start), place(one.span.end)) for one in moments]


def test_a_mark_is_the_last_frame_of_the_old_shot() -> None:
    marks = ShotMarks("it", lit(60, (19, 20)), lit(60, (39, 45)))
    assert [(one.first, one.end) for one in marked(marks)] == [(20, 21), (40, 45)]


def test_both_heads_tell_one_change_once_and_the_end_of_the_film_none() -> None:
    marks = ShotMarks("it", lit(60, (22, 23)), lit(60, (20, 26), (55, 60)))
    assert marked(marks) == (Marked(21, 26, float(np.float32(0.9))),)
    assert marked(ShotMarks("it", lit(0), lit(0))) == ()


def test_the_network_tells_the_cuts_and_ours_what_they_are() -> None:
    frames = clip(0)
    ours, count = found(frames), len(frames)
    kinds = ["cut", "dissolve", "wipe", "fade-out", "fade-in", "flash"]
    assert [kind for kind, *_ in ours] == kinds
    sharp = [(first - 1, first) for kind, first, _ in ours if kind == "cut"]
    soft = [(first - 1, end) for kind, first, end in ours if kind not in ("cut", "flash")]
    assert found(frames, ShotMarks("it", lit(count, *sharp), lit(count, *soft))) == ours
    left = [one for one in ours if one[0] in ("fade-out", "fade-in", "flash")]
    assert found(frames, ShotMarks("it", lit(count), lit(count))) == left
    more = ShotMarks("it", lit(count, *sharp, (20, 21)), lit(count, *soft))
    assert found(frames, more) == [("cut", 21, 22), *ours]


def test_each_moment_says_how_likely_the_network_held_it() -> None:
    frames = cut((scene(11), 40), (scene(12), 40))
    marks = ShotMarks("it", lit(len(frames), (39, 40)), lit(len(frames)))
    (moment,) = watch(Footage(watched(frames)), DETECTORS, marks=marks)
    assert moment.evidence[0].words == "it sees the shot change"
    assert moment.evidence[0].frame == 40
    assert moment.confidence == 0.9
    assert moment.evidence[1].measured > 0.3
