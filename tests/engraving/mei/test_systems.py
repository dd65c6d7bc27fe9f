"""Staves in their groups."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

from tests.engraving.small_cue import small_edition, small_score

from scorestage.engraving.mei.systems import (
    full_definition,
    numbered_staves,
    section,
    short_definition,
)
from scorestage.engraving.scorepages import set_lines
from scorestage.engraving.stretches import one_by_one


def test_families_are_bracketed_and_a_piano_is_braced() -> None:
    root = fromstring(full_definition(set_lines(small_score(), small_edition()), 1.0))
    staves = [int(one.get("n") or 0) for one in root.iter("staffDef")]
    assert staves == list(range(1, 9))
    symbols = [one.get("symbol") for one in root.iter("staffGrp") if one.get("symbol")]
    assert symbols == ["bracket", "bracket", "brace"]
    brace = next(one for one in root.iter("staffGrp") if one.get("symbol") == "brace")
    assert brace.findtext("label/rend") == "Piano" and len(brace.findall("staffDef")) == 2


def test_a_sketch_is_one_bracket() -> None:
    root = fromstring(short_definition(set_lines(small_score(), small_edition()), 1.0))
    assert root.get("symbol") == "bracket" and len(list(root.iter("staffDef"))) == 8


def test_meters_and_breaks_come_before_their_bars() -> None:
    staves = numbered_staves(set_lines(small_score(), small_edition()))
    said = section(staves, one_by_one(8), [""] * 8, {2: "sb", 4: "pb"})
    assert said.index('n="102"') < said.index("<sb/>") < said.index('n="103"')
    assert said.index("<pb/>") < said.index('meter.count="7"') < said.index('n="105"')
    assert said.count("<scoreDef") == 3 and said.count('right="end"') == 1
