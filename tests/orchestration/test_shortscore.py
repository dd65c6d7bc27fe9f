"""Short scores read as sketches: each note once, in the role a musician would give it."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from tests.shared_material import shared
from tests.sketches import SKETCHES, notes

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.formats.musicxml import read_score
from scorestage.music import (
    Family,
    Instrument,
    Line,
    Player,
    Role,
    Score,
    Sketch,
    Staff,
    Voice,
    Words,
)
from scorestage.orchestration import short_score
from scorestage.timebase import BarGrid, Beat, Meter

STUDIO = load_ensemble("studio-orchestra")


def staff(*voices: str, words: tuple[tuple[int, str], ...] = ()) -> Staff:
    made = tuple(Voice(tuple(notes(f"v{place}", one))) for place, one in enumerate(voices))
    return Staff(made, words=tuple(Words(Beat(at), text) for at, text in words))


def score(*parts: tuple[str, tuple[Staff, ...]], bars: int = 4) -> Score:
    lines = []
    for place, (name, staves) in enumerate(parts):
        instrument = Instrument("x", name, name, Family.KEYBOARD, None, None, staves=len(staves))
        lines.append(Line(Player(f"P{place}", name, name, (instrument,)), staves))
    return Score(BarGrid.regular(bars, Meter(4, 4)), tuple(lines))


def inked(one: Score | Sketch) -> Counter[tuple[object, ...]]:
    staves = (
        [strand.staff for strand in one.strands]
        if isinstance(one, Sketch)
        else [each for line in one.lines for each in line.staves]
    )
    return Counter(
        (note.onset, note.length, pitch)
        for each in staves
        for note in each.notes
        for pitch in note.pitches
    )


def tops(sketch: Sketch, role: Role) -> str:
    found = sorted(
        (note.onset.quarters, str(note.top)) for one in sketch.of_role(role)
        for note in one.staff.notes
    )  # fmt: skip
    return " ".join(name for _, name in found)


RIGHT = "E5+C5+G4:1 F5:1 G5+E5:2 A5+F5+C5:1 G5:1 E5+C5:2"


def test_a_piano_has_its_tune_on_top_its_bass_below_and_the_rest_between() -> None:
    piano = score(("Piano", (staff(RIGHT), staff("C3:4 F2+C3:4"))))
    found = short_score(piano, STUDIO)
    assert found.kind == "piano"
    assert tops(found.sketch, Role.MELODY) == "E5 F5 G5 A5 G5 E5"
    assert tops(found.sketch, Role.BASS) == "C3 F2"
    assert "C3" in tops(found.sketch, Role.HARMONY)
    assert inked(found.sketch) == inked(piano)


def test_a_broken_left_hand_is_its_ground_and_a_figure() -> None:
    left = "C2:1/2 G3:1/2 E4:1/2 G3:1/2 C2:1/2 G3:1/2 E4:1/2 G3:1/2"
    found = short_score(score(("", (staff("E5:4"), staff(left)))), STUDIO).sketch
    assert tops(found, Role.BASS) == "C2 C2"
    assert tops(found, Role.RHYTHM) == "G3 E4 G3 G3 E4 G3"


def test_a_walking_left_hand_is_all_bass() -> None:
    found = short_score(score(("", (staff("E5:4"), staff("C3:1 D3:1 E3:1 F3:1")))), STUDIO).sketch
    assert tops(found, Role.BASS) == "C3 D3 E3 F3"


def test_the_tune_is_found_in_the_left_hand_under_repeated_chords() -> None:
    right = " ".join(["C5+E5+G5:1"] * 8)
    left = "C3:1 D3:1 E3:1 F3:1 G3:1 F3:1 E3:1 D3:1"
    found = short_score(score(("", (staff(right), staff(left)))), STUDIO).sketch
    assert tops(found, Role.MELODY) == "C3 D3 E3 F3 G3 F3 E3 D3"
    assert len(tops(found, Role.HARMONY).split()) == 8


def test_a_second_voice_below_is_no_tune() -> None:
    right = staff("G5:4", "C5:1 D5:1 E5:1 D5:1")
    found = short_score(score(("Piano", (right, staff("C3:4")))), STUDIO).sketch
    assert tops(found, Role.MELODY) == "G5"


def test_a_tune_that_enters_late_is_the_tune_over_its_pad_and_a_run_above_is_not() -> None:
    tune = staff("r:12 G5:1 A5:1 B5:2")
    run = staff("r:15 " + " ".join(f"{name}6:1/8" for name in "CDEFGABC"))
    pad, drone = staff("C4+E4+G4:8 D4+F4+A4:8"), staff("C2:16")
    found = short_score(score(("1", (tune,)), ("2", (pad,)), ("3", (drone,))), STUDIO).sketch
    assert tops(found, Role.MELODY) == "G5 A5 B5"
    assert tops(found, Role.BASS) == "C2"
    found = short_score(score(("1", (tune,)), ("2", (run,)), ("3", (drone,))), STUDIO).sketch
    assert tops(found, Role.MELODY) == "G5 A5 B5"


def test_a_tune_alone_is_a_lead_sheet() -> None:
    found = short_score(score(("Voice", (staff("C5:1 D5:1 E5:2"),))), STUDIO)
    assert (found.kind, [one.role for one in found.sketch.strands]) == ("lead sheet", [Role.MELODY])


def test_a_choir_sings_tune_harmony_and_bass() -> None:
    parts = (("Soprano", "C5:4"), ("Alto", "G4:4"), ("Tenor", "E4:4"), ("Bass", "C3:4"))
    found = short_score(score(*((name, (staff(text),)) for name, text in parts)), STUDIO)
    assert found.kind == "choir"
    roles = [one.role for one in found.sketch.strands]
    assert roles == [Role.MELODY, Role.HARMONY, Role.HARMONY, Role.BASS]


def test_a_bassoon_is_no_bass_and_keeps_its_player() -> None:
    found = short_score(
        score(("Bassoon 1", (staff("C4:4"),)), ("Melody", (staff("C5:4"),))), STUDIO
    )
    marked = next(one for one in found.sketch.strands if one.assign)
    assert (found.kind, marked.assign) == ("marked", ("bn1",))


def test_words_over_a_staff_mark_it_from_there_on_until_tutti() -> None:
    tune = staff("C5:4 D5:4 E5:4 F5:4", words=((4, "Hn 1-2"), (12, "tutti"), (0, "dolce")))
    found = short_score(score(("Melody", (tune,))), STUDIO).sketch
    told = [(one.assign, [str(note.top) for note in one.staff.notes]) for one in found.strands]
    assert told == [((), ["C5"]), (("hn1", "hn2"), ["D5", "E5"]), ((), ["F5"])]
    kept = [words.text for one in found.strands for words in one.staff.words]
    assert "Hn 1-2" not in kept
    assert "dolce" in kept


@pytest.mark.parametrize("name", SKETCHES)
def test_our_own_sketches_are_read_as_they_are(name: str) -> None:
    sketch = SKETCHES[name]().sketch
    found = short_score(sketch.as_score(), STUDIO).sketch
    assert [one.role for one in found.strands] == [
        one.role for one in sketch.strands if not one.staff.is_silent
    ]
    assert inked(found) == inked(sketch)


def test_every_note_of_real_files_is_in_one_strand() -> None:
    suite = shared("musicxml-suite")
    files = sorted(suite.glob("*.xml"))[:60]
    assert files
    for file in files:
        read = read_score(file.read_bytes(), file.name).score
        found = short_score(read, STUDIO).sketch
        assert inked(found) == inked(read), file.name
        labels = [one.label for one in found.strands]
        assert len(set(labels)) == len(labels) or any(one.assign for one in found.strands)


def test_lengths_are_kept_where_a_chord_is_divided() -> None:
    piano = score(("Piano", (staff("C5+E5:3/2 D5+F5:1/2"), staff("C3:2"))))
    found = short_score(piano, STUDIO).sketch
    for strand in found.strands:
        if strand.role in (Role.MELODY, Role.HARMONY):
            lengths = [note.length.quarters for note in strand.staff.notes]
            assert lengths == [Fraction(3, 2), Fraction(1, 2)]
