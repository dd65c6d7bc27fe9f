"""Every idiom in every meter: sounding bars, chord tones, singable basses."""

from __future__ import annotations

import itertools
from fractions import Fraction
from functools import cache

import pytest
from tests.composing.cues import METERS

from scorestage import registry
from scorestage.composing.chords import ChordSpan
from scorestage.composing.idioms import idioms_at_hand
from scorestage.composing.passage import Harmony, Idiom, Passage, PassageBar, keeps_roots
from scorestage.composing.refreshing import freshened
from scorestage.composing.voicing import voice_chords
from scorestage.music import Note, Role
from scorestage.music.harmony import in_chord, roman
from scorestage.music.key import Key
from scorestage.music.style import BASS_RANGE, PAD_RANGE, Style
from scorestage.timebase import BarGrid, Beat, Meter

NUMERALS = ("I", "vi", "IV", "V7", "I", "I", "ii7", "V")
NAMES = tuple(idioms_at_hand())


@cache
def _passage(
    meter: str,
    energy: int = 0,
    quarter_seconds: str = "1/2",
    seed: int = 1,
    numerals: tuple[str, ...] = NUMERALS,
) -> Passage:
    key = Key("C")
    grid = BarGrid.regular(len(numerals), Meter.parse(meter))
    spans: list[ChordSpan] = []
    for index, numeral in enumerate(numerals):
        start, end = grid.starts[index], grid.starts[index + 1]
        if index and numerals[index - 1] == numeral:
            spans[-1] = ChordSpan(spans[-1].start, end, spans[-1].chord, key)
        else:
            spans.append(ChordSpan(start, end, roman(numeral, key, start), key))
    voiced = voice_chords(spans, [PAD_RANGE] * len(spans), BASS_RANGE)
    bars = []
    for index, bar in enumerate(grid.bars):
        start, end = grid.starts[index], grid.starts[index + 1]
        (own,) = [one for one in voiced if one.start < end and start < one.end]
        harmony = Harmony(start, end, own.chord, own.upper, own.bass, own.start == start, own.end)
        bars.append(PassageBar(index, start, bar.meter, (harmony,)))
    style = Style("x", "X")
    return Passage(tuple(bars), key, style, energy, seed, "s", Fraction(quarter_seconds))


def _written(idiom: Idiom, passage: Passage) -> dict[Role, list[Note]]:
    return {role: list(notes) for role, notes in idiom.write(passage).items()}


@pytest.mark.parametrize("meter", METERS)
@pytest.mark.parametrize("name", NAMES)
def test_every_bar_sounds_and_nothing_leaves_the_passage(name: str, meter: str) -> None:
    for energy in (-1, 0, 2):
        passage = _passage(meter, energy)
        texture = _written(idioms_at_hand()[name], passage)
        notes = [note for own in texture.values() for note in own]
        for bar in passage.bars:
            assert any(note.onset < bar.end and bar.start < note.end for note in notes)
        assert all(passage.start <= note.onset and note.end <= passage.end for note in notes)
        assert all(note.length.quarters > 0 for note in notes)
        assert any(note.onset == passage.start for note in notes)


@pytest.mark.parametrize("meter", METERS)
@pytest.mark.parametrize("name", NAMES)
def test_notes_stand_on_sixteenths_one_after_the_other(name: str, meter: str) -> None:
    texture = _written(idioms_at_hand()[name], _passage(meter, 1))
    for notes in texture.values():
        ordered = sorted(notes, key=lambda note: note.onset)
        for one, other in itertools.pairwise(ordered):
            assert one.end <= other.onset or one.onset == other.onset
        for note in notes:
            assert (note.onset.quarters * 4).denominator == 1
            assert (note.length.quarters * 4).denominator == 1


BOUND = [name for name in NAMES if name == "riff" or not keeps_roots(idioms_at_hand()[name])]
"""Idioms that follow the chords; the others stand on a drone, a row or a cluster of their own."""
FREE = {
    *("rule:suspension", "rule:drone", "rule:cluster", "rule:voicing", "rule:climb"),
    *("rule:planing", "rule:tenor-line", "rule:run", "rule:approach"),
}
"""What is meant to lie beside the chord, and says so."""


