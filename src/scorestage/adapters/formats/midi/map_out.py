"""A tempo map with its markers as a Standard MIDI file of one conductor track."""

from __future__ import annotations

from scorestage.adapters.formats.midi.midi_out import write_midi
from scorestage.adapters.session import Exported, Session
from scorestage.adapters.tempo_list import numbers_lost
from scorestage.errors import FormatError
from scorestage.music import Score
from scorestage.production import Hit
from scorestage.timebase import Beat, Fermata, FilmTime, FreeBar, Meter, Ramp, TempoMap

_FASTEST_OFFSET = 30


def write_map(session: Session) -> Exported:
    """The map of a session: one tempo event for each constant span, ramps baked beat by beat.

    Raises `FormatError` where there is no map, `MusicError` for a tempo MIDI cannot hold.
    """
    tempo_map = session.tempo_map
    if tempo_map is None:
        raise FormatError("there is no tempo map to write", do="fit the cue first")
    begins = _begins(tempo_map)
    points = [one for one in session.markers if one.end is None]
    inside = [one for one in points if begins <= one.at]
    hits = tuple(
        Hit(one.id or f"marker{number}", one.at, one.words)
        for number, one in enumerate(inside, start=1)
    )
    content = write_midi(
        Score(tempo_map.grid, ()), tempo_map, hits, title=session.title, film=session.clock
    )
    notes: tuple[str, ...] = (
        "tempos are whole microseconds: 1 µs off a quarter at most, made good by the tempos after",
    )
    if any(isinstance(one, Ramp) for one in tempo_map.events):
        notes += ("ramps are baked beat by beat, finer where they are steep",)
    return Exported(content, _not_carried(session, tempo_map, len(points) - len(inside)), notes)


def _begins(tempo_map: TempoMap) -> FilmTime:
    """When the file begins: at bar 1, or whole bars before where there is a pickup."""
    bar = tempo_map.grid.bars[0].meter.length.quarters
    lead = -(-tempo_map.grid.pickup.quarters // bar) * bar
    return tempo_map.time_at(Beat(-lead))


def _not_carried(session: Session, tempo_map: TempoMap, early: int) -> tuple[str, ...]:
    found = []
    kinds = {type(one) for one in tempo_map.events}
    if Ramp in kinds:
        found.append("the law of ramps")
    if Fermata in kinds:
        found.append("fermatas as such (they are slow tempos)")
    if FreeBar in kinds:
        found.append("free bars as such (they are tempos without a pulse)")
    if early:
        found.append(f"markers before the file's start ({early})")
    if regions := sum(one.end is not None for one in session.markers):
        found.append(f"regions ({regions})")
    meters = {bar.meter for bar in tempo_map.grid.bars}
    if any(Meter(one.numerator, one.denominator) != one for one in meters):
        found.append("the grouping of additive meters")
    bar_one = tempo_map.grid.bars[0].meter.length.quarters
    found += numbers_lost(tempo_map, int(-(-tempo_map.grid.pickup.quarters // bar_one)))
    if any(bar.label.letter for bar in tempo_map.grid.bars):
        found.append("letters of bar numbers")
    if session.clock.rate.nominal > _FASTEST_OFFSET:
        found.append(f"start timecode at {session.clock.rate.name} frames")
    if session.tracks:
        found.append("tracks and their media")
    return tuple(found)
