"""Where the bars of a hit are set into a line: air, hands and drums across both borders."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scorestage.music import Instrument, Player
from scorestage.orchestration.around import Surroundings, set_in
from scorestage.orchestration.breath import with_air
from scorestage.orchestration.desk import Library, loudest, reached
from scorestage.orchestration.limits import Drums, Stations
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.practice import (
    Colour,
    breath_seconds,
    breathes,
    can_divide,
    change_seconds,
    colour,
    is_kit,
)
from scorestage.orchestration.sweeps import paired
from scorestage.orchestration.timing import Timing


def joined(
    player: Player,
    plain: Sequence[Placed],
    placed: Sequence[Placed],
    here: Surroundings,
    library: Library,
) -> list[Placed]:
    """One player's plain line with the bars of one hit in it, still to be played by one person."""
    return playable(player, set_in(plain, placed, here), here, library)


def playable(
    player: Player,
    found: Sequence[Placed],
    here: Surroundings,
    library: Library,
) -> list[Placed]:
    """A line with new bars in it as one person can play it.

    What cannot be had is changed in those bars: a breath is added, a note left out for which there
    is no time to take up another instrument or to tune a drum.
    """
    found = _with_time(found, here, library.timing)
    result: list[Placed] = []
    for instrument in dict.fromkeys(one.task.instrument for one in found):
        own = [one for one in found if one.task.instrument is instrument]
        if colour(instrument) is Colour.TIMPANI:
            own = _tuned(own, here, library.timing)
        elif instrument.drums and not is_kit(instrument):
            own = _walked(own, here, library.timing)
        elif breathes(instrument) and not can_divide(player, instrument):
            own = with_air(own, _lasting(instrument, library), here, library.timing)
        result += own
    return paired(sorted(result, key=lambda one: (one.start, one.staff, one.voice)))


def _lasting(instrument: Instrument, library: Library) -> Callable[[Sequence[Placed]], float]:
    """How long a breath holds for some notes of a player, by the loudest of them."""

    def lasts(run: Sequence[Placed]) -> float:
        marked = [mark.dynamic.level for one in run for mark in one.task.dynamics]
        return breath_seconds(instrument, max([loudest(run, library), *marked]))

    return lasts


def _with_time(found: Sequence[Placed], here: Surroundings, timing: Timing) -> list[Placed]:
    """Notes in the bars of a hit only where nothing near them asks for another instrument."""
    if len({one.task.instrument.id for one in found}) < 2:
        return list(found)
    outside = [one for one in found if not (here.holds(one.start) and one.task.alternate)]

    def clear(one: Placed) -> bool:
        return all(
            other.task.instrument.id == one.task.instrument.id
            or timing.between(other.end, one.start) >= change_seconds(one.task.instrument)
            or timing.between(one.end, other.start) >= change_seconds(other.task.instrument)
            for other in outside
        )

    seconds = [one for one in found if here.holds(one.start) and one.task.alternate]
    kept = [one for one in found if one not in seconds or clear(one)]
    outside = [one for one in kept if not here.holds(one.start) or one.task.alternate]
    return [one for one in kept if one in outside or clear(one)]


def _tuned(own: Sequence[Placed], here: Surroundings, timing: Timing) -> list[Placed]:
    """Strokes at a hit only where the drums can be tuned to them, and in time to what follows."""

    def fails(kept: Sequence[Placed]) -> int | None:
        drums = Drums(timing)
        return next((place for place, one in enumerate(kept) if not _take(drums, one)), None)

    return _giving_way(own, here, fails)


def _walked(own: Sequence[Placed], here: Surroundings, timing: Timing) -> list[Placed]:
    """Strokes at a hit only where the player gets there in time, and back."""

    def fails(kept: Sequence[Placed]) -> int | None:
        stations = Stations(timing)
        return next((place for place, one in enumerate(kept) if not reached(stations, one)), None)

    return _giving_way(own, here, fails)


def _giving_way(
    own: Sequence[Placed], here: Surroundings, fails: Callable[[Sequence[Placed]], int | None]
) -> list[Placed]:
    """The notes without those of the hit that cannot be had, the last before each failure first."""
    kept = sorted(own, key=lambda one: one.start)
    while True:
        failed = fails(kept)
        if failed is None:
            return kept
        new = [place for place in range(failed + 1) if here.holds(kept[place].start)]
        if not new:
            return kept
        del kept[new[-1]]


def _take(drums: Drums, one: Placed) -> bool:
    return drums.take([pitch.key for pitch in one.note.sounding], one.start, one.end)
