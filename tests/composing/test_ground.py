"""Which idiom grounds which section."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.composing.cues import request

from scorestage.composing.chords import chord_spans
from scorestage.composing.course import course_of
from scorestage.composing.form import Part
from scorestage.composing.frame import Frame, frame_of
from scorestage.composing.ground import QUIET, choose_idioms, passage_of, write_ground
from scorestage.composing.idioms import idioms_at_hand
from scorestage.composing.plan import Section, plan_cue
from scorestage.composing.request import CueRequest
from scorestage.composing.voicing import VoicedSpan, voice_chords
from scorestage.errors import CatalogueError
from scorestage.music.key import Key
from scorestage.music.style import PAD_RANGE
from scorestage.timebase import Beat


def _ready(
    **options: object,
) -> tuple[CueRequest, Frame, tuple[Section, ...], tuple[VoicedSpan, ...]]:
    asked = request(**options)  # type: ignore[arg-type]
    frame = frame_of(asked, asked.main_theme)
    sections = plan_cue(asked, frame, Key("C"))
    spans = chord_spans(asked, frame, sections)
    voiced = voice_chords(spans, [PAD_RANGE] * len(spans), asked.style.bass)
    return asked, frame, sections, voiced


def test_speech_is_grounded_quietly() -> None:
    asked, _, sections, _ = _ready(meters=("4/4",) * 40, speech=((60, 90),), tone=("chase",))
    chosen = choose_idioms(asked, sections, idioms_at_hand())
    for section, idiom in zip(sections, chosen, strict=True):
        if section.part is Part.UNDERSCORE:
            assert idiom.name in QUIET


def test_sections_differ_in_texture() -> None:
    asked, _, sections, _ = _ready(meters=("4/4",) * 80)
    chosen = choose_idioms(asked, sections, idioms_at_hand())
    assert len({idiom.name for idiom in chosen}) >= 3


def test_a_passage_knows_its_bars_and_chords() -> None:
    asked, frame, sections, voiced = _ready(meters=("4/4",) * 12)
    passage = passage_of(asked, frame, sections[0], voiced)
    assert passage.start == sections[0].start and passage.end == sections[0].end
    assert passage.quarter_seconds == Fraction(1, 2)
    for bar in passage.bars:
        assert bar.harmonies[0].start == bar.start
        assert bar.harmonies[-1].end == bar.end
    assert passage.next_bass is not None


def test_nothing_begins_outside_its_section() -> None:
    asked, frame, sections, voiced = _ready(meters=("4/4",) * 40)
    chosen = choose_idioms(asked, sections, idioms_at_hand())
    course = course_of(asked, frame)
    ground = write_ground(asked, frame, course, sections, chosen, voiced, idioms_at_hand())
    for notes in ground.values():
        assert all(Beat(0) <= note.onset < frame.grid.end for note in notes)


def test_an_unknown_idiom_is_refused_by_name() -> None:
    asked, _, sections, _ = _ready()
    with pytest.raises(CatalogueError, match="adventure asks for the idiom"):
        choose_idioms(asked, sections, {"pad": idioms_at_hand()["pad"]})
