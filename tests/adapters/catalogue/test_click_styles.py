from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from scorestage.adapters.catalogue import load_house, names
from scorestage.errors import CatalogueError
from scorestage.production import AdditiveClick, House
from scorestage.timebase import Meter

PAPER = "width_mm = 297\nheight_mm = 420\nstaff_mm = 5\nmargin_mm = 10\n"


def house(folder: Path, click: str) -> House:
    (folder / "houses").mkdir()
    text = f'id = "mine"\nname = "Mine"\n[score_paper]\n{PAPER}[part_paper]\n{PAPER}{click}'
    (folder / "houses" / "mine.toml").write_text(text, encoding="utf-8")
    return load_house("mine", folder)


def test_everything_a_house_may_say_of_its_click(tmp_path: Path) -> None:
    style = house(
        tmp_path,
        '[click]\nwarning_bpm = 100\nsubdivide_below_bpm = "62.5"\nadditive = "groups"\n'
        "reentry_clicks = 4\nfermata_clicks = 2\nsoft_db = -6\nstop_early_clicks = 1\n"
        '[click.patterns]\n"7/8" = "3+2+2"\n'
        '[[click.variants]]\nname = "strings"\ngain_db = -3\naccents = true\n',
    ).click
    assert (style.warning_bpm, style.subdivide_below_bpm) == (100, Fraction("62.5"))
    assert style.additive is AdditiveClick.GROUPS
    assert (style.reentry_clicks, style.fermata_clicks, style.stop_early_clicks) == (4, 2, 1)
    assert style.soft_db == -6
    assert len(style.pattern(Meter(7, 8))) == 3
    assert (style.variants[0].name, style.variants[0].accents) == ("strings", True)


FAULTS = {
    'additive = "both"': "units or groups",
    "warning_bpm = -1": "negative",
    "soft_db = 6": "between -40 and 0",
    "reentry_clicks = 100": "between 0 and 64",
    "reentry = 1": "did you mean reentry_clicks",
    '[click.patterns]\n"7/8" = "3+2"': "no click pattern",
    '[click.patterns]\n"7/9" = "9"': "no meter",
    '[[click.variants]]\nname = ""': "needs a name",
    '[[click.variants]]\nname = "a"\n[[click.variants]]\nname = "a"': "same name",
}


@pytest.mark.parametrize(("written", "told"), FAULTS.items())
def test_what_is_wrong_is_told(written: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=told):
        house(tmp_path, f"[click]\n{written}\n")


@pytest.mark.parametrize("name", names("houses"))
def test_the_rhythm_section_has_slow_beats_divided(name: str) -> None:
    style = load_house(name).click
    assert style.subdivide_below_bpm == 0
    assert [one.name for one in style.variants] == ["rhythm"]
