"""Players of files that tell no sounds stand in their families all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorestage.adapters.machines.engravers import Engraver
from scorestage.engraving.condensing import condensed
from scorestage.music import Family, Score
from scorestage.workflow.convert import read_music
from scorestage.workflow.engrave import engrave_file
from scorestage.workflow.families import with_families

NAMES = ("Flute 1", "Flute 2", "Horn in F 1", "Violin I", "Lead Whoosh")
BAR = (
    "<measure number='1'><attributes><divisions>1</divisions><time><beats>4</beats>"
    "<beat-type>4</beat-type></time></attributes><note><pitch><step>C</step><octave>5</octave>"
    "</pitch><duration>4</duration><type>whole</type></note></measure>"
)


def file_of(folder: Path, midi: str = "", sound: str = "") -> Path:
    parts = "".join(
        f"<score-part id='P{i}'><part-name>{name}</part-name>"
        + (f"<score-instrument id='P{i}-I1'><instrument-name>{name}</instrument-name>{sound}"
           f"</score-instrument>{midi.format(i)}" if midi or sound else "")
        + "</score-part>"
        for i, name in enumerate(NAMES)
    )  # fmt: skip
    music = "".join(f"<part id='P{i}'>{BAR}</part>" for i in range(len(NAMES)))
    path = folder / "five.musicxml"
    path.write_text(
        f"<score-partwise version='4.0'><part-list>{parts}</part-list>{music}</score-partwise>"
    )
    return path


def families(score: Score) -> list[Family]:
    return [line.player.instrument.family for line in score.lines]


PIANO = "<midi-instrument id='P{0}-I1'><midi-program>1</midi-program></midi-instrument>"


@pytest.mark.parametrize("midi", ["", PIANO])
def test_the_name_tells_the_family_where_no_sound_does(tmp_path: Path, midi: str) -> None:
    score = read_music(file_of(tmp_path, midi)).score
    wood, other = Family.WOODWIND, families(score)[-1]
    told = with_families(score)
    assert families(told) == [wood, wood, Family.BRASS, Family.STRINGS, other]
    before = [line.player.instrument for line in score.lines]
    after = [line.player.instrument for line in told.lines]
    assert [(one.id, one.clefs, one.transposition) for one in before] == [
        (one.id, one.clefs, one.transposition) for one in after
    ]
    assert next(line.player.name for line in condensed(told).lines) == "Flute 1, 2"


def test_a_sound_that_is_named_goes_before_the_name(tmp_path: Path) -> None:
    sound = "<instrument-sound>synth.pad</instrument-sound>"
    score = read_music(file_of(tmp_path, sound=sound)).score
    assert with_families(score) is score


def test_pages_of_such_a_file_are_made(tmp_path: Path) -> None:
    made = engrave_file(file_of(tmp_path), tmp_path / "out", engraver=Engraver.AUTOMATIC)
    assert [path.suffix for path in made.files] == [".pdf"]
