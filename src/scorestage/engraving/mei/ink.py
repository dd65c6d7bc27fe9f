"""The smallest words of an MEI source: elements, text, pitches, values, places in the bar."""

from __future__ import annotations

from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from scorestage.engraving.ink import plain
from scorestage.engraving.ink import value_word as lilypond_value
from scorestage.music import DrumSound, Pitch
from scorestage.music.written import NoteValue, split_clef
from scorestage.timebase import Meter

_BOTTOM_LINE = Pitch("E", 0, 4)
_MIDDLE_OF_PERCUSSION_STAFF = 4
_OCTAVES = {1: 8, 2: 15}


def element(name: str, inner: str = "", /, **attributes: str | int) -> str:
    """An element; attributes left empty are not written, `_` in their names stands for a dot,
    and `id` is XML's own.

    >>> element("note", pname="c", stem_dir="up", tie="")
    '<note pname="c" stem.dir="up"/>'
    """
    said = "".join(
        f" {'xml:id' if key == 'id' else key.replace('_', '.')}={quoteattr(str(told))}"
        for key, told in attributes.items()
        if told != ""
    )
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def words(text: str) -> str:
    """What a person typed, as text of the file and nothing else.

    >>> words('a < "b"\\x00 & c')
    'a &lt; "b" &amp; c'
    """
    return escape(plain(text))


def rend(text: str, points: float = 0, **attributes: str) -> str:
    """A run of text in a size (points of a page whose staves are 7.2 mm high) and a cut."""
    size = f"{points:.1f}pt" if points else ""
    return element("rend", words(text), fontsize=size, **attributes)


def value_word(value: NoteValue) -> str:
    """A note value in MEI's words.

    >>> value_word(NoteValue.SIXTEENTH)
    '16'
    """
    return lilypond_value(value).removeprefix("\\")


def beat_number(offset: Fraction, meter: Meter) -> str:
    """A place in the bar, in units of the meter's lower figure, counted from 1.

    >>> beat_number(Fraction(3, 2), Meter(6, 8)), beat_number(Fraction(1), Meter(4, 4))
    ('4', '2')
    """
    return f"{float(1 + offset * meter.denominator / 4):.4f}".rstrip("0").rstrip(".")


def staff_place(sound: DrumSound | None) -> int:
    """Where a stroke stands, counted in steps from the bottom line; unknown ones in the middle."""
    if sound is None:
        return _MIDDLE_OF_PERCUSSION_STAFF
    return Pitch.parse(sound.staff_step).staff_step - _BOTTOM_LINE.staff_step


def clef_attributes(clef: str, prefix: str = "") -> dict[str, str]:
    """A clef as attributes of a `clef`, or with the prefix `clef_` of a staff's definition.

    >>> clef_attributes("G2_8")
    {'shape': 'G', 'line': '2', 'dis': '8', 'dis_place': 'below'}
    """
    sign, line, octaves = split_clef(clef)
    if sign in ("percussion", "TAB"):
        return {f"{prefix}shape": "perc", f"{prefix}line": "3"}
    found = {f"{prefix}shape": sign, f"{prefix}line": str(line)}
    if octaves:
        found[f"{prefix}dis"] = str(_OCTAVES[abs(octaves)])
        found[f"{prefix}dis_place"] = "above" if octaves > 0 else "below"
    return found
