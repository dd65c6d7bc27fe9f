"""Expression maps of Cubase, Nuendo and Dorico: which key or controller chooses which sound."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scorestage.errors import FormatError, Where
from scorestage.takedown import Switch, SwitchMap, playing_of

_NOTE_ON, _CONTROL, _PROGRAM = 0x90, 0xB0, 0xC0
_MOST_BYTES = 8 * 1024 * 1024


def read_expression_map(content: bytes, name: str = "file") -> SwitchMap:
    """Every sound slot with the first key, controller or program it sends.

    Slots that send nothing are left out. Raises `FormatError` for what is no expression map.
    """
    if len(content) > _MOST_BYTES:
        raise FormatError(f"larger than {_MOST_BYTES // 2**20} MB", Where(file=name))
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError) as fault:
        raise FormatError(f"this is no expression map: {fault}", Where(file=name)) from None
    if root.tag != "InstrumentMap":
        do = "give a .expressionmap of Cubase, or a .toml of your own"
        raise FormatError(f"this is no expression map but {root.tag!r}", Where(file=name), do)
    slots = (one for one in root.iter("obj") if one.get("class") == "PSoundSlot")
    switches = tuple(switch for slot in slots if (switch := _switch(slot)) is not None)
    if not switches:
        raise FormatError("no slot of it sends a key, controller or program", Where(file=name))
    return SwitchMap(name, _text(root, "name") or name, switches)


def _switch(slot: Element) -> Switch | None:
    playing, _ = playing_of(_name(slot))
    action = next((one for one in slot.iter("obj") if one.get("name") == "action"), None)
    if action is None:
        return None
    for event in (one for one in action.iter("obj") if one.get("class") == "POutputEvent"):
        status = _number(event, "status") & 0xF0
        first, second = _number(event, "data1"), _number(event, "data2")
        if not 0 <= first <= 127:
            continue
        if status == _NOTE_ON:
            return Switch(playing, key=first)
        if status == _CONTROL:
            return Switch(playing, controller=first, low=second, high=second)
        if status == _PROGRAM:
            return Switch(playing, program=first)
    key = _number(action, "key")
    return Switch(playing, key=key) if 0 <= key <= 127 else None


def _name(slot: Element) -> str:
    """What a slot is called: its name, and the signs that choose it."""
    member = next((one for one in slot.iter("member") if one.get("name") == "name"), None)
    own = _text(member, "s") if member is not None else ""
    signs = [_text(one, "text") for one in slot.iter("obj") if one.get("class") == "USlotVisuals"]
    return own or " ".join(signs)


def _text(element: Element, name: str) -> str:
    found = (one for one in element.iterfind("string") if one.get("name") == name)
    return next((one.get("value", "") for one in found), "")


def _number(element: Element, name: str) -> int:
    found = next((one for one in element.iterfind("int") if one.get("name") == name), None)
    text = found.get("value", "") if found is not None else ""
    return int(text) if text.lstrip("-").isdigit() else -1
