"""The first glance: where most of a cut is the last one, and which pairs of frames to trust."""

from __future__ import annotations

import numpy as np
from tests.conform.drawn_films import as_film, drawn_shot, grain

from scorestage.conform import ChangeKind, compare_films
from scorestage.conform.glance import Glance

SHOTS = [drawn_shot(60, seed) for seed in range(120, 126)]


def test_kept_shots_are_found_where_they_lie() -> None:
    old, new = as_film(SHOTS), grain(as_film([SHOTS[0], SHOTS[2], SHOTS[3], SHOTS[5]]), 1)
    way = Glance.of(old, new).way()
    told = np.full(len(new), -1)
    for one in way:
        if one.line is not None:
            told[one.first : one.last] = np.arange(one.first, one.last) + int(one.line.at)
    right = np.concatenate([np.arange(60), np.arange(120, 240), np.arange(300, 360)])
    assert np.mean(told == right) > 0.95


def test_brightness_is_nothing_and_another_picture_is_far() -> None:
    old = as_film(SHOTS)
    faded = as_film([(shot * 0.5).astype(np.uint8) for shot in SHOTS])
    glance = Glance.of(old, faded)
    frames = np.arange(0, 360, 7)
    assert np.median(glance.apart(frames, frames)) < 0.05
    assert np.median(glance.apart(frames, (frames + 180) % 360)) > 0.3


def test_what_is_burnt_into_the_new_film_does_not_cost_the_glance() -> None:
    old = as_film(SHOTS)
    marked = [shot.copy() for shot in SHOTS]
    chance = np.random.default_rng(3)
    for shot in marked:
        shot[:, 13:17, 6:26] = chance.integers(0, 2, (len(shot), 1, 20)) * 255
    changes = compare_films(old, as_film([marked[0], marked[1][1:], *marked[2:]]))
    kept = changes.of(ChangeKind.KEPT)
    assert [(one.old_in_frames, one.new_in_frames) for one in kept] == [(0, 0), (61, 60)]


def test_pairs_a_frame_off_are_not_trusted() -> None:
    film = as_film([drawn_shot(120, 130, 0.8)])
    frames = np.arange(10, 110)
    kept = Glance.of(film, film).surely((frames, frames))
    assert len(kept[0]) == len(frames)
    assert len(Glance.of(film, film).surely((frames, frames + 2))[0]) < len(frames) / 4


def test_a_film_that_lies_otherwise_in_the_other_is_still_told_to_the_frame() -> None:
    old = as_film(SHOTS)
    enlarged = [shot[:, 1:-1, 2:-2][:, np.r_[0, 0:16, 15]][:, :, np.r_[0, 0, 0:28, 27, 27]]
                for shot in SHOTS]  # fmt: skip
    changes = compare_films(old, as_film([enlarged[0], *enlarged[2:]]))
    kept = changes.of(ChangeKind.KEPT)
    assert [(one.old_in_frames, one.new_in_frames) for one in kept] == [(0, 0), (120, 60)]
