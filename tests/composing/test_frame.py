"""Modules, moments and speech."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.composing.cues import request

from scorestage.composing.frame import Frame, frame_of
from scorestage.production import Hit
from scorestage.timebase import Beat, FilmSpan


def _frame(**options: object) -> Frame:
    asked = request(**options)  # type: ignore[arg-type]
    return frame_of(asked, asked.main_theme)


def test_short_bars_are_gathered_to_the_themes_length() -> None:
    assert [module.bars for module in _frame(meters=("2/4",) * 6).modules] == [2, 2, 2]
    assert [module.bars for module in _frame(meters=("3/4",) * 3).modules] == [1, 1, 1]
    mixed = _frame(meters=("4/4", "2/4", "2/4", "7/8", "2/4"))
    assert [module.bars for module in mixed.modules] == [1, 2, 1, 1]


def test_modules_hold_every_bar_once() -> None:
    frame = _frame(meters=("6/8", "5/4", "2/4", "2/4", "3/8", "3/8", "3/8"))
    covered = [module.first_bar + k for module in frame.modules for k in range(module.bars)]
    assert covered == list(range(7))
    assert frame.modules[-1].end == frame.grid.end


def test_a_hit_a_little_off_goes_to_its_beat() -> None:
    asked = request(hits=(("17", "accent", 3),))
    hit = asked.cue.hits[0]
    late = replace(hit, at=hit.at + FilmSpan("1/48"))
    frame = frame_of(replace(asked, cue=replace(asked.cue, hits=(late,))), asked.main_theme)
    assert frame.moments[0].at == Beat(17)
    assert frame.moments[0].off == FilmSpan("-1/48")


def test_the_aim_moves_the_hit() -> None:
    asked = request(hits=(("17", "accent", 3),))
    hit = replace(asked.cue.hits[0], aim_frames=Fraction(6))
    frame = frame_of(replace(asked, cue=replace(asked.cue, hits=(hit,))), asked.main_theme)
    assert frame.moments[0].at == Beat("35/2")


def test_two_hits_on_one_place_are_one() -> None:
    frame = _frame(hits=(("16", "accent", 2), ("16", "change", 5)))
    assert [moment.hit.weight for moment in frame.moments] == [5]
    assert any("falls together" in remark for remark in frame.remarks)


def test_dropped_hits_do_not_count() -> None:
    asked = request(hits=(("16", "accent", 2),))
    dropped: Hit = replace(asked.cue.hits[0], status=type(asked.cue.hits[0].status).DROPPED)
    frame = frame_of(replace(asked, cue=replace(asked.cue, hits=(dropped,))), asked.main_theme)
    assert frame.moments == ()


def test_half_a_beat_is_an_eighth_at_least() -> None:
    assert _frame().half_beat(Beat(5)) == Fraction(1, 2)
    assert _frame(meters=("6/8",) * 4).half_beat(Beat(0)) == Fraction(3, 4)
    assert _frame(meters=("3/8",) * 4).half_beat(Beat(0)) == Fraction(1, 2)


def test_speech_is_known_in_beats() -> None:
    frame = _frame(speech=((8, 12),))
    assert frame.speech == ((Beat(8), Beat(12)),)
    assert frame.spoken(Beat(11), Beat(13)) and not frame.spoken(Beat(12), Beat(16))
