"""Where phrases are cut, and what they hang on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.sketches import FOUR, SKETCHES, Written, adventure, notes, steady, strand

from scorestage.music import Mark, MarkKind, Role, Sketch
from scorestage.orchestration.phrases import cut
from scorestage.orchestration.reading import lines_in, read_strands
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Phrase
from scorestage.timebase import Beat


def phrases_of(written: Written) -> tuple[Phrase, ...]:
    timing = Timing(written.sketch.grid, written.tempo_map)
    return cut(written.sketch, read_strands(written.sketch), timing, 1)


@pytest.mark.parametrize("name", SKETCHES)
def test_together_they_hold_every_bar_once(name: str) -> None:
    written = SKETCHES[name]()
    found = phrases_of(written)
    bars = [bar for one in found for bar in range(one.first_bar, one.last_bar + 1)]
    assert bars == list(range(len(written.sketch.grid.bars)))
    assert len({one.name for one in found}) == len(found)


@pytest.mark.parametrize("name", SKETCHES)
def test_every_tone_belongs_to_one_phrase(name: str) -> None:
    written = SKETCHES[name]()
    found, strands = phrases_of(written), read_strands(written.sketch)
    told = [
        tone.id
        for place in range(len(found))
        for line in lines_in(strands, found, place)
        for tone in line.tones
    ]
    every = [tone.id for one in strands for line in one.lines for tone in line]
    assert sorted(told) == sorted(every)


def test_rehearsal_letters_and_changes_of_loudness_cut() -> None:
    starts = {one.first_bar for one in phrases_of(adventure())}
    assert {0, 8, 16, 20} <= starts
    tiers = {one.first_bar: one.tier for one in phrases_of(adventure())}
    assert tiers[0] < tiers[8] < tiers[16] > tiers[20]


@pytest.mark.parametrize(("bpm", "bars"), [(40, 2), (100, 4), (180, 8)])
def test_phrases_are_longer_in_fast_music(bpm: int, bars: int) -> None:
    tempo_map = steady(16, FOUR, bpm)
    tune = notes("m", " ".join(["C5:4"] * 16))
    sketch = Sketch(tempo_map.grid, (strand(Role.MELODY, tune),))
    found = phrases_of(Written(sketch, tempo_map))
    assert {one.last_bar - one.first_bar + 1 for one in found} == {bars}


def test_one_loud_bar_is_a_hit_not_a_phrase() -> None:
    tempo_map = steady(8, FOUR, 100)
    tune = notes("m", " ".join(["C5:4"] * 8))
    marks = ((0, "p"), (8, "ff"), (12, "p"))
    sketch = Sketch(tempo_map.grid, (strand(Role.MELODY, tune, marks),))
    assert [one.first_bar for one in phrases_of(Written(sketch, tempo_map))] == [0, 4]


def test_a_pickup_belongs_to_what_it_leads_into() -> None:
    tempo_map = steady(8, FOUR, 100)
    tune = notes("m", "C5:4 C5:4 C5:4 C5:2 r:1 D5:1/2 E5:1/2 F5:4 F5:4 F5:4 F5:4")
    sketch = Sketch(tempo_map.grid, (strand(Role.MELODY, tune),))
    found, strands = phrases_of(Written(sketch, tempo_map)), read_strands(sketch)
    (line,) = lines_in(strands, found, 1)
    assert [str(tone.pitch) for tone in line.tones][:3] == ["D5", "E5", "F5"]


def test_a_later_letter_leaves_the_dice_of_earlier_phrases_alone() -> None:
    written = adventure()
    more = (*written.sketch.marks, Mark(Beat(88), MarkKind.REHEARSAL, "D"))
    changed = Written(replace(written.sketch, marks=more), written.tempo_map)
    before, after = phrases_of(written), phrases_of(changed)
    assert before[:4] == after[:4]
    assert before[0].dice("x") != before[1].dice("x")
