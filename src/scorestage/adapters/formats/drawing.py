"""A drawing of boxes, lines, areas, words and photographs, written as SVG."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from html import escape

FAMILY = "'Source Sans Pro', 'Source Sans 3', Arial, sans-serif"
Point = tuple[float, float]
_ANCHORS = {"left": "start", "middle": "middle", "right": "end"}


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; an empty `edge` draws none."""

    left_px: float
    top_px: float
    width_px: float
    height_px: float
    ink: str
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[Point, ...]
    ink: str
    width_px: float = 1.0


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape with these corners."""

    points: tuple[Point, ...]
    ink: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words on a baseline; `anchor` is left, middle or right."""

    left_px: float
    baseline_px: float
    text: str
    size_px: float
    ink: str
    bold: bool = False
    anchor: str = "left"


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG file laid into a rectangle; what hangs over at the right is cut off."""

    left_px: float
    top_px: float
    width_px: float
    height_px: float
    jpeg: bytes
    shown_px: float


Mark = Box | Stroke | Area | Words | Photo


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks on white paper, the later over the earlier."""

    width_px: int
    height_px: int
    title: str
    marks: tuple[Mark, ...]


def drawing_svg(drawing: Drawing) -> str:
    """The drawing as one SVG file, photographs inside it.

    >>> marks = (Box(0, 0, 4, 2.5, "#ff0000"),)
    >>> drawing_svg(Drawing(8, 8, "A & B", marks)).count("<rect")
    2
    """
    size = f'width="{drawing.width_px}" height="{drawing.height_px}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
        f'viewBox="0 0 {drawing.width_px} {drawing.height_px}" font-family="{FAMILY}">',
        f"<title>{escape(drawing.title)}</title>",
        f'<rect {size} fill="#ffffff"/>',
        *map(_svg, drawing.marks),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _svg(mark: Mark) -> str:
    match mark:
        case Box(left, top, width, height, ink, edge):
            stroke = f' stroke="{edge}"' if edge else ""
            return f'<rect {_rectangle(left, top, width, height)} fill="{ink}"{stroke}/>'
        case Stroke(points, ink, width):
            return (
                f'<polyline points="{_points(points)}" fill="none" stroke="{ink}" '
                f'stroke-width="{width:g}" stroke-linejoin="round"/>'
            )
        case Area(points, ink):
            return f'<polygon points="{_points(points)}" fill="{ink}"/>'
        case Words(left, baseline, text, size, ink, bold, anchor):
            weight = ' font-weight="bold"' if bold else ""
            return (
                f'<text x="{left:.2f}" y="{baseline:.2f}" font-size="{size:g}" fill="{ink}"'
                f'{weight} text-anchor="{_ANCHORS[anchor]}">{escape(text)}</text>'
            )
        case Photo(left, top, width, height, jpeg, shown):
            inside = f'viewBox="0 0 {shown:.2f} {height:.2f}"'
            picture = b64encode(jpeg).decode()
            return (
                f"<svg {_rectangle(left, top, shown, height)} {inside}>"
                f'<image width="{width:.2f}" height="{height:.2f}" '
                f'href="data:image/jpeg;base64,{picture}"/></svg>'
            )


def _rectangle(left: float, top: float, width: float, height: float) -> str:
    return f'x="{left:.2f}" y="{top:.2f}" width="{width:.2f}" height="{height:.2f}"'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
