"""The harmony of a phrase, wherever the sketch writes it."""

from __future__ import annotations

from tests.sketches import FOUR, notes, steady, strand

from scorestage.music import ChordSymbol, Role, Sketch, Strand
from scorestage.orchestration.chords import Slice, slices_of
from scorestage.orchestration.phrases import cut
from scorestage.orchestration.reading import lines_in, read_strands
from scorestage.orchestration.timing import Timing
from scorestage.timebase import Beat

TEMPO_MAP = steady(4, FOUR, 100)


def chords_of(*strands: Strand, symbols: tuple[ChordSymbol, ...] = ()) -> tuple[Slice, ...]:
    sketch = Sketch(TEMPO_MAP.grid, strands, (), symbols)
    timing = Timing(sketch.grid, TEMPO_MAP)
    read = read_strands(sketch)
    phrases = cut(sketch, read, timing, 1)
    return slices_of(sketch, lines_in(read, phrases, 0), phrases[0], timing)


def spelled(chords: tuple[Slice, ...]) -> list[str]:
    return ["+".join(str(pitch) for pitch in one.pitches) for one in chords]


def test_chords_as_the_harmony_strand_has_them() -> None:
    pad = strand(Role.HARMONY, notes("h", "C4+E4+G4:4 A3+C4+F4:2 r:2 B3+D4+G4:4"))
    found = chords_of(pad)
    assert spelled(found) == ["C4+E4+G4", "A3+C4+F4", "B3+D4+G4"]
    assert [(one.start, one.end) for one in found] == [(0, 4), (4, 6), (8, 12)]


def test_two_voices_moving_at_different_times() -> None:
    low = strand(Role.HARMONY, notes("a", "C4:4 D4:4"))
    high = strand(Role.HARMONY, notes("b", "E4:2 F4:4 G4:2"))
    assert spelled(chords_of(low, high)) == ["C4+E4", "C4+F4", "D4+F4", "D4+G4"]


def test_repeated_chords_are_held_for_those_who_sustain() -> None:
    pulse = strand(Role.HARMONY, notes("h", " ".join(["C4+E4+G4:1/2"] * 8) + " F4+A4+C5:4"))
    found = chords_of(pulse)
    assert [(one.start, one.end) for one in found] == [(0, 4), (4, 8)]


def test_broken_chords_are_gathered_by_the_bar_or_told_by_symbols() -> None:
    broken = strand(Role.HARMONY, notes("h", "C4:1 E4:1 G4:1 E4:1 A3:1 C4:1 F4:1 C4:1"))
    assert spelled(chords_of(broken)) == ["C4+E4+E4+G4", "A3+C4+C4+F4"]
    symbols = (ChordSymbol(Beat(0), "C", "major"), ChordSymbol(Beat(4), "F", "major", "A"))
    told = chords_of(broken, symbols=symbols)
    assert sorted(told[1].names) == [0, 5, 9]
    assert told[1].bass is not None and told[1].bass.step == "A"


def test_the_bass_strand_is_the_ground() -> None:
    pad = strand(Role.HARMONY, notes("h", "C4+E4+G4:4 A3+C4+F4:4"))
    bass = strand(Role.BASS, notes("k", "C3:4 F2:4"))
    assert [str(one.bass) for one in chords_of(pad, bass)] == ["C3", "F2"]


def test_a_bare_tune_has_no_chords() -> None:
    assert chords_of(strand(Role.MELODY, notes("m", "C5:4 D5:4"))) == ()
