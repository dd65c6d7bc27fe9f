"""Shots cover the film; a conversation is one scene, another place is another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.drawn_clips import Frame, blend, cut, flat, scene
from tests.spotting.footage_kit import DETECTORS, real_footage, watched

from scorestage.spotting import Footage, watch
from scorestage.spotting.shots import Seam, Shot, seams_of, shots_of
from scorestage.timebase import FRAMES_24


def seen(frames: list[Frame]) -> tuple[tuple[Shot, ...], tuple[Seam, ...]]:
    picture = watched(frames)
    shots = shots_of(picture, watch(Footage(picture), DETECTORS))
    return shots, seams_of(picture, shots)


def test_shots_cover_every_frame() -> None:
    frames = cut((scene(1), 30), (scene(2), 20)) + [flat(0)] * 20 + cut((scene(3), 25))
    shots, seams = seen(frames)
    assert [(shot.first, shot.end) for shot in shots] == [(0, 30), (30, 50), (50, 70), (70, 95)]
    assert [shot.empty for shot in shots] == [False, False, True, False]
    assert [seam.index for seam in seams] == [30, 50, 70]
    assert shots[-1].range.end == FRAMES_24.time_of(95)


def test_shot_and_reverse_shot_are_one_scene() -> None:
    one, two, other = scene(1), scene(2), scene(9)
    talk = [(one, 30), (two, 30)] * 3
    shots, seams = seen(cut(*talk, (other, 30), (scene(10), 30)))
    inside = [seam.scene for seam in seams[1:5]]
    assert len(shots) == 8
    assert max(inside) < 0.1
    assert seams[5].scene > max(inside) + 0.3


def test_black_and_fades_part_scenes() -> None:
    shot = cut((scene(1), 90))
    faded = [blend(flat(0), frame, min(1, abs(n - 45) / 20)) for n, frame in enumerate(shot)]
    shots, seams = seen(faded)
    assert len(shots) == len(seams) + 1
    assert seams[0].scene >= 0.85


def test_a_title_is_no_empty_shot() -> None:
    card = flat(0)
    card[30:40, 30:98:3] = 255
    shots, _ = seen([*[flat(0)] * 30, *[card] * 48, *[flat(0)] * 30])
    assert [shot.empty for shot in shots] == [True, False, True]


def test_nothing_to_see() -> None:
    assert shots_of(watched([]), ()) == ()


@pytest.mark.parametrize("name", ["sintel-trailer", "big-buck-bunny-opening"])
def test_real_films_are_covered(name: str) -> None:
    footage = real_footage(name)
    shots = shots_of(footage.picture, watch(footage, DETECTORS))
    assert shots[0].first == 0
    assert shots[-1].end == len(footage.picture)
    assert all(one.end == two.first for one, two in pairwise(shots))
