"""Quarter tones from the style to file, pages and sound: what is composed is what is heard."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from functools import cache

import pytest

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_fonts import bundled_soundfont
from scorestage.composing import compose
from scorestage.engraving.books import sketch_source
from scorestage.engraving.mei.books import mei_sketch
from scorestage.mockup.perform import perform
from scorestage.mockup.performance import Performance
from scorestage.music import Line, Note, Role, Score, Sketch
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats, TempoMap
from tests.adapters.machines.other_engine import strongest_hz
from tests.composing.cues import request
from tests.engraving.small_cue import small_edition
from tests.mockup.small_orchestra import PIANIST, PlainResponse, clock_of, score, staff

MAQAMAT = ("maqam-rast", "maqam-hijaz")


@cache
def _written(style: str) -> tuple[Sketch, TempoMap]:
    asked = request(style, bpm=84)
    return compose(asked).sketch, asked.tempo_map


def _tune(written: Score | Sketch) -> Counter[Fraction]:
    sketch = written if isinstance(written, Sketch) else Sketch.of_score(written)
    (strand,) = sketch.of_role(Role.MELODY)
    return Counter(Fraction(note.sounding[0].midi) for note in strand.staff.notes)


@pytest.mark.parametrize("style", MAQAMAT)
def test_musicxml_carries_them_there_and_back(style: str) -> None:
    sketch, tempo_map = _written(style)
    text = write_score(sketch.as_score(), tempo_map)
    back = read_score(text if isinstance(text, bytes) else text.encode()).score
    assert _tune(back) == _tune(sketch)
    assert any(key.denominator == 2 for key in _tune(back))


@pytest.mark.parametrize("style", MAQAMAT)
def test_both_engravers_print_their_signs(style: str) -> None:
    sketch, tempo_map = _written(style)
    source = sketch_source(sketch, tempo_map, small_edition()).text
    assert "eh" in source or "ih" in source
    pages = str(mei_sketch(sketch, tempo_map, small_edition()))
    assert "1qf" in pages or "1qs" in pages


@pytest.mark.parametrize("mode", ["rast", "hijaz", "bayati"])
def test_a_scale_sounds_as_it_is_written(mode: str) -> None:
    """Each tone of the scale is played by the sampler and its pitch measured."""
    key = Key("D", mode)
    notes = [Note(f"n{step}", Beat(2 * step), Beats(2), (key.at(step),)) for step in range(8)]
    written = score(Line(PIANIST, (staff(*notes),)))
    played = perform(written, clock_of(written), PlainResponse())[0].notes
    synth = Sf2Synth(bundled_soundfont())
    found = []
    for one in sorted(played, key=lambda one: one.key):
        wished = 440 * 2 ** ((one.key - 69) / 12)
        alone = Performance("p", "", (one,))
        sound = synth.render(alone, one.start_samples + one.length_samples)
        heard = strongest_hz(sound[one.start_samples :], wished * 0.96, wished * 1.04)
        assert abs(1200 * math.log2(heard / wished)) <= 12
        found.append(1200 * math.log2(heard / 440))
    steps = [cents - found[0] for cents in found]
    wanted = [float(100 * (12 * (n // 7) + key.scale[n % 7])) for n in range(8)]
    assert max(abs(a - b) for a, b in zip(steps, wanted, strict=True)) <= 12
