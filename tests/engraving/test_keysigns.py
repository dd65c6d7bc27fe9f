"""Key signatures on the page, where the house prints them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scorestage.engraving.keysigns import keys_at_barline, keys_within, lily_key, mei_signature
from scorestage.engraving.lines import written_line
from scorestage.engraving.stretches import with_long_rests
from scorestage.music import (
    Family,
    Instrument,
    Interval,
    KeyChange,
    Line,
    Note,
    Pitch,
    Player,
    Staff,
    Voice,
)
from scorestage.timebase import BarGrid, Beat, Beats, Meter

GRID = BarGrid.regular(4, Meter(4, 4))
HORN = Instrument(
    "horn", "Horn", "Hn.", Family.BRASS, None, None, transposition=Interval(-4, -7), clefs=("G2",)
)


def _horn() -> Line:
    note = Note("n1", Beat(0), Beats(4), (Pitch.parse("Bb3"),))
    keys = (KeyChange(Beat(0), -2, "major"), KeyChange(Beat(10), 1, "major"))
    staff = Staff((Voice((note,)),))
    return Line(Player("hn", "Horn", "Hn.", (HORN,)), (staff,), keys=keys)


def test_a_part_has_its_own_signature_and_no_accidentals_for_it() -> None:
    (staff,) = written_line(_horn(), GRID, concert=False, keys=True)
    assert keys_at_barline(staff.bars[0]) == [r"\key f \major"]
    (event,) = staff.bars[0].voices[0].events
    assert str(event.pitches[0].pitch) == "F4"
    assert event.pitches[0].accidental is None
    (plain,) = written_line(_horn(), GRID, concert=True)
    assert plain.bars[0].voices[0].events[0].pitches[0].accidental == "flat"
    assert not any(bar.keys for bar in plain.bars)


def test_a_signature_within_a_bar_breaks_the_long_rest() -> None:
    (staff,) = written_line(_horn(), GRID, concert=True, keys=True)
    (within,) = keys_within(staff.bars[2])
    assert (within.offset, within.before) == (Fraction(2), r"\key g \major")
    stretches = with_long_rests([staff], ())
    assert [(one.first, one.count) for one in stretches] == [(0, 1), (1, 1), (2, 1), (3, 1)]
    (plain,) = written_line(_horn(), GRID, concert=True)
    assert [one.count for one in with_long_rests([plain], ())] == [1, 3]


@pytest.mark.parametrize(
    ("key", "lily", "mei"),
    [
        (KeyChange(Beat(0), 7), r"\key cis \major", ("7s", "")),
        (
            KeyChange(Beat(0), 0, "", (("F", 1), ("B", -1))),
            r"\set Staff.keyAlterations = #'((3 . 1/2) (6 . -1/2))",
            ("", '<keyAccid pname="f" accid="s"/><keyAccid pname="b" accid="f"/>'),
        ),
        (
            KeyChange(Beat(0), 8),
            r"\set Staff.keyAlterations = #'((3 . 1) (0 . 1/2) (4 . 1/2) (1 . 1/2)"
            r" (5 . 1/2) (2 . 1/2) (6 . 1/2))",
            (
                "",
                '<keyAccid pname="f" accid="x"/>'
                + "".join(f'<keyAccid pname="{step}" accid="s"/>' for step in "cgdaeb"),
            ),
        ),
    ],
)
def test_signatures_of_every_kind(key: KeyChange, lily: str, mei: tuple[str, str]) -> None:
    assert lily_key(key) == lily
    assert mei_signature(key) == mei


def test_cue_keys_are_the_readers() -> None:
    other = replace(_horn(), keys=())
    (staff,) = written_line(other, GRID, concert=False, keys=True)
    assert staff.bars[0].keys == ()
