"""Every manner: the tune stays in its place, in tune with its scale, playable."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from tests.composing.cues import request

from scorestage import registry
from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.styles import load_style
from scorestage.composing import compose
from scorestage.composing.manners import manners_at_hand
from scorestage.composing.passage import Manner, Passage, PassageBar
from scorestage.music import Note, Role
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats, Meter

MANNERS = tuple(manners_at_hand())
STYLE_OF = {load_style(name).manner: name for name in names("styles") if load_style(name).manner}


def test_every_manner_is_declared_named_and_used() -> None:
    assert set(MANNERS) == set(registry.names("manners")) == set(STYLE_OF)
    for name, manner in manners_at_hand().items():
        assert isinstance(manner, Manner)
        assert manner.name == name


@pytest.mark.parametrize("manner", MANNERS)
def test_a_tune_stays_one_line_on_the_grid(manner: str) -> None:
    style = STYLE_OF[manner]
    for meter in ("4/4", "6/8", "2+2+3/8"):
        asked = request(style, meters=(meter,) * 16, theme_meter=meter, bpm=96)
        (strand,) = compose(asked).sketch.of_role(Role.MELODY)
        notes = strand.staff.notes
        for one, other in itertools.pairwise(notes):
            assert one.end <= other.onset
        for note in notes:
            assert len(note.sounding) == 1
            assert (note.onset.quarters * 4).denominator == 1
            assert Beat(0) <= note.onset and note.end <= asked.tempo_map.grid.end
            seconds = note.length.quarters * Fraction(60, 96)
            assert seconds >= Fraction(1, 8)


@pytest.mark.parametrize("manner", MANNERS)
def test_a_manner_does_something_and_says_so(manner: str) -> None:
    sketch = compose(request(STYLE_OF[manner], meters=("4/4",) * 16, bpm=80)).sketch
    (strand,) = sketch.of_role(Role.MELODY)
    added = [
        note
        for note in strand.staff.notes
        if note.grace or note.signs or "+" in note.origin or note.tremolo
    ]
    early = [note for note in strand.staff.notes if note.onset.quarters.denominator > 1]
    assert len(added) >= 4 or len(early) >= 4
    assert all(note.origin for note in strand.staff.notes)


def test_a_row_sounds_its_twelve_tones_before_one_returns() -> None:
    (strand,) = compose(request("expressionist", bpm=80)).sketch.of_role(Role.MELODY)
    keys = [note.sounding[0].key % 12 for note in strand.staff.notes if "row" in note.origin]
    assert len(set(keys[:12])) == 12


def test_court_winds_play_few_tones() -> None:
    (plain,) = compose(request("folk", bpm=80)).sketch.of_role(Role.MELODY)
    (court,) = compose(request("gagaku", bpm=80)).sketch.of_role(Role.MELODY)
    assert len(court.staff.notes) < len(plain.staff.notes) / 2
    assert all(note.grace for note in court.staff.notes if "embai" in note.origin)


@pytest.mark.parametrize(("style", "step"), [("maqam-rast", 6), ("maqam-hijaz", 5)])
def test_a_maqam_falls_by_another_jins_than_it_climbs(style: str, step: int) -> None:
    key = Key("D", load_style(style).modes[0])
    own = request(style, meters=("4/4",) * 4, theme_meter="4/4")
    line = [key.at(step - 1), key.at(step), key.at(7), key.at(step), key.at(step - 1), key.at(0)]
    notes = [
        Note(f"n{place}", Beat(2 * place), Beats(2), (pitch,), origin="theme:x:statement")
        for place, pitch in enumerate(line)
    ]
    bars = tuple(PassageBar(index, Beat(4 * index), Meter(4, 4), ()) for index in range(3))
    passage = Passage(bars, key, own.style, 0, 1, "p", Fraction(1))
    played = manners_at_hand()["taqsim"].play(notes, passage)
    climbing, falling = (next(note for note in played if note.onset == Beat(at)) for at in (2, 6))
    assert climbing.sounding[-1] == key.at(step)
    assert falling.sounding[-1].midi == key.at(step).midi - Fraction(1, 2)
    assert "nahawand" in falling.origin
    home = key.home.midi
    side = [pitch.midi - home for pitch in played[-1].grace]
    assert all(one < 0 for one in side) if style == "maqam-rast" else all(one > 0 for one in side)
    assert side
