"""A MIDI file as a performance: every key with its length, controllers, programs, the click."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction

import mido

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.midi.midi_in import opened_midi, told_text
from scorestage.errors import FormatError, Where
from scorestage.takedown import (
    ConductorTrack,
    ControlLane,
    Performance,
    PlayedTone,
    PlayedTrack,
)

_USUAL_BPM = Fraction(120)
_MICROSECONDS_A_MINUTE = 60_000_000
_MOST_NOTES = 200_000
_BAR_ONE = re.compile(r"bar 1 is bar (\d+) of this file, pickup (\d+(?:/\d+)?) quarters")
_TAKEN_CONTROLS = frozenset((1, 2, 11, 32, 58, 64))
_SIGNIFICANT = frozenset((0, 7, 10, 32, 91, 93))
"""Controllers that mix or choose banks: no music is lost with them."""
_QUIET = frozenset(
    (
        *("track_name", "end_of_track", "midi_port", "channel_prefix", "instrument_name"),
        *("sequence_number", "copyright", "sequencer_specific", "smpte_offset", "lyrics", "text"),
        *("set_tempo", "time_signature", "key_signature", "marker", "cue_marker", "note_on"),
        *("note_off", "program_change", "control_change", "device_name"),
    )
)


def read_performance(content: bytes, name: str = "file") -> Performance:
    """A MIDI file as it was played, nothing put on a grid, keys of every height kept.

    Raises `FormatError` for what is no MIDI file, counts in timecode, or holds no notes.
    """
    file = opened_midi(content, name)
    if not 0 < file.ticks_per_beat < 0x8000:
        told = "it counts in timecode, not in beats"
        raise FormatError(told, Where(file=name), "save it with ticks per quarter")
    conductor = _conductor(file)
    losses = Losses()
    tracks: list[PlayedTrack] = []
    for track in file.tracks:
        tracks += _tracks(track, file.ticks_per_beat, conductor, losses, len(tracks))
    if not any(track.tones for track in tracks):
        raise FormatError("the MIDI file holds no notes", Where(file=name), "give a played take")
    if sum(len(track.tones) for track in tracks) > _MOST_NOTES:
        raise FormatError(f"more than {_MOST_NOTES} notes", Where(file=name))
    title = next((told_text(one.name) for one in file.tracks[0] if one.type == "track_name"), "")
    only = len(file.tracks) == 1
    return Performance("" if only else title, tuple(tracks), conductor, losses.told())


def _conductor(file: mido.MidiFile) -> ConductorTrack:
    """Tempos, meters, markers and the lead before bar 1, of all tracks together."""
    tempos: dict[Fraction, Fraction] = {}
    meters: dict[Fraction, tuple[int, int]] = {}
    markers: list[tuple[Fraction, str]] = []
    lead_bars, pickup, fifths = 0, Fraction(0), None
    for track in file.tracks:
        tick = 0
        for event in track:
            tick += event.time
            at = Fraction(tick, file.ticks_per_beat)
            if event.type == "set_tempo" and event.tempo > 0:
                tempos[at] = Fraction(_MICROSECONDS_A_MINUTE, event.tempo)
            elif event.type == "time_signature":
                meters[at] = event.numerator, event.denominator
            elif event.type in ("marker", "cue_marker"):
                markers.append((at, told_text(event.text)))
            elif event.type == "key_signature" and fifths is None and event.key != "C":
                fifths = _fifths(event.key)
            elif event.type == "text" and (told := _BAR_ONE.fullmatch(told_text(event.text))):
                lead_bars, pickup = int(told[1]) - 1, Fraction(told[2])
    listed = sorted(meters.items())
    first = listed[0][1] if listed else (4, 4)
    return ConductorTrack(
        _with_seconds(tempos),
        tuple((at, *meter) for at, meter in listed),
        tuple(sorted(markers)),
        Fraction(lead_bars * first[0] * 4, first[1]),
        pickup,
        fifths,
        bool(tempos),
    )


def _fifths(name: str) -> int:
    tonic = name.removesuffix("m")
    place = "FCGDAEB".index(tonic[0]) - 1 + 7 * (tonic.count("#") - tonic[1:].count("b"))
    return place - 3 * name.endswith("m")


def _with_seconds(
    tempos: dict[Fraction, Fraction],
) -> tuple[tuple[Fraction, Fraction, Fraction], ...]:
    """Each tempo with the seconds at which it begins; 120 before the first, as the standard has."""
    listed = sorted(tempos.items())
    if not listed or listed[0][0] > 0:
        listed.insert(0, (Fraction(0), _USUAL_BPM))
    found: list[tuple[Fraction, Fraction, Fraction]] = []
    for at, bpm in listed:
        reached = Fraction(0)
        if found:
            before, seconds, slower = found[-1]
            reached = seconds + (at - before) * 60 / slower
        found.append((at, reached, bpm))
    return tuple(found)


def _tracks(
    track: mido.MidiTrack,
    ticks_per_quarter: int,
    conductor: ConductorTrack,
    losses: Losses,
    before: int,
) -> list[PlayedTrack]:
    """What one track of the file plays, one entry for each channel that sounds."""
    name = next((told_text(event.name) for event in track if event.type == "track_name"), "")
    down: dict[tuple[int, int], list[tuple[Fraction, int]]] = defaultdict(list)
    tones: dict[int, list[PlayedTone]] = defaultdict(list)
    lanes: dict[int, dict[int, list[tuple[Fraction, int]]]] = defaultdict(lambda: defaultdict(list))
    programs: dict[int, list[tuple[Fraction, int]]] = defaultdict(list)
    tick = 0
    now = Fraction(0)
    for event in track:
        if event.time:
            tick += event.time
            now = _seconds(conductor, Fraction(tick, ticks_per_quarter))
        kind = event.type
        if kind == "note_on" and event.velocity:
            down[event.channel, event.note].append((now, event.velocity))
        elif kind in ("note_on", "note_off"):
            if struck := down[event.channel, event.note]:
                start, velocity = struck.pop(0)
                tones[event.channel].append(PlayedTone(start, now, event.note, velocity))
            else:
                losses.add("note off without a note on")
        elif kind == "control_change":
            _control(event, now, lanes[event.channel], losses)
        elif kind == "program_change":
            programs[event.channel].append((now, event.program))
        elif kind not in _QUIET:
            losses.add(kind.replace("_", " "))
    for (channel, key), waiting in down.items():
        for start, velocity in waiting:
            losses.add("note never let go (ended with its track)")
            tones[channel].append(PlayedTone(start, max(now, start), key, velocity))
    return [
        PlayedTrack(
            name,
            before + number,
            channel,
            tuple(sorted(played, key=lambda tone: (tone.start_seconds, tone.key))),
            tuple(
                ControlLane(one, tuple(points)) for one, points in sorted(lanes[channel].items())
            ),
            tuple(programs[channel]),
        )
        for number, (channel, played) in enumerate(sorted(tones.items()), start=1)
    ]


def _control(
    event: mido.Message,
    now: Fraction,
    lanes: dict[int, list[tuple[Fraction, int]]],
    losses: Losses,
) -> None:
    lanes[event.control].append((now, event.value))
    if event.control not in _TAKEN_CONTROLS | _SIGNIFICANT:
        losses.add(f"controller {event.control} (kept for key switches only)")


def _seconds(conductor: ConductorTrack, quarters: Fraction) -> Fraction:
    at, reached, bpm = max(
        (one for one in conductor.tempos if one[0] <= quarters), key=lambda one: one[0]
    )
    return reached + (quarters - at) * 60 / bpm
