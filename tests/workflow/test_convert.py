"""From one format to another, without a project."""

from __future__ import annotations

from pathlib import Path

import mido
import pypdfium2
import pytest
from lxml import etree

from scorestage.adapters.formats.musicxml import read_score
from scorestage.errors import FormatError, InputError
from scorestage.music import Theme
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.timebase import Beat, Beats, Meter
from scorestage.workflow.convert import convert_file
from scorestage.workflow.themes import theme_file

TUNE = ("E4", "G4", "A4", "B4", "C5", "B4", "A4", "G4")


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    """Two bars of 4/4 in quarters."""
    notes = tuple(
        Note(f"n{i}", Beat(i), Beats(1), (Pitch.parse(name),)) for i, name in enumerate(TUNE)
    )
    path = tmp_path / "tune.musicxml"
    path.write_bytes(theme_file(Theme("tune", "Tune", notes, Meter(4, 4))))
    return path


def pitches(path: Path) -> list[str]:
    score = read_score(path.read_bytes(), path.name).score
    return [str(note.pitches[0]) for _, note in score.notes()]


def test_to_midi_and_back(tmp_path: Path, tune: Path) -> None:
    """mido reads the keys: E4 is 64."""
    convert_file(tune, tmp_path / "tune.mid")
    keys = [
        message.note
        for message in mido.MidiFile(tmp_path / "tune.mid")
        if message.type == "note_on" and message.velocity
    ]
    assert keys == [64, 67, 69, 71, 72, 71, 69, 67]
    convert_file(tmp_path / "tune.mid", tmp_path / "back.xml")
    assert pitches(tmp_path / "back.xml") == list(TUNE)


def test_to_a_page(tmp_path: Path, tune: Path) -> None:
    convert_file(tune, tmp_path / "tune.ly")
    assert "\\version" in (tmp_path / "tune.ly").read_text(encoding="utf-8")
    convert_file(tune, tmp_path / "tune.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "tune.pdf")[0].get_textpage().get_text_bounded()
    assert "tune" in text.lower()


def test_one_part_by_name_or_id(tmp_path: Path, tune: Path) -> None:
    convert_file(tune, tmp_path / "part.musicxml", part="TUNE")
    names = etree.parse(tmp_path / "part.musicxml").findall(".//part-name")
    assert [name.text for name in names] == ["Tune"]
    with pytest.raises(InputError, match=r"nobody is called 'Tuba' .*\(players: Tune\)"):
        convert_file(tune, tmp_path / "none.musicxml", part="Tuba")
    assert not (tmp_path / "none.musicxml").exists()


def test_what_cannot_be_read_or_written(tmp_path: Path, tune: Path) -> None:
    (tmp_path / "tune.doc").write_text("x")
    (tmp_path / "bad.mid").write_bytes(b"MThd")
    cases = (
        (tmp_path / "missing.mid", "a.mid", InputError, "no such file"),
        (tmp_path / "tune.doc", "a.mid", FormatError, "'.doc' cannot be read"),
        (tmp_path / "bad.mid", "a.musicxml", FormatError, "bad.mid"),
        (tune, "a.doc", FormatError, "'.doc' cannot be written"),
        (tune, "a", FormatError, "'a' cannot be written"),
    )
    for source, target, kind, told in cases:
        with pytest.raises(kind, match=told):
            convert_file(source, tmp_path / target)
        assert not (tmp_path / target).exists()


def test_a_source_is_never_written_over(tmp_path: Path, tune: Path) -> None:
    before = tune.read_bytes()
    for target in (tune, tmp_path / "folder" / ".." / tune.name):
        (tmp_path / "folder").mkdir(exist_ok=True)
        with pytest.raises(InputError, match="over its own source"):
            convert_file(tune, target)
    assert tune.read_bytes() == before


def test_the_loss_report_names_element_count_and_first_place(tmp_path: Path, tune: Path) -> None:
    odd = tune.read_text(encoding="utf-8").replace("<measure ", "<measure id='m' ", 1)
    odd = odd.replace("</measure>", "<wiggle/><wiggle/></measure>", 1)
    source = tmp_path / "odd.musicxml"
    source.write_text(odd, encoding="utf-8")
    done = convert_file(source, tmp_path / "out.mxl")
    (loss,) = (one for one in done.report if not one.layout)
    assert (loss.path, loss.count, loss.measure) == ("measure/wiggle", 2, "1")
    assert done.as_json()["notes"] == len(TUNE)
    assert pitches(tmp_path / "out.mxl") == list(TUNE)
