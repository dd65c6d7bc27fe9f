"""Curves over a cue, and the music under them."""

from __future__ import annotations

from fractions import Fraction
from statistics import mean

import pytest
from tests.composing import craft
from tests.composing.cues import request

from scorestage.adapters.catalogue import names
from scorestage.composing import CueRequest, compose
from scorestage.composing.course import course_of
from scorestage.composing.frame import frame_of
from scorestage.composing.measures import BarMeasure, measured
from scorestage.composing.writing import home_key
from scorestage.errors import InputError
from scorestage.music import Role
from scorestage.music.harmony import in_chord, mode_family
from scorestage.production import CurveKind
from scorestage.timebase import Beat

TENSION = CurveKind.TENSION


def test_a_curve_is_read_in_seconds_bars_hits_and_timecode() -> None:
    asked = request(
        bpm=60,
        hits=((16, "accent", 4),),
        tension="0:00=5, bar:3=7.5, hit:1=10, 00:00:34:00=0",
        meters=("4/4",) * 12,
    )
    course = course_of(asked, frame_of(asked, asked.main_theme))
    levels = [course.at(TENSION, Beat(at)) for at in (0, 4, 8, 12, 16, 20, 24, 40)]
    assert levels == [0, Fraction(1, 2), 1, Fraction(3, 2), 2, 0, -2, -2]
    assert course.at(CurveKind.AROUSAL, Beat(0)) == 0


@pytest.mark.parametrize("curve", ["hit:9=4", "bar:99=4"])
def test_a_curve_that_names_nothing_is_refused(curve: str) -> None:
    with pytest.raises(InputError, match="a curve names"):
        compose(request(tension=curve))


def _bars(asked: CueRequest) -> tuple[BarMeasure, ...]:
    key = home_key(asked, asked.main_theme)
    return measured(compose(asked).sketch, asked.tempo_map, key)[:-1]


def _figure(bars: tuple[BarMeasure, ...], name: str) -> float:
    found = [getattr(bar, name) for bar in bars]
    return mean(one for one in found if one is not None)


@pytest.mark.parametrize("style", names("styles")[::4])
def test_rising_tension_rises(style: str) -> None:
    bars = _bars(request(style, meters=("4/4",) * 24, bpm=100, tension="0:00=1, 0:57=10"))
    for name in ("diameter", "attacks_per_second", "top_key", "loudness"):
        assert _figure(bars[-8:], name) > _figure(bars[:8], name), name


@pytest.mark.parametrize("style", ["adventure", "tender", "baroque"])
@pytest.mark.parametrize(("curve", "sign"), [("0:00=1, 0:57=10", 1), ("0:00=10, 0:57=1", -1)])
def test_harmony_goes_as_far_from_home_as_is_drawn(style: str, curve: str, sign: int) -> None:
    bars = _bars(request(style, meters=("4/4",) * 24, bpm=100, tension=curve))
    for name in ("diameter", "strain"):
        assert sign * (_figure(bars[-8:], name) - _figure(bars[:8], name)) > 0, name


def test_a_cue_that_eases_comes_home() -> None:
    asked = request("adventure", meters=("4/4",) * 24, bpm=100, tension="0:00=10, 0:57=1")
    form = compose(asked).form
    home = home_key(asked, asked.main_theme)
    assert form.sections[0].key != str(home) and form.sections[-1].key == str(home)


def test_a_key_far_away_is_still_reached_by_its_dominant() -> None:
    asked = request("adventure", meters=("4/4",) * 24, bpm=100, tension="0:00=1, 0:57=10")
    piece = compose(asked)
    last = next(one for one in reversed(piece.form.sections) if one.part == "statement")
    before = [chord for chord in piece.sketch.chords if chord.at < last.start][-1]
    assert last.key == "G major" and before.root == "D" and before.quality.startswith("dominant")


def test_chords_exchanged_hold_the_tune() -> None:
    """Under the first statement of a tense cue the tune's first tone of each chord is in it."""
    asked = request("adventure", meters=("4/4",) * 24, bpm=100, tension="0:00=9")
    sketch = compose(asked).sketch
    tune = craft.notes_of(sketch, Role.MELODY)
    plain = compose(request("adventure", meters=("4/4",) * 24, bpm=100)).sketch
    assert [chord.root for chord in sketch.chords] != [chord.root for chord in plain.chords]
    opening = [(chord, note) for chord in sketch.chords for note in tune if note.onset == chord.at]
    inside = [in_chord(note.sounding[-1], chord) for chord, note in opening]
    assert sum(inside) >= 0.7 * len(inside)


def test_what_is_not_drawn_stays_as_it_was() -> None:
    plain = request(meters=("4/4",) * 24)
    drawn = request(meters=("4/4",) * 24, tension="0:00=5")
    assert compose(plain).sketch.chords == compose(drawn).sketch.chords


def test_valence_decides_the_mode() -> None:
    for level, family in ((0, "minor"), (10, "major")):
        asked = request("tender", meters=("4/4",) * 24, valence=f"0:00={level}")
        last = compose(asked).sketch.chords[0]
        assert last.quality.startswith("minor") == (family == "minor")
        assert mode_family(family) == family


def test_arousal_makes_it_busier_and_louder() -> None:
    calm, driven = (
        _bars(request("adventure", meters=("4/4",) * 16, arousal=f"0:00={level}"))
        for level in (1, 10)
    )
    for name in ("attacks_per_second", "loudness"):
        assert _figure(driven, name) > _figure(calm, name)


def test_nothing_is_tense_over_speech() -> None:
    asked = request(meters=("4/4",) * 24, speech=((30, 60),), tension="0:00=10")
    for strand in compose(asked).sketch.strands:
        for note in strand.staff.notes:
            if Beat(32) <= note.onset < Beat(58):
                assert all(pitch.key <= 72 for pitch in note.sounding), (strand.role, note)