@pytest.mark.parametrize("name", BOUND)
def test_inner_voices_play_the_harmony(name: str) -> None:
    passage = _passage("4/4", 1)
    chords = {bar.start: bar.harmonies[0].chord for bar in passage.bars}
    for role, notes in _written(idioms_at_hand()[name], passage).items():
        if role is Role.BASS:
            continue
        inside = [
            in_chord(pitch, chords[Beat(note.onset.quarters // 4 * 4)])
            for note in notes
            if note.origin not in FREE
            for pitch in note.sounding
        ]
        assert all(inside)


@pytest.mark.parametrize("name", BOUND)
def test_the_bass_opens_every_chord_with_its_own_tone(name: str) -> None:
    passage = _passage("4/4", 0)
    bass = {note.onset: note for note in _written(idioms_at_hand()[name], passage)[Role.BASS]}
    for bar in passage.bars:
        if bar.harmonies[0].fresh:
            assert bar.harmonies[0].bass in bass[bar.start].sounding
    assert all(BASS_RANGE.holds(pitch) for note in bass.values() for pitch in note.sounding)


def test_a_drone_keeps_its_pedal() -> None:
    bass = _written(idioms_at_hand()["drone"], _passage("4/4"))[Role.BASS]
    assert {tuple(str(pitch) for pitch in note.sounding) for note in bass} == {("C2", "G2")}


def test_a_walking_bass_walks() -> None:
    bass = _written(idioms_at_hand()["walking"], _passage("4/4"))[Role.BASS]
    keys = [note.sounding[0].key for note in bass]
    assert len(bass) == 4 * len(NUMERALS)
    moves = [abs(b - a) for a, b in itertools.pairwise(keys)]
    assert sum(0 < move <= 5 for move in moves) / len(moves) >= 0.85
    assert sum(move == 0 for move in moves) <= 2


def test_an_ostinato_repeats_its_rhythm() -> None:
    figure = _written(idioms_at_hand()["ostinato"], _passage("4/4", 1))[Role.RHYTHM]
    bars: dict[int, list[Fraction]] = {}
    for note in figure:
        index, offset = divmod(note.onset.quarters, 4)
        bars.setdefault(int(index), []).append(offset)
    assert len({tuple(offsets) for offsets in bars.values()}) == 1


def test_fast_tempos_get_longer_notes() -> None:
    def shortest(quarter_seconds: str) -> Fraction:
        texture = _written(idioms_at_hand()["arpeggio"], _passage("4/4", 2, quarter_seconds))
        return min(note.length.quarters for note in texture[Role.RHYTHM])

    assert shortest("1") == Fraction(1, 4)
    assert shortest("1/3") >= Fraction(1, 2)


def test_a_waltz_has_its_bass_on_one() -> None:
    texture = _written(idioms_at_hand()["oompah"], _passage("3/4"))
    assert {note.onset.quarters % 3 for note in texture[Role.BASS]} == {0}
    assert {note.onset.quarters % 3 for note in texture[Role.HARMONY]} == {1, 2}


def test_tremolo_trembles() -> None:
    texture = _written(idioms_at_hand()["tremolo"], _passage("4/4"))
    assert {note.tremolo for note in texture[Role.HARMONY]} == {3}


def test_every_idiom_is_an_idiom_with_its_files_name() -> None:
    for name, idiom in idioms_at_hand().items():
        assert isinstance(idiom, Idiom)
        assert idiom.name == name
    assert len(NAMES) >= 55


@pytest.mark.parametrize("meter", ["4/4", "5/4", "2+2+3/8"])
@pytest.mark.parametrize("name", NAMES)
def test_sixteen_bars_hold_no_phrase_twice(name: str, meter: str) -> None:
    for bpm in (50, 100, 160):
        passage = _passage(meter, 0, f"60/{bpm}", 1, NUMERALS * 2)
        texture = freshened(passage, idioms_at_hand()[name].write(passage))
        phrases = []
        for first in range(0, 16, 4):
            start, end = passage.bars[first].start, passage.bars[first + 3].end
            phrases.append(
                sorted(
                    (role.value, (note.onset - start).quarters, str(note.pitches), note.length)
                    for role, notes in texture.items()
                    for note in notes
                    if start <= note.onset < end
                )
            )
        assert all(one != other for one, other in itertools.combinations(phrases, 2))


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_asked_for_more_than_hands_can_do(name: str) -> None:
    for meter in ("4/4", "5/4", "2+2+3/8", "12/8"):
        passage = _passage(meter, 1, "60/160", 1, NUMERALS * 2)
        texture = freshened(passage, idioms_at_hand()[name].write(passage))
        for notes in texture.values():
            ordered = sorted({note.onset.quarters for note in notes})
            gaps = [(b - a) * passage.quarter_seconds for a, b in itertools.pairwise(ordered)]
            assert min(gaps, default=Fraction(1)) >= Fraction(9, 100)


@pytest.mark.parametrize("name", NAMES)
def test_every_idiom_is_declared_where_anybody_would_declare_one(name: str) -> None:
    assert name in registry.names("idioms")
