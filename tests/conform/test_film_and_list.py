"""A cut list against a film's shots: known re-cuts are found by lengths and order alone."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conform.recuts import Recut, butted, cut_of, foreign, invented, recut, replace_cut
from tests.cut_material import real_cut

from scorestage.conform import (
    ChangeKind,
    ChangeList,
    FilmShots,
    compare_list_with_film,
    compare_lists,
)
from scorestage.errors import InputError
from scorestage.production import CutEvent, CutList, CutSource, Transition, TransitionKind
from scorestage.timebase import FRAMES_24

REELS = ("ToD_R4_LOCK3.1_030618_Video.edl", "ISSUE_14_conform_edl_issue_03.edl")


def film_of(cut: CutList, seed: int = 0, unseen: float = 0.0) -> FilmShots:
    """The film of a list as a detector tells it: some cuts unseen, as many where there is none."""
    chance = random.Random(seed)
    origin = cut.first_frame
    frames = cut.last_frame - origin
    cuts = {event.record_in_frames - origin for event in cut.picture}
    seen = {one for one in cuts if chance.random() >= unseen}
    false = {chance.randrange(1, frames) for _ in range(len(cuts) - len(seen))}
    return FilmShots(frames, tuple(sorted(seen | false)), cut.rate, origin)


def told_of(found: ChangeList) -> np.ndarray:
    """The old frame of each new one, -1 for none."""
    told = np.full(found.new_frames, -1)
    for one in found.of(ChangeKind.KEPT, ChangeKind.MOVED):
        told[one.new_in_frames : one.new_out_frames] = range(one.old_in_frames, one.old_out_frames)
    return told


@pytest.mark.parametrize("name", REELS)
def test_a_list_against_its_own_film_is_kept_whole(name: str) -> None:
    cut = butted(real_cut(name))
    found = compare_list_with_film(cut, film_of(cut))
    assert found.is_identity and max(one.confidence for one in found.changes) <= 0.9


@pytest.mark.parametrize(("name", "least"), zip(REELS, (0.96, 0.91), strict=True))
@pytest.mark.parametrize("unseen", [0.0, 0.05])
def test_known_recuts_of_real_reels_keep_their_frames(
    name: str, least: float, unseen: float
) -> None:
    """Over four re-cuts of ten edits each; one cut in twenty unseen, as many seen wrongly."""
    old = butted(real_cut(name))
    right = frames = 0
    for seed in range(4):
        made = recut(old, seed, 10).cut
        truth = told_of(compare_lists(old, made))
        told = told_of(compare_list_with_film(old, film_of(made, seed, unseen)))
        known = truth >= 0
        frames += int(known.sum())
        right += int((truth[known] == told[known]).sum())
    assert right / frames > least


def test_what_was_done_is_named() -> None:
    old = invented(30, 4)
    events = list(old.events)
    out = events[5].frames
    events[10] = cut_of(events[10], 0, events[10].frames - 3)
    new = [*events[:5], *events[6:20], foreign(71, 1), *events[20:]]
    made = replace_cut(Recut(old), new).cut
    found = compare_list_with_film(old, film_of(made))
    told = [
        (str(one.kind), one.old_frames, one.new_frames, one.confidence)
        for one in found.changes
        if one.kind is not ChangeKind.KEPT
    ]
    assert told == [
        ("removed", out, 0, 0.6),
        ("shortened_tail", 3, 0, 0.5),
        ("inserted", 0, 71, 0.6),
    ]
    assert found.old_start_frames == 86400


def test_a_rolled_cut_is_a_tail_and_a_head() -> None:
    old = invented(12, 9)
    film = film_of(old)
    at = film.cuts_frames[6]
    rolled = replace(film, cuts_frames=tuple(one + 5 * (one == at) for one in film.cuts_frames))
    kinds = [one.kind for one in compare_list_with_film(old, rolled).changes]
    assert [one for one in kinds if one is not ChangeKind.KEPT] == [
        ChangeKind.LENGTHENED_TAIL,
        ChangeKind.SHORTENED_HEAD,
    ]


def test_a_dissolve_seen_late_is_no_change() -> None:
    old = invented(8, 2)
    mix = Transition(TransitionKind.DISSOLVE, 24)
    events = list(old.events)
    events[4] = replace(events[4], transition=mix, source_in_frames=events[4].source_in_frames)
    mixed = replace(old, events=tuple(events))
    film = film_of(mixed)
    at = events[4].record_in_frames - old.first_frame
    late = tuple(one + 11 * (one == at) for one in film.cuts_frames)
    assert compare_list_with_film(mixed, replace(film, cuts_frames=late)).is_identity


def test_one_shot_too_few_or_too_many_on_either_side() -> None:
    cut = invented(9, 3)
    film = film_of(cut)
    fewer = replace(film, cuts_frames=film.cuts_frames[:4] + film.cuts_frames[5:])
    assert compare_list_with_film(cut, fewer).is_identity
    more = replace(film, cuts_frames=(*film.cuts_frames, film.cuts_frames[4] + 5))
    assert compare_list_with_film(cut, more).is_identity
    with pytest.raises(InputError, match="no frames"):
        compare_list_with_film(cut, replace(film, frames=0, cuts_frames=()))


def test_what_was_hardly_seen_is_no_certain_cut() -> None:
    """Flashes taken for cuts in every shot, more than are forgiven where they are sure."""
    cut = invented(24, 6)
    film = film_of(cut)
    bounds = (0, *film.cuts_frames, film.frames)
    flashes = {
        first + (last - first) * part // 6
        for first, last in pairwise(bounds)
        for part in range(1, 6)
    } - set(bounds)
    seen = replace(film, cuts_frames=(*film.cuts_frames, *flashes))
    doubted = replace(seen, sure=tuple((one, 0.1) for one in sorted(flashes)))
    assert compare_list_with_film(cut, doubted).is_identity
    assert not compare_list_with_film(cut, seen).is_identity


def test_a_shot_between_cuts_hardly_seen_is_less_sure() -> None:
    cut = invented(9, 3)
    film = film_of(cut)
    at = film.cuts_frames[3]
    certain = compare_list_with_film(cut, film)
    doubted = compare_list_with_film(cut, replace(film, sure=((at, 0.2),)))
    assert doubted.is_identity and {one.confidence for one in certain.changes} == {0.9}
    assert [one.confidence for one in doubted.changes] == [0.9, 0.58, 0.9]


lengths = st.lists(st.integers(1, 40), min_size=1, max_size=12)


@given(lengths, lengths, st.lists(st.integers(0, 30), min_size=12, max_size=12))
def test_every_frame_is_told_once(mine: list[int], other: list[int], soft: list[int]) -> None:
    """A change list that does not cover both cannot be made; soft bounds may lie anywhere."""
    events, at = [], 0
    for number, frames in enumerate(mine):
        mix = (
            Transition(TransitionKind.DISSOLVE, min(soft[number], frames)) if soft[number] else None
        )
        source = CutSource(f"A{number:03}")
        events.append(
            CutEvent(at, at + frames, source, Fraction(0), Fraction(frames), transition=mix)
        )
        at += frames
    bounds = np.cumsum(other).tolist()
    softs = tuple((bound, soft[index % 12]) for index, bound in enumerate(bounds[:-1]))
    film = FilmShots(bounds[-1], tuple(bounds[:-1]), FRAMES_24, 0, softs)
    found = compare_list_with_film(CutList("x", FRAMES_24, tuple(events)), film)
    assert found.old_frames == sum(mine) and found.new_frames == sum(other)
    assert found.mirrored().mirrored() == found
