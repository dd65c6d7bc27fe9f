"""Shapes of an SVG drawing, as PDF operators; where signs stand, and what they are."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from scorestage.adapters.machines.page_ink import path_operators

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
TRANSLATE = re.compile(r"translate\(\s*([-\d.]+)[ ,]+([-\d.]+)\s*\)")
_SCALE = re.compile(r"scale\(\s*([-\d.]+)(?:[ ,]+([-\d.]+))?\s*\)")


def definitions(root: Element) -> dict[str, str]:
    """The outlines of the signs this drawing uses, by their id in it."""
    found = {}
    for group in root.iter(f"{SVG}defs"):
        for sign in group:
            path = sign.find(f"{SVG}path")
            if path is not None:
                found[sign.get("id") or ""] = path.get("d") or ""
    return found


def code_point(use: Element) -> int:
    """The code point of a sign that is used."""
    return int((use.get(HREF) or "#0").lstrip("#").partition("-")[0], 16)


def placed(use: Element) -> tuple[float, float, float]:
    """Where a sign stands, and how large."""
    moved = TRANSLATE.search(use.get("transform") or "")
    sized = _SCALE.search(use.get("transform") or "")
    x, y = (float(moved[1]), float(moved[2])) if moved else (0.0, 0.0)
    return x, y, float(sized[1]) if sized else 1.0


def corners(one: Element, tag: str) -> list[tuple[float, float]]:
    """The points that a shape is told by; none of lines that lie level, such as staff lines."""
    told = one.get("d") or one.get("points") or ""
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", told)]
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    if tag not in ("path", "polygon", "polyline") or len({y for _, y in points}) < 2:
        return []
    return points


def outline_of(one: Element, tag: str) -> str:
    """A shape as PDF operators."""
    if tag == "path":
        return path_operators(one.get("d") or "") if one.get("d") else ""
    if tag in ("polygon", "polyline"):
        numbers = re.findall(r"-?[\d.]+(?:e-?\d+)?", one.get("points") or "")
        pairs = [f"{x} {y}" for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        lines = [f"{pair} l" for pair in pairs[1:]]
        return " ".join([f"{pairs[0]} m", *lines, *(["h"] if tag == "polygon" else [])])
    if tag == "rect":
        corner = f"{one.get('x')} {one.get('y')} {one.get('width')} {one.get('height')}"
        return f"{corner} re"
    if tag == "ellipse":
        return _ellipse(*(float(one.get(key) or 0) for key in ("cx", "cy", "rx", "ry")))
    return ""


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> str:
    """Four curves."""
    k = 0.5523
    right, left, top, low = cx + rx, cx - rx, cy - ry, cy + ry
    return (
        f"{right:g} {cy:g} m "
        f"{right:g} {cy + k * ry:g} {cx + k * rx:g} {low:g} {cx:g} {low:g} c "
        f"{cx - k * rx:g} {low:g} {left:g} {cy + k * ry:g} {left:g} {cy:g} c "
        f"{left:g} {cy - k * ry:g} {cx - k * rx:g} {top:g} {cx:g} {top:g} c "
        f"{cx + k * rx:g} {top:g} {right:g} {cy - k * ry:g} {right:g} {cy:g} c h"
    )
