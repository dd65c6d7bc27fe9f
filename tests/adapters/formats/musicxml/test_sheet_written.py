"""What a page would show is held against what its notes say."""

from __future__ import annotations

import pytest

from scorestage.adapters.formats.musicxml import read_sheets
from scorestage.engraving.setcheck import WRITTEN

HEAD = """<score-partwise version="4.0"><part-list><score-part id="P1"><part-name>Flute</part-name>
</score-part></part-list><part id="P1"><measure number="1"><attributes><divisions>2</divisions>
<key><fifths>{}</fifths></key><time><beats>4</beats><beat-type>4</beat-type></time></attributes>"""
TAIL = "</measure></part></score-partwise>"


def told(notes: str, fifths: int = 0) -> list[str]:
    content = (HEAD.format(fifths) + notes + TAIL).encode()
    (sheet,) = read_sheets(content, "x").sheets
    return [sign.text for sign in sheet.signs if sign.kind == WRITTEN]


def note(name: str, drawn: str = "", more: str = "", shown: str = "quarter", lasts: int = 2) -> str:
    alter = {"#": 1, "b": -1}.get(name[1:2], 0)
    told = f"<alter>{alter}</alter>" if alter else ""
    sign = f"<accidental>{drawn}</accidental>" if drawn else ""
    pitch = f"<pitch><step>{name[0]}</step>{told}<octave>{name[-1]}</octave></pitch>"
    return f"<note>{pitch}<duration>{lasts}</duration>{more}<type>{shown}</type>{sign}</note>"


SOUND = note("C#5", "sharp") + note("C#5") + note("C5", "natural") + note("F#4", "sharp")


def test_a_sound_bar_has_nothing_to_tell() -> None:
    assert told(SOUND) == []
    assert told(note("F#4") + note("C#5") + note("F4", "natural") + note("F4"), fifths=2) == []
    assert told(note("Bb4") + note("Eb5") + note("B4", "natural") + note("Bb4", "flat"), -2) == []


@pytest.mark.parametrize(
    ("notes", "fifths", "message"),
    [
        (note("C#5") + note("D#5", "sharp"), 0, "C♯5 is printed without its accidental"),
        (note("F4") + note("D#5", "sharp"), 1, "F4 is printed without its accidental"),
        (note("C#5", "sharp") + note("C5"), 0, "C5 is printed without its accidental"),
        (note("C#5", "flat"), 0, "C♯5 is printed with a flat"),
        (note("C5", shown="half"), 0, "C5 is printed 2 quarters long, but lasts 1"),
        (note("C5", more='<tie type="start"/>'), 0, "C5 is held on without a tie on the page"),
        (note("C5").replace("<note>", '<note print-object="no">'), 0, "C5 is not printed"),
    ],
)
def test_each_contradiction_is_told(notes: str, fifths: int, message: str) -> None:
    assert told(notes, fifths) == [message]


def test_a_file_that_tells_no_accidentals_is_not_blamed_for_any() -> None:
    assert told(note("C#5") + note("F#4")) == []
