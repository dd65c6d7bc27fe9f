"""The tune of a cue."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from tests.composing.cues import request

from scorestage.composing.chords import ChordSpan, chord_spans
from scorestage.composing.form import Part
from scorestage.composing.frame import Frame, frame_of
from scorestage.composing.plan import Section, plan_cue
from scorestage.composing.registers import in_register
from scorestage.composing.request import CueRequest
from scorestage.composing.standing import standing_at
from scorestage.composing.tune import Tune, motif_bars, origin_of, write_tune
from scorestage.music import Note, Pitch, PitchRange
from scorestage.music.feel import stress_in_bar
from scorestage.music.harmony import in_chord
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats


def _written(
    **options: object,
) -> tuple[CueRequest, Frame, tuple[Section, ...], tuple[ChordSpan, ...], Tune]:
    asked = request(**options)  # type: ignore[arg-type]
    frame = frame_of(asked, asked.main_theme)
    sections = plan_cue(asked, frame, Key(asked.main_theme.key, asked.main_theme.mode))
    spans = chord_spans(asked, frame, sections)
    return asked, frame, sections, spans, write_tune(asked, frame, sections, spans)


def test_it_is_one_line() -> None:
    for seed in range(4):
        tune = _written(meters=("4/4",) * 60, seed=seed)[4]
        for notes in (tune.melody, tune.answers):
            assert all(one.end <= other.onset for one, other in pairwise(notes))


def test_it_breathes() -> None:
    for seed in range(4):
        _, frame, _, _, tune = _written(style="tender", meters=("4/4",) * 40, seed=seed)
        longest = start = tune.melody[0].onset
        for one, other in pairwise(tune.melody):
            if one.end < other.onset:
                start = other.onset
            longest = max(longest, Beat((other.end - start).quarters))
        assert longest < Beat(40)
        assert frame.grid.end > Beat(0)


def test_developed_motifs_fit_their_chords() -> None:
    inside = total = 0
    for seed in range(6):
        _, frame, sections, spans, tune = _written(meters=("4/4",) * 60, seed=seed)
        for section in sections:
            if section.part is not Part.EPISODE:
                continue
            for note in (*tune.melody, *tune.answers):
                offset = (note.onset - Beat(0)).quarters % 4
                held = stress_in_bar(frame.grid.bars[0].meter, offset) >= 2
                if section.start <= note.onset < section.end and held:
                    total += 1
                    chord = standing_at(spans, note.onset).chord
                    inside += in_chord(note.sounding[0], chord)
    assert total > 40
    assert inside / total >= 0.75


def test_answers_come_lower_down() -> None:
    tune = _written(meters=("4/4",) * 60, seed=2)[4]
    assert tune.answers
    mean = sum(note.sounding[0].key for note in tune.melody) / len(tune.melody)
    assert sum(note.sounding[0].key for note in tune.answers) / len(tune.answers) < mean - 6


@pytest.mark.parametrize("style", ["adventure", "elegy", "rock", "wonder"])
def test_it_lies_in_the_styles_register(style: str) -> None:
    asked, *_, tune = _written(style=style, meters=("4/4",) * 30)
    low, high = asked.style.melody.low.key, asked.style.melody.high.key
    inside = [low - 3 <= note.sounding[0].key <= high + 5 for note in tune.melody]
    assert all(inside)


def test_register_moves_by_octaves_only() -> None:
    asked = request()
    notes = list(asked.main_theme.notes)
    at_home = [note.sounding for note in in_register(notes, asked)]
    for octaves in (-2, 1, 3):
        far = [_moved(note, octaves) for note in notes]
        back = in_register(far, asked)
        assert [note.sounding for note in back] == at_home


def test_no_peak_of_a_theme_stretched_wide_lies_above_the_highest_tone() -> None:
    asked = request("slow-air")
    line = [
        Note("", Beat(place), Beats(1), (Pitch.parse(name),))
        for place, name in enumerate(("A4", "E5", "C5", "G5", "F6", "G6", "A6"))
    ]
    placed = in_register(line, asked, lift=True)
    assert [str(note.top) for note in placed] == ["A4", "E5", "C5", "G5", "F5", "G5", "A5"]
    higher = replace(asked.style, melody=PitchRange(Pitch("D", 0, 4), Pitch("C", 0, 7)))
    assert in_register(line, replace(asked, style=higher), lift=True)[-1].top == Pitch("A", 0, 6)


def _moved(note: Note, octaves: int) -> Note:
    pitches = tuple(Pitch(p.step, p.alter, p.octave + octaves) for p in note.sounding)
    return replace(note, pitches=pitches)


def test_origins_name_theme_and_operation() -> None:
    asked = request()
    ornamented = next(one for one in asked.themes if one.operation == "ornament")
    assert origin_of(asked.main_theme, "statement") == "theme:main:statement"
    assert origin_of(ornamented, "statement") == "theme:main:ornament"
    assert origin_of(ornamented, "transpose") == "theme:main:ornament+transpose"


def test_a_motif_spans_one_or_two_bars() -> None:
    assert 1 <= motif_bars(request().main_theme) <= 2


def test_a_fade_echoes_the_motif() -> None:
    _, _, sections, _, tune = _written(meters=("4/4",) * 30, way_out="fade", bpm=170)
    fade = sections[-1]
    assert fade.part is Part.FADE
    echo = [note for note in tune.melody if note.onset >= fade.start]
    assert echo and {note.origin for note in echo} == {"theme:main:fragment"}
