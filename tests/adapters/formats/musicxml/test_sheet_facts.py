"""Parts as a proofreader sees them, read apart from the reader that makes scores."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.adapters.formats.musicxml.test_round_trip import SHARED_SCORES
from tests.shared_material import shared

from scorestage.adapters.formats.musicxml import read_score, read_sheets, write_score

HEAD = (
    "<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time>"
    "<clef><sign>G</sign><line>2</line></clef></attributes>"
)


def file_of(*measures: str) -> bytes:
    bars = "".join(
        f"<measure number='{at}'>{HEAD if at == 1 else ''}{inner}</measure>"
        for at, inner in enumerate(measures, start=1)
    )
    return (
        "<score-partwise><part-list><score-part id='P1'><part-name>Viola</part-name></score-part>"
        f"</part-list><part id='P1'>{bars}</part></score-partwise>"
    ).encode()


def note(name: str, quarters: int, voice: int, more: str = "") -> str:
    return (
        f"<note><pitch><step>{name[0]}</step><octave>{name[1]}</octave></pitch>"
        f"<duration>{quarters}</duration><voice>{voice}</voice>{more}</note>"
    )


def test_a_tie_into_another_voice_holds_the_note() -> None:
    back = "<backup><duration>4</duration></backup>"
    (sheet,) = read_sheets(
        file_of(
            note("C4", 4, 1, "<tie type='start'/>"),
            note("G4", 4, 1) + back + note("C4", 4, 2, "<tie type='stop'/>"),
        ),
        "x",
    ).sheets
    lengths = {str(one.key): one.length_quarters for one in sheet.sounds}
    assert lengths == {"60": Fraction(8), "67": Fraction(4)}


def test_what_stands_over_the_bars_for_everybody_is_read() -> None:
    letter = "<direction><direction-type><rehearsal>B</rehearsal></direction-type></direction>"
    tempo = (
        "<direction><direction-type><metronome><beat-unit>quarter</beat-unit><beat-unit-dot/>"
        "<per-minute>60</per-minute></metronome></direction-type></direction>"
    )
    repeat = "<barline location='right'><repeat direction='backward'/></barline>"
    final = "<barline location='right'><bar-style>light-heavy</bar-style></barline>"
    music = letter + tempo + note("C4", 4, 1) + repeat
    (sheet,) = read_sheets(file_of(music, note("C4", 4, 1) + final), "x").sheets
    assert [(mark.kind, mark.text) for mark in sheet.marks] == [
        ("rehearsal mark", "B"),
        ("repeat", "backward"),
        ("tempo", "quarter. = 60"),
        ("barline", "final"),
    ]
    assert [(sign.kind, sign.text) for sign in sheet.signs] == [("clef", "G2 staff 1")]


@pytest.mark.parametrize("name", SHARED_SCORES)
def test_both_readers_hear_the_same_in_published_movements(name: str) -> None:
    """Every pitch, place and length of the file is in what we write, and no other.

    But for the small heads in one movement that show how artificial harmonics sound: they stand
    in their chords full size, which the report tells.
    """
    content = shared(f"scores/{name}.mxl").read_bytes()
    read = read_score(content, name)
    written = read_sheets(write_score(read.score, read.tempo_map), name)
    small = sum("small head" in told for told in read.losses)
    for own, other in zip(read_sheets(content, name).sheets, written.sheets, strict=True):
        differing = set(own.sounds) ^ set(other.sounds)
        assert not differing or (small and differing <= set(other.sounds)), own.name
