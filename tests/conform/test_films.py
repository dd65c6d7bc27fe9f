"""Films against films: known edits of drawn films are found to the frame."""

from __future__ import annotations

import numpy as np
import pytest
from tests.conform.drawn_films import (
    Known,
    Signatures,
    as_film,
    drawn_film,
    drawn_shot,
    grain,
    recut,
)

from scorestage.conform import ChangeKind, ChangeList, FilmFrames, compare_films
from scorestage.timebase import FRAMES_24, FRAMES_25


def kept_frames(changes: ChangeList) -> dict[int, int]:
    """New frame to old frame, of what was kept or moved."""
    return {
        one.new_in_frames + step: one.old_in_frames + step
        for one in changes.of(ChangeKind.KEPT, ChangeKind.MOVED)
        for step in range(one.old_frames)
    }


def wrong_frames(changes: ChangeList, known: Known, old: Signatures, new: Signatures) -> int:
    """New frames mapped to another picture than theirs, or not at all, or though they are new."""
    told = kept_frames(changes)
    wrong = 0
    for frame, right in enumerate(known.old):
        place = told.get(frame, -1)
        if right < 0 or place < 0:
            wrong += right != place
        else:
            wrong += not np.array_equal(old[place], old[right])
    return wrong


@pytest.mark.parametrize("seed", range(8))
def test_known_recuts_are_found_to_the_frame(seed: int) -> None:
    shots = drawn_film(24, seed)
    known = recut(shots, seed, 7)
    old, new = as_film(shots), grain(as_film(known.parts), seed)
    changes = compare_films(old, new)
    assert wrong_frames(changes, known, old.signatures, new.signatures) == 0
    assert compare_films(new, old) == changes.mirrored()


def test_a_film_encoded_again_is_identical() -> None:
    film = as_film(drawn_film(12, 50))
    assert compare_films(film, film).is_identity
    assert compare_films(film, grain(film, 3)).is_identity


def test_a_film_at_another_rate_keeps_its_frames() -> None:
    film = as_film(drawn_film(6, 51))
    changes = compare_films(film, FilmFrames(film.signatures, FRAMES_25))
    assert [one.kind for one in changes.changes] == [ChangeKind.KEPT]
    assert not changes.is_identity


@pytest.mark.parametrize("off", [1, 2, 7, 30])
def test_trims_at_head_and_tail_are_told_as_such(off: int) -> None:
    shots = [drawn_shot(70, seed) for seed in range(5)]
    starts = np.cumsum([0, *map(len, shots)]).tolist()
    tail = [*shots[:2], shots[2][:-off], *shots[3:]]
    head = [*shots[:2], shots[2][off:], *shots[3:]]
    for parts, kind, first in (
        (tail, ChangeKind.SHORTENED_TAIL, starts[3] - off),
        (head, ChangeKind.SHORTENED_HEAD, starts[2]),
    ):
        changes = compare_films(as_film(shots), as_film(parts))
        lost = [one for one in changes.changes if one.kind is not ChangeKind.KEPT]
        assert [(one.kind, one.old_in_frames, one.old_out_frames) for one in lost] == [
            (kind, first, first + off)
        ]
        back = compare_films(as_film(parts), as_film(shots))
        assert [one.kind for one in back.changes if one.kind is not ChangeKind.KEPT] == [
            kind.mirrored
        ]


def test_shots_that_change_places_have_moved() -> None:
    shots = [drawn_shot(frames, 60 + frames) for frames in (50, 40, 30, 60, 45)]
    changes = compare_films(as_film(shots), as_film([shots[index] for index in (0, 2, 1, 3, 4)]))
    assert [(one.kind, one.old_frames) for one in changes.changes] == [
        (ChangeKind.KEPT, 50),
        (ChangeKind.MOVED, 30),
        (ChangeKind.KEPT, 40),
        (ChangeKind.KEPT, 105),
    ]


def test_another_picture_in_the_same_place_is_replaced() -> None:
    shots = [drawn_shot(40, seed) for seed in range(70, 75)]
    other = [*shots[:2], drawn_shot(40, 99), *shots[3:]]
    changes = compare_films(as_film(shots), as_film(other))
    assert [(one.kind, one.old_in_frames, one.new_in_frames) for one in changes.changes] == [
        (ChangeKind.KEPT, 0, 0),
        (ChangeKind.REPLACED, 80, 80),
        (ChangeKind.KEPT, 120, 120),
    ]


def test_frames_out_of_the_middle_of_a_slow_shot_are_no_other_speed() -> None:
    shots = [drawn_shot(90, 140, 0.8), drawn_shot(200, 141, 0.1), drawn_shot(90, 142, 0.8)]
    old = as_film(shots)
    new = as_film([shots[0], np.concatenate([shots[1][:90], shots[1][131:]]), shots[2]])
    told = [(one.kind, one.old_in_frames, one.old_out_frames) for one in
            compare_films(old, grain(new, 4, 0.4)).changes]  # fmt: skip
    assert told == [
        (ChangeKind.KEPT, 0, 180),
        (ChangeKind.REMOVED, 180, 221),
        (ChangeKind.KEPT, 221, 380),
    ]


@pytest.mark.parametrize(("step", "times", "speed"), [(2, 1, 2), (1, 2, 0.5), (3, 1, 3)])
def test_a_shot_at_another_speed_is_retimed(step: int, times: int, speed: float) -> None:
    shots = [drawn_shot(96, seed, 0.8) for seed in range(80, 85)]
    parts = [*shots[:2], np.repeat(shots[2][::step], times, axis=0), *shots[3:]]
    changes = compare_films(as_film(shots), as_film(parts))
    retimed = changes.of(ChangeKind.RETIMED)
    assert [float(one.speed) for one in retimed] == [speed]
    assert abs(retimed[0].old_in_frames - 192) <= 2 and abs(retimed[0].old_out_frames - 288) <= 2
    assert abs(retimed[0].new_frames - 96 * times // step) <= 2


def test_a_freeze_and_black_that_last_longer_are_lengthened_at_their_end() -> None:
    still = np.repeat(drawn_shot(1, 90), 60, axis=0)
    black = np.full((40, 18, 32), 16, np.uint8)
    around = [drawn_shot(50, seed) for seed in range(91, 94)]
    old = as_film([around[0], still, around[1], black, around[2]])
    longer = [around[0], still, still[:24], around[1], black, black[:12], around[2]]
    changes = compare_films(grain(old, 1, 0.5), grain(as_film(longer), 2, 0.5))
    told = [(one.kind, one.new_in_frames, one.new_out_frames)
            for one in changes.changes if one.kind is not ChangeKind.KEPT]  # fmt: skip
    assert told == [
        (ChangeKind.LENGTHENED_TAIL, 110, 134),
        (ChangeKind.LENGTHENED_TAIL, 224, 236),
    ]


def test_films_of_nothing_in_common_and_of_nothing() -> None:
    one, other = as_film(drawn_film(5, 95)), as_film(drawn_film(5, 96))
    held = compare_films(one, other).of(ChangeKind.KEPT, ChangeKind.MOVED, ChangeKind.RETIMED)
    assert sum(change.new_frames for change in held) < 0.05 * len(other)
    none = FilmFrames(np.zeros((0, 18, 32), np.uint8), FRAMES_24)
    assert [one.kind for one in compare_films(none, other).changes][:1] == [ChangeKind.INSERTED]
    assert compare_films(none, none).is_identity
