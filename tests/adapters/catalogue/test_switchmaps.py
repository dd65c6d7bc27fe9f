"""Switch maps of the package and of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.switchmaps import load_switch_map
from scorestage.errors import CatalogueError
from scorestage.music import Technique


@pytest.mark.parametrize("name", names("switchmaps"))
def test_every_map_of_the_package_is_read(name: str) -> None:
    found = load_switch_map(name)
    assert len(found.switches) >= 8 and found.name


def test_a_person_s_own_map(tmp_path: Path) -> None:
    folder = tmp_path / "switchmaps"
    folder.mkdir()
    (folder / "mine.toml").write_text(
        'name = "Mine"\nmiddle_c = "C3"\ninstruments = ["viola"]\n'
        '[[switches]]\nkey = "C0"\nplaying = "pizz."\nvalues = [1, 64]\n'
        '[[switches]]\nkey = "25"\nplaying = "sustain"\nheld = true\n',
        encoding="utf-8",
    )
    found = load_switch_map("mine", tmp_path)
    assert found.keys == {24, 25} and found.fits("Violas long") and not found.fits("Flute")
    assert found.switches[0].playing.technique is Technique.PIZZICATO
    assert found.switches[1].held


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('key = "H9"\nplaying = "pizz."', "no key"),
        ('key = "C0"\nplaying = "purple"', "no way of playing"),
        ('playing = "pizz."', "one of key"),
        ('key = "C0"\nvalues = [9]\nplaying = "pizz."', "two numbers"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "switchmaps").mkdir()
    file = tmp_path / "switchmaps" / "bad.toml"
    file.write_text(f'name = "Bad"\n[[switches]]\n{line}\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=told):
        load_switch_map("bad", tmp_path)
