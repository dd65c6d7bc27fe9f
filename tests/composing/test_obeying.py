"""A person's word on the form of a cue."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from tests.composing import craft
from tests.composing.cues import request, themes

from scorestage.composing import CueRequest, FormWish, SectionWish, compose, plan_form
from scorestage.errors import InputError
from scorestage.music import Role
from scorestage.thematics import combine

BARS = ("4/4",) * 32


def _asked(*wishes: SectionWish, starts: tuple[str, ...] = (), **options: object) -> CueRequest:
    asked = request(meters=BARS, **options)  # type: ignore[arg-type]
    return replace(asked, form=FormWish(starts, wishes))


def test_the_plan_is_what_is_written() -> None:
    asked = _asked(hits=((18, "accent", 5),))
    assert plan_form(asked) == compose(asked).form
    sections = plan_form(asked).sections
    assert sections[0].first_bar == 0 and sections[-1].last_bar == 31
    for one, other in pairwise(sections):
        assert other.first_bar == one.last_bar + 1
    assert all(one.why for one in sections)
    assert [hit.hit for hit in plan_form(asked).hits] == ["h1"]


def test_sections_begin_where_a_person_wants_them() -> None:
    asked = _asked(starts=("1", "6", "13", "20", "31"))
    assert [one.bar for one in plan_form(asked).sections] == ["1", "6", "13", "20", "31"]
    sketch = compose(asked).sketch
    assert craft.silent_bars(sketch) == []


def test_bars_that_are_gone_begin_nothing() -> None:
    asked = _asked(starts=("1", "9", "99"))
    assert [one.bar for one in plan_form(asked).sections] == ["1", "9"]


def test_texture_key_loudness_and_energy_are_obeyed() -> None:
    wish = SectionWish("9", texture="tremolo", key="F minor", loudness="pp", energy="-1")
    asked = _asked(wish, starts=("1", "9", "17"))
    form = plan_form(asked)
    section = form.sections[1]
    assert (section.texture, section.key, section.loudness) == ("tremolo", "F minor", "pp")
    assert section.energy == -1 and "as you wish" in section.why
    piece = compose(asked)
    inside = [
        note for role, note in craft.all_notes(piece.sketch)
        if role is Role.HARMONY and 8 <= piece.sketch.grid.index_at(note.onset) < 16
    ]  # fmt: skip
    assert {note.origin for note in inside} == {"rule:tremolo"}


def test_a_theme_is_put_under_the_operation_asked_for() -> None:
    wish = SectionWish("1", operation="invert")
    piece = compose(_asked(wish, starts=("1", "9")))
    melody = craft.notes_of(piece.sketch, Role.MELODY)
    first = [note for note in melody if piece.sketch.grid.index_at(note.onset) < 8]
    assert first and all("invert" in note.origin for note in first)


def test_no_theme_leaves_the_ground_alone() -> None:
    wish = SectionWish("9", theme="none")
    sketch = compose(_asked(wish, starts=("1", "9", "17"))).sketch
    melody = craft.notes_of(sketch, Role.MELODY)
    assert not [note for note in melody if 8 <= sketch.grid.index_at(note.onset) < 15]


def test_two_themes_go_together() -> None:
    main, other = themes("adventure")[0], replace(themes("adventure", seed=7)[0], id="other")
    best = combine(main, other, 1)[0]
    answer = replace(
        best.answer,
        notes=tuple(replace(n, onset=n.onset + best.enters) for n in best.answer.notes),
    )
    asked = _asked(SectionWish("9", part="statement", partner="other"), starts=("1", "9", "25"))
    asked = replace(asked, themes=(*asked.themes, other), together=(("main", answer),))
    form = plan_form(asked)
    assert form.sections[1].partner == "other"
    counter = craft.notes_of(compose(asked).sketch, Role.COUNTER)
    told = {note.origin for note in counter if note.origin.startswith("theme:other:")}
    assert told and all("counterpoint" in one for one in told)


@pytest.mark.parametrize(
    "wish",
    [
        SectionWish("9", part="chorus"),
        SectionWish("9", theme="nobody"),
        SectionWish("9", operation="zap"),
        SectionWish("9", key="H minor"),
        SectionWish("9", loudness="loud"),
        SectionWish("9", energy="7"),
        SectionWish("9", partner="nobody"),
    ],
)
def test_what_nobody_has_is_refused_with_its_bar(wish: SectionWish) -> None:
    with pytest.raises(InputError) as told:
        plan_form(_asked(wish, starts=("1", "9", "25")))
    assert "9" in str(told.value) or "nobody" in str(told.value) or "zap" in str(told.value)


def test_a_word_for_one_section_leaves_the_others_alone() -> None:
    plain = compose(_asked(starts=("1", "9", "17", "25")))
    wished = compose(_asked(SectionWish("9", texture="tremolo"), starts=("1", "9", "17", "25")))
    changed = set(craft.all_notes(plain.sketch)) ^ set(craft.all_notes(wished.sketch))
    bars = {plain.sketch.grid.index_at(note.onset) for _, note in changed}
    assert bars and min(bars) >= 7 and max(bars) <= 16
