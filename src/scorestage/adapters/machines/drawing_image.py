"""A drawing as a PNG."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from scorestage.adapters.formats.drawing import Area, Box, Drawing, Mark, Photo, Stroke, Words
from scorestage.adapters.machines.fonts import sans

SCALE = 2
_ANCHORS = {"left": "ls", "middle": "ms", "right": "rs"}


def drawing_png(drawing: Drawing, scale: int = SCALE) -> bytes:
    """The drawing as a PNG, `scale` pixels to each of its own."""
    size = (drawing.width_px * scale, drawing.height_px * scale)
    image = Image.new("RGB", size, "#ffffff")
    pen = ImageDraw.Draw(image)
    for mark in drawing.marks:
        _lay(image, pen, mark, scale)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def words_px(text: str, size_px: float, bold: bool = False) -> float:
    """How wide words stand."""
    return float(_font(round(size_px * 4), bold).getlength(text)) / 4


@cache
def _font(size_px: int, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(sans(bold=bold)), size_px)


def _lay(image: Image.Image, pen: ImageDraw.ImageDraw, mark: Mark, scale: int) -> None:
    match mark:
        case Box(left, top, width, height, ink, edge):
            right, bottom = (left + width) * scale - 1, (top + height) * scale - 1
            corners = (
                left * scale,
                top * scale,
                max(left * scale, right),
                max(top * scale, bottom),
            )
            pen.rectangle(corners, fill=ink, outline=edge or None)
        case Stroke(points, ink, width):
            line = [(x * scale, y * scale) for x, y in points]
            pen.line(line, fill=ink, width=max(1, round(width * scale)), joint="curve")
        case Area(points, ink):
            pen.polygon([(x * scale, y * scale) for x, y in points], fill=ink)
        case Words(left, baseline, text, size, ink, bold, anchor):
            font = _font(round(size * scale), bold)
            at = (left * scale, baseline * scale)
            pen.text(at, text, fill=ink, font=font, anchor=_ANCHORS[anchor])
        case Photo(left, top, width, height, jpeg, shown):
            with Image.open(io.BytesIO(jpeg)) as held:
                whole = (max(1, round(width * scale)), max(1, round(height * scale)))
                photo = held.convert("RGB").resize(whole, Image.Resampling.LANCZOS)
            photo = photo.crop((0, 0, max(1, round(shown * scale)), whole[1]))
            image.paste(photo, (round(left * scale), round(top * scale)))
