"""The checker of craft, on faults made for it and on what is no fault."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.composing.cues import random_piece, request
from tests.shared_material import shared

from scorestage.adapters.catalogue import names
from scorestage.composing import FormWish, SectionWish, compose
from scorestage.composing.craft import craft_of
from scorestage.music import Family, Instrument, Line, Note, Pitch, Player, Score, Staff, Voice
from scorestage.timebase import BarGrid, Beat, Beats, Meter
from scorestage.workflow.craft import craft_of_file, pad_of


def _score(*voices: str, origin: str = "") -> Score:
    """Voices of one note a beat, from high to low; `-` is a rest."""
    lines = []
    for number, told in enumerate(voices):
        notes = tuple(
            Note(f"{number}-{at}", Beat(at), Beats(1), (Pitch.parse(one),), origin=origin)
            for at, one in enumerate(told.split())
            if one != "-"
        )
        instrument = Instrument(f"i{number}", "v", "v", Family.KEYBOARD, None, None)
        player = Player(f"p{number}", f"voice {number + 1}", "v", (instrument,))
        lines.append(Line(player, (Staff((Voice(notes),)),)))
    count = -(-max(len(told.split()) for told in voices) // 4)
    return Score(BarGrid.regular(count, Meter(4, 4)), tuple(lines))


def _kinds(*voices: str, origin: str = "") -> list[str]:
    return [one.kind for one in craft_of(_score(*voices, origin=origin)).faults]


def test_parallels_are_found_where_they_are_reached() -> None:
    craft = craft_of(_score("G4 A4 G4", "C4 D4 E4"))
    (fault,) = craft.faults
    assert (fault.kind, fault.at, fault.lines) == (
        "parallel fifths", Beat(1), ("voice 1", "voice 2")
    )  # fmt: skip
    assert craft.figures.transitions == 2 and craft.figures.parallel_fifths == 500
    assert _kinds("C5 D5 C5", "C4 D4 E4") == ["parallel octaves"]


def test_what_only_looks_like_parallels_is_none() -> None:
    assert _kinds("G4 G4 G4", "C4 C4 C4") == []
    assert _kinds("G4 A4", "C4 B3") == []
    assert _kinds("C4 D4", "G4 A4 ") == ["parallel fifths"]
    assert _kinds("F4 G4", "C4 D4") == []  # fourths
    assert _kinds("C4 D4", "F4 G4") == []  # fourths, the voices crossed
    assert _kinds("G4 - A4", "C4 - D4") == []


def test_doublings_and_declared_parallels_are_no_faults() -> None:
    assert _kinds("C5 D5 E5 F5 G5", "C4 D4 E4 F4 G4") == []
    assert _kinds("G4 A4 B4 C5 D5", "C4 D4 E4 F4 G4") == []
    assert _kinds("G4 A4", "C4 D4", origin="rule:riff") == []


def test_soft_rules_are_counted() -> None:
    figures = craft_of(_score("E5 C4 C5 B4", "C4 E4 C4 D4")).figures
    assert figures.crossing == pytest.approx(1 / 3)
    assert figures.steps == pytest.approx(2 / 6)
    assert craft_of(_score("C5 Bb5 A5", "C4 D4 C4")).figures.awkward == pytest.approx(1 / 4)


def test_empty_bars_and_breath_are_told() -> None:
    figures = craft_of(_score("C5 D5 E5 F5 - - - - G5 A5 - B5")).figures
    assert figures.empty_bars == (1,)
    assert figures.breath_quarters == 4


@pytest.mark.parametrize("number", range(0, 26, 3))
def test_our_own_pads_go_as_chorales_should(number: int) -> None:
    asked, _ = random_piece(number)
    starts = (str(asked.tempo_map.grid.bars[0].label),)
    wish = FormWish(starts, (SectionWish(starts[0], texture="pad"),))
    asked = replace(asked, form=wish, cue=replace(asked.cue, hits=()))
    found = craft_of(pad_of(compose(asked).sketch).as_score())
    assert [one for one in found.faults if one.kind != "climax"] == []
    assert (found.figures.crossing or 0) <= 0.008


def test_chorales_of_every_style_are_clean() -> None:
    for style in names("styles")[::3]:
        asked = request(style, meters=("4/4",) * 24, seed=5)
        wish = FormWish(("1", "13"), (SectionWish("1", texture="chorale"),))
        found = craft_of(pad_of(compose(replace(asked, form=wish)).sketch).as_score())
        assert not [one for one in found.faults if one.kind != "climax" and one.bar_index < 12]


def test_human_scores_are_the_control() -> None:
    """A full orchestra: octaves are doublings there, and hardly any are left as faults."""
    judged = craft_of_file(shared("scores/haydn-104-1.mxl"))
    figures, shape = judged.craft.figures, judged.shape
    assert figures.transitions > 1000
    assert figures.parallel_octaves is not None and figures.steps is not None
    assert figures.parallel_octaves < 10
    assert 0.4 < figures.steps < 0.7
    assert len(shape.cadences) > 10 and 30 < shape.changes_per_minute < 80
    assert shape.silence > 0.01


def test_a_gesture_in_octaves_between_rests_is_a_doubling() -> None:
    assert _kinds("C5 D5 - E5", "C4 D4 - E4") == []
    assert _kinds("C5 D5 C5", "C4 D4 E4") == ["parallel octaves"]
