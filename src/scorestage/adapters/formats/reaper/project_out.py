"""A session as a Reaper project.

Lines as REAPER itself writes them: `PT seconds bpm shape signature`, shape 0 running to the next
point (linear in time), 1 holding; a signature is 65536 x denominator + numerator; beats per minute
are of the quarter note. `PROJOFFS` holds start time and first measure (0 is bar 1), so that bars
bear the numbers of the score; the project's notes say where music begins if that is not bar 1.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from fractions import Fraction

from scorestage.adapters.formats.reaper.blocks import quoted
from scorestage.adapters.plain_numbers import decimal_text
from scorestage.adapters.session import Clip, Exported, Marker, Session, Track, TrackKind
from scorestage.adapters.tempo_list import ListedMap, ListedTempo, listed
from scorestage.timebase import Fermata, FreeBar, Meter, Ramp, RampLaw, TempoMap

_SIGNATURE = 65536
_FLAG_COLOUR = 0x1000000
_TRACK_COLOURS = {
    TrackKind.PICTURE: (0x50, 0x50, 0x50),
    TrackKind.DIALOGUE: (0xB0, 0x80, 0x40),
    TrackKind.TEMP: (0x80, 0x60, 0xA0),
    TrackKind.CLICK: (0xC0, 0xC0, 0x40),
    TrackKind.MUSIC: (0x40, 0x80, 0xA0),
}
_TIMED_RATES = {24, 25, 30, 48, 50, 60, 75}
_OURS = uuid.UUID("6a0f7d5c-5b3a-4f0e-9a53-2f5c1f1d9a10")


def write_project(session: Session) -> Exported:
    """The session as a Reaper project; media paths are as its clips name them.

    Constant tempos are one point each, ramps linear in time stay ramps (it is REAPER's own law),
    others are baked. Everything is locked to time, so that picture and hits stay where they are
    while the tempo is worked on.
    """
    laid = None
    if session.tempo_map is not None:
        laid = listed(session.tempo_map, session.start, frozenset((RampLaw.LINEAR_IN_TIME,)))
    body = [*_head(session, laid)]
    if laid is not None:
        body += ["  <TEMPOENVEX", "    ACT 1 -1", "    VIS 1 0 1", "    ARM 0"]
        body += ["    DEFSHAPE 1 -1 -1", *_points(laid), "  >"]
    body += _markers(session)
    for number, track in enumerate(session.tracks):
        body += _track(session, track, number)
    text = "\n".join(['<REAPER_PROJECT 0.1 "7.0/scorestage" 0', *body, ">"]) + "\n"
    notes = ("tempos to ten decimals: times agree within a nanosecond a beat",)
    return Exported(text.encode("utf-8"), _not_carried(session), notes)


def _head(session: Session, laid: ListedMap | None) -> Iterator[str]:
    rate = session.clock.rate
    seconds = session.start.seconds + session.clock.start_frames / rate.frames_per_second
    bars = laid.bars_before if laid is not None else 0
    first = session.tempo_map.grid.bars[0].label.number if session.tempo_map is not None else 1
    yield f"  TITLE {quoted(session.title)}"
    if first != 1:
        yield "  <NOTES 0 2"
        yield f"    |the music begins with bar {first}"
        yield "  >"
    yield f"  PROJOFFS {decimal_text(seconds)} {first - 1 - bars} 0"
    pulled = rate.frames_per_second.denominator != 1
    drop = 1 if rate.drop else 2 if pulled else 0
    yield f"  TIMEMODE 1 5 -1 {rate.nominal} {drop} 0 -1"
    yield "  TIMELOCKMODE 0"
    yield "  TEMPOENVLOCKMODE 0"
    yield f"  SAMPLERATE {session.sample_rate_hz} 1 0"
    tempo, meter = (laid.tempos[0], laid.meters[0][1]) if laid is not None else (None, Meter(4, 4))
    speed = tempo.quarters_per_minute if tempo is not None else Fraction(120)
    yield f"  TEMPO {decimal_text(speed, 10)} {meter.numerator} {meter.denominator}"


def _points(laid: ListedMap) -> Iterator[str]:
    """Tempo points; a meter that begins between them gets a point with the tempo that holds."""
    meters = dict(laid.meters)
    tempos = {tempo.at: tempo for tempo in laid.tempos}
    for at in sorted(tempos | meters):
        tempo = tempos.get(at) or _holding(laid.tempos, at)
        shape = 1 if tempo.ramp is None else 0
        speed = decimal_text(tempo.quarters_per_minute, 10)
        line = f"    PT {decimal_text(tempo.seconds)} {speed} {shape}"
        if meter := meters.get(at):
            line += f" {meter.denominator * _SIGNATURE + meter.numerator} 0 1"
        yield line


def _holding(tempos: tuple[ListedTempo, ...], at: Fraction) -> ListedTempo:
    """What holds at `at`, as a point there; within a ramp what the ramp has reached."""
    index = max(number for number, tempo in enumerate(tempos) if tempo.at < at)
    last = tempos[index]
    if last.ramp is None:
        seconds = last.seconds + (at - last.at) * 60 / last.quarters_per_minute
        return ListedTempo(at, seconds, last.quarters_per_minute)
    later = tempos[index + 1]
    whole, into = later.seconds - last.seconds, _seconds_into(last, later, at)
    gone = into / whole
    speed = last.quarters_per_minute + gone * (later.quarters_per_minute - last.quarters_per_minute)
    return ListedTempo(at, last.seconds + into, speed, last.ramp)


def _seconds_into(first: ListedTempo, last: ListedTempo, at: Fraction) -> Fraction:
    """Seconds into a ramp linear in time at `at`, to a nanosecond, by halving."""
    whole = last.seconds - first.seconds
    slope = (last.quarters_per_minute - first.quarters_per_minute) / whole / 60
    low, high = Fraction(0), whole
    for _ in range(60):
        middle = Fraction(round((low + high) / 2 * 10**12), 10**12)
        reached = first.quarters_per_minute / 60 * middle + slope * middle * middle / 2
        if reached < at - first.at:
            low = middle
        else:
            high = middle
    return high


def _markers(session: Session) -> Iterator[str]:
    for number, marker in enumerate(session.markers, start=1):
        seconds = (marker.at - session.start).seconds
        colour = _marker_colour(marker)
        if marker.end is None:
            yield f"  MARKER {number} {decimal_text(seconds)} {quoted(marker.words)} 0 {colour} 1"
            continue
        ends = (marker.end - session.start).seconds
        yield f"  MARKER {number} {decimal_text(seconds)} {quoted(marker.words)} 1 {colour} 1"
        yield f'  MARKER {number} {decimal_text(ends)} "" 1'


def _marker_colour(marker: Marker) -> int:
    if len(marker.colour) == 7 and marker.colour.startswith("#"):
        return _native(*(int(marker.colour[place : place + 2], 16) for place in (1, 3, 5)))
    return 0


def _native(red: int, green: int, blue: int) -> int:
    return _FLAG_COLOUR | blue << 16 | green << 8 | red


def _track(session: Session, track: Track, number: int) -> Iterator[str]:
    guid = _guid(session.title, "track", number, track.name)
    yield f"  <TRACK {guid}"
    yield f"    NAME {quoted(track.name)}"
    yield f"    PEAKCOL {_native(*_TRACK_COLOURS[track.kind])}"
    yield "    BEAT 0"
    yield "    VOLPAN 1 0 -1 -1 1"
    yield f"    MUTESOLO {int(track.muted)} 0 0"
    channels = max((clip.channels for clip in track.clips), default=2)
    yield f"    NCHAN {max(2, channels + channels % 2)}"
    yield f"    TRACKID {guid}"
    for place, clip in enumerate(track.clips):
        yield from _item(session, track, clip, _guid(session.title, "item", number, place))
    yield "  >"


def _item(session: Session, track: Track, clip: Clip, guid: str) -> Iterator[str]:
    kind = "VIDEO" if track.kind is TrackKind.PICTURE else "WAVE"
    yield "    <ITEM"
    yield f"      POSITION {decimal_text((clip.at - session.start).seconds)}"
    yield f"      LENGTH {decimal_text(clip.length.seconds)}"
    yield "      LOOP 0"
    for word, fade in (("FADEIN", clip.fade_in), ("FADEOUT", clip.fade_out)):
        if fade.seconds:
            yield f"      {word} 1 {decimal_text(fade.seconds)} 0 1 0 0 0"
    yield f"      IGUID {guid}"
    yield f"      NAME {quoted(clip.name)}"
    yield f"      SOFFS {decimal_text(clip.into.seconds)}"
    yield f"      PLAYRATE {decimal_text(clip.speed)} 1 0 -1 0 0.0025"
    yield f"      <SOURCE {kind}"
    yield f"        FILE {quoted(clip.file)}"
    yield "      >"
    yield "    >"


def _guid(*parts: object) -> str:
    named = uuid.uuid5(_OURS, "/".join(map(str, parts)))
    return "{" + str(named).upper() + "}"


def _not_carried(session: Session) -> tuple[str, ...]:
    found: list[str] = []
    if session.tempo_map is not None:
        found += _not_carried_of(session.tempo_map)
    rate = session.clock.rate
    if rate.nominal not in _TIMED_RATES:
        found.append(f"a ruler at {rate.name} frames")
    return tuple(found)


def _not_carried_of(tempo_map: TempoMap) -> Iterator[str]:
    laws = {one.law for one in tempo_map.events if isinstance(one, Ramp)}
    if laws - {RampLaw.LINEAR_IN_TIME}:
        yield "the law of ramps that are not linear in time (they are baked)"
    kinds = {type(one) for one in tempo_map.events}
    if Fermata in kinds:
        yield "fermatas as such (they are slow tempos)"
    if FreeBar in kinds:
        yield "free bars as such (they are tempos without a pulse)"
    meters = {bar.meter for bar in tempo_map.grid.bars}
    if any(Meter(one.numerator, one.denominator) != one for one in meters):
        yield "the grouping of additive meters"
    if any(bar.label.letter for bar in tempo_map.grid.bars):
        yield "letters of bar numbers"
    if tempo_map.grid.pickup.quarters:
        yield "the length of the pickup"
