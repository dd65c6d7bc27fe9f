"""Verovio's drawing of a page, put into a PDF: its shapes as they are, its words in our type.

Beside what the drawing says, hits get their boxes, bar numbers stand in the middle of their bars,
and the time signatures of a score are stretched over groups of staves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from scorestage.adapters.machines.page_ink import Cut, PageInk, outline_box, path_operators
from scorestage.adapters.machines.svg_boxes import BoxPen, arrow_of
from scorestage.adapters.machines.svg_clear import TextBox, letters_lifted
from scorestage.adapters.machines.svg_parts import (
    DrawnBar,
    DrawnText,
    Reach,
    Run,
    Scale,
    added,
    apart,
)
from scorestage.adapters.machines.svg_shapes import (
    HREF,
    SVG,
    TRANSLATE,
    code_point,
    corners,
    definitions,
    outline_of,
    placed,
)

_FIGURES = range(0xE080, 0xE08A)
_PLUS = (0xE08C, 0xE08D)
_BOXED = {"hit": 0.5, "greathit": 1.2}
"""Kinds of text that get a box, and its line in points."""
_LABEL = "label"
_FIGURE_HEIGHT, _CLEARANCE, _LETTER_UNITS = 0.7, 60.0, 200.0
_UNDER_STAFF = 220.0
_BOX_PADDING = 0.18
_STAFF_UNITS = 720
_TALL_SHARE, _TALLEST_STAVES = 0.75, 9.5
_FIGURE_WIDTH_STAVES = 1.3
_HALF_FIGURE_STAVES = 0.21
_PARTS_OF_TALL = 2


class SvgPage:
    """One page: reads Verovio's drawing and puts it on `ink`."""

    def __init__(
        self,
        drawing: str,
        ink: PageInk,
        scale: Scale,
        signatures: Mapping[int, int],
        changed: tuple[float, float, float] | None = None,
    ) -> None:
        self.root = fromstring(drawing)
        self._numbered = f'id="{_LABEL}-' in drawing
        self.ink = ink
        self.scale = scale
        self.unit = scale.unit_points
        self.signatures = signatures
        self.changed = changed
        """Red, green and blue (0 to 1) of bars that the drawing calls changed; else black."""
        self.operators: list[str] = []
        self.lowest = 0.0
        self._bar: DrawnBar | None = None
        self._shift = (0.0, 0.0)
        self._defined = definitions(self.root)
        self._texts: list[DrawnText] = []
        self._system = 0
        self._under: dict[int, list[Reach]] = {}
        self._boxes = BoxPen()
        self._later: Counter[str] = Counter(
            arrow_of(one)
            for one in self.root.iter(f"{SVG}g")
            if not one.get("id") and arrow_of(one)
        )
        """On how many lines each arrow is still to go on."""
        self._shape_name = ""
        self._frames: dict[str, tuple[int, int]] = {}
        """Of each rehearsal mark, which operators draw its frame."""

    def paint(self) -> None:
        """Put the whole drawing on the page that is open."""
        for inner in self.root.iter(f"{SVG}svg"):
            if inner.get("class") == "definition-scale":
                self._walk(inner, "", 27.0)
        texts = letters_lifted(self._texts, self._box_units)
        for text in texts:
            self._lift_frame(text)
        self.ink.shapes(self.operators, self.scale.left, self.scale.top, self.unit)
        for text in in_line(texts, self._under, self._label_units):
            self._words(text)

    def _lift_frame(self, text: DrawnText) -> None:
        """The frame of a rehearsal mark goes where its letter goes."""
        first, after = self._frames.get(text.name, (0, 0)) if text.kind == "reh" else (0, 0)
        if text.dropped and after > first:
            self.operators[first] = f"q 1 0 0 1 0 {text.dropped:g} cm\n{self.operators[first]}"
            self.operators[after - 1] += "\nQ"

    def _walk(self, parent: Element, kind: str, stroke: float) -> None:
        for one in parent:
            tag = one.tag.removeprefix(SVG)
            if tag == "g":
                self._group(one, kind)
            elif tag == "text":
                self._texts.append(DrawnText(one, kind, self._bar, self._shape_name, self._system))
            else:
                self._shape(one, tag)

    def _group(self, group: Element, kind: str) -> None:
        classes = (group.get("class") or "").split()
        if "placeholder" in classes or ("mNum" in classes and self._numbered):
            return
        moved = TRANSLATE.search(group.get("transform") or "")
        if moved:
            self._shift = float(moved[1]), float(moved[2])
            self.operators.append(f"1 0 0 1 {self._shift[0]:g} {self._shift[1]:g} cm")
        own = classes[0] if classes else ""
        self._system += own == "system"
        if own == "measure":
            self._bar = DrawnBar(group.get("id") or "")
            coloured = self.changed if "changed" in classes else None
            if coloured is not None:
                told = " ".join(f"{part:g}" for part in coloured)
                self.operators.append(f"q {told} rg {told} RG")
            self._walk(group, own, 0)
            self._tall(self._bar)
            if coloured is not None:
                self.operators.append("Q")
            self._bar = None
        elif own == "meterSig" and self.signatures and self._bar:
            self._note_meter(group, self._bar)
        else:
            if own == "staff" and self._bar:
                self._note_staff(group, self._bar)
            if name := arrow_of(group):
                self._arrow(group, name)
                return
            boxed = self._boxes.enter(classes)
            before, drawn = self._shape_name, len(self.operators)
            if own in _TEXT_KINDS:
                self._shape_name = group.get("id") or ""
            self._walk(group, own if own in _TEXT_KINDS else kind, 0)
            if own == "reh":
                self._frames[self._shape_name] = (drawn, len(self.operators))
            self._shape_name = before
            if boxed:
                self._boxes.leave()
            if own == "layer" and self._bar and self._bar.staves:
                frame, reach = self._boxes.frame(self._bar.staves[-1])
                self.operators += frame
                self._note_reach(reach)

    def _arrow(self, group: Element, name: str) -> None:
        """The arrow from a box to its cut-off; its head stands on the last of its lines."""
        for one in group.iter(f"{SVG}rect"):
            self._boxes.stroke(one)
        later = self._later.get(name, 0)
        self.operators += self._boxes.arrow(ends=not later)
        self._later[name] = max(0, later - 1)

    def _note_staff(self, staff: Element, bar: DrawnBar) -> None:
        lines = [
            [float(number) for number in re.findall(r"-?[\d.]+", path.get("d") or "")]
            for path in staff.findall(f"{SVG}path")
        ]
        lines = [line for line in lines if len(line) == 4 and line[1] == line[3]]
        if lines:
            bar.left, bar.right = lines[0][0], lines[0][2]
            bar.staves.append((lines[0][1], lines[-1][1]))
            self.lowest = max(self.lowest, lines[-1][1])

    def _note_meter(self, group: Element, bar: DrawnBar) -> None:
        found = bar.meters.setdefault(len(bar.staves) - 1, [])
        for use in group.iter(f"{SVG}use"):
            code = code_point(use)
            x, y, _ = placed(use)
            if code in _FIGURES or code in _PLUS:
                found.append((code - _FIGURES[0] if code in _FIGURES else -1, x, y))

    def _shape(self, one: Element, tag: str) -> None:
        if tag == "use":
            outline = self._defined.get((one.get(HREF) or "").lstrip("#"))
            if outline:
                x, y, size = placed(one)
                self._glyph(outline, x, y, size, size)
                left, low, right, high = outline_box(outline)
                corner = (x + left * size, y - low * size)
                self._note_reach([corner, (x + right * size, y)])
                self._boxes.note([corner, (x + right * size, y - high * size)])
            return
        drawn = outline_of(one, tag)
        if not drawn:
            return
        width = float(one.get("stroke-width") or 1)
        hollow = one.get("fill") == "none" or one.get("fill-opacity") == "0"
        straight = tag == "path" and not re.search(r"[CcQqSsZz]", one.get("d") or "")
        cap = 2 if one.get("stroke-linecap") == "square" else 0
        dash = (one.get("stroke-dasharray") or "").replace(",", " ")
        ends = f"{cap} J [{dash}] 0 d {width:g} w"
        self.operators.append(f"{ends} {drawn} {'S' if hollow or straight else 'B'}")
        self._note_reach(corners(one, tag))
        self._boxes.note(corners(one, tag))

    def _note_reach(self, points: Sequence[tuple[float, float]]) -> None:
        """Remember what reaches under the staves, so that bar numbers stand clear of it."""
        if self._bar and points:
            across = [x for x, _ in points]
            reach = Reach(min(across), max(across), max(y for _, y in points))
            self._under.setdefault(self._system, []).append(reach)

    def _label_units(self, text: DrawnText) -> tuple[float, float, float]:
        """Left and right edge of a bar number when it stands in the middle of its bar; height."""
        runs = [one for one in text.element.iter() if one.get("font-size") not in (None, "0px")]
        size = max((float((one.get("font-size") or "0").rstrip("px")) for one in runs), default=0)
        said = "".join(text.element.itertext()).strip()
        half = self.ink.width(said, Cut(size * self.unit, bold=True)) / self.unit / 2
        middle = (text.bar.left + text.bar.right) / 2 if text.bar else text.x
        return middle - half, middle + half, _FIGURE_HEIGHT * size

    def _glyph(self, outline: str, x: float, y: float, wide: float, high: float) -> None:
        matrix = f"{wide:g} 0 0 {-high:g} {x:g} {y:g}"
        self.operators.append(f"q {matrix} cm {path_operators(outline)} f Q")

    def _tall(self, bar: DrawnBar) -> None:
        """The meter of a bar, its figures stretched over each group of staves."""
        for top, count in self.signatures.items():
            figures = bar.meters.get(top)
            if not figures or top + count > len(bar.staves):
                continue
            upper, lower = bar.staves[top][0], bar.staves[top + count - 1][1]
            reach = lower - upper
            height = min(reach * (_TALL_SHARE if count > 2 else 1), _TALLEST_STAVES * _STAFF_UNITS)
            middle = (upper + lower) / 2
            gap = 0.25 * _STAFF_UNITS if height > 3 * _STAFF_UNITS else 0.06 * _STAFF_UNITS
            each = (height - gap) / _PARTS_OF_TALL
            level = (min(y for _, _, y in figures) + max(y for _, _, y in figures)) / 2
            centre = (min(x for _, x, _ in figures) + max(x for _, x, _ in figures)) / 2
            centre += _HALF_FIGURE_STAVES * _STAFF_UNITS
            above = added(sorted((x, figure) for figure, x, y in figures if y < level))
            below = added(sorted((x, figure) for figure, x, y in figures if y >= level))
            self._figures(above, centre, middle - gap / 2, each)
            self._figures(below, centre, middle + gap / 2 + each, each)

    def _figures(self, figures: Sequence[int], centre: float, bottom: float, high: float) -> None:
        if not figures:
            return
        width = _FIGURE_WIDTH_STAVES * _STAFF_UNITS * (1 if len(figures) == 1 else 0.6)
        left = centre - width * len(figures) / 2
        for order, figure in enumerate(figures):
            outline = self.ink.signs.outline(chr(_FIGURES[figure]))
            if not outline:
                continue
            x_low, y_low, x_high, y_high = outline_box(outline)
            wide, tall = width * 0.94 / (x_high - x_low), high / (y_high - y_low)
            at = left + order * width - x_low * wide
            self._glyph(outline, at, bottom + y_low * tall, wide, tall)

    def _lines(self, said: DrawnText) -> list[tuple[float, float, list[Run]]]:
        """A text as lines: where each begins, and its runs of words."""
        base = Cut(0, bold=said.kind in _BOLD_KINDS, italic=said.kind in _ITALIC_KINDS)
        lines: list[tuple[float, float, list[Run]]] = [(said.x, said.y - said.dropped, [])]
        self._runs(said.element, base, lines)
        return [(x, y + said.dropped, runs) for x, y, runs in lines if runs]

    def _box_units(self, said: DrawnText) -> TextBox:
        """About where a text that begins at its place stands, box and all, in drawing units."""
        lines = self._lines(said) or [(said.x, said.y, [])]
        sizes = [max((run.cut.size_points for run in runs), default=0.0) for _, _, runs in lines]
        high = max(sizes) / self.unit
        pad = high * _BOX_PADDING if said.what in _BOXED else 0.0
        wide = max(sum(self._width(run) for run in runs) for _, _, runs in lines) / self.unit
        left, top = min(x for x, _, _ in lines), min(y for _, y, _ in lines)
        anchored = {"middle": 0.5, "end": 1.0}.get(said.element.get("text-anchor") or "", 0.0)
        left -= wide * anchored
        bottom = max(y for _, y, _ in lines)
        return TextBox(left - pad, top - 0.8 * high - pad, left + wide + pad, bottom + pad)

    def _words(self, said: DrawnText) -> None:
        """A text, line by line, where the drawing puts it."""
        text, kind, bar = said.element, said.kind, said.bar
        what = said.what
        told = self._lines(said)
        if kind == "label":
            told = apart(told, self.unit)
        for number, (left, baseline, runs) in enumerate(told):
            anchor = text.get("text-anchor") or "start"
            if what == _LABEL and bar:
                left, anchor = (bar.left + bar.right) / 2, "middle"
            box = _BOXED.get(what, 0.0) if number == 0 else 0.0
            self._line(left, baseline, runs, anchor, box)

    def _runs(
        self, element: Element, cut: Cut, lines: list[tuple[float, float, list[Run]]]
    ) -> None:
        for one in element:
            x, y = one.get("x"), one.get("y")
            if x is not None and y is not None:
                lines.append((float(x), float(y), []))
            size = (one.get("font-size") or "").removesuffix("px")
            weight, style = one.get("font-weight"), one.get("font-style")
            own = Cut(
                float(size) * self.unit if size else cut.size_points,
                cut.bold if weight is None else weight == "bold",
                cut.italic if style is None else style == "italic",
            )
            music = one.get("font-family") is not None
            if one.text and (one.text.strip() or len(one) == 0):
                lines[-1][2].append(Run(one.text, own, music, len(lines)))
            self._runs(one, own, lines)

    def _line(self, x: float, y: float, runs: Sequence[Run], anchor: str, box: float) -> None:
        """Runs of words after each other; the first of them in a box where one is wanted."""
        widths = [self._width(run) for run in runs]
        at = self.scale.left + (x + self._shift[0]) * self.unit
        baseline = self.scale.top + (y + self._shift[1]) * self.unit
        if anchor != "start":
            at -= sum(widths) * (1 if anchor == "end" else 0.5)
        for number, (piece, width) in enumerate(zip(runs, widths, strict=True)):
            if piece.music:
                self.ink.music(at, baseline, piece.text, piece.cut.size_points)
            else:
                self.ink.words(at, baseline, piece.text, piece.cut)
            if box and number == 0:
                pad = _BOX_PADDING * piece.cut.size_points
                top = baseline - 0.68 * piece.cut.size_points - pad
                self.ink.box(at - pad, top, at + width + pad, baseline + pad, box)
                at += 2 * pad
            at += width

    def _width(self, piece: Run) -> float:
        if not piece.music:
            return self.ink.width(piece.text, piece.cut)
        em = piece.cut.size_points / 1000
        return sum(self.ink.signs.advance(sign) for sign in piece.text) * em


