"""Harmonics: where the open strings have them, high, long and quiet only."""

from __future__ import annotations

import pytest
from tests.sketches import FOUR, notes, steady

from scorestage.adapters.catalogue import load_ensemble, load_instrument
from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.music import Dynamic, DynamicMark, Pitch, Role, Score, Sketch, Staff, Strand, Voice
from scorestage.orchestration import Settings, Severity, account_of, check, orchestrate
from scorestage.orchestration.checking.fingerboard import Neck, harmonic_places
from scorestage.orchestration.harmonics import natural_keys, stopped
from scorestage.timebase import Beat

TEMPO_MAP = steady(4, FOUR, 72)
PAD = "E6:4 F6:4 A5:4 D6:4"


@pytest.mark.parametrize("name", ["violin", "viola", "cello"])
def test_a_node_lies_a_whole_fraction_along_an_open_string(name: str) -> None:
    strings = [one.key for one in load_instrument(name).open_strings]
    found = natural_keys(load_instrument(name))
    assert found and min(found) > max(strings)
    for key in found:
        ratios = [2 ** ((key - string) / 12) for string in strings]
        assert any(abs(ratio - part) < 0.01 for ratio in ratios for part in (2, 3, 4))


def test_no_bow_no_node() -> None:
    assert not natural_keys(load_instrument("flute")) and not natural_keys(load_instrument("harp"))


def scored(dynamic: Dynamic, level: str = "full", pad: str = PAD) -> tuple[Sketch, Score, set[str]]:
    """High held tones over a low tune; with the reasons of all who touch the string."""
    high = Staff((Voice(tuple(notes("h", pad, 0))),), (DynamicMark(Beat(0), dynamic),))
    low = Staff((Voice(tuple(notes("m", "E4:2 G4:2 B4:4 A4:4 F4:4", 0))),), high.dynamics)
    sketch = Sketch(TEMPO_MAP.grid, (Strand(Role.MELODY, low), Strand(Role.HARMONY, high)))
    settings = Settings(level=level)
    result = orchestrate(sketch, load_ensemble("string-orchestra"), TEMPO_MAP, settings)
    assert not account_of(sketch, result).unexplained
    return sketch, result.score, {one.text for one in result.reasons if "harmonics" in one.text}


def circles(score: Score) -> list[Pitch]:
    return [
        note.sounding[0]
        for line in score.lines
        for note in line.notes
        if "harmonic" in note.sign_names
    ]


def test_held_high_and_quiet_they_are_touched_and_told() -> None:
    _, score, why = scored(Dynamic.PP)
    found = circles(score)
    assert found and why
    assert {str(one) for one in found} <= {"E6", "A5", "D6"}
    assert not [one for one in check(score, TEMPO_MAP) if one.kind.value == "range"]


def test_the_file_says_natural_and_as_it_sounds() -> None:
    _, score, _ = scored(Dynamic.PP)
    text = write_score(score).decode()
    assert "<natural/>" in text.replace(" />", "/>") and "sounding-pitch" in text
    assert circles(read_score(text.encode(), "x.musicxml").score) == circles(score)


def test_loud_or_plain_they_are_stopped() -> None:
    assert not circles(scored(Dynamic.F)[1])
    assert not circles(scored(Dynamic.PP, "fill")[1])


def test_let_go_early_it_is_stopped_like_any_other() -> None:
    _, score, _ = scored(Dynamic.PP)
    circled = [note for _, note in score.notes() if "harmonic" in note.sign_names]
    assert circled
    assert not any("harmonic" in stopped(note).sign_names for note in circled)


def test_above_the_nodes_a_stopped_string_is_touched_a_fourth_higher() -> None:
    sketch, score, why = scored(Dynamic.PP, pad="Bb6:4 C7:4 Ab6:4 B6:4")
    found = [note for line in score.lines for note in line.notes if note.harmonics]
    assert found and any("a fourth touched" in one for one in why)
    for note in found:
        (one,) = note.harmonics
        assert one.sounding.midi - one.stopped.midi == 24 and note.sounding == (one.sounding,)
    written = {
        one.key for strand in sketch.strands for n in strand.staff.notes for one in n.pitches
    }
    assert {note.sounding[0].key for note in found} <= written
    assert not [one for one in check(score, TEMPO_MAP) if one.severity is Severity.ERROR]


def test_stopped_and_touched_survive_the_file_and_sound_in_it() -> None:
    _, score, _ = scored(Dynamic.PP, pad="Bb6:4 C7:4 Ab6:4 B6:4")
    again = read_score(write_score(score), "x.musicxml").score

    def told(one: Score) -> list[tuple[str, ...]]:
        return [
            (*map(str, note.pitches), *map(str, note.sounding))
            for line in one.lines
            for note in line.notes
            if note.harmonics
        ]

    assert told(again) == told(score) != []


def test_a_hand_must_reach_from_the_stop_to_the_touch() -> None:
    neck = Neck.of("double-bass", (28, 33, 38, 43))
    assert not harmonic_places(neck, 29, 34) and harmonic_places(neck, 55, 60)
    assert harmonic_places(Neck.of("cello", (36, 43, 50, 57)), 38, 43)
    assert not harmonic_places(Neck.of("violin", (55, 62, 69, 76)), 55, 60)  # open, not stopped
