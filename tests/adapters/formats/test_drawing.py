"""Drawings: the SVG holds what the drawing says, and the PNG shows it where it says."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from scorestage.adapters.formats.drawing import (
    Area,
    Box,
    Drawing,
    Photo,
    Stroke,
    Words,
    drawing_svg,
)
from scorestage.adapters.machines.drawing_image import drawing_png, words_px

NAMES = "{http://www.w3.org/2000/svg}"


def jpeg() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (32, 16), (200, 30, 30)).save(held, "JPEG")
    return held.getvalue()


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    marks = (
        Box(10, 10, 20, 10, "#0000ff"),
        Area(((40, 10), (60, 10), (60, 30)), "#00ff00"),
        Stroke(((0, 40), (100, 40)), "#000000", 2),
        Words(10, 60, "cue <1m01> & more", 12, "#000000"),
        Photo(70, 5, 32, 16, jpeg(), 20),
    )
    return Drawing(120, 70, "a & b", marks)


def test_the_svg_is_well_formed_and_whole(drawing: Drawing) -> None:
    root = ElementTree.fromstring(drawing_svg(drawing))
    words = [one.text for one in root.iter(f"{NAMES}text")]
    assert words == ["cue <1m01> & more"]
    assert root.findtext(f"{NAMES}title") == "a & b"
    kinds = [one.tag.removeprefix(NAMES) for one in root]
    assert kinds == ["title", "rect", "rect", "polygon", "polyline", "text", "svg"]


def test_the_png_shows_each_mark_in_its_place(drawing: Drawing) -> None:
    with Image.open(io.BytesIO(drawing_png(drawing, 2))) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    assert pixels.shape == (140, 240, 3)
    assert tuple(pixels[30, 40]) == (0, 0, 255)
    assert tuple(pixels[24, 114]) == (0, 255, 0)
    assert tuple(pixels[80, 100]) == (0, 0, 0)
    assert tuple(pixels[50, 85]) == (255, 255, 255)
    assert abs(pixels[26, 160] - (200, 30, 30)).max() < 8
    assert tuple(pixels[26, 184]) == (255, 255, 255)


def test_words_are_as_wide_as_they_are_drawn() -> None:
    drawn = Drawing(300, 30, "", (Words(0, 20, "spotting", 12, "#000000"),))
    with Image.open(io.BytesIO(drawing_png(drawn, 4))) as image:
        inked = np.flatnonzero((np.asarray(image.convert("L")) < 128).any(axis=0))
    assert abs(inked[-1] / 4 - words_px("spotting", 12)) < 2
