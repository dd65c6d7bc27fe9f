"""A house that nobody has changed prints as film sessions are used to."""

from __future__ import annotations

import re
from dataclasses import fields
from fractions import Fraction

from scorestage.production import House, Paper

PAPER = Paper(Fraction(279), Fraction(432), Fraction(5), Fraction(12))


def test_what_a_plain_house_does() -> None:
    house = House("plain", "Plain", PAPER, PAPER)
    assert house.bar_number_every_bar and house.large_time_signatures and house.c_score
    assert house.warning_clicks == 8 and house.pre_roll_seconds == 10


def test_lengths_are_exact_and_colours_can_be_drawn() -> None:
    house = House("plain", "Plain", PAPER, PAPER)
    colours = [getattr(house, one.name) for one in fields(house) if one.name.endswith("_colour")]
    assert len(colours) == 4 and all(re.fullmatch("#[0-9a-f]{6}", one) for one in colours)
    for one in fields(house):
        if one.name.endswith("_seconds"):
            assert isinstance(getattr(house, one.name), Fraction)
