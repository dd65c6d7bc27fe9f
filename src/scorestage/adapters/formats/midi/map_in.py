"""The tempo map of a Standard MIDI file as it is: tempos, meters, markers, start timecode."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

import mido

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.midi.midi_in import opened_midi, told_text
from scorestage.adapters.session import Imported, Marker, MarkerKind
from scorestage.adapters.tempo_list import ListedTempo, MapParts, checked_tempo, map_from
from scorestage.errors import FormatError, InputError, TimecodeError, Where
from scorestage.timebase import Beat, FilmClock, FilmTime, FrameRate, Meter, TempoMap

_MICROSECONDS_A_MINUTE = 60_000_000
_USUAL_TEMPO = Fraction(120)
_WORDS = ("marker", "cue_marker")
_BAR_ONE = re.compile(r"bar 1 is bar (\d+) of this file, pickup (\d+(?:/\d+)?) quarters")
_OWN_TIMECODE = re.compile(r"start of file = .* fps")
_MIDI_RATES = {24: "24", 25: "25", 29.97: "30 drop", 30: "30"}
_NOTES = frozenset(("note_on", "note_off", "control_change", "program_change", "pitchwheel"))
_NEVER_MISSED = frozenset(
    ("end_of_track", "track_name", "midi_port", "channel_prefix", "instrument_name", "set_tempo")
) | frozenset(("sequence_number", "copyright", "sequencer_specific"))
_FASTEST_DIVISION = 0x8000


@dataclass(slots=True)
class _Found:
    """What the tracks hold, by quarters from the file's start."""

    tempos: dict[Fraction, Fraction] = field(default_factory=dict)
    meters: dict[Fraction, Meter] = field(default_factory=dict)
    words: list[tuple[Fraction, str, MarkerKind]] = field(default_factory=list)
    offset: mido.MetaMessage | None = None
    bars_before: int = 0
    pickup: Fraction = Fraction(0)
    end: Fraction = Fraction(0)
    title: str = ""
    losses: Losses = field(default_factory=Losses)


def read_map(content: bytes, name: str, clock: FilmClock) -> Imported:
    """Tempos, meters and markers of a MIDI file, each where it stands.

    Every tempo event is taken over as a step, so that times are those of the program that wrote it.
    Before the first one the standard's 120 holds. A file that counts in timecode has no map; its
    markers are taken. `clock` reads the SMPTE offset. `FormatError` for what is no MIDI file.
    """
    file = opened_midi(content, name)
    if file.ticks_per_beat <= 0 or file.ticks_per_beat >= _FASTEST_DIVISION:
        return _counted_in_timecode(file, name, clock)
    found = _Found()
    for number, track in enumerate(file.tracks, start=1):
        _take(track, number, file.ticks_per_beat, found, name)
    placed, notes = _placed(found, clock)
    start = placed if placed is not None else FilmTime(0)
    whole = _map(found, start, name, 0)
    tempo_map, told = _map(found, start, name, found.bars_before)
    markers = tuple(
        Marker(whole[0].time_at(Beat(at)), words, kind=kind) for at, words, kind in found.words
    )
    return Imported(
        title=found.title,
        tempo_map=tempo_map,
        markers=markers,
        placed=placed is not None,
        losses=found.losses.told(),
        notes=(*told, *notes),
    )


def _take(
    track: mido.MidiTrack, number: int, ticks_per_quarter: int, found: _Found, name: str
) -> None:
    tick = 0
    for event in track:
        tick += event.time
        at = Fraction(tick, ticks_per_quarter)
        kind = event.type
        if kind == "set_tempo":
            place = f"quarter {float(at):g} (track {number})"
            if event.tempo <= 0:
                raise FormatError(f"a tempo of 0 microseconds at {place}", Where(file=name))
            speed = Fraction(_MICROSECONDS_A_MINUTE, event.tempo)
            found.tempos[at] = checked_tempo(speed, place, name)
        elif kind == "time_signature":
            _take_meter(event, at, found)
        elif kind in _WORDS:
            found.words.append((at, told_text(event.text), MarkerKind.HIT))
        elif kind in ("text", "lyrics"):
            _take_text(told_text(event.text), at, found)
        elif kind == "smpte_offset":
            found.offset = found.offset or event
        elif kind == "track_name" and number == 1:
            found.title = told_text(event.name)
        elif kind in _NOTES:
            found.losses.add("notes and controllers" if kind != "program_change" else "programs")
        elif kind not in _NEVER_MISSED:
            found.losses.add(kind.replace("_", " "))
    found.end = max(found.end, Fraction(tick, ticks_per_quarter))


