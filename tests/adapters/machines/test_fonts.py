"""The typeface: every cut is there and says so itself."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest
from PIL import ImageFont

from scorestage.adapters.machines.fonts import Cut, cut_file, sans
from scorestage.errors import MachineError

STYLES = {
    Cut.LIGHT: "Light",
    Cut.REGULAR: "Regular",
    Cut.ITALIC: "Italic",
    Cut.SEMIBOLD: "Semibold",
    Cut.BOLD: "Bold",
    Cut.BOLD_ITALIC: "Bold Italic",
}


@pytest.mark.parametrize("cut", Cut)
def test_each_file_holds_the_cut_it_is_asked_for(cut: Cut) -> None:
    assert ImageFont.truetype(str(cut_file(cut)), 12).getname() == ("Source Sans Pro", STYLES[cut])


def test_bold_and_italic() -> None:
    assert sans() == cut_file(Cut.REGULAR)
    assert sans(bold=True) == cut_file(Cut.BOLD)
    assert sans(italic=True) == cut_file(Cut.ITALIC)
    assert sans(bold=True, italic=True) == cut_file(Cut.BOLD_ITALIC)


@pytest.fixture
def without_wheel(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    cut_file.cache_clear()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    yield
    cut_file.cache_clear()


def test_a_missing_wheel_is_told_with_its_name(without_wheel: None) -> None:
    with pytest.raises(MachineError, match="pip install font-source-sans-pro"):
        sans()
