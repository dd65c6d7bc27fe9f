"""Watching a film: all detectors run, and what they found put into one order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from scorestage.spotting.detecting import Detector
from scorestage.spotting.footage import Footage
from scorestage.spotting.moments import Moment, MomentKind, in_order
from scorestage.timebase import FilmRange, FilmTime


def watch(
    footage: Footage,
    detectors: Mapping[str, Detector[Any]],
    settings: Mapping[str, object] | None = None,
) -> tuple[Moment, ...]:
    """Everything the detectors find, in film order; `settings` are by detector name.

    Where two see the same thing the plainer explanation stays: a fade is no dissolve, the onset of
    a flash is no cut, nor is a title that appears on black, and a cut inside a dissolve is part of
    it unless it is the surer of the two.
    """
    chosen = settings or {}
    found: list[Moment] = []
    for name, detector in sorted(detectors.items()):
        found += detector(footage, chosen.get(name))
    fades = [m for m in found if m.kind in (MomentKind.FADE_IN, MomentKind.FADE_OUT)]
    kept = [m for m in found if not (m.kind is MomentKind.DISSOLVE and _within_any(m, fades))]
    told = _Told.of(kept)
    return in_order([m for m in kept if not (m.kind is MomentKind.CUT and told.explains(m))])


@dataclass(frozen=True, slots=True)
class _Told:
    """What other moments already say of places where a cut was found."""

    flashes: frozenset[FilmTime]
    titles: frozenset[FilmTime]
    dissolves: tuple[Moment, ...]

    @classmethod
    def of(cls, moments: list[Moment]) -> Self:
        return cls(
            frozenset(m.span.start for m in moments if m.kind is MomentKind.FLASH),
            frozenset(m.at for m in moments if m.kind is MomentKind.TITLE),
            tuple(m for m in moments if m.kind is MomentKind.DISSOLVE),
        )

    def explains(self, cut: Moment) -> bool:
        if cut.at in self.flashes or (cut.at in self.titles and "black" in cut.words):
            return True
        return any(
            other.span.start < cut.at < other.span.end and other.confidence > cut.confidence
            for other in self.dissolves
        )


def _within_any(moment: Moment, others: list[Moment]) -> bool:
    return any(_shared(moment.span, other.span) > 0.4 for other in others)


def _shared(one: FilmRange, other: FilmRange) -> float:
    """The share of `one` that lies in `other`."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    if end <= start:
        return 0.0
    return float((end - start).seconds / one.span.seconds)
