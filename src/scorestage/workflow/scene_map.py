"""The bars and tempo of music of the scene, as its players keep them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from scorestage.production import Cue, WayOut
from scorestage.tempofit import Candidate
from scorestage.tempofit.candidate import CostTerms
from scorestage.timebase import BarGrid, Beats, FilmTime, Meter, Tempo, TempoMap
from scorestage.workflow.song_cues import song_inputs, song_map
from scorestage.workflow.source_cues import bar_and_beat, beginning, rest_of_bar

if TYPE_CHECKING:
    from scorestage.workflow.job import Job

_BARS_WITHOUT_END = 16
_NOTHING = Fraction(0)


def steady_map(job: Job, cue: Cue, bpm: Fraction, meter: Meter) -> TempoMap:
    """The map of music of the scene: one tempo, from where it is heard first until past its out.

    A song keeps its own bars and tempos, unless the cue wishes another tempo. Music that ends in
    the scene (a button) has as many bars as come nearest, and is as fast as lets the last one end
    there.
    """
    if cue.song:
        return song_map(job, cue)
    tempo = Tempo(bpm, meter.click)
    bar, beat = bar_and_beat(cue.start_at) if cue.start_at else (1, Fraction(1))
    pickup = rest_of_bar(cue, bar, beat, meter)
    lasting = cue.seconds
    count = _bars(lasting, tempo, meter, pickup, whole=cue.way_out is WayOut.BUTTON)
    if cue.way_out is WayOut.BUTTON and lasting is not None:
        tempo = _filling(lasting, tempo, count * meter.length.quarters + pickup)
    grid = BarGrid.of_meters((meter,) * count, Beats(pickup), bar + 1 if pickup else bar)
    downbeat = FilmTime(beginning(cue).seconds + pickup * tempo.seconds_per_quarter)
    return TempoMap.steady(downbeat, tempo, grid)


def as_it_goes(tempo_map: TempoMap) -> Candidate:
    """The one map there is, as a fit tells it."""
    none = CostTerms(*(_NOTHING,) * 6)
    why = "songs and music of the scene keep their own time: no hit is heeded"
    return Candidate("its own time", why, tempo_map, (), none, _NOTHING, 0)


def source_inputs(job: Job, cue: Cue) -> tuple[object, ...]:
    """What the map of music of the scene is made from."""
    told = (cue.start, cue.end, cue.length_seconds, cue.start_at, str(cue.leaves), cue.bpm_wish)
    return ("source", *told, *song_inputs(job, cue))


def _bars(
    lasting: Fraction | None, tempo: Tempo, meter: Meter, pickup: Fraction, *, whole: bool
) -> int:
    """How many bars it takes to the out: past it, or where all are to be `whole`, the nearest."""
    if lasting is None:
        return _BARS_WITHOUT_END
    bars = (lasting / tempo.seconds_per_quarter - pickup) / meter.length.quarters
    return max(1, round(bars) if whole else -(-bars // 1))


def _filling(lasting: Fraction, tempo: Tempo, quarters: Fraction) -> Tempo:
    return Tempo(60 * quarters / lasting / tempo.unit.quarters, tempo.unit)
