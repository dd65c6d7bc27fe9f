"""Counter-melodies against the tune they go with."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from tests.composing import craft
from tests.composing.cues import request

from scorestage.composing import compose
from scorestage.composing.counter import _move, _Slot
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import Note, Pitch, Role, Sketch
from scorestage.music.harmony import chord_tones, roman
from scorestage.music.key import Key
from scorestage.timebase import Beat


def _pieces() -> list[Sketch]:
    styles = ("adventure", "tender", "folk", "elegy", "comedy")
    return [_piece(style, seed) for seed, style in enumerate(styles)]


@cache
def _piece(style: str, seed: int) -> Sketch:
    return compose(request(style, meters=("4/4",) * 40, seed=seed)).sketch


def _counter(sketch: Sketch) -> list[Note]:
    notes = craft.notes_of(sketch, Role.COUNTER)
    return [note for note in notes if note.origin == "rule:counter-melody"]


def test_it_moves_by_step_and_small_leaps() -> None:
    moves = [
        abs(other.sounding[0].key - one.sounding[0].key)
        for sketch in _pieces()
        for one, other in pairwise(_counter(sketch))
        if one.end == other.onset
    ]
    assert len(moves) > 40
    assert sum(move <= 4 for move in moves) / len(moves) >= 0.8
    assert not any(move in (6, 10, 11) or move > 12 for move in moves)


def test_it_stays_below_the_tune() -> None:
    below = total = 0
    for sketch in _pieces():
        melody = craft.notes_of(sketch, Role.MELODY)
        for note in _counter(sketch):
            over = [one for one in melody if one.onset <= note.onset < one.end]
            if over:
                total += 1
                below += note.sounding[0].key < over[0].sounding[0].key
    assert below / total >= 0.95


def test_no_parallel_fifths_or_octaves_with_the_tune() -> None:
    for sketch in _pieces():
        melody = craft.notes_of(sketch, Role.MELODY)

        def over(note: Note, melody: tuple[Note, ...] = melody) -> int | None:
            found = [one for one in melody if one.onset <= note.onset < one.end]
            return found[0].sounding[0].key if found else None

        for one, other in pairwise(_counter(sketch)):
            a, b = over(one), over(other)
            low, next_low = one.sounding[0].key, other.sounding[0].key
            if a is None or b is None or one.end != other.onset:
                continue
            if (b - a) * (next_low - low) > 0:
                before, after = abs(a - low) % 12, abs(b - next_low) % 12
                assert not (before == after and after in (0, 7))


def _slot(number: int, numeral: str, tune: int) -> _Slot:
    start, end = Beat(4 * number), Beat(4 * number + 4)
    chord = roman(numeral, Key("C"), start)
    low = chord_tones(chord)[0]
    bass = Pitch(low.step, low.alter, low.octave - 2)
    return _Slot(start, end, VoicedSpan(start, end, chord, Key("C"), (), bass), tune, bass.key)


def test_parallels_cost_more_than_any_other_way() -> None:
    one, other = _slot(0, "IV", 72), _slot(1, "V", 74)

    def cost(last: str, following: str) -> float:
        return _move(Pitch.parse(last), Pitch.parse(following), one, other)

    fifths_with_tune, octaves_with_bass = cost("F4", "G4"), cost("F3", "G3")
    others = [cost("F4", "D4"), cost("A3", "G3"), cost("C4", "B3")]
    assert min(fifths_with_tune, octaves_with_bass) > max(others) + 10


def test_styles_without_one_have_none() -> None:
    sketch = compose(request("noir-jazz", meters=("4/4",) * 40)).sketch
    assert _counter(sketch) == []
