"""Silences and hits of the sketch are everybody's."""

from __future__ import annotations

from fractions import Fraction

from tests.sketches import FOUR, notes, steady, strand

from scorestage.music import Mark, MarkKind, Role, Sketch
from scorestage.orchestration.reading import read_strands
from scorestage.orchestration.restraint import Sound
from scorestage.timebase import Beat

TEMPO_MAP = steady(8, FOUR, 100)


def test_stretches_of_sound_and_what_counts_as_a_hit() -> None:
    tune = strand(Role.MELODY, notes("m", "C5:2 D5:15/8 r:1/8 E5:2 r:2 F5:4"))
    pad = strand(Role.HARMONY, notes("h", "C4+E4:4"))
    accent = strand(Role.ACCENT, notes("a", "r:2 C3:1/2"))
    marks = (Mark(Beat(4), MarkKind.HIT, "cut"), Mark(Beat(7), MarkKind.HIT, "stop"))
    sketch = Sketch(TEMPO_MAP.grid, (tune, pad, accent), marks)
    sound = Sound.of(sketch, read_strands(sketch))
    assert sound.until(Fraction(0)) == 6, "an eighth's breath is no silence"
    assert sound.until(Fraction(7)) is None
    assert sound.until(Fraction(8)) == 12
    assert sound.hits == (2, 4), "nothing begins at the stop"


def test_a_bare_tune_may_breathe() -> None:
    tune = strand(Role.MELODY, notes("m", "C5:3 r:1 D5:4 r:4 E5:4"))
    sound = Sound.of(Sketch(TEMPO_MAP.grid, (tune,)), read_strands(Sketch(TEMPO_MAP.grid, (tune,))))
    assert (sound.starts, sound.ends) == ((0, 12), (8, 16))
