"""The `[click]` table of a house: patterns, subdivisions, re-entries, variants."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from scorestage.adapters.catalogue.table import Table
from scorestage.production import AdditiveClick, ClickPattern, ClickStyle, ClickVariant
from scorestage.timebase import Meter

_MOST_CLICKS = 64
_MOST_DB = 40


def click_style(table: Table) -> ClickStyle:
    """What the table says; the rest is as in `ClickStyle` itself.

    Raises `CatalogueError` with file, line and key for whatever is wrong.
    """
    plain = ClickStyle()
    additive = table.string("additive", plain.additive)
    if additive not in tuple(AdditiveClick):
        raise table.fault("additive", f"{additive!r} is no way to click", "write units or groups")
    style = replace(
        plain,
        warning_bpm=_least(table, "warning_bpm", plain.warning_bpm),
        subdivide_below_bpm=_least(table, "subdivide_below_bpm", plain.subdivide_below_bpm),
        additive=AdditiveClick(additive),
        patterns=_patterns(table.table("patterns")),
        reentry_clicks=_count(table, "reentry_clicks", plain.reentry_clicks),
        fermata_clicks=_count(table, "fermata_clicks", plain.fermata_clicks),
        soft_db=_gain(table, "soft_db", plain.soft_db),
        stop_early_clicks=_count(table, "stop_early_clicks", plain.stop_early_clicks),
        count_off_clicks=_count(table, "count_off_clicks", plain.count_off_clicks),
        variants=tuple(_variant(one) for one in table.tables("variants")),
    )
    names = [variant.name for variant in style.variants]
    if len(set(names)) < len(names):
        raise table.fault("variants", "two variants have the same name")
    table.finish()
    return style


def _patterns(table: Table) -> tuple[ClickPattern, ...]:
    found = []
    for meter in table.keys:
        told = table.make(meter, meter, Meter.parse)
        found.append(table.made(meter, lambda text, told=told: ClickPattern(told, text)))  # type: ignore[misc]
    table.finish()
    return tuple(found)


def _variant(table: Table) -> ClickVariant:
    variant = ClickVariant(
        name=table.string("name"),
        subdivide_below_bpm=_least(table, "subdivide_below_bpm", Fraction(0)),
        accents=table.truth("accents", False) if table.has("accents") else None,
        gain_db=_gain(table, "gain_db", Fraction(0)),
    )
    if not variant.name.strip():
        raise table.fault("name", "a variant needs a name", 'write name = "rhythm"')
    table.finish()
    return variant


def _least(table: Table, key: str, default: Fraction) -> Fraction:
    number = table.exact(key, default)
    if number < 0:
        raise table.fault(key, f"{key} cannot be negative")
    return number


def _gain(table: Table, key: str, default: Fraction) -> Fraction:
    gain = table.exact(key, default)
    if not -_MOST_DB <= gain <= 0:
        raise table.fault(key, f"{key} must lie between -{_MOST_DB} and 0")
    return gain


def _count(table: Table, key: str, default: int) -> int:
    number = table.whole(key, default)
    if not 0 <= number <= _MOST_CLICKS:
        raise table.fault(key, f"{key} must lie between 0 and {_MOST_CLICKS}")
    return number
