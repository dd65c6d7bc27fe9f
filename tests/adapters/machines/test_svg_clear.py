"""Rehearsal marks over tempos."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from hypothesis import given
from hypothesis import strategies as st

from scorestage.adapters.machines.svg_clear import TextBox, letters_lifted
from scorestage.adapters.machines.svg_parts import DrawnText


def text(kind: str, x: int, y: int, system: int = 1) -> DrawnText:
    return DrawnText(Element("text", {"x": str(x), "y": str(y)}), kind, None, f"{kind}-1", system)


def box(one: DrawnText) -> TextBox:
    """Letters 300 wide, tempos 1500; both 400 high."""
    return TextBox(one.x, one.y - 400, one.x + (300 if one.kind == "reh" else 1500), one.y)


PLACES = st.tuples(st.integers(0, 9000), st.integers(0, 3000))


@given(st.lists(PLACES, min_size=1, max_size=5), PLACES)
def test_a_letter_stands_clear_of_every_tempo_and_never_lower(
    tempos: list[tuple[int, int]], place: tuple[int, int]
) -> None:
    told = [*(text("tempo", *one) for one in tempos), text("reh", *place)]
    *others, letter = letters_lifted(told, box)
    assert others == told[:-1] and letter.y <= place[1] and letter.x == place[0]
    assert not any(box(letter).touches(box(one)) for one in others)


def test_what_is_clear_stays_where_it_is() -> None:
    told = [text("tempo", 0, 1000), text("reh", 4000, 1000), text("reh", 0, 1000, system=2)]
    assert letters_lifted(told, box) == told
