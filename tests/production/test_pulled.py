"""A cue at another speed: everything that has a place moves, nothing else."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

from scorestage.production import Cue, Hit
from scorestage.production.pulled import pulled_cue, pulled_hit
from scorestage.timebase import FRAMES_24, FRAMES_25, FilmRange, FilmTime
from scorestage.timebase.pull import DOWN, Pull

CUE = Cue(
    "cue001",
    "1m01",
    start=FilmTime(10),
    end=FilmTime(70),
    length_seconds=Fraction(60),
    bpm_wish=Fraction(120),
    bpm_lowest=Fraction(100),
    bpm_highest=Fraction(140),
    steady=(FilmRange(FilmTime(20), FilmTime(30)),),
    dialogue=(FilmRange(FilmTime(40), FilmTime(42)),),
    hits=(Hit("h1", FilmTime(25), "slam", weight=5, early_frames=Fraction(1)),),
)


def test_every_moment_and_tempo_of_a_cue_moves_and_moves_back() -> None:
    moved = pulled_cue(CUE, DOWN)
    changed = {
        one.name for one in fields(Cue) if getattr(CUE, one.name) != getattr(moved, one.name)
    }
    assert changed == {
        *("start", "end", "length_seconds", "bpm_wish", "bpm_lowest", "bpm_highest"),
        *("steady", "dialogue", "hits"),
    }
    assert pulled_cue(moved, DOWN.inverse) == CUE


def test_a_hit_keeps_its_frame_and_its_tolerance_in_frames() -> None:
    hit = Hit("h", FRAMES_24.time_of(600), early_frames=Fraction(2))
    moved = pulled_hit(hit, Pull.of_rates(FRAMES_24, FRAMES_25))
    assert moved.at == FRAMES_25.time_of(600) and moved.early_frames == 2


def test_a_cue_without_a_place_stays_without_one() -> None:
    assert pulled_cue(Cue("c", "1m02"), DOWN) == Cue("c", "1m02")
