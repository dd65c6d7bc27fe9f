"""XML of editing systems: opened without entities or network, within bounds; numbers exact."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scorestage.adapters.plain_numbers import number_in
from scorestage.errors import FormatError, Where

MOST_BYTES = 64 * 1024 * 1024
MOST_DEPTH = 120


def root_of(content: bytes, name: str, wanted: str) -> Element:
    """The root element; `FormatError` with the line for what is no such XML or means harm."""
    where = Where(file=name)
    if len(content) > MOST_BYTES:
        raise FormatError(f"larger than {MOST_BYTES // 2**20} MB", where)
    try:
        root: Element = fromstring(content, forbid_dtd=False, forbid_entities=True)
    except ParseError as fault:
        place = Where(file=name, line=fault.position[0])
        raise FormatError(f"this is no XML: {fault.msg}", place) from None
    except (DefusedXmlException, ValueError, LookupError) as fault:
        raise FormatError(f"refused: {type(fault).__name__}", where, "export it anew") from None
    if root.tag != wanted:
        raise FormatError(f"the file holds <{root.tag[:40]}>, not <{wanted}>", where)
    if any(depth > MOST_DEPTH for _, depth in _walked(root)):
        raise FormatError(f"nested more than {MOST_DEPTH} deep", where)
    return root


def _walked(root: Element) -> Iterator[tuple[Element, int]]:
    waiting = [(root, 0)]
    while waiting:
        one, depth = waiting.pop()
        yield one, depth
        if depth <= MOST_DEPTH:
            waiting += [(child, depth + 1) for child in one]


def child_text(element: Element | None, path: str) -> str:
    """The text of a child, without spaces around; empty where there is none."""
    found = element.find(path) if element is not None else None
    return (found.text or "").strip() if found is not None else ""


def child_number(element: Element | None, path: str) -> Fraction | None:
    """The number that a child holds; None where there is none. `ValueError` for what is none."""
    text = child_text(element, path)
    return number_in(text) if text else None
