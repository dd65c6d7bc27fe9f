"""What the cue's bars give: modules to put themes in, moments to meet, speech to stay out of."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.request import CueRequest
from scorestage.music import Theme
from scorestage.music.feel import felt_beats, felt_starts, stress_in_bar
from scorestage.production import Hit, HitKind
from scorestage.timebase import BarGrid, Beat, Beats, FilmSpan, FilmTime, TempoMap

_SIXTEENTH = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Module:
    """Some bars that take one bar of the theme: usually one, two where the cue's bars are short."""

    index: int
    first_bar: int
    bars: int
    start: Beat
    end: Beat

    @property
    def length(self) -> Beats:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Moment:
    """A hit in the music: where it falls and how far from the picture that is."""

    hit: Hit
    at: Beat
    bar_index: int
    off: FilmSpan


@dataclass(frozen=True, slots=True)
class Frame:
    """The cue's bars with all that is fixed before a note is written."""

    tempo_map: TempoMap
    modules: tuple[Module, ...]
    moments: tuple[Moment, ...]
    speech: tuple[tuple[Beat, Beat], ...]
    remarks: tuple[str, ...]

    @property
    def grid(self) -> BarGrid:
        """The bars."""
        return self.tempo_map.grid

    def seconds(self, start: Beat, end: Beat) -> Fraction:
        """How long the music between two points lasts."""
        return (self.tempo_map.time_at(end) - self.tempo_map.time_at(start)).seconds

    def spoken(self, start: Beat, end: Beat) -> bool:
        """Whether somebody speaks between two points."""
        return any(begin < end and start < stop for begin, stop in self.speech)

    def beat_length(self, at: Beat) -> Fraction:
        """The length of the felt beat at a point, in quarters."""
        index = self.grid.index_at(at)
        meter = self.grid.bars[index].meter
        into = (at - self.grid.starts[index]).quarters
        found = felt_beats(meter)[0]
        for start, length in zip(felt_starts(meter), felt_beats(meter), strict=True):
            if start <= into:
                found = length
        return found

    def half_beat(self, at: Beat) -> Fraction:
        """Half a beat around a hit, in quarters: an eighth at least."""
        return max(self.beat_length(at), Fraction(1)) / 2


def frame_of(request: CueRequest, theme: Theme) -> Frame:
    """Modules for `theme`, hits on the grid and spans of speech of a cue."""
    tempo_map = request.tempo_map
    moments, remarks = _moments(request)
    speech = tuple(
        (tempo_map.beat_at(span.start), tempo_map.beat_at(span.end))
        for span in request.cue.dialogue
        if span.end > tempo_map.start and span.start < tempo_map.end
    )
    breaks = frozenset(section_starts(request))
    return Frame(tempo_map, _modules(tempo_map, theme, breaks), moments, speech, remarks)


def section_starts(request: CueRequest) -> tuple[int, ...]:
    """The bars (from 0) at which a person wants sections to begin; those that are gone are out."""
    places = {str(bar.label): index for index, bar in enumerate(request.tempo_map.grid.bars)}
    return tuple(sorted({places[one] for one in request.form.starts if one in places}))


def _modules(tempo_map: TempoMap, theme: Theme, breaks: frozenset[int]) -> tuple[Module, ...]:
    """Bars gathered until they hold about as many felt beats as a bar of the theme.

    A module never reaches over one of the `breaks`.
    """
    grid = tempo_map.grid
    wanted = Fraction(len(felt_beats(theme.meter)) * 3, 4)
    found: list[Module] = []
    first, beats = 0, 0
    for index, bar in enumerate(grid.bars):
        beats += len(felt_beats(bar.meter))
        if beats >= wanted or index == len(grid.bars) - 1 or index + 1 in breaks:
            ends = grid.starts[index + 1]
            found.append(Module(len(found), first, index - first + 1, grid.starts[first], ends))
            first, beats = index + 1, 0
    return tuple(found)


def _moments(request: CueRequest) -> tuple[tuple[Moment, ...], tuple[str, ...]]:
    found: list[Moment] = []
    remarks: list[str] = []
    tempo_map = request.tempo_map
    for hit in request.cue.live_hits:
        aim = hit.at + FilmSpan(hit.aim_frames * request.rate.frame_span.seconds)
        at = _place(request, hit, aim)
        taken = next((moment for moment in found if moment.at == at), None)
        if not Beat(0) - tempo_map.grid.pickup <= at < tempo_map.grid.end:
            remarks.append(f"hit {hit.id} lies outside the music and is not played")
        elif hit.kind is HitKind.STOP and at <= Beat(0):
            remarks.append(f"hit {hit.id} stops the music before there is any: it is not played")
        elif taken is not None and taken.hit.weight >= hit.weight:
            remarks.append(f"hit {hit.id} falls together with {taken.hit.id} and is one with it")
        else:
            if taken is not None:
                found.remove(taken)
                remarks.append(f"hit {taken.hit.id} falls together with {hit.id}")
            off = tempo_map.time_at(at) - aim
            found.append(Moment(hit, at, tempo_map.grid.index_at(at), off))
    return tuple(found), tuple(remarks)


def _place(request: CueRequest, hit: Hit, aim: FilmTime) -> Beat:
    """The strongest written place within the hit's tolerance, else the nearest sixteenth."""
    tempo_map = request.tempo_map
    raw = tempo_map.beat_at(aim)
    grid = tempo_map.grid
    index = grid.index_at(raw)
    start = grid.starts[index]
    nearest = round((raw - start).quarters / _SIXTEENTH)
    places = [start + Beats(_SIXTEENTH * (nearest + away)) for away in (0, -1, 1, -2, 2)]
    frame = request.rate.frame_span.seconds
    early, late = hit.early_frames * frame, hit.late_frames * frame

    def off(place: Beat) -> Fraction:
        return (tempo_map.time_at(place) - aim).seconds

    meter = grid.bars[index].meter
    caught = [place for place in places if -early <= off(place) <= late]
    if not caught:
        return min(places, key=lambda place: abs(off(place)))
    length = meter.length.quarters

    def stress(place: Beat) -> Fraction:
        into = (place - start).quarters % length
        half = Fraction(1, 2) if (into * 2).denominator == 1 else Fraction(0)
        return stress_in_bar(meter, into) + half

    return min(caught, key=lambda place: (-stress(place), abs(off(place))))
