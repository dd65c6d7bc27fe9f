"""Formats are found by suffix; losses are counted, not hidden."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from scorestage.adapters.format import Format, Losses
from scorestage.adapters.formats.midi import FORMAT as MIDI
from scorestage.adapters.formats.musicxml import FORMAT as MUSICXML


@pytest.mark.parametrize(
    ("name", "taken_by"),
    [("a.musicxml", MUSICXML), ("A.XML", MUSICXML), ("b.mxl", MUSICXML), ("c.MID", MIDI)],
)
def test_a_format_is_known_by_its_suffix(name: str, taken_by: Format) -> None:
    assert [one for one in (MUSICXML, MIDI) if one.takes(PurePath(name))] == [taken_by]


def test_both_read_and_write() -> None:
    assert all(one.read and one.write and one.title for one in (MUSICXML, MIDI))


def test_losses_are_told_with_their_count_and_none_where_there_are_none() -> None:
    losses = Losses()
    assert losses.told() == ()
    losses.add("trill", 0)
    losses.add("repeat", 2)
    losses.add("arpeggio")
    assert losses.told() == ("arpeggio (1)", "repeat (2)")
