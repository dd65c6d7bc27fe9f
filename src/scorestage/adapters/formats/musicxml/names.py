"""Words shared by writer and reader of MusicXML: ids, signs, note values, numbers."""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from scorestage.music import Articulation, Technique

PART_PREFIX = "P-"
HIT_WORDS = re.compile(r"\[([^\]]*\d[^\]]*)\](?: (.*))?", re.DOTALL)
"""How a hit stands over the bars: `[0:14.63] door slams`."""

TEMPO_WORDS = "tempo."
"""How the ids of words begin that only say what the tempo map does."""

FIELD_START = "scorestage:start-seconds"
FIELD_ABOUT = "scorestage:"
FIELD_GROUPINGS = "scorestage:groupings"
FIELD_CLEFS = "scorestage:clefs-set"
"""Staves (`part/staff`) whose clefs a person set."""
FIELD_GROUPS = "scorestage:groups-set"
"""There where the brackets are a person's."""
SOFTWARE = "scorestage"

ARTICULATIONS = {
    Articulation.STACCATO: "staccato",
    Articulation.STACCATISSIMO: "staccatissimo",
    Articulation.TENUTO: "tenuto",
    Articulation.ACCENT: "accent",
    Articulation.MARCATO: "strong-accent",
    Articulation.BREATH: "breath-mark",
}
"""Those that stand under `<articulations>`; fermata and sfz have places of their own."""

TECHNIQUE_WORDS = {technique.value: technique for technique in Technique} | {
    "pizzicato": Technique.PIZZICATO,
    "pizz": Technique.PIZZICATO,
    "arco.": Technique.ARCO,
    "ordinario": Technique.ORDINARIO,
    "nat.": Technique.ORDINARIO,
    "tremolo": Technique.TREMOLO,
    "sul ponticello": Technique.SUL_PONTICELLO,
    "sul pont": Technique.SUL_PONTICELLO,
    "con sordino": Technique.CON_SORDINO,
    "con sordini": Technique.CON_SORDINO,
    "con sord": Technique.CON_SORDINO,
    "senza sordino": Technique.SENZA_SORDINO,
    "senza sordini": Technique.SENZA_SORDINO,
    "senza sord": Technique.SENZA_SORDINO,
    "flutter-tongue": Technique.FLUTTER,
    "divisi": Technique.DIVISI,
    "div": Technique.DIVISI,
    "unisono": Technique.UNISONO,
    "unis": Technique.UNISONO,
}

UNITS = {
    "maxima": Fraction(32),
    "long": Fraction(16),
    "breve": Fraction(8),
    "whole": Fraction(4),
    "half": Fraction(2),
    "quarter": Fraction(1),
    "eighth": Fraction(1, 2),
    "16th": Fraction(1, 4),
    "32nd": Fraction(1, 8),
    "64th": Fraction(1, 16),
    "128th": Fraction(1, 32),
    "256th": Fraction(1, 64),
    "512th": Fraction(1, 128),
    "1024th": Fraction(1, 256),
}
"""Note values by their MusicXML name, in quarter notes."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4,6})_")
_NAMELESS = "_x_"
"""The id of an empty name; no other name is written so."""
_PLAIN_ID = re.compile(r"[A-Za-z][A-Za-z0-9.\-]*")


def words(told: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(told.split())


def text(content: str) -> str:
    """`content` as XML text; characters that XML cannot hold are replaced by �.

    >>> text("Tom & Jerry")
    'Tom &amp; Jerry'
    """
    return escape(_ILLEGAL.sub("\ufffd", content))


def quoted(content: str) -> str:
    """`content` as the inside of an attribute in double quotes."""
    return text(content).replace('"', "&quot;").replace("\n", "&#10;")


def xml_id(name: str) -> str:
    """Any text as an XML id, reversibly: odd signs become `_x0020_`.

    >>> xml_id("vn1-3"), xml_id("1. Horn")
    ('vn1-3', '_x0031_._x0020_Horn')
    """
    if _PLAIN_ID.fullmatch(name):
        return name
    found = []
    for place, sign in enumerate(name):
        plain = sign.isascii() and (sign.isalnum() or sign in ".-")
        starts = place == 0 and not sign.isalpha()
        found.append(sign if plain and not starts else f"_x{ord(sign):04x}_")
    return "".join(found) or _NAMELESS


def name_of_id(identifier: str) -> str:
    """The inverse of `xml_id`; ids of other programs stay as they are.

    >>> name_of_id(xml_id("1. Horn"))
    '1. Horn'
    """
    if identifier == _NAMELESS:
        return ""

    def plain(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return chr(code) if code <= 0x10FFFF else match[0]

    return _ESCAPED.sub(plain, identifier)


_REST_PLACE = re.compile(r"at\..*\.(\d{1,12})\.([1-9]\d{0,11})")


def rest_place(mark: Element, at: tuple[int, Fraction]) -> tuple[int, Fraction]:
    """Where a fermata on a rest stands: at the rest, or where its id says (`at.P-fl.12.3.2`)."""
    told = _REST_PLACE.fullmatch(mark.get("id", ""))
    return (at[0], Fraction(int(told[1]), int(told[2]))) if told is not None else at


def decimal(number: Fraction | int, digits: int = 9) -> str:
    """A number as decimal text, rounded where it must be, without trailing zeros.

    >>> decimal(Fraction(385, 4)), decimal(Fraction(1, 3), 2), decimal(Fraction(-1, 2))
    ('96.25', '0.33', '-0.5')
    """
    scaled = round(Fraction(number) * 10**digits)
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**digits)
    tail = f"{rest:0{digits}}".rstrip("0") if digits else ""
    return f"{sign}{whole}{'.' + tail if tail else ''}"


def unit_name(quarters: Fraction) -> tuple[str, int]:
    """The name and dots of a note value; falls back on the nearest undotted one.

    >>> unit_name(Fraction(3, 2))
    ('quarter', 1)
    """
    for name, length in UNITS.items():
        for dots, factor in enumerate((Fraction(1), Fraction(3, 2), Fraction(7, 4))):
            if length * factor == quarters:
                return name, dots
    return min(UNITS, key=lambda name: abs(UNITS[name] - quarters)), 0
