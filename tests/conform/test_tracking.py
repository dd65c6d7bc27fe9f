"""How well earlier music serves a scene, and where it meets its hits."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from scorestage.conform.tracking import (
    Scene,
    anchored,
    caught_as_it_is,
    serves,
    stretches_around,
)
from scorestage.production import Hit
from scorestage.timebase import FRAMES_24, BarGrid, Beat, FilmTime, Meter, Tempo, TempoMap

MAP = TempoMap.steady(FilmTime(0), Tempo(120), BarGrid.regular(16, Meter(4, 4)))
SCENE = Scene("the lamp in the storm", ("tender",), Fraction(120), Fraction(32), ())


def test_the_same_scene_is_served_best_by_its_own_music() -> None:
    hits = ((Fraction(4), 3), (Fraction(9), 5), (Fraction(20), 3))
    own = replace(SCENE, hits=hits)
    best = serves(own, own, MAP, FRAMES_24)
    assert best.share > 0.98
    for other in (
        replace(own, tone=("anger",)),
        replace(own, words="a horse race"),
        replace(own, seconds=Fraction(12)),
        replace(own, bpm=Fraction(180)),
    ):
        assert serves(own, other, MAP, FRAMES_24).share < best.share
    elsewhere = replace(own, hits=tuple((at + Fraction(1, 4), weight) for at, weight in hits))
    assert serves(elsewhere, own, MAP, FRAMES_24).share < best.share


def test_music_too_short_is_worse_than_too_long() -> None:
    short = replace(SCENE, seconds=Fraction(16))
    long = replace(SCENE, seconds=Fraction(64))
    of = [serves(SCENE, one, MAP, FRAMES_24).share for one in (short, long)]
    assert of[0] < of[1]


def test_what_nobody_said_counts_for_nothing() -> None:
    bare = Scene("", (), None, None, ())
    told = serves(bare, SCENE, MAP, FRAMES_24)
    assert told.share == 0 and not told.reasons


def test_a_tempo_bent_unheard_catches_what_plain_tempo_misses() -> None:
    """Strong beats fall every second; 2 % slower they meet hits at 1.02 seconds each."""
    hits = tuple((Fraction(102 * n, 100), 3) for n in range(1, 12))
    caught, factor = caught_as_it_is(hits, MAP, FRAMES_24)
    assert len(caught) == 11 and 0.975 <= factor < 0.99


def test_hits_that_lie_on_strong_beats_are_left_there() -> None:
    hits = tuple(Hit(f"h{at}", FilmTime(at)) for at in (4, 9, 20))
    places = anchored(MAP, FilmTime(0), FilmTime(32), hits)
    assert places == (Beat(8), Beat(18), Beat(40))
    kept = stretches_around(MAP, places, hits)
    assert all(one.by.seconds == 0 for one in kept)


def test_a_shorter_scene_leaves_music_out_between_its_hits() -> None:
    hits = (Hit("a", FilmTime(4)), Hit("b", FilmTime(10)))
    places = anchored(MAP, FilmTime(0), FilmTime(12), hits)
    assert list(places) == sorted(places) and len(set(places)) == 2
    kept = stretches_around(MAP, places, hits)
    assert all(a.new.end <= b.new.start and a.old.end <= b.old.start
               for a, b in pairwise(kept))  # fmt: skip


def test_no_hits_need_no_places() -> None:
    assert anchored(MAP, FilmTime(0), None, ()) == ()
