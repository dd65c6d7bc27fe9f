"""Which tone lies in the bass: chains of chords under a tune."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from tests.composing.cues import request

from scorestage.composing.basses import heed_tune
from scorestage.composing.chords import ChordSpan, chord_spans
from scorestage.composing.form import Part
from scorestage.composing.frame import frame_of
from scorestage.composing.idioms import idioms_at_hand
from scorestage.composing.passage import Idiom
from scorestage.composing.plan import Section, plan_cue
from scorestage.composing.writing import home_key
from scorestage.music import Note, Pitch
from scorestage.music.harmony import bass_name, roman
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats

KEY = Key("C")


def _section() -> Section:
    """One statement over eight bars."""
    asked = request(meters=("4/4",) * 8, way_out="cut")
    frame = frame_of(asked, asked.main_theme)
    first = plan_cue(asked, frame, home_key(asked, asked.main_theme))[0]
    return replace(first, part=Part.STATEMENT, modules=frame.modules)


def _spans(*numerals: str) -> list[ChordSpan]:
    return [
        ChordSpan(Beat(4 * n), Beat(4 * n + 4), roman(numeral, KEY, Beat(4 * n)), KEY)
        for n, numeral in enumerate(numerals)
    ]


def _tune(*tones: str) -> list[Note]:
    return [
        Note(f"m{n}", Beat(4 * n), Beats(4), (Pitch.parse(tone),)) for n, tone in enumerate(tones)
    ]


def _heeded(spans: list[ChordSpan], tune: list[Note], idiom: str = "pad") -> list[str]:
    chosen: list[Idiom] = [idioms_at_hand()[idiom]]
    return [bass_name(span.chord) for span in heed_tune(spans, [_section()], chosen, tune)]


def test_roots_stay_where_the_tune_goes_another_way() -> None:
    assert _heeded(_spans("I", "IV", "V", "I"), _tune("E5", "F5", "D5", "E5")) == [*"CFGC"]


def test_root_after_root_under_the_same_tones_is_broken_by_an_inversion() -> None:
    told = _heeded(_spans("I", "ii", "iii", "I"), _tune("C5", "D5", "E5", "G5"))
    tune = [*"CDE"]
    assert told[-1] == "C"
    for (one, other), (low, high) in zip(pairwise(tune), pairwise(told), strict=False):
        assert (one, other) != (low, high)


@pytest.mark.parametrize("idiom", ["riff", "drone"])
def test_power_chords_and_pedals_keep_their_roots(idiom: str) -> None:
    told = _heeded(_spans("I", "ii", "iii", "I"), _tune("C5", "D5", "E5", "G5"), idiom)
    assert told == [*"CDEC"]


def test_a_bass_that_the_composer_wrote_stays() -> None:
    spans = _spans("I", "V/3", "vi", "I")
    told = _heeded(spans, _tune("C5", "B4", "A4", "C5"))
    assert told[1] == "B"


@pytest.mark.parametrize("seed", range(4))
def test_under_a_tune_of_roots_no_two_basses_follow_it(seed: int) -> None:
    asked = request("elegy", meters=("4/4",) * 8, bpm=80, seed=seed + 1, way_out="cut")
    frame = frame_of(asked, asked.main_theme)
    sections = plan_cue(asked, frame, home_key(asked, asked.main_theme))
    spans = list(chord_spans(asked, frame, sections))[:6]
    tune = [
        Note(f"m{n}", span.start, span.end - span.start, (Pitch.parse(f"{span.chord.root}5"),))
        for n, span in enumerate(spans)
    ]
    idioms = [idioms_at_hand()["pad"]] * len(sections)
    roots = [span.chord.root for span in spans]

    told = tuple(bass_name(span.chord) for span in heed_tune(spans, sections, idioms, tune))
    pairs = zip(pairwise(told), pairwise(roots), strict=True)
    assert [low for low, high in pairs if low == high and low[0] != low[1]] == []
