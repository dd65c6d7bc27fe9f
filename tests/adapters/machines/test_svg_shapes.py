"""Shapes of SVG as PDF operators."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from scorestage.adapters.machines.svg_shapes import code_point, corners, outline_of, placed

LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ('<path d="M1 2 L3 4"/>', "1 2 m 3 4 l"),
        ('<polygon points="0,0 9,0 9,-3"/>', "0 0 m 9 0 l 9 -3 l h"),
        ('<polyline points="0,0 9,5 "/>', "0 0 m 9 5 l"),
        ('<rect x="1" y="2" width="3" height="4"/>', "1 2 3 4 re"),
        ("<title/>", ""),
        ('<path d=""/>', ""),
    ],
)
def test_each_shape_is_told_in_operators(shape: str, told: str) -> None:
    one = fromstring(shape)
    assert outline_of(one, one.tag) == told


def test_an_ellipse_is_four_curves_through_its_ends() -> None:
    one = fromstring('<ellipse cx="10" cy="20" rx="3" ry="4"/>')
    told = outline_of(one, "ellipse")
    assert told.startswith("13 20 m") and told.count(" c") == 4
    for end in ("10 24 c", "7 20 c", "10 16 c", "13 20 c"):
        assert end in told


def test_where_a_sign_stands_and_which_it_is() -> None:
    use = fromstring(
        f'<use {LINK} xlink:href="#E084-x1" transform="translate(12, -5) scale(0.72, 0.72)"/>'
    )
    assert placed(use) == (12.0, -5.0, 0.72) and code_point(use) == 0xE084


def test_level_lines_reach_nowhere() -> None:
    assert corners(fromstring('<path d="M0 5 L9 5"/>'), "path") == []
    assert corners(fromstring('<path d="M0 5 L0 9"/>'), "path") == [(0, 5), (0, 9)]
