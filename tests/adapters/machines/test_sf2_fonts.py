"""Which sound font is taken."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scorestage.adapters.machines.sf2_fonts import bundled_soundfont, find_soundfont
from scorestage.errors import MachineError


def _touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"font")
    return path


def test_pips_font_is_found_without_importing_its_package() -> None:
    imported_before = "pretty_midi" in sys.modules
    path = bundled_soundfont()
    assert path.read_bytes()[:4] == b"RIFF"
    assert ("pretty_midi" in sys.modules) == imported_before


def test_the_named_font_comes_first_then_the_environment(tmp_path: Path) -> None:
    named, set_one = _touch(tmp_path / "a.sf2"), _touch(tmp_path / "b.sf2")
    environment = {"SCORESTAGE_SOUNDFONT": str(set_one)}
    assert find_soundfont(named, environment, tmp_path, ()) == named
    assert find_soundfont(None, environment, tmp_path, ()) == set_one


def test_a_better_font_is_found_at_home_then_in_the_system(tmp_path: Path) -> None:
    home, system = tmp_path / "home", tmp_path / "system"
    assert find_soundfont(None, {}, home, (str(system),)) == bundled_soundfont()
    there = _touch(system / "FluidR3_GM.sf2")
    assert find_soundfont(None, {}, home, (str(system),)) == there
    mine = _touch(home / ".local/share/soundfonts/MuseScore_General.sf2")
    assert find_soundfont(None, {}, home, (str(system),)) == mine


def test_a_named_font_that_is_missing_is_never_replaced_in_silence(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="named is not there"):
        find_soundfont(tmp_path / "none.sf2", {}, tmp_path, ())
    with pytest.raises(MachineError, match="SCORESTAGE_SOUNDFONT"):
        find_soundfont(None, {"SCORESTAGE_SOUNDFONT": str(tmp_path / "no.sf2")}, tmp_path, ())
