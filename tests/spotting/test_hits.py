"""Hits: the strongest moments, well apart, not every cut."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drawn_clips import Frame, cut, flat, scene
from tests.spotting.footage_kit import DETECTORS, heard, seconds, spoken, watched

from scorestage.production import HitKind, HitWant
from scorestage.spotting import Footage, HitRules, SoundIndex, Speech, watch
from scorestage.spotting.hits import Candidate, candidates_of, choose_hits
from scorestage.spotting.shots import seams_of, shots_of
from scorestage.timebase import FRAMES_24, FilmRange, FilmTime

RULES = HitRules()


def candidate(frame: int, strength: float, kind: HitKind = HitKind.CHANGE) -> Candidate:
    return Candidate(FRAMES_24.time_of(frame), strength, kind, "a moment", ())


def found(
    frames: list[Frame], sound: SoundIndex | None = None, speech: tuple[Speech, ...] = ()
) -> dict[int, Candidate]:
    footage = Footage(watched(frames), sound, speech)
    moments = watch(footage, DETECTORS)
    shots = shots_of(footage.picture, moments)
    all_of_them = candidates_of(footage, shots, seams_of(footage.picture, shots), moments)
    return {FRAMES_24.nearest_frame(one.at): one for one in all_of_them}


CANDIDATES = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(1, 100)), max_size=60, unique_by=lambda one: one[0]
).map(lambda places: tuple(candidate(at, share / 100) for at, share in sorted(places)))


@given(CANDIDATES, st.integers(0, 800), st.integers(200, 1200))
def test_hits_keep_their_distance_and_number(
    candidates: tuple[Candidate, ...], start: int, length: int
) -> None:
    cue = FilmRange(FRAMES_24.time_of(start), FRAMES_24.time_of(start + length))
    hits = choose_hits(candidates, cue, RULES)
    places = [hit.at for hit in hits]
    assert places == sorted(places)
    assert all(two - one >= RULES.apart for one, two in pairwise(places))
    assert all(cue.start + RULES.from_ends <= at <= cue.end - RULES.from_ends for at in places)
    assert len(hits) <= max(1, round(8 * float(cue.span.seconds) / 60))
    inside = [one for one in candidates if cue.start + RULES.from_ends <= one.at]
    strong = [one for one in inside if one.at <= cue.end - RULES.from_ends and one.strength >= 0.5]
    if strong:
        assert max(strong, key=lambda one: (one.strength, -one.at.seconds)) in hits


def test_weak_moments_only_fill_up() -> None:
    candidates = tuple(candidate(24 * n, 0.3) for n in range(2, 58, 2))
    cue = FilmRange(FilmTime(0), FilmTime(60))
    assert len(choose_hits(candidates, cue, RULES)) == 5
    strong = tuple(candidate(24 * n, 0.6) for n in range(2, 58, 2))
    assert len(choose_hits(strong, cue, RULES)) == 8


@pytest.mark.parametrize(
    ("strength", "weight"), [(0.1, 1), (0.25, 2), (0.4, 3), (0.6, 4), (0.75, 5), (1.0, 5)]
)
def test_weights(strength: float, weight: int) -> None:
    assert candidate(0, strength).weight == weight


def test_where_in_the_bar() -> None:
    assert candidate(0, 0.6, HitKind.CHANGE).want is HitWant.DOWNBEAT
    assert candidate(0, 0.2, HitKind.CHANGE).want is HitWant.STRONG
    assert candidate(0, 0.8, HitKind.ACCENT).want is HitWant.STRONG
    assert candidate(0, 0.4, HitKind.CATCH).want is HitWant.BEAT


def test_black_stops_and_starts() -> None:
    hits = found([*cut((scene(1), 60)), *[flat(0)] * 30, *cut((scene(2), 60))])
    assert (hits[60].kind, hits[60].words) == (HitKind.STOP, "cut to black")
    assert (hits[90].kind, hits[90].words) == (HitKind.START, "cut out of black")
    assert hits[60].weight >= 4


def test_a_cut_between_like_shots_is_hardly_a_hit() -> None:
    one, two = scene(1), scene(2)
    talk = found(cut(*[(one, 30), (two, 30)] * 3))
    calm = found([*[scene(1)(0)] * 240, *cut((scene(30), 120))])
    assert max(hit.strength for hit in talk.values()) < 0.4
    assert calm[240].strength > max(hit.strength for hit in talk.values())


def test_a_flash_is_a_must() -> None:
    frames = cut((scene(1), 120))
    frames[60] = frames[61] = flat(252)
    assert found(frames)[60].weight == 5


def slam_at(frame: float, frames: int) -> SoundIndex:
    sound = np.random.default_rng(1).normal(0, 0.002, frames * 1000)
    first = seconds(frame / 24)
    sound[first : first + 6000] += np.random.default_rng(2).normal(0, 0.4, 6000)
    return heard(sound)


@pytest.mark.parametrize("late", [-2, 0, 1, 3])
def test_a_sound_by_a_cut_belongs_to_it(late: int) -> None:
    frames = cut((scene(1), 120), (scene(2), 120))
    plain, slammed = found(frames), found(frames, slam_at(120 + late, 240))
    assert set(slammed) == {120}
    assert slammed[120].strength > plain[120].strength + 0.2
    assert slammed[120].kind is HitKind.ACCENT
    assert "sudden loud sound" in slammed[120].words
    assert len(slammed[120].evidence) > len(plain[120].evidence)


@pytest.mark.parametrize("frame", [60, 60.4, 59.7])
def test_a_sound_alone_lies_on_the_nearest_frame(frame: float) -> None:
    hits = found(cut((scene(1), 240)), slam_at(frame, 240))
    assert list(hits) == [60]
    assert hits[60].kind is HitKind.CATCH


def test_under_words_everything_counts_half() -> None:
    frames = cut((scene(1), 120), (scene(2), 120))
    free, covered = found(frames)[120], found(frames, None, spoken((100, 140)))[120]
    assert covered.strength == pytest.approx(free.strength / 2, abs=1e-3)
    assert "somebody speaks here" in str(covered.evidence[-1])
