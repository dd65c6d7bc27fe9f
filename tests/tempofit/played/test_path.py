"""The path: as few bends as the take needs, the scatter told from the take."""

from __future__ import annotations

import numpy as np
import pytest
from tests.tempofit.played.takes import meant

from scorestage.tempofit.played.line import Played
from scorestage.tempofit.played.path import find_path, scatter_seconds

BARLINES = np.arange(0, 133, 4.0)


def tapped(kind: str, seed: int, jitter: float = 0.025) -> Played:
    take = meant(kind)
    random = np.random.default_rng(seed)
    count = len(take.seconds)
    seconds = take.seconds + random.normal(0, jitter, count)
    return Played(np.arange(count, dtype=np.float64), seconds, np.ones(count))


@pytest.mark.parametrize("kind", ["steady", "rit", "step", "a tempo"])
def test_the_scatter_of_the_hand_is_told_from_the_take(kind: str) -> None:
    found = [scatter_seconds(tapped(kind, seed)) for seed in range(6)]
    assert np.mean(found) == pytest.approx(0.025, abs=0.004)


@pytest.mark.parametrize(("kind", "most"), [("steady", 0), ("rit", 2), ("step", 4), ("a tempo", 6)])
def test_a_path_has_as_few_bends_as_the_take_needs(kind: str, most: int) -> None:
    counts = [len(find_path(tapped(kind, seed), BARLINES, 0.025).bends) for seed in range(4)]
    assert np.median(counts) <= most


def test_one_wild_beat_moves_nothing() -> None:
    played = tapped("steady", 1)
    wild = played.seconds.copy()
    wild[50] += 0.2
    plain = find_path(played, BARLINES, 0.025)
    other = find_path(Played(played.quarters, wild, played.weights), BARLINES, 0.025)
    assert np.abs(plain.seconds_at(BARLINES) - other.seconds_at(BARLINES)).max() < 0.012


def test_after_the_take_the_tempo_holds() -> None:
    path = find_path(tapped("rit", 2), np.arange(0, 161, 4.0), 0.025)
    assert path.quarter_lasts(132) == pytest.approx(path.quarter_lasts(156))
    first, last = path.second_at(140.0), path.second_at(144.0)
    assert last - first == pytest.approx(4 * path.quarter_lasts(142))


def test_a_path_fits_no_worse_than_every_single_tempo() -> None:
    played = tapped("rit", 3)
    path = find_path(played, BARLINES, 0.025)
    left = float(((path.seconds_at(played.quarters) - played.seconds) ** 2).sum())
    line = np.polyfit(played.quarters, played.seconds, 1)
    assert left < float(((np.polyval(line, played.quarters) - played.seconds) ** 2).sum()) / 10
