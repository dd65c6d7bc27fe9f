"""Signs as trees of elements: read whole, given back whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml.loss_report import Tally
from scorestage.adapters.formats.musicxml.names import quoted, text
from scorestage.adapters.formats.musicxml.vocabulary import vocabulary
from scorestage.music import Sign

_DEEPEST = 12
_ELSEWHERE = frozenset(("offset", "staff", "voice", "footnote", "level", "listening", "encoding"))
_WORDS = vocabulary()
_PRINTED = re.compile(r"[^ \t\r\n]+")
"""Words between plain spaces; spaces that hold words together belong to them."""


def sign_of(element: Element, tally: Tally, path: str = "", depth: int = 0) -> Sign | None:
    """An element as a sign; what MusicXML does not know inside it is counted as lost."""
    tag = element.tag
    path = f"{path}/{tag}" if path else tag
    word = _WORDS.get(tag)
    if word is None or depth > _DEEPEST:
        tally.add(f"unknown element {str(tag)[:40]}", path=path)
        return None
    inner = []
    for child in element:
        if child.tag in word.parts:
            found = sign_of(child, tally, path, depth + 1)
            if found is not None:
                inner.append(found)
        elif child.tag not in _ELSEWHERE:
            tally.add(f"{child.tag} in {tag}"[:80], path=f"{path}/{child.tag}")
    details: tuple[tuple[str, str], ...] = ()
    if element.attrib:
        known = word.details
        details = tuple(sorted(item for item in element.attrib.items() if item[0] in known))
    told = " ".join(_PRINTED.findall(element.text or "")) if word.text else ""
    return _made(str(tag), told, details, tuple(inner))


@lru_cache(maxsize=8192)
def _made(
    name: str, told: str, details: tuple[tuple[str, str], ...], inner: tuple[Sign, ...]
) -> Sign:
    return Sign(name, told, details, inner)


def with_lengths(sign: Sign, divisions: Fraction) -> Sign:
    """The sign with its durations in quarters, whatever the file divides them by."""
    inner = tuple(
        Sign("duration", _quarters(one.text, divisions)) if one.name == "duration" else one
        for one in sign.inner
    )
    return Sign(sign.name, sign.text, sign.details, inner)


def _quarters(told: str, divisions: Fraction) -> str:
    plain = told.replace(".", "", 1)
    usable = plain.isascii() and plain.isdigit() and len(told) < 16
    return str(Fraction(told) / divisions) if usable else "1"


@lru_cache(maxsize=8192)
def sign_xml(sign: Sign) -> str:
    """The sign as an element."""
    head = f"{sign.name}{attributes(sign.details)}"
    inner = inside(sign.inner)
    if not inner and not sign.text:
        return f"<{head}/>"
    return f"<{head}>{text(sign.text)}{inner}</{sign.name}>"


def inside(signs: Iterable[Sign]) -> str:
    """Signs one after the other."""
    return "".join(map(sign_xml, signs))


def attributes(details: Iterable[tuple[str, str]]) -> str:
    """Details as attributes, a space before each."""
    return "".join(f' {name}="{quoted(told)}"' for name, told in details)


AMONG_GRACES = "15"
"""The number of slurs from grace note to grace note."""
ONTO_GRACES = "14"
"""The number of slurs from a note to a grace note."""


def slur_end(number: str, kind: str) -> Sign:
    """One end of a slur as a sign of its note."""
    return Sign("slur", "", (("number", number), ("type", kind)))
