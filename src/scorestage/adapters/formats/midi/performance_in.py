"""A MIDI file as a performance: every key with its length, controllers, programs, the click."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

import mido

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.midi.midi_in import opened_midi, told_text
from scorestage.adapters.formats.midi.tracks import DRUM_CHANNEL
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
        tracks += _tracks(
            track, file.ticks_per_beat, conductor, losses, len(tracks), alone=len(file.tracks) == 1
        )
    if not any(track.tones for track in tracks):
        raise FormatError("the MIDI file holds no notes", Where(file=name), "give a played take")
    if sum(len(track.tones) for track in tracks) > _MOST_NOTES:
        raise FormatError(f"more than {_MOST_NOTES} notes", Where(file=name))
    title = next((told_text(one.name) for one in file.tracks[0] if one.type == "track_name"), "")
    only = len(file.tracks) == 1 and title in {track.name for track in tracks}
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
    *,
    alone: bool,
) -> list[PlayedTrack]:
    """What one track of the file plays, one entry for each channel that sounds."""
    name = next((told_text(event.name) for event in track if event.type == "track_name"), "")
    strokes: dict[tuple[int, int], list[_Stroke]] = defaultdict(list)
    lanes: dict[int, dict[int, list[tuple[Fraction, int]]]] = defaultdict(lambda: defaultdict(list))
    programs: dict[int, list[tuple[Fraction, int]]] = defaultdict(list)
    tick = 0
    now = Fraction(0)
    for event in track:
        if event.time:
            tick += event.time
            now = _seconds(conductor, Fraction(tick, ticks_per_quarter))
        kind = event.type
        if kind in ("note_on", "note_off"):
            velocity = event.velocity if kind == "note_on" else 0
            strokes[event.channel, event.note].append((now, velocity))
        elif kind == "control_change":
            _control(event, now, lanes[event.channel], losses)
        elif kind == "program_change":
            programs[event.channel].append((now, event.program))
        elif kind not in _QUIET:
            losses.add(kind.replace("_", " "))
    tones: dict[int, list[PlayedTone]] = defaultdict(list)
    for (channel, key), own in strokes.items():
        tones[channel] += _tones_of(key, own, now, losses)
    names = _names(track, name, [channel for channel, played in tones.items() if played], alone)
    return [
        PlayedTrack(
            names[channel],
            before + number,
            channel,
            tuple(sorted(played, key=lambda tone: (tone.start_seconds, tone.key))),
            tuple(
                ControlLane(one, tuple(points)) for one, points in sorted(lanes[channel].items())
            ),
            tuple(programs[channel]),
            channel == DRUM_CHANNEL,
        )
        for number, (channel, played) in enumerate(sorted(tones.items()), start=1)
        if played
    ]


_Stroke = tuple[Fraction, int]
"""When a key goes down, with its velocity, or up (0)."""


def _tones_of(
    key: int, strokes: Sequence[_Stroke], end: Fraction, losses: Losses
) -> list[PlayedTone]:
    """The tones of one key: the first struck is the first let go. Where more are struck than let
    go, each ends where the key is struck again at the latest, the last one with its track."""
    struck = sum(velocity > 0 for _, velocity in strokes)
    lacking = struck > len(strokes) - struck
    found: list[PlayedTone] = []
    down: list[_Stroke] = []
    for at, velocity in strokes:
        if down and (not velocity or lacking):
            start, hard = down.pop(0)
            found.append(PlayedTone(start, at, key, hard))
            if velocity:
                losses.add("note never let go (ended where it is struck again)")
        elif not velocity:
            losses.add("note off without a note on")
        if velocity:
            down.append((at, velocity))
    for start, hard in down:
        losses.add("note never let go (ended with its track)")
        found.append(PlayedTone(start, max(end, start), key, hard))
    return found


def _names(
    track: mido.MidiTrack, name: str, channels: Sequence[int], alone: bool
) -> dict[int, str]:
    """What each channel of a track is called: as the track, but where it is the file's only one
    and many play on it, its name is the piece's and each is told by its own instrument name."""
    if not alone or len(channels) < 2:
        return dict.fromkeys(channels, name)
    found = dict.fromkeys(channels, "")
    channel: int | None = None
    for event in track:
        if event.type == "channel_prefix":
            channel = event.channel
        elif event.type in ("instrument_name", "track_name") and channel in found:
            found[channel] = told_text(event.name)
        elif not event.is_meta:
            channel = None
    return found


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
    place = bisect_right(conductor.tempos, quarters, key=lambda one: one[0])
    at, reached, bpm = conductor.tempos[place - 1]
    return reached + (quarters - at) * 60 / bpm
