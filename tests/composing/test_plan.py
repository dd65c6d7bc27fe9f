"""Sections: keys, guises, loudness."""

from __future__ import annotations

from tests.composing.cues import request, themes

from scorestage.composing.form import Part
from scorestage.composing.frame import frame_of
from scorestage.composing.plan import Section, plan_cue, theme_bars
from scorestage.music.key import Key


def _plan(**options: object) -> tuple[Section, ...]:
    asked = request(**options)  # type: ignore[arg-type]
    frame = frame_of(asked, asked.main_theme)
    return plan_cue(asked, frame, Key(asked.main_theme.key, asked.main_theme.mode))


def test_an_abridged_statement_keeps_head_and_close() -> None:
    theme = themes("adventure")[0]
    assert theme_bars(theme, 8) == tuple(range(8))
    for count in range(2, 8):
        bars = theme_bars(theme, count)
        assert len(bars) == count
        assert bars[0] == 0 and bars[-1] == 7
        assert list(bars) == sorted(set(bars))
    assert theme_bars(theme, 1) == (0,)


def test_a_statement_before_the_close_leaves_its_last_bar_to_it() -> None:
    sections = _plan(meters=("4/4",) * 8)
    statement, close = sections[-2:]
    assert (statement.part, close.part) == (Part.STATEMENT, Part.CLOSE)
    assert statement.theme_bars == tuple(range(7))


def test_the_cue_begins_and_ends_in_one_key_unless_it_is_bold() -> None:
    sections = _plan(meters=("4/4",) * 60)
    assert sections[0].key.tonic == sections[-1].key.tonic
    bold = _plan(meters=("4/4",) * 60, tone=("heroic",))
    up = bold[-1].key.home.key - bold[0].key.home.key
    assert up % 12 == 2


def test_later_statements_come_in_other_guises() -> None:
    operations = {
        section.theme.operation
        for seed in range(6)
        for section in _plan(meters=("4/4",) * 60, seed=seed)
        if section.part is Part.STATEMENT and section.theme is not None
    }
    assert {"", "ornament"} <= operations


def test_tension_builds_and_speech_is_soft() -> None:
    tense = _plan(style="suspense", meters=("4/4",) * 60, tone=("threat",))
    assert tense[-1].level > tense[0].level
    spoken = _plan(meters=("4/4",) * 40, speech=((60, 90),))
    levels = {section.part: section.level for section in spoken}
    assert levels[Part.UNDERSCORE] < levels[Part.STATEMENT]
