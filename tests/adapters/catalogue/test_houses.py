"""Every house of the package, and what is said of a faulty one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from scorestage.adapters.catalogue import load_house, names
from scorestage.errors import CatalogueError

MM_PER_INCH = Fraction("25.4")


@pytest.mark.parametrize("name", names("houses"))
def test_every_file_makes_sense(name: str) -> None:
    house = load_house(name)
    assert house.id == name
    assert house.score_paper.height_mm > house.score_paper.width_mm > 200
    assert 3 <= house.score_paper.staff_mm < house.part_paper.staff_mm <= Fraction("8.5")


def test_los_angeles_prints_tabloid_scores_and_nine_by_twelve_parts() -> None:
    house = load_house("los-angeles")
    assert house.score_paper.width_mm == 11 * MM_PER_INCH
    assert house.score_paper.height_mm == 17 * MM_PER_INCH
    assert house.part_paper.width_mm == 9 * MM_PER_INCH
    assert house.part_paper.height_mm == 12 * MM_PER_INCH
    assert not house.click_accents


FAULTS = {
    'hit_colour = "white"': (3, "no colour"),
    "click_hz = -1": (3, "negative"),
    'click_accents = "yes"': (3, "true or false"),
    "clik_hz = 5": (3, "did you mean click_hz"),
    "click_hz = 1600": (1, "missing"),
}


@pytest.mark.parametrize(("written", "told"), FAULTS.items())
def test_a_fault_names_file_and_line(written: str, told: tuple[int, str], tmp_path: Path) -> None:
    paper = "width_mm = 297\nheight_mm = 420\nstaff_mm = 5\nmargin_mm = 10\n"
    sheets = f"[score_paper]\n{paper}[part_paper]\n{paper}" if "1600" not in written else ""
    (tmp_path / "houses").mkdir()
    text = f'id = "mine"\nname = "Mine"\n{written}\n{sheets}'
    (tmp_path / "houses" / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=told[1]) as caught:
        load_house("mine", tmp_path)
    assert caught.value.where.line == told[0]
