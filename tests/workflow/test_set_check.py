"""A set that is sound is passed; every fault put into it on purpose is found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.engraving.small_cue import (
    GRID,
    PICCOLO,
    note,
    player,
    small_edition,
    small_map,
    small_score,
    staff,
)
from tests.part_damage import Damage, file_damages, music_damages, page_file

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.machines.engravers import Engraver, print_part
from scorestage.engraving import Edition
from scorestage.engraving.setcheck import (
    PageFacts,
    PageFile,
    Piece,
    Sheet,
    SheetBar,
    Sound,
    Turning,
)
from scorestage.engraving.setcheck.pages import turn_faults
from scorestage.errors import InputError
from scorestage.music import (
    Dynamic,
    DynamicMark,
    Line,
    Score,
    Slur,
    Technique,
    TechniqueMark,
)
from scorestage.timebase import Bar, BarGrid, BarLabel, Beat
from scorestage.workflow.part_set import marked, print_set, score_music, set_music
from scorestage.workflow.set_check import check_folder, set_report_told

QUICK = Engraver.VEROVIO if find_spec("verovio") is not None else Engraver.LILYPOND
BOTH = [Engraver.LILYPOND] + ([Engraver.VEROVIO] if QUICK is Engraver.VEROVIO else [])


def sound_score() -> Score:
    """The small cue with a piccolo, mutes, and a dynamic at every entry."""
    lines = []
    for line in small_score().lines:
        one = line.staves[0]
        if one.notes and not one.dynamics:
            one = replace(one, dynamics=(DynamicMark(one.notes[0].onset, Dynamic.MP),))
        if line.player.name == "Horn 1":
            onset = one.notes[0].onset
            mutes = (Technique.CON_SORDINO, Technique.SENZA_SORDINO)
            marks = zip((onset, Beat(16)), mutes, strict=True)
            one = replace(one, techniques=tuple(TechniqueMark(at, how) for at, how in marks))
        if line.player.name == "Violins I":
            one = replace(one, slurs=(Slur("w0", "w2"),))
        lines.append(replace(line, staves=(one, *line.staves[1:])))
    high = staff(note("q1", 4, 4, "D7"), dynamics=(DynamicMark(Beat(4), Dynamic.PP),))
    return replace(small_score(), lines=(Line(player("Piccolo", PICCOLO), (high,)), *lines))


def write_set(folder: Path, engraver: Engraver, edition: Edition | None = None) -> Path:
    """The whole set on disk."""
    folder.mkdir(parents=True)
    room = folder.parent / "room"
    room.mkdir()
    score, edition = sound_score(), edition or small_edition()
    printed = print_set(score, small_map(), edition, engraver, room)
    for file in (*printed.files, *set_music(score, small_map(), edition)):
        (folder / file.name).write_bytes(file.content)
    name = "The_Long_Way_Home-1m01-v2-Score.musicxml"
    (folder / name).write_bytes(score_music(score, small_map(), edition))
    return folder


@pytest.fixture(scope="module", params=BOTH)
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(tmp_path_factory.mktemp("set") / "parts", request.param)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(tmp_path_factory.mktemp("set") / "parts", QUICK)


def test_a_sound_set_has_no_fault(whole: Path) -> None:
    report = check_folder(whole, tempo_map=small_map())
    assert report.faults == ()
    assert len(report.music_files) == len(report.page_files) == 8
    assert {path.name.rpartition("-")[2] for path in whole.glob("*Print_list*")} == {
        "Print_list.csv",
        "Print_list.pdf",
    }


DAMAGES = [*music_damages(), *file_damages()]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_every_fault_is_found(damage: Damage, pristine: Path, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    shutil.copytree(pristine, folder)
    damage.do(folder)
    kinds = {fault.kind for fault in check_folder(folder, tempo_map=small_map()).faults}
    assert kinds & damage.told_as, f"{damage.name} was told as {sorted(kinds)}"


def _relabelled(score: Score) -> Score:
    bars = (Bar(bar.meter, BarLabel(bar.label.number + 1)) for bar in GRID.bars)
    return replace(score, grid=BarGrid(tuple(bars)))


def _other_note(score: Score) -> Score:
    def moved(line: Line) -> Line:
        voice = line.staves[0].voices[0]
        notes = (
            replace(voice.notes[0], length=voice.notes[0].length * Fraction(1, 2)),
            *voice.notes[1:],
        )
        return replace(line, staves=(replace(line.staves[0], voices=(type(voice)(notes),)),))

    lines = (moved(one) if one.player.name == "Horn 1" else one for one in score.lines)
    return replace(score, lines=tuple(lines))


PRINTED_OTHERWISE = {
    "printed as v1": (lambda score: score, {"version": "v1"}, "version"),
    "printed as another cue": (lambda score: score, {"cue_number": "3m12"}, "cue"),
    "labels one too high": (_relabelled, {}, "bar label"),
    "printed from other notes": (_other_note, {}, "stale pages"),
    "another house's paper": (lambda score: score, {"house": load_house("london")}, "paper"),
}


@pytest.mark.parametrize("name", PRINTED_OTHERWISE)
def test_pages_that_were_printed_otherwise_are_found(
    name: str, pristine: Path, tmp_path: Path
) -> None:
    change: Callable[[Score], Score]
    change, words, kind = PRINTED_OTHERWISE[name]
    folder = tmp_path / "set"
    shutil.copytree(pristine, folder)
    score = change(sound_score())
    edition = replace(small_edition(), **words)
    if name == "printed from other notes":
        music = set_music(score, small_map(), edition)
        edition = marked(edition, music)
    room = tmp_path / "room"
    room.mkdir()
    tempo_map = replace(small_map(), grid=score.grid)
    printed = print_part(score, "horn1", tempo_map, edition, QUICK, room)
    page_file(folder, "Horn_1").write_bytes(printed.files[0][1])
    faults = check_folder(folder, tempo_map=small_map()).faults
    assert kind in {fault.kind for fault in faults}
    assert {fault.player for fault in faults} <= {"Horn 1"}


def test_the_click_map_must_have_the_same_bars(pristine: Path) -> None:
    labels = (Bar(bar.meter, BarLabel(bar.label.number + 1)) for bar in GRID.bars)
    shifted = replace(small_map(), grid=BarGrid(tuple(labels)))
    assert [one.kind for one in check_folder(pristine, tempo_map=shifted).faults] == ["click map"]
    short = replace(small_map(), grid=BarGrid(GRID.bars[:-1]), events=small_map().events[:1])
    assert "has 8 bars" in check_folder(pristine, tempo_map=short).faults[0].message


def test_a_cue_called_like_a_player_confuses_nobody(tmp_path: Path) -> None:
    edition = replace(small_edition(), title="Flute 1")
    folder = write_set(tmp_path / "set", QUICK, edition)
    assert check_folder(folder, tempo_map=small_map()).faults == ()


def test_the_score_of_a_built_cue_lies_one_folder_up(tmp_path: Path) -> None:
    score, edition = sound_score(), small_edition()
    folder, room, above = tmp_path / "1m01" / "parts", tmp_path / "room", "1m01_v2_score.pdf"
    folder.mkdir(parents=True)
    room.mkdir()
    printed = print_set(score, small_map(), edition, QUICK, room, score_file=above)
    for file in (*printed.files, *set_music(score, small_map(), edition)):
        beside = folder.parent if file.name == above else folder
        (beside / file.name).write_bytes(file.content)
    music = score_music(score, small_map(), edition)
    (folder.parent / "1m01_v2_score.musicxml").write_bytes(music)
    assert check_folder(folder, tempo_map=small_map()).faults == ()
    assert check_folder(folder.parent, tempo_map=small_map()).faults == ()
    (folder.parent / above).unlink()
    (gone,) = check_folder(folder, tempo_map=small_map()).faults
    assert gone.kind == "print list" and above in gone.message


def test_a_folder_with_a_score_of_its_own_is_held_against_that(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "parts", QUICK)
    (tmp_path / "another_score.musicxml").write_bytes(b"<score-partwise/>")
    assert check_folder(folder, tempo_map=small_map()).faults == ()


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        check_folder(tmp_path / "nowhere")
    with pytest.raises(InputError, match="no score"):
        check_folder(tmp_path)


def test_a_turn_needs_time() -> None:
    bars = tuple(SheetBar(str(n), "4/4", Fraction(4)) for n in range(1, 9))
    sounds = tuple(Sound(n, Fraction(0), Fraction(4), Fraction(60)) for n in (0, 1, 2, 6, 7))
    sheet = Sheet("Horn", bars, sounds)

    def page(*labels: str) -> PageFacts:
        pieces = (Piece(one, 10, 300 - 20 * n, 20, 308 - 20 * n, bold=True)
                  for n, one in enumerate(labels))  # fmt: skip
        return PageFacts(600, 800, tuple(pieces))

    seconds = tuple(Fraction(n) for n in range(9))
    good = PageFile("h.pdf", (page("1", "2", "3"), page("4–6", "7", "8")), ours=True)
    bad = PageFile("h.pdf", (page("1", "2"), page("3", "4–6", "7", "8")), ours=True)
    turning = Turning(1, Fraction(2), seconds)
    assert not list(turn_faults(good, sheet, turning))
    told = [fault.message for fault in turn_faults(bad, sheet, turning)]
    assert told == ["the turn after page 1 needs 2.0 s, has 0.0 s"]
    assert not list(turn_faults(bad, sheet, Turning(2, Fraction(2), seconds)))


def test_the_answer_is_plain(pristine: Path, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    shutil.copytree(pristine, folder)
    next(damage for damage in DAMAGES if damage.name == "note lost: Horn_1").do(folder)
    told = json.loads(json.dumps(set_report_told(check_folder(folder))))
    fault = next(one for one in told["faults"] if one["kind"] == "notes")
    assert (fault["player"], fault["bar"], fault["bar_index"], fault["beat"]) == (
        "Horn 1", "103", 2, "1",
    )  # fmt: skip
