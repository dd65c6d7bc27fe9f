"""Phrases that would come again as they were."""

from __future__ import annotations

from tests.composing.idioms.test_idioms import _passage

from scorestage.composing.passage import struck
from scorestage.composing.refreshing import freshened
from scorestage.music import Role

NUMERALS = ("I", "IV", "V", "I") * 4


def test_the_second_phrase_differs_and_the_first_stays() -> None:
    passage = _passage("4/4", numerals=NUMERALS)
    plain = {
        Role.HARMONY: [
            struck(bar.start, bar.end, passage.bars[n % 4].harmonies[0].upper, "x")
            for n, bar in enumerate(passage.bars)
        ]
    }
    fresh = freshened(passage, plain)[Role.HARMONY]
    edge = passage.bars[4].start
    assert [note for note in fresh if note.onset < edge] == plain[Role.HARMONY][:4]
    assert len(fresh) > len(plain[Role.HARMONY])
    for number in (4, 8, 12):
        bar = passage.bars[number]
        assert any(note.onset == bar.start for note in fresh)


def test_what_is_different_already_stays() -> None:
    passage = _passage("4/4", numerals=NUMERALS)
    notes = [
        struck(bar.start, bar.end, (bar.harmonies[0].upper[n // 4 % 3],), "x")
        for n, bar in enumerate(passage.bars[:12])
    ]
    assert freshened(passage, {Role.RHYTHM: notes})[Role.RHYTHM] == notes


def test_no_figure_goes_round_three_bars_running() -> None:
    passage = _passage("4/4", numerals=("I",) * 6 + ("V", "I"))
    notes = []
    for bar in passage.bars:
        tones = (*bar.harmonies[0].upper, bar.harmonies[0].upper[0])
        for beat, ((at, length, _), pitch) in enumerate(zip(bar.beats(), tones, strict=True)):
            notes.append(struck(at, at + length, (pitch,), "x"))
            assert beat < 4
    fresh = freshened(passage, {Role.RHYTHM: notes})[Role.RHYTHM]
    told = []
    for bar in passage.bars[:6]:
        inside = [note for note in fresh if bar.start <= note.onset < bar.end]
        told.append(tuple(((note.onset - bar.start).quarters, note.pitches) for note in inside))
    assert told[0] == told[1]
    assert all(not told[n] == told[n - 1] == told[n - 2] for n in range(2, 6))
