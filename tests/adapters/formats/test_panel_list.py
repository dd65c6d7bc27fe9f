"""Lists of panels: columns in any order, line ends of any machine, clean errors."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.adapters.formats.panel_list import read_panel_list
from scorestage.breakdown import Panel
from scorestage.errors import FormatError
from scorestage.timebase import FRAMES_24

WANTED = (Panel("a.png", "12A", Fraction(2), "dark"), Panel("b.png", "", Fraction(1, 2), ""))


@pytest.mark.parametrize(
    "text",
    [
        "a.png,2,012a,dark\nb.png,12f\n",
        "a.png,2,012a,dark\rb.png,12f\r",
        "file,scene,length,words\r\na.png,12A,2,dark\r\nb.png,,0.5\r\n",
        "scene,file,frames,action\n12A,a.png,48,dark\n,b.png,12,\n",
        "file,lens,scene,seconds,notes\na.png,35,012A,2,dark\nb.png,,,0.5,\n",
    ],
)
def test_columns_in_any_order_and_any_line_end(text: str) -> None:
    assert read_panel_list(text.encode(), "board.csv", FRAMES_24) == WANTED


@pytest.mark.parametrize("text", ["a.png,2,1," + "x" * 200_000, "a.png,soon", "a.png,0"])
def test_what_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(FormatError, match="board"):
        read_panel_list(text.encode(), "board.csv", FRAMES_24)
