"""The theme ledger as an image."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from scorestage.adapters.formats.theme_chart import LEFT, RIGHT, TOP, WIDTH, ThemeChart

_SCALE = 2
_PAPER, _GRID, _CUE, _TEXT = "#ffffff", "#e6e9ed", "#9aa3ad", "#3c434b"


def chart_image(chart: ThemeChart) -> bytes:
    """The chart as a PNG of twice its own units."""
    image = Image.new("RGB", (WIDTH * _SCALE, round(chart.height) * _SCALE), _PAPER)
    draw = ImageDraw.Draw(image)
    bottom = chart.height - 40

    def scaled(*numbers: float) -> list[float]:
        return [number * _SCALE for number in numbers]

    def write(left: float, top: float, words: str, ink: str, size: int, anchor: str) -> None:
        font = ImageFont.load_default(size * _SCALE)
        draw.text((left * _SCALE, top * _SCALE), words, fill=ink, font=font, anchor=anchor)

    for left, words in chart.ticks:
        draw.line(scaled(left, TOP, left, bottom), fill=_GRID, width=_SCALE)
        write(left, bottom + 6, words, _TEXT, 12, "ma")
    for left, number, slot in chart.cues:
        draw.line(scaled(left, TOP - 6, left, bottom), fill=_CUE, width=1)
        if slot >= 0:
            write(left + 2, TOP - 10 - 11 * slot, number, _TEXT, 11, "ls")
    for row in chart.rows:
        middle = row.top + 23
        draw.line(scaled(LEFT, middle, RIGHT, middle), fill=_GRID, width=_SCALE)
        write(12, middle - 2, row.name[:24], row.ink, 14, "ls")
        write(12, middle + 14, row.stands_for[:30], _TEXT, 12, "ls")
    for one in chart.bars:
        height, top = (22, one.top) if one.scope == "whole" else (11, one.top + 5.5)
        box = scaled(one.left, top, one.left + one.width, top + height)
        if one.scope == "hint":
            draw.rectangle(box, fill=_PAPER, outline=one.ink, width=_SCALE)
        else:
            draw.rectangle(box, fill=one.ink if one.scope == "whole" else _paler(one.ink))
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _paler(ink: str) -> str:
    """An ink mixed with the paper."""
    parts = (int(ink[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * 0.62 + 255 * 0.38):02x}" for part in parts)
