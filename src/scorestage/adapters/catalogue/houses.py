"""Houses as TOML: how one stage's pages, click and stage film look and sound."""

from __future__ import annotations

import re
from dataclasses import fields
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.catalogue.click_styles import click_style
from scorestage.adapters.catalogue.shelves import read
from scorestage.adapters.catalogue.table import Table
from scorestage.production import CueTiming, House, Paper

_OWN = ("id", "name", "score_paper", "part_paper", "click")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def load_house(name: str, *libraries: Path) -> House:
    """The house with this id; what its file leaves out is as in `House` itself.

    Raises `CatalogueError` with file, line and key for whatever is wrong.

    >>> load_house("los-angeles").score_paper.height_mm
    Fraction(2159, 5)
    """
    table = read("houses", name, *libraries)
    plain = {
        field.name: _setting(table, field.name, field.default)
        for field in fields(House)
        if field.name not in _OWN and table.has(field.name)
    }
    house = House(
        id=table.string("id"),
        name=table.string("name"),
        score_paper=_paper(table.table("score_paper")),
        part_paper=_paper(table.table("part_paper")),
        click=click_style(table.table("click")),
        **plain,  # type: ignore[arg-type]
    )
    table.finish()
    return house


def _paper(table: Table) -> Paper:
    paper = Paper(
        table.exact("width_mm"),
        table.exact("height_mm"),
        table.exact("staff_mm"),
        table.exact("margin_mm"),
    )
    table.finish()
    for key in ("width_mm", "height_mm", "staff_mm"):
        if getattr(paper, key) <= 0:
            raise table.fault(key, f"{key} must be more than nothing")
    if paper.margin_mm < 0 or 2 * paper.margin_mm >= min(paper.width_mm, paper.height_mm):
        raise table.fault("margin_mm", "the margins leave no room on the page")
    return paper


def _setting(table: Table, key: str, default: object) -> object:
    if isinstance(default, CueTiming):
        timing = table.string(key)
        if timing not in (CueTiming.CLICK, CueTiming.FREE):
            raise table.fault(key, f"{timing!r} is no way to record", "write click or free")
        return CueTiming(timing)
    if isinstance(default, bool):
        return table.truth(key, default)
    if isinstance(default, int):
        number = table.whole(key)
        if number < 0:
            raise table.fault(key, f"{key} cannot be negative")
        return number
    if isinstance(default, Fraction):
        seconds = table.exact(key)
        if seconds < 0:
            raise table.fault(key, f"{key} cannot be negative")
        return seconds
    colour = table.string(key)
    if not _COLOUR.fullmatch(colour):
        raise table.fault(key, f"{colour!r} is no colour", "write for example #f2d024")
    return colour
