"""Slurs that end on grace notes come back, and are printed."""

from __future__ import annotations

import pytest

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.engraving.lines import written_line
from scorestage.engraving.notes import voice_music

HEAD = """<score-partwise version="4.0"><part-list><score-part id="P1"><part-name>Flute</part-name>
</score-part></part-list><part id="P1"><measure number="1"><attributes><divisions>1</divisions>
<time><beats>4</beats><beat-type>4</beat-type></time></attributes>"""
TAIL = "</measure></part></score-partwise>"


def note(step: str, slur: str = "", *, grace: bool = False, number: str = "1") -> str:
    kind = "<grace/>" if grace else ""
    lasting = "" if grace else "<duration>2</duration>"
    notations = "".join(f'<slur type="{one}" number="{number}"/>' for one in slur.split())
    return (
        f"<note>{kind}<pitch><step>{step}</step><octave>5</octave></pitch>{lasting}"
        f"<voice>1</voice><type>{'16th' if grace else 'half'}</type>"
        f"<notations>{notations}</notations></note>"
    )


@pytest.mark.parametrize(
    ("notes", "slurs"),
    [
        (note("C", "start") + note("D", "stop", grace=True) + note("E"), 1),
        (note("C") + note("E", "start") + note("D", grace=True) + note("C", "stop", grace=True), 1),
        (note("C") + note("D", "start", grace=True) + note("F", "stop", grace=True) + note("E"), 1),
        (note("C", "start") + note("D", "stop start", grace=True) + note("E", "stop"), 2),
    ],
)
def test_a_slur_that_ends_on_a_grace_note_is_kept_and_printed(notes: str, slurs: int) -> None:
    read = read_score((HEAD + notes + TAIL).encode())
    assert not [loss for loss in read.losses if "slur" in loss]
    again = read_score(write_score(read.score))
    assert again.score == read.score and not again.losses
    (staff,) = written_line(read.score.lines[0], read.score.grid, concert=True)
    words = " ".join(voice_music(staff.bars[0].voices[0], {}))
    assert words.count("(") == words.count(")") == slurs


def test_one_that_never_began_is_told() -> None:
    read = read_score(
        (HEAD + note("C") + note("D", "stop", grace=True) + note("E") + TAIL).encode()
    )
    assert [loss for loss in read.losses if "slur that ends on a grace note" in loss]
    assert read_score(write_score(read.score)).score == read.score
