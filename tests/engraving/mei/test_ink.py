"""Words of MEI."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from hypothesis import given
from hypothesis import strategies as st

from scorestage.engraving.ink import plain
from scorestage.engraving.mei.ink import clef_attributes, element, rend, staff_place, words
from scorestage.music import DrumSound


@given(st.text())
def test_whatever_is_typed_comes_back_as_text(typed: str) -> None:
    read = fromstring(element("rend", words(typed)))
    assert (read.text or "") == plain(typed) and not list(read)
    assert fromstring(element("x", label=plain(typed))).get("label", "") == plain(typed)


def test_sizes_and_ids() -> None:
    assert rend("a", 9) == '<rend fontsize="9.0pt">a</rend>'
    assert element("note", id="n1", stem_dir="up") == '<note xml:id="n1" stem.dir="up"/>'


def test_clefs_and_places() -> None:
    assert clef_attributes("percussion", "clef_") == {"clef_shape": "perc", "clef_line": "3"}
    assert clef_attributes("F4_8") == {"shape": "F", "line": "4", "dis": "8", "dis_place": "below"}
    assert staff_place(DrumSound("kick", "Kick", 36, "F4")) == 1
