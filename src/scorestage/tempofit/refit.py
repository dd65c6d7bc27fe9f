"""One hit is dragged: the map in force answers near it and stays as it is further away."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from scorestage.errors import FitError
from scorestage.production import Hit, HitStatus
from scorestage.tempofit.candidate import Candidate
from scorestage.tempofit.conflict import conflict_words
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.judge import judged, land
from scorestage.tempofit.ranking import maps_differ
from scorestage.tempofit.searching import around, fillable, searched
from scorestage.tempofit.settings import FitSettings
from scorestage.timebase import Beat, FilmTime, FrameRate, TempoMap

MARGINS = (2, 4, 8)
"""So many bars on each side of what has moved are fitted anew; the first that serve are taken."""
FAR_POINTS = 8
"""What it costs, in points, to change every bar of a map; a share of the bars costs its share."""
DEFAULTS = FitSettings()
NOTHING_ACCEPTED: frozenset[str] = frozenset()


def refit(
    start: FilmTime,
    end: FilmTime | None,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    keep: TempoMap,
    settings: FitSettings = DEFAULTS,
    accepted: frozenset[str] = NOTHING_ACCEPTED,
) -> tuple[Candidate, ...]:
    """Maps near the one in force that serve the hits as they lie now, the best first.

    Bars far from every hit that `keep` no longer reaches stay exactly as they are: their times,
    meters, tempos and labels. A map that changes fewer bars goes before one that costs a little
    less. Where `keep` still serves it is returned alone. Hits `accepted` as missed (by id) move
    nothing. No chance baseline is drawn: ask `fit`.
    """
    live = tuple(hit for hit in hits if hit.status is not HitStatus.DROPPED)
    ground = fillable(lay_ground(start, end, live, rate, settings))
    wanted = tuple(hit for hit in live if hit.id not in accepted)
    disturbed = disturbed_bars(keep, ground, wanted, rate, end)
    if not disturbed:
        return (_told(judged("kept", keep, ground, live, rate), ground),)
    found: list[tuple[Fraction, Candidate]] = []
    for margin in MARGINS:
        kept = spans_outside(disturbed, margin, len(keep.grid.bars))
        if not kept:
            break
        try:
            near = around(keep, kept, ground, live, rate, replace(settings, top=2), end, quick=True)
        except FitError:
            continue
        found += [(_price(one, kept, keep), one) for one in near]
        if any(_serves(one, settings, accepted) for one in near):
            break
    if not any(_serves(one, settings, accepted) for _, one in found):
        whole = searched(ground, live, rate, replace(settings, top=2))
        found += [(_price(one, (), keep), one) for one in whole]
    return _ranked(found, ground)[: settings.top]


def _ranked(found: list[tuple[Fraction, Candidate]], ground: Ground) -> tuple[Candidate, ...]:
    """The cheapest first, and none that says the same as one before."""
    different: list[Candidate] = []
    for _, one in sorted(found, key=lambda priced: priced[0]):
        if all(maps_differ(one.tempo_map, other.tempo_map) for other in different):
            different.append(_told(one, ground))
    return tuple(different)


def _told(one: Candidate, ground: Ground) -> Candidate:
    return replace(one, conflict=conflict_words(ground, one))


def _serves(one: Candidate, settings: FitSettings, accepted: frozenset[str]) -> bool:
    missed = [landing for landing in one.missed if landing.hit.id not in accepted]
    return not missed and one.unwritten_step_percent <= settings.breath_percent


def _price(one: Candidate, kept: tuple[tuple[int, int], ...], keep: TempoMap) -> Fraction:
    """The candidate's points, and what the bars it changes cost besides."""
    staying = sum(last - first for first, last in kept)
    changed = Fraction(len(keep.grid.bars) - staying, len(keep.grid.bars))
    locked = sum(landing.hit.locked for landing in one.missed)
    return one.costs.total + FAR_POINTS * changed + 10**5 * locked


def disturbed_bars(
    keep: TempoMap, ground: Ground, hits: tuple[Hit, ...], rate: FrameRate, end: FilmTime | None
) -> set[int]:
    """Bars of the map in which a hit is no longer reached, or the cue no longer begins or ends."""
    found: set[int] = set()
    grid = keep.grid
    for hit in hits:
        landing = land(hit, keep, rate)
        if not landing.caught:
            found.add(grid.index_at(keep.beat_at(hit.at)))
    first = keep.time_at(Beat(0) + -grid.pickup)
    late = float((first - ground.origin).seconds)
    if not -1e-9 <= late <= ground.start_late + 1e-9:
        found.add(0)
    if end is not None and abs(keep.end - end) > rate.frame_span:
        last = len(grid.bars) - 1
        found |= set(range(min(last, grid.index_at(keep.beat_at(end))), last + 1))
    return found


def spans_outside(disturbed: set[int], margin: int, count: int) -> tuple[tuple[int, int], ...]:
    """The bars further than `margin` from every bar disturbed, as spans.

    >>> spans_outside({4}, 2, 12)
    ((0, 2), (7, 12))
    """
    far = [bar for bar in range(count) if all(abs(bar - one) > margin for one in disturbed)]
    found: list[tuple[int, int]] = []
    for bar in far:
        if found and found[-1][1] == bar:
            found[-1] = (found[-1][0], bar + 1)
        else:
            found.append((bar, bar + 1))
    return tuple(found)
