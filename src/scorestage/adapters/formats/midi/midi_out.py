"""A score as a Standard MIDI file, type 1: tempo and meter map, markers, one track per player."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

import mido

from scorestage.adapters.formats.midi.dynamics import Loudness
from scorestage.adapters.tempo_list import baked_starts
from scorestage.errors import MusicError, Where
from scorestage.music import Line, MarkKind, Note, Pitch, Score, Unpitched
from scorestage.production import Hit
from scorestage.timebase import Bar, BarGrid, Beat, Beats, FilmTime, TempoMap, Timecode
from scorestage.timebase.reading import FilmClock

TICKS_PER_QUARTER = 960
_MOST_TICKS = 32767
_DRUM_CHANNEL = 9
_CHANNELS = tuple(channel for channel in range(16) if channel != _DRUM_CHANNEL)
_SLOWEST_MICROSECONDS = 0xFFFFFF
_LONGEST_SPAN_QUARTERS = 1000
_GRACE = Beats(Fraction(1, 12))
_UNKNOWN_DRUM_KEY = 38
_FASTEST_SMPTE = 30
_MILLION = 1_000_000

_Timed = tuple[int, int, mido.Message | mido.MetaMessage]
"""Tick, order among simultaneous events, event."""


def write_midi(
    score: Score,
    tempo_map: TempoMap,
    hits: Sequence[Hit] = (),
    *,
    title: str = "",
    film: FilmClock | None = None,
) -> bytes:
    """The score as a MIDI file that every sequencer plays at the times of the tempo map.

    Bar 1 begins the file; where there is a pickup, a whole bar (or as many as it needs) stands
    before, so that barlines agree. Each constant tempo is one event, ramps and fermatas are baked
    beat by beat (finer where they are steep) from exact times, and rounding never adds up: no note
    is more than 1 ms off. Hits
    (or, without any, the score's own hit marks), rehearsal letters and words for all become
    markers. `film` gives the SMPTE offset, and a text with the timecode of the file's start and of
    bar 1.

    Each player has a track; pitched ones take the channels in turn, 10 left to drums; from the
    16th on the next MIDI port is used. Velocities follow dynamics, hairpins and accents; lengths
    are as written; quarter tones are played by the nearest key.

    Raises `MusicError` for a tempo slower than MIDI can hold (3.6 quarters a minute).
    """
    clock = _Clock(score, tempo_map)
    file = mido.MidiFile(type=1, ticks_per_beat=clock.ticks_per_quarter, charset="utf-8")
    conductor = _tempo_events(clock, tempo_map)
    conductor.extend(_meters(clock, score.grid.bars))
    conductor.extend(_markers(clock, tempo_map, score, hits))
    conductor.extend(_timecode(clock, tempo_map, film))
    conductor.extend(_bar_one(clock, score.grid))
    file.tracks.append(_track(title or "Tempo", conductor, clock.end))
    for place, line in enumerate(score.lines):
        file.tracks.append(_track(line.player.name, _player_events(clock, line, place), clock.end))
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


class _Clock:
    """Beats as ticks; tick 0 lies whole bars before bar 1 where there is a pickup."""

    def __init__(self, score: Score, tempo_map: TempoMap) -> None:
        grid = score.grid
        bar = grid.bars[0].meter.length.quarters if grid.bars else Fraction(4)
        self.lead = Beats(-(-grid.pickup.quarters // bar) * bar)
        self.start = Beat(0) - self.lead
        self.tempo_map = tempo_map
        points = {
            point.quarters.denominator
            for _, note in score.notes()
            for point in (note.onset, note.length)
        }
        points.update(at.quarters.denominator for at, _ in tempo_map.baked())
        finest = lcm(TICKS_PER_QUARTER, *points)
        self.ticks_per_quarter = finest if finest <= _MOST_TICKS else TICKS_PER_QUARTER
        self.end = self.tick(grid.end)

    def beat(self, tick: int) -> Beat:
        """The beat that a tick stands for."""
        return self.start + Beats(Fraction(tick, self.ticks_per_quarter))

    def tick(self, at: Beat) -> int:
        """The tick nearest to a beat, never before the file's start."""
        return max(0, round((at - self.start).quarters * self.ticks_per_quarter))


def _track(name: str, events: list[_Timed], end: int) -> mido.MidiTrack:
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name=name, time=0))
    before = 0
    for tick, _, event in sorted(events, key=lambda timed: timed[:2]):
        track.append(event.copy(time=tick - before))
        before = tick
    track.append(mido.MetaMessage("end_of_track", time=max(0, end - before)))
    return track


