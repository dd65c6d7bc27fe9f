"""The catalogue's styles, and what is said of faulty ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.styles import load_style
from scorestage.composing.idioms import idioms_at_hand
from scorestage.errors import CatalogueError
from scorestage.music.harmony import mode_family, roman
from scorestage.music.key import Key
from scorestage.timebase import Beat, Meter

PROMISED = {
    "adventure",
    "tender",
    "suspense",
    "wonder",
    "comedy",
    "noir-jazz",
    "rock",
    "electronic",
    "folk",
    "minimal",
}


def test_the_promised_styles_are_there() -> None:
    assert set(names("styles")) >= PROMISED


@pytest.mark.parametrize("name", names("styles"))
def test_a_style_is_whole(name: str) -> None:
    style = load_style(name)
    assert style.id == name and style.name and style.description
    named = {*style.idioms_calm, *style.idioms_moving, *style.idioms_driving}
    assert named <= set(idioms_at_hand())
    assert style.bpm_low < style.bpm_wish < style.bpm_high


@pytest.mark.parametrize("name", names("styles"))
def test_cadences_come_home(name: str) -> None:
    style = load_style(name)
    for mode in style.modes:
        key = Key("C", mode)
        for cadence in style.harmony.cadences(mode):
            last = roman(cadence[-1], key, Beat(0))
            assert last.root == "C"
            assert mode_family(mode) == "minor" or not last.quality.startswith("minor")


def _library(folder: Path, text: str) -> Path:
    (folder / "styles").mkdir()
    (folder / "styles" / "mine.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_persons_own_style_needs_no_python(tmp_path: Path) -> None:
    library = _library(
        tmp_path,
        'schema = 1\nid = "mine"\nname = "Mine"\nmodes = ["dorian"]\nmeters = ["3+2+2/8"]\n'
        '[harmony]\nprogressions_minor = ["i IV i bVII"]\n',
    )
    style = load_style("mine", library)
    assert style.modes == ("dorian",)
    assert style.meters == (Meter.parse("3+2+2/8"),)
    assert style.harmony.progressions("dorian") == (("i", "IV", "i", "bVII"),)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('modes = ["happy"]', "is not known"),
        ("motion = 7", "between 0 and 4"),
        ('melody = ["C4", "D4"]', "an octave or more"),
        ('meters = ["4/5"]', "no meter"),
        ("bpm_wish = 500", "low, wish, high"),
        ('articulation = "loud"', "is not known"),
        ('tempo = "fast"', "not known here"),
        ('[harmony]\nprogressions_major = ["I Q V"]', "no Roman numeral"),
        ("[harmony]\nmodules_per_chord = 0", "at least one bar"),
        ("idioms_calm = []", "is empty"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, line: str, says: str) -> None:
    library = _library(tmp_path, f'schema = 1\nid = "mine"\nname = "Mine"\n{line}\n')
    with pytest.raises(CatalogueError, match=says) as fault:
        load_style("mine", library)
    assert fault.value.where.line is not None
    assert str(fault.value.where.file).endswith("mine.toml")
