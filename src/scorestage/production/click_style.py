"""How a house wants its click: warning clicks, patterns, subdivisions, re-entries, variants."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.timebase import Beats, Meter

_GROUPS = re.compile(r"\d+(\+\d+)*")
_LETTERS = re.compile(r"[Xx.-]+")
DOWNBEAT, GROUP, BEAT, BETWEEN = 3, 2, 1, 0
"""Stress of a click: downbeat, start of a group, other beat, subdivision."""


class AdditiveClick(StrEnum):
    """What clicks in 3+2+2/8: every eighth, or the start of each group."""

    UNITS = "units"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class PatternClick:
    """One click of a bar: how far from the barline, how stressed, how long until the next one."""

    offset: Beats
    stress: int
    length: Beats


@dataclass(frozen=True, slots=True)
class ClickPattern:
    """What clicks in one meter, written as groups (`3+2+2`) or a sign for each unit (`X.-x.x.`).

    `X` is a downbeat, `x` a beat, `-` a subdivision, `.` nothing.
    """

    meter: Meter
    text: str

    def __post_init__(self) -> None:
        if _GROUPS.fullmatch(self.text):
            counted = sum(map(int, self.text.split("+")))
            fits = counted == self.meter.numerator and "0" not in self.text.split("+")
        else:
            fits = bool(_LETTERS.fullmatch(self.text)) and len(self.text) == self.meter.numerator
            fits = fits and set(self.text) != {"."}
        if not fits:
            do = f"write groups that make {self.meter.numerator}, or so many of X x - and ."
            raise InputError(f"{self.text!r} is no click pattern for {self.meter}", do=do)

    @property
    def clicks(self) -> tuple[PatternClick, ...]:
        """The clicks of one bar in order.

        >>> [click.stress for click in ClickPattern(Meter.parse("7/8"), "3+2+2").clicks]
        [3, 2, 2]
        """
        if _GROUPS.fullmatch(self.text):
            sizes = [int(size) for size in self.text.split("+")]
            starts = [sum(sizes[:index]) for index in range(len(sizes))]
            signs = {at: "g" if size > 1 else "x" for at, size in zip(starts, sizes, strict=True)}
            signs[0] = "X"
        else:
            signs = {place: sign for place, sign in enumerate(self.text) if sign != "."}
        unit, strong = self.meter.unit, self.meter.stresses
        places = sorted(signs)
        found = []
        for place, later in zip(places, [*places[1:], self.meter.numerator], strict=True):
            offset = unit * place
            plain = GROUP if offset in strong else BEAT
            stress = {"X": DOWNBEAT, "g": GROUP, "x": plain, "-": BETWEEN}
            found.append(PatternClick(offset, stress[signs[place]], unit * (later - place)))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class ClickVariant:
    """The click of one section of the orchestra, where it differs from that of the others.

    `accents` None: as the house has it. `gain_db` is added to every click.
    """

    name: str
    subdivide_below_bpm: Fraction = Fraction(0)
    accents: bool | None = None
    gain_db: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class ClickStyle:
    """What a click track does besides clicking on every beat."""

    warning_bpm: Fraction = Fraction(0)
    """The warning clicks' own tempo; 0: that of bar 1."""
    subdivide_below_bpm: Fraction = Fraction(0)
    """Below this a softer click falls between; 0: never."""
    additive: AdditiveClick = AdditiveClick.UNITS
    patterns: tuple[ClickPattern, ...] = ()
    reentry_clicks: int = 2
    """Clicks that lead out of free bars, at the tempo of the way back in."""
    fermata_clicks: int = 1
    """Clicks that prepare the beat after a fermata, while it is still held."""
    soft_db: Fraction = Fraction(0)
    """How much softer the click is where nobody plays louder than p: -6, for example."""
    stop_early_clicks: int = 0
    """How many clicks before the last attack are left out at the end."""
    count_off_clicks: int = 0
    """Free clicks into each rehearsal letter, as files of their own; 0: no such files."""
    variants: tuple[ClickVariant, ...] = ()

    def pattern(self, meter: Meter) -> tuple[PatternClick, ...]:
        """What clicks in a bar of `meter`; a pattern for 7/8 is for every grouping without its own.

        >>> style = ClickStyle(additive=AdditiveClick.GROUPS)
        >>> [click.length.quarters for click in style.pattern(Meter.parse("3+2+2/8"))]
        [Fraction(3, 2), Fraction(1, 1), Fraction(1, 1)]
        """
        plain = Meter(meter.numerator, meter.denominator)
        for wanted in (meter, plain):
            for pattern in self.patterns:
                if pattern.meter == wanted:
                    return replace(pattern, meter=meter).clicks
        if meter.additive and self.additive is AdditiveClick.GROUPS:
            return ClickPattern(meter, "+".join(map(str, meter.grouping))).clicks
        strong = meter.stresses
        return tuple(
            PatternClick(
                offset, DOWNBEAT if not index else GROUP if offset in strong else BEAT, meter.click
            )
            for index, offset in enumerate(meter.clicks)
        )

    def varied(self, variant: ClickVariant) -> ClickStyle:
        """The same style for the section that a variant is for."""
        return replace(self, subdivide_below_bpm=variant.subdivide_below_bpm)