_TEXT_KINDS = ("dir", "dynam", "tempo", "reh", "harm", "label", "labelAbbr", "verse", "mNum")
_BOLD_KINDS = ("tempo", "reh")
_ITALIC_KINDS = ("dir", "dynam")


def in_line(
    texts: Sequence[DrawnText],
    under: Mapping[int, Sequence[Reach]],
    measure: Callable[[DrawnText], tuple[float, float, float]],
) -> list[DrawnText]:
    """The texts, with the bar numbers of a system in one line, clear of what is `under` it."""
    reaches = {system: list(found) for system, found in under.items()}
    for text in texts:
        if text.what != _LABEL:
            wide = _LETTER_UNITS * len("".join(text.element.itertext()).strip())
            reaches.setdefault(text.system, []).append(Reach(text.x, text.x + wide, text.y))
    lowest: dict[int, float] = {}
    for text in texts:
        if text.what == _LABEL and text.bar:
            left, right, height = measure(text)
            clear = max(
                (
                    reach.low + height + _CLEARANCE
                    for reach in reaches.get(text.system, ())
                    if reach.left < right + _CLEARANCE and left < reach.right + _CLEARANCE
                ),
                default=0.0,
            )
            under_staff = max((low for _, low in text.bar.staves), default=0.0) + height
            clear = max(clear, under_staff + _UNDER_STAFF)
            lowest[text.system] = max(text.y, clear, lowest.get(text.system, 0.0))
    return [
        replace(text, dropped=lowest[text.system] - text.y)
        if text.what == _LABEL and text.bar
        else text
        for text in texts
    ]
