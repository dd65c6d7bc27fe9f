"""The repairs of a written cue after a re-cut: ranked, and each good in a different way."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from scorestage.tempofit.repairs.ground import Terrain
from scorestage.tempofit.repairs.judging import judged_repair
from scorestage.tempofit.repairs.moves import Kind, Moves, all_moves
from scorestage.tempofit.repairs.prices import RepairPrices
from scorestage.tempofit.repairs.repair import Repair
from scorestage.tempofit.repairs.search import Way, cheapest_way, way_points
from scorestage.tempofit.repairs.written import WrittenCue

Bools = npt.NDArray[np.bool_]

USUAL = RepairPrices()
MOST = 60.0
"""No move that costs more is looked at, save a bend."""
EAGER = 50
"""How many times dearer a hit or an end missed is where tempo alone is to meet it."""
LEAST_HARM, NEW_MUSIC = "least harm", "new music"
BY_TEMPO, AS_IT_IS = "tempo alone", "left as it is"
OTHER_JOINTS = 2
"""So many more ways are looked for at other joints."""
ON_THE_STANDS = 6
"""How many times dearer a bar on the stands is where as few pages as can be are to change."""


def repairs(written: WrittenCue, prices: RepairPrices = USUAL, top: int = 6) -> tuple[Repair, ...]:
    """Ways to mend a written cue after a re-cut, the cheapest first and each another way.

    The first is the cheapest of all that the moves allow (`moves.Kind`): tempo bent over whole
    bars, music cut or gone through again between any two clicks, notes held, free bars, new bars;
    between two of them at least one bar stays as it was. Each of the others is the cheapest of
    its manner: by tempo alone, without bending, at barlines only, by holding, on the fewest
    printed bars, at another joint. Empty where nothing serves at all.
    """
    terrain = Terrain.of(written)
    moves = all_moves(terrain, prices, MOST)
    found: list[tuple[str, Way]] = []
    for name, allowed in _manners(moves):
        way = cheapest_way(terrain, prices, moves, allowed)
        if way is None or (name == NEW_MUSIC and not _holds_new(way)):
            continue
        if way.moves or name == LEAST_HARM:
            found.append((name, way))
    found.append((AS_IT_IS, _untouched(terrain)))
    found.extend(_by_tempo_alone(terrain, prices))
    found.extend(_on_few_pages(terrain, prices))
    found.extend(_elsewhere(terrain, prices, moves, [way for _, way in found]))
    usual = [(name, replace(way, cost=way_points(terrain, prices, way))) for name, way in found]
    return _ranked(terrain, usual, top)


def _manners(moves: Moves) -> tuple[tuple[str, Bools], ...]:
    kind = moves.kind
    return (
        (LEAST_HARM, np.ones(len(moves), dtype=bool)),
        ("in the old tempo", moves.bend == 0.0),
        ("whole bars", moves.whole & (kind != Kind.BEND)),
        ("held", np.isin(kind, (Kind.HOLD, Kind.FREE_BAR))),
        ("cut or repeated", np.isin(kind, (Kind.CUT, Kind.REPEAT))),
        (NEW_MUSIC, np.isin(kind, (Kind.NEW, Kind.BEND))),
    )


def _holds_new(way: Way) -> bool:
    """Whether there is new music in it: without any it is a way by tempo alone."""
    return any(move.kind[0] == Kind.NEW for move in way.moves)


def _untouched(terrain: Terrain) -> Way:
    """The music as it was, begun where the picture now wants it: what all others are held to."""
    return Way((), terrain.first_shift, terrain.first_shift, 0.0)


def _by_tempo_alone(terrain: Terrain, prices: RepairPrices) -> list[tuple[str, Way]]:
    """The way that meets the hits by tempo alone, however much that is heard."""
    eager = replace(prices, fit=prices.fit.pressed(EAGER))
    bends = all_moves(terrain, eager, 0.0)
    bends = bends.where(bends.kind == Kind.BEND)
    way = cheapest_way(terrain, eager, bends, np.ones(len(bends), dtype=bool))
    return [] if way is None or not way.moves else [(BY_TEMPO, way)]


def _on_few_pages(terrain: Terrain, prices: RepairPrices) -> list[tuple[str, Way]]:
    """The way that changes the fewest bars on the stands, where any are there."""
    if not terrain.issued.any():
        return []
    careful = replace(prices, reprinted_bar=prices.reprinted_bar * ON_THE_STANDS)
    moves = all_moves(terrain, careful, MOST)
    way = cheapest_way(terrain, careful, moves, np.ones(len(moves), dtype=bool))
    return [] if way is None else [("fewest pages", way)]


def _elsewhere(
    terrain: Terrain, prices: RepairPrices, moves: Moves, known: list[Way]
) -> list[tuple[str, Way]]:
    """Ways whose joints lie at least a bar away from those of all ways known."""
    found: list[tuple[str, Way]] = []
    for _ in range(OTHER_JOINTS):
        taken: set[tuple[int, int]] = set()
        for way in (*known, *(one for _, one in found)):
            taken |= _joints(way)
        if not taken:
            break
        way_else = cheapest_way(terrain, prices, moves, ~_near(terrain, moves, taken))
        if way_else is None or not _joints(way_else):
            break
        found.append(("another joint", way_else))
    return found


def _joints(way: Way) -> set[tuple[int, int]]:
    return {
        (int(move.out[0]), int(move.into[0]))
        for move in way.moves
        if move.kind[0] in (Kind.CUT, Kind.REPEAT)
    }


def _near(terrain: Terrain, moves: Moves, joints: set[tuple[int, int]]) -> Bools:
    """Whether both ends of a move's joint lie within a bar of those of one of `joints`."""
    found = np.zeros(len(moves), dtype=bool)
    bar = (terrain.starts[-1] - terrain.starts[0]) / terrain.bars
    jumped = (moves.kind == Kind.CUT) | (moves.kind == Kind.REPEAT)
    for out, into in joints:
        near = np.abs(terrain.places[moves.out] - terrain.places[out]) < bar
        near &= np.abs(terrain.places[moves.into] - terrain.places[into]) < bar
        found |= near & jumped
    return found


def _ranked(terrain: Terrain, found: list[tuple[str, Way]], top: int) -> tuple[Repair, ...]:
    """The cheapest first; of ways that say the same only the first, and none that gives up more.

    A way that misses hits for which the first finds a place is no answer, save by tempo alone: it
    shows what the others are for.
    """
    kept: list[Repair] = []
    shown = (BY_TEMPO, AS_IT_IS)
    for name, way in sorted(found, key=lambda one: (one[0] in shown, one[1].cost)):
        repair = judged_repair(terrain, name, way)
        worse = kept and len(repair.missed) > len(kept[0].missed) and name not in shown
        if not worse and all(not _alike(repair, other) for other in kept):
            kept.append(repair)
    others = [one for one in kept if one.name in shown]
    return (*kept[: max(1, top - len(others))], *others) if len(kept) > top else tuple(kept)


def _alike(one: Repair, other: Repair) -> bool:
    """Whether two repairs play the same music in nearly the same time."""
    same_music = one.spans == other.spans and one.tempo_map.grid.bars == other.tempo_map.grid.bars
    if not same_music or len(one.missed) != len(other.missed):
        return False
    apart = (
        abs((one.tempo_map.time_at(at) - other.tempo_map.time_at(at)).seconds)
        for at in one.tempo_map.grid.starts
    )
    return max(apart, default=Fraction(0)) < Fraction(1, 10)
