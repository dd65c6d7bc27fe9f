"""Signs on notes as MEI tells them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engraving.small_cue import note, staff

from scorestage.engraving.mei.notesigns import articulations_of, beside, head_shape
from scorestage.music import NoteSign, Sign
from scorestage.music.written import WrittenEvent, write_out
from scorestage.timebase import BarGrid, Meter


def _event(*signs: Sign) -> WrittenEvent:
    own = replace(note("n", 0, 4, "C5"), signs=tuple(map(NoteSign, signs)))
    return write_out(staff(own), BarGrid.regular(1, Meter(4, 4))).bars[0].voices[0].events[0]


def _beside(*signs: Sign, follows: str = "n2") -> str:
    return "".join(beside(_event(*signs), "n1", follows, 3, 1.0))


def test_articulations_stand_in_the_note() -> None:
    signs = (Sign("technical", inner=(Sign("up-bow"), Sign("golpe"))), Sign("fermata"))
    assert list(articulations_of(_event(*signs).signs)) == ["upbow"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("trill-mark", '<trill place="above" startid="#n1" staff="3"/>'),
        ("inverted-turn", '<turn place="above" form="lower" startid="#n1" staff="3"/>'),
        ("inverted-mordent", '<mordent place="above" form="upper" startid="#n1" staff="3"/>'),
    ],
)
def test_ornaments(name: str, told: str) -> None:
    assert _beside(Sign("ornaments", inner=(Sign(name),))) == told


def test_fermatas_arpeggios_and_let_ring() -> None:
    below = Sign("fermata", "square", (("type", "inverted"),))
    assert 'place="below"' in _beside(below) and 'shape="square"' in _beside(below)
    assert '<arpeg order="down"' in _beside(Sign("arpeggiate", "", (("direction", "down"),)))
    assert "nonarp" in _beside(Sign("non-arpeggiate", "", (("type", "bottom"),)))
    assert _beside(Sign("non-arpeggiate", "", (("type", "top"),))) == ""
    assert _beside(Sign("tied", "", (("type", "let-ring"),))).startswith("<lv ")


def test_a_slide_needs_a_note_to_slide_to() -> None:
    slide = Sign("slide", "", (("type", "start"),))
    assert 'endid="#n2"' in _beside(slide) and 'lform="solid"' in _beside(slide)
    assert _beside(slide, follows="") == ""


def test_words_are_only_words() -> None:
    told = _beside(Sign("technical", inner=(Sign("other-technical", "</dir><x>&"),)))
    assert "&lt;/dir&gt;&lt;x&gt;&amp;" in told and told.startswith("<dir ")


def test_heads() -> None:
    diamond = NoteSign(Sign("notehead", "diamond"), head=1)
    assert [head_shape((diamond,), head) for head in (0, 1)] == ["", "diamond"]
