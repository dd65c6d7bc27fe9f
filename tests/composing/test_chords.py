"""Chords of a cue."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tests.composing.cues import request

from scorestage.composing import FormWish, SectionWish, compose
from scorestage.composing.chords import ChordSpan, chord_spans
from scorestage.composing.form import Part
from scorestage.composing.frame import frame_of
from scorestage.composing.plan import Section, plan_cue
from scorestage.composing.standing import standing_at
from scorestage.music.key import Key
from scorestage.music.progressions import class_between
from scorestage.timebase import Beat


def _spans(**options: object) -> tuple[tuple[ChordSpan, ...], tuple[Section, ...]]:
    asked = request(**options)  # type: ignore[arg-type]
    frame = frame_of(asked, asked.main_theme)
    home = Key(asked.main_theme.key, asked.main_theme.mode)
    sections = plan_cue(asked, frame, home)
    return chord_spans(asked, frame, sections), sections


def test_chords_leave_no_gap() -> None:
    for meters in (("4/4",) * 30, ("6/8", "5/4", "2/4", "2/4") * 6):
        spans, _ = _spans(meters=meters)
        assert spans[0].start == Beat(0)
        assert all(one.end == other.start for one, other in pairwise(spans))
        assert all(span.start < span.end for span in spans)


def test_the_themes_own_harmony_stands_under_it() -> None:
    asked = request(meters=("4/4",) * 8)
    spans, sections = _spans(meters=("4/4",) * 8)
    assert sections[0].part is Part.STATEMENT
    for chord in asked.main_theme.chords:
        assert str(standing_at(spans, chord.at).chord) == str(chord)


def test_it_ends_at_home() -> None:
    for seed in range(5):
        spans, sections = _spans(meters=("4/4",) * 26, seed=seed)
        assert spans[-1].chord.root == sections[-1].key.tonic


def test_the_tones_word_is_said_in_episodes() -> None:
    found = set()
    for seed in range(8):
        spans, _ = _spans(style="elegy", meters=("4/4",) * 40, seed=seed, tone=("threat",))
        found |= {class_between(one.chord, other.chord) for one, other in pairwise(spans)}
    assert found & {"m6m", "m8m"}


def test_an_episode_leads_to_the_next_key() -> None:
    for seed in range(6):
        spans, sections = _spans(meters=("4/4",) * 60, seed=seed)
        for one, other in pairwise(sections):
            if one.part is Part.EPISODE and one.key != other.key:
                last = standing_at(spans, one.modules[-1].start).chord
                dominant = other.key.at(4).key % 12
                assert Key(last.root).home.key % 12 == dominant
                assert last.quality == "dominant"


def test_a_segue_leads_into_the_key_of_the_next_cue() -> None:
    """Where no tune is stated at the end, the last chord is the next key's dominant seventh."""
    plain = request(meters=("4/4",) * 24, way_out="segue")
    form = FormWish(("1", "9", "17"), (SectionWish("17", part="episode"),))
    asked = replace(plain, form=form, segue_key=Key("Eb"))
    last = compose(asked).sketch.chords[-1]
    assert (last.root, last.quality) == ("Bb", "dominant")
    assert str(compose(replace(asked, segue_key=None)).sketch.chords[-1]) != str(last)
