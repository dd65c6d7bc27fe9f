"""Words that would be code elsewhere are printed as they stand; so are sets of any size."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.engraving.small_cue import CLARINET, FLUTE, note, player, small_edition, staff

from scorestage.adapters.machines.engravers import Engraver
from scorestage.adapters.machines.page_facts import page_file
from scorestage.engraving import Edition
from scorestage.music import Dynamic, DynamicMark, Line, Score, Staff, Words
from scorestage.timebase import BarGrid, Beat, FilmTime, Meter, Tempo, TempoMap
from scorestage.workflow.part_set import print_set, score_music, set_music

QUICK = Engraver.VEROVIO if find_spec("verovio") is not None else Engraver.LILYPOND
BOTH = [Engraver.LILYPOND] + ([Engraver.VEROVIO] if QUICK is Engraver.VEROVIO else [])
GRID = BarGrid.regular(1, Meter(4, 4))
MAP = TempoMap.steady(FilmTime(0), Tempo(96), GRID)
EVIL = (
    '#(system "touch /tmp/owned") "}',
    r"\input{/etc/passwd} $x^2$ \end",
    "<script>alert('x')</script> &amp; %{",
    "../../../../etc/passwd",
    "Ein sehr langer Name " * 8,
)


def one_bar(name: str, number: int, silent: bool = False) -> Line:
    instrument = CLARINET if number % 2 else FLUTE
    who = replace(player(name, instrument), id=f"p{number}")
    if silent:
        return Line(who, (Staff(()),))
    lyric = replace(note(f"n{number}", 0, 4, "C5"), lyric=EVIL[2])
    words = (Words(Beat(0), EVIL[0]),)
    marks = (DynamicMark(Beat(0), Dynamic.F),)
    return Line(who, (staff(lyric, words=words, dynamics=marks),))


def written(folder: Path, score: Score, edition: Edition, engraver: Engraver) -> Path:
    room = folder / "room"
    room.mkdir(parents=True)
    printed = print_set(score, MAP, edition, engraver, room, workers=2)
    parts = folder / "set"
    parts.mkdir()
    for file in (*printed.files, *set_music(score, MAP, edition)):
        assert "/" not in file.name and len(file.name) < 180
        (parts / file.name).write_bytes(file.content)
    (parts / "Score.musicxml").write_bytes(score_music(score, MAP, edition))
    return parts


@pytest.mark.parametrize("engraver", BOTH)
def test_words_that_are_code_elsewhere_are_only_words(engraver: Engraver, tmp_path: Path) -> None:
    score = Score(GRID, tuple(one_bar(name, n, n == 3) for n, name in enumerate(EVIL)))
    edition = replace(
        small_edition(), title=f"A cue {EVIL[2]}", composer=EVIL[1], orchestrator=EVIL[2], hits=()
    )
    parts = written(tmp_path, score, edition, engraver)
    told = [page_file(path.read_bytes(), path.name) for path in parts.glob("*.pdf")]
    assert len(told) == len(EVIL) + 2
    assert any("<script>" in page.text for file in told for page in file.pages)
    assert {path.name for path in tmp_path.iterdir()} == {"room", "set"}


def test_two_hundred_players_of_one_bar(tmp_path: Path) -> None:
    names = [f"Flute {n}" if n % 20 else "Flute" for n in range(200)]
    lines = tuple(one_bar(name, n, n % 50 != 7) for n, name in enumerate(names))
    parts = written(tmp_path, Score(GRID, lines), replace(small_edition(), hits=()), QUICK)
    assert len(list(parts.glob("*.pdf"))) == 202
    assert len(list(parts.glob("*.musicxml"))) == 201