def _tempo_events(clock: _Clock, tempo_map: TempoMap) -> list[_Timed]:
    """Tempo events in whole microseconds, each less than one off a quarter.

    Of the two whole numbers next to the exact length of a quarter the one is taken that brings the
    file back to the map, so that what rounding costs is never more than half a span's quarters.
    """
    end = max(tempo_map.grid.end, tempo_map.baked()[-1][0] + Beats(1))
    starts = baked_starts(tempo_map, clock.start, end, Fraction(_LONGEST_SPAN_QUARTERS))
    found: list[_Timed] = []
    late_microseconds, before = Fraction(0), 0
    last = max(tempo_map.grid.end, starts[-1] + Beats(4))
    for at, later in zip(starts, [*starts[1:], last], strict=True):
        tick, stop = clock.tick(at), clock.tick(later)
        quarters = Fraction(stop - tick, clock.ticks_per_quarter)
        if quarters == 0:
            continue
        lasting = (
            tempo_map.time_at(clock.beat(stop)) - tempo_map.time_at(clock.beat(tick))
        ).seconds
        exact = lasting * _MILLION / quarters
        tempo = min(
            range(-(-exact // 1) - 1, exact.__floor__() + 2),
            key=lambda one: (abs(late_microseconds + (one - exact) * quarters), abs(one - exact)),
        )
        if not 1 <= tempo <= _SLOWEST_MICROSECONDS:
            where = Where(bar=str(tempo_map.grid.position(at).label))
            raise MusicError("this tempo is slower than MIDI can hold", where, "write it faster")
        if tempo != before:
            found.append((tick, 1, mido.MetaMessage("set_tempo", tempo=tempo)))
        before = tempo
        late_microseconds += (tempo - exact) * quarters
    return found


def _meters(clock: _Clock, bars: Sequence[Bar]) -> Iterator[_Timed]:
    before = None
    at = Beat(0)
    for index, bar in enumerate(bars):
        meter = bar.meter
        if meter != before:
            signature = mido.MetaMessage(
                "time_signature",
                numerator=meter.numerator,
                denominator=meter.denominator,
                clocks_per_click=max(1, min(255, round(24 * meter.click.quarters))),
            )
            yield (0 if index == 0 else clock.tick(at)), 0, signature
        before = meter
        at = at + meter.length


def _markers(
    clock: _Clock, tempo_map: TempoMap, score: Score, hits: Sequence[Hit]
) -> Iterator[_Timed]:
    for mark in score.marks:
        if mark.kind is not MarkKind.HIT or not hits:
            yield clock.tick(mark.at), 2, mido.MetaMessage("marker", text=mark.text or mark.kind)
    for hit in hits:
        at = tempo_map.beat_at(hit.at)
        yield clock.tick(at), 2, mido.MetaMessage("marker", text=hit.words or f"hit {hit.id}")


def _timecode(clock: _Clock, tempo_map: TempoMap, film: FilmClock | None) -> Iterator[_Timed]:
    """SMPTE offset of the file's start, and the same in words with bar 1."""
    if film is None:
        return
    begins = tempo_map.time_at(clock.start)
    moments = (("start of file", begins), ("bar 1", tempo_map.start))
    told = ", ".join(f"{what} = {_label(_frames(film, at), film)}" for what, at in moments)
    yield 0, 0, mido.MetaMessage("text", text=f"{told} at {film.rate.name} fps")
    frames = _frames(film, begins)
    if frames < 0 or film.rate.nominal > _FASTEST_SMPTE:
        return
    label = str(Timecode(int(frames), film.rate)).replace(";", ":").split(":")
    hours, minutes, seconds, frame = map(int, label)
    offset = mido.MetaMessage(
        "smpte_offset",
        frame_rate=29.97 if film.rate.drop else film.rate.nominal,
        hours=hours % 24,
        minutes=minutes,
        seconds=seconds,
        frames=frame,
        sub_frames=int(frames % 1 * 100),
    )
    yield 0, 0, offset


def _bar_one(clock: _Clock, grid: BarGrid) -> Iterator[_Timed]:
    """Where bars stand before bar 1, which bar of the file it is, and how long the pickup."""
    if clock.lead.quarters:
        bars = clock.lead.quarters / grid.bars[0].meter.length.quarters
        told = f"bar 1 is bar {bars + 1} of this file, pickup {grid.pickup.quarters} quarters"
        yield 0, 0, mido.MetaMessage("text", text=told)


def _frames(film: FilmClock, at: FilmTime) -> Fraction:
    return at.seconds * film.rate.frames_per_second + film.start_frames


def _label(frames: Fraction, film: FilmClock) -> str:
    into = int(frames % 1 * 100)
    return f"{Timecode(int(frames // 1), film.rate)}{f' +{into:02}/100 frame' if into else ''}"


def _player_events(clock: _Clock, line: Line, place: int) -> list[_Timed]:
    """Program, and every note on and off; offs come first where a note is struck again."""
    player = line.player
    channel = _CHANNELS[place % len(_CHANNELS)]
    found: list[_Timed] = [
        (0, 0, mido.MetaMessage("midi_port", port=place // len(_CHANNELS))),
        (0, 0, mido.MetaMessage("instrument_name", name=player.instrument.name)),
    ]
    programs = {one.id: one.midi_program for one in player.instruments}
    first = player.instrument
    program = first.midi_program
    if player.is_section and first.section_program is not None:
        program = first.section_program
    for at, number in [(Beat(0) - clock.lead, program)] + [
        (at, programs[name]) for at, name in line.changes if name in programs
    ]:
        message = mido.Message("program_change", channel=channel, program=number)
        found.append((clock.tick(at), 1, message))
    drums = {drum.id: drum.drum_key for one in player.instruments for drum in one.drums}
    for staff in line.staves:
        loudness = Loudness.of_staff(staff)
        for voice in staff.voices:
            for note in voice.notes:
                velocity = loudness.velocity(note)
                tones = line.held_at(note.onset).tones_of(note)
                found.extend(_played(clock, note, tones, velocity, channel, drums))
    return found


def _played(
    clock: _Clock,
    note: Note,
    tones: Sequence[Pitch | Unpitched],
    velocity: int,
    channel: int,
    drums: dict[str, int],
) -> Iterator[_Timed]:
    before = clock.tick(note.onset)
    for index, grace in enumerate(note.grace):
        away = _GRACE * (len(note.grace) - index)
        start = clock.tick(note.onset - away)
        stop = min(before, clock.tick(note.onset - away + _GRACE))
        if start < stop:
            yield from _stroke(start, stop, grace.key, velocity, channel)
    end = max(before + 1, clock.tick(note.end))
    for pitch in tones:
        if isinstance(pitch, Unpitched):
            key = drums.get(pitch.sound, _UNKNOWN_DRUM_KEY)
            yield from _stroke(before, end, key, velocity, _DRUM_CHANNEL)
        elif isinstance(pitch, Pitch) and 0 <= pitch.key <= 127:
            yield from _stroke(before, end, pitch.key, velocity, channel)
        else:
            raise MusicError(f"{pitch} has no MIDI key", Where(player=note.id))


def _stroke(start: int, end: int, key: int, velocity: int, channel: int) -> Iterator[_Timed]:
    on = mido.Message("note_on", channel=channel, note=key, velocity=velocity)
    off = mido.Message("note_off", channel=channel, note=key, velocity=0)
    yield start, 4, on
    yield end, 3, off