def _take_meter(event: mido.MetaMessage, at: Fraction, found: _Found) -> None:
    try:
        found.meters[at] = Meter(event.numerator, event.denominator)
    except InputError:
        found.losses.add(f"time signature {event.numerator}/{event.denominator}")


def _take_text(words: str, at: Fraction, found: _Found) -> None:
    if own := _BAR_ONE.fullmatch(words):
        found.bars_before = int(own[1]) - 1
        found.pickup = Fraction(own[2])
    elif words and not _OWN_TIMECODE.fullmatch(words):
        found.words.append((at, words, MarkerKind.TEXT))


def _map(
    found: _Found, start: FilmTime, name: str, bars_before: int
) -> tuple[TempoMap, tuple[str, ...]]:
    tempos = sorted(found.tempos.items())
    if not tempos or tempos[0][0] > 0:
        tempos.insert(0, (Fraction(0), _USUAL_TEMPO))
    parts = MapParts(
        tuple(ListedTempo(at, Fraction(0), speed) for at, speed in tempos),
        found.meters,
        found.end,
        bars_before,
        found.pickup if bars_before else Fraction(0),
    )
    return map_from(parts, start, name)


def _placed(found: _Found, clock: FilmClock) -> tuple[FilmTime | None, tuple[str, ...]]:
    """Where the file's start lies in the film, by its SMPTE offset."""
    offset = found.offset
    if offset is None:
        return None, ()
    label = f"{offset.hours:02}:{offset.minutes:02}:{offset.seconds:02}:{offset.frames:02}"
    if not any((offset.hours, offset.minutes, offset.seconds, offset.frames, offset.sub_frames)):
        return None, ()
    told = f"{label}.{offset.sub_frames:02} at {_MIDI_RATES[offset.frame_rate]} frames"
    nominal = round(offset.frame_rate)
    frames = offset.frames + Fraction(offset.sub_frames, 100)
    notes = [f"start timecode {told}"]
    if nominal != clock.rate.nominal:
        notes.append(
            f"frames count {clock.rate.name} a second here: hours, minutes and seconds of the "
            "label are kept, its frames scaled"
        )
        frames = frames * clock.rate.nominal / nominal
    second = f"{offset.hours:02}:{offset.minutes:02}:{offset.seconds:02}"
    try:
        return _label_time(second, frames, clock), tuple(notes)
    except TimecodeError as fault:
        return None, (*notes, f"the start timecode is left aside: {fault.what}")


def _label_time(second: str, frames: Fraction, clock: FilmClock) -> FilmTime:
    """The film time of a label whose frames may be broken."""
    whole = clock.read(f"{second}:{min(int(frames), clock.rate.nominal - 1):02}")
    rest = frames - min(int(frames), clock.rate.nominal - 1)
    return FilmTime(whole.seconds + rest / clock.rate.frames_per_second)


def _counted_in_timecode(file: mido.MidiFile, name: str, clock: FilmClock) -> Imported:
    """Markers of a file whose ticks are parts of a frame; it cannot hold a tempo map."""
    division = file.ticks_per_beat & 0xFFFF
    frames, parts = 256 - (division >> 8), division & 0xFF
    known = {24: FrameRate(24), 25: FrameRate(25), 30: FrameRate(30)}
    known[29] = FrameRate("30000/1001", drop=True)
    if frames not in known or not parts:
        told = f"it counts {frames} frames of {parts} parts, which no program does"
        raise FormatError(told, Where(file=name), "save it with ticks per quarter")
    rate = known[frames]
    found = _Found()
    for number, track in enumerate(file.tracks, start=1):
        _take(track, number, parts, found, name)
    placed, notes = _placed(found, clock)
    start = (placed or FilmTime(0)).seconds
    markers = tuple(
        Marker(FilmTime(start + at / rate.frames_per_second), words, kind=kind)
        for at, words, kind in found.words
    )
    told = f"the file counts {rate.name} frames a second, not beats: it has no tempo map"
    lost = (f"tempo events ({len(found.tempos)})",) if found.tempos else ()
    return Imported(
        title=found.title,
        markers=markers,
        placed=placed is not None,
        rate=rate,
        losses=(*found.losses.told(), *lost),
        notes=(told, *notes),
    )
