"""Expression maps as Cubase writes them."""

from __future__ import annotations

import pytest

from scorestage.adapters.formats.expression_map import read_expression_map
from scorestage.errors import FormatError
from scorestage.music import Technique


def slot(name: str, *events: tuple[int, int, int], key: int = -1) -> str:
    sent = "".join(
        '<obj class="POutputEvent" ID="1">'
        f'<int name="status" value="{status}"/><int name="data1" value="{first}"/>'
        f'<int name="data2" value="{second}"/></obj>'
        for status, first, second in events
    )
    return (
        '<obj class="PSoundSlot" ID="2"><obj class="PSlotMidiAction" name="action" ID="3">'
        f'<member name="midiMessages"><list name="obj" type="obj">{sent}</list></member>'
        f'<int name="key" value="{key}"/></obj>'
        f'<member name="name"><string name="s" value="{name}" wide="true"/></member></obj>'
    )


def document(*slots: str) -> bytes:
    inner = "".join(slots)
    return (
        '<?xml version="1.0" encoding="utf-8"?><InstrumentMap>'
        '<string name="name" value="My Strings" wide="true"/><member name="slots">'
        f'<list name="obj" type="obj">{inner}</list></member></InstrumentMap>'
    ).encode()


def test_keys_controllers_and_programs() -> None:
    found = read_expression_map(
        document(
            slot("Idle"),
            slot("Pizzicato", (144, 24, 100)),
            slot("Tremolo", (176, 32, 11)),
            slot("Legato", (192, 5, 0)),
            slot("Spiccato", key=27),
        )
    )
    assert found.name == "My Strings" and found.keys == {24, 27}
    pizz, trem, legato, spicc = found.switches
    assert pizz.playing.technique is Technique.PIZZICATO
    assert (trem.controller, trem.low, trem.high, trem.playing.tremolo) == (32, 11, 11, 3)
    assert legato.program == 5 and legato.playing.slurred
    assert spicc.key == 27 and spicc.playing.staccato


@pytest.mark.parametrize(
    "content",
    [b"", b"<score/>", b"not xml", document(slot("Idle")), b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"],
)
def test_what_is_no_expression_map_is_refused(content: bytes) -> None:
    with pytest.raises(FormatError):
        read_expression_map(content)
