"""Reading a Standard MIDI file: notes put on a grid and spelled, tempo and meters."""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import mido
from mido.midifiles.meta import KeySignatureError

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.midi.quantise import Grid
from scorestage.adapters.formats.midi.tracks import MidiTrack, line_of
from scorestage.errors import FormatError, InputError, Where
from scorestage.music import Note, Score, pitch_of_key
from scorestage.music.key import Key
from scorestage.music.spelling import spelled
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beat,
    Beats,
    FilmTime,
    Meter,
    Steady,
    Tempo,
    TempoMap,
)

_MOST_BYTES = 16 * 1024 * 1024
_MOST_BARS = 5000
_EXPECTED = "a Standard MIDI file (.mid) is expected"
_BROKEN = (
    *(OSError, EOFError, ValueError, KeyError, IndexError, TypeError),
    KeySignatureError,
)
"""What mido raises for files that no program wrote."""
_KEY_EVENT = re.compile(rb"(\xff\x59\x02)..", re.DOTALL)
_KEPT = frozenset(
    ("set_tempo", "time_signature", "key_signature", "track_name", "end_of_track", "note_on")
)
_QUIET = frozenset(
    (
        "note_off",
        "program_change",
        "midi_port",
        "channel_prefix",
        "instrument_name",
        "sequence_number",
    )
)

_LOWEST_KEY = 12
_DRUMS = 9


@dataclass(frozen=True, slots=True)
class ReadMidi:
    """A MIDI file: tempo map (bar 1 at film time 0), tracks, key where told, what was lost."""

    tempo_map: TempoMap
    tracks: tuple[MidiTrack, ...]
    key: Key | None = None
    losses: tuple[str, ...] = ()

    @property
    def score(self) -> Score:
        """The tracks as players of a score, notes that overlap in voices of their own."""
        return Score(
            self.tempo_map.grid,
            tuple(line_of(track, place) for place, track in enumerate(self.tracks, start=1)),
        )


def read_midi(content: bytes, name: str = "file") -> ReadMidi:
    """The notes of a MIDI file, its tempos as steps, its meters as bars.

    Notes that lie on note values or tuplets stay exactly there; played ones are put on the grid
    that each beat seems to have. Keys are spelled by what stands around them, all tracks together.

    Raises `FormatError` for what is no MIDI file, or one whose tracks do not belong together.
    """
    file = opened_midi(content, name)
    if not 0 < file.ticks_per_beat < 0x8000:
        told = "it counts in timecode, not in beats"
        raise FormatError(told, Where(file=name), "save it with ticks per quarter")
    losses = Losses()
    tempos: dict[Fraction, int] = {}
    meters: dict[Fraction, Meter] = {}
    keys: list[str] = []
    tracks: list[MidiTrack] = []
    end = Fraction(0)
    for number, track in enumerate(file.tracks):
        tick = 0
        for event in track:
            tick += event.time
            at = Fraction(tick, file.ticks_per_beat)
            if event.type == "set_tempo" and event.tempo > 0:
                tempos[at] = event.tempo
            elif event.type == "time_signature":
                _take_meter(event, at, meters, losses)
            elif event.type == "key_signature":
                keys.append(event.key)
            elif event.type not in _KEPT | _QUIET:
                losses.add(event.type.replace("_", " "))
        found = _tracks(track, number, file.ticks_per_beat, losses)
        tracks.extend(found)
        end = max([end, *(note.end.quarters for one in found for note in one.notes)])
    grid = _grid(meters, end, name)
    key = _key(keys)
    signature = _fifths(keys[0]) if key is not None else None
    return ReadMidi(
        _tempo_map(tempos, grid), tuple(_spelled(tracks, signature)), key, losses.told()
    )


def _fifths(name: str) -> int:
    """The sharps (negative: flats) of a key by its MIDI name, `F#m`."""
    tonic = name.removesuffix("m")
    place = "FCGDAEB".index(tonic[0]) - 1 + 7 * (tonic.count("#") - tonic[1:].count("b"))
    return place - 3 * name.endswith("m")


def opened_midi(content: bytes, name: str) -> mido.MidiFile:
    """A MIDI file of type 0 or 1, also within RIFF; `FormatError` for anything else.

    Key signatures that are none (some programs write them) are passed over.
    """
    if content.startswith(b"RIFF") and content[8:12] == b"RMID":
        content = content[max(0, content.find(b"MThd")) :]
    if not content.startswith(b"MThd"):
        raise FormatError("this is not a MIDI file", Where(file=name), _EXPECTED)
    if len(content) > _MOST_BYTES:
        raise FormatError(f"larger than {_MOST_BYTES // 2**20} MB", Where(file=name))
    try:
        try:
            file = mido.MidiFile(file=io.BytesIO(content), clip=True)
        except KeySignatureError:
            plain = _KEY_EVENT.sub(rb"\1\0\0", content)
            file = mido.MidiFile(file=io.BytesIO(plain), clip=True)
    except _BROKEN as fault:
        why = str(fault) or "it ends in the middle of a track"
        told = f"the MIDI file is broken: {why}"
        raise FormatError(told, Where(file=name), _EXPECTED) from None
    if file.type == 2:
        raise FormatError("its tracks are separate pieces (type 2)", Where(file=name), _EXPECTED)
    return file


def _take_meter(
    event: mido.MetaMessage, at: Fraction, meters: dict[Fraction, Meter], losses: Losses
) -> None:
    try:
        meters[at] = Meter(event.numerator, event.denominator)
    except InputError:
        losses.add(f"time signature {event.numerator}/{event.denominator}")


def _tracks(
    track: mido.MidiTrack, number: int, ticks_per_quarter: int, losses: Losses
) -> list[MidiTrack]:
    """The notes of a track, one entry per channel that sounds."""
    name = next((told_text(event.name) for event in track if event.type == "track_name"), "")
    programs: dict[int, int] = {}
    struck: dict[tuple[int, int], list[int]] = defaultdict(list)
    found: dict[int, list[tuple[Fraction, Fraction, int]]] = defaultdict(list)
    tick = 0

    def let_go(channel: int, key: int) -> None:
        start = struck[channel, key].pop(0)
        if key < _LOWEST_KEY and channel != _DRUMS:
            losses.add("key below C0, which switches sounds or cannot be written")
            return
        onset, end = (Fraction(at, ticks_per_quarter) for at in (start, tick))
        found[channel].append((onset, end, key))

    for event in track:
        tick += event.time
        if event.type == "program_change":
            programs.setdefault(event.channel, event.program)
        elif event.type == "note_on" and event.velocity:
            struck[event.channel, event.note].append(tick)
        elif event.type in ("note_on", "note_off"):
            if struck[event.channel, event.note]:
                let_go(event.channel, event.note)
            else:
                losses.add("note off without a note on")
    for (channel, key), waiting in struck.items():
        losses.add("note never let go (ended with its track)", len(waiting))
        for _ in range(len(waiting)):
            let_go(channel, key)
    return [
        MidiTrack(
            name,
            channel,
            programs.get(channel, 0),
            _notes(f"t{number}c{channel}", _on_grid(strokes)),
        )
        for channel, strokes in sorted(found.items())
    ]


def told_text(text: str) -> str:
    """Text of a file, which is UTF-8 where it can be, else Latin-1."""
    try:
        return text.encode("latin-1").decode("utf-8").strip("\0 ")
    except UnicodeError:
        return text.strip("\0 ")


def _on_grid(
    strokes: Sequence[tuple[Fraction, Fraction, int]],
) -> list[tuple[Fraction, Fraction, int]]:
    """Strokes as onset, length and key on their grid; played ones end where the next begins."""
    grid = Grid.of_onsets(onset for onset, _, _ in strokes)
    placed = [(grid.nearest(onset), grid.nearest(end), key) for onset, end, key in strokes]
    onsets = sorted({onset for onset, _, _ in placed})
    found = []
    for onset, end, key in placed:
        if not grid.exact:
            later = bisect_right(onsets, onset)
            following = onsets[later] if later < len(onsets) else end
            end = following if abs(following - end) <= _JOIN_QUARTERS else end
        found.append((onset, max(end - onset, grid.least(onset)), key))
    return found


_JOIN_QUARTERS = Fraction(1, 6)


def _spelled(tracks: Sequence[MidiTrack], signature: int | None) -> list[MidiTrack]:
    """The tracks with their keys spelled, all that is pitched together."""
    told = [
        (note.onset.quarters, pitch.key)
        for track in tracks
        if not track.is_drums
        for note in track.notes
        for pitch in note.sounding
    ]
    pitches = iter(spelled(told, signature))
    found = []
    for track in tracks:
        notes = track.notes
        if not track.is_drums:
            notes = tuple(
                replace(note, pitches=tuple(next(pitches) for _ in note.sounding)) for note in notes
            )
        found.append(replace(track, notes=notes))
    return found


def _notes(prefix: str, strokes: Sequence[tuple[Fraction, Fraction, int]]) -> tuple[Note, ...]:
    """Strokes as notes; those that begin and end together are chords."""
    chords: dict[tuple[Fraction, Fraction], set[int]] = defaultdict(set)
    for onset, length, key in strokes:
        chords[onset, length].add(key)
    return tuple(
        Note(
            f"{prefix}n{index}",
            Beat(onset),
            Beats(length),
            tuple(pitch_of_key(key) for key in sorted(keys)),
        )
        for index, ((onset, length), keys) in enumerate(sorted(chords.items()), start=1)
    )


def _grid(meters: dict[Fraction, Meter], end: Fraction, name: str) -> BarGrid:
    """Bars to the last note; a meter that changes within a bar cuts it short."""
    changes = sorted(meters.items())
    if not changes or changes[0][0] > 0:
        changes.insert(0, (Fraction(0), Meter(4, 4)))
    bars: list[Bar] = []
    at = Fraction(0)
    while at < end or not bars:
        meter = [meter for start, meter in changes if start <= at][-1]
        later = [start for start, _ in changes if at < start < at + meter.length.quarters]
        if later:
            meter = Meter.of_length(Beats(later[0] - at), meter.denominator)
        bars.append(Bar(meter, BarLabel(len(bars) + 1)))
        at += meter.length.quarters
        if len(bars) > _MOST_BARS:
            raise FormatError(f"more than {_MOST_BARS} bars", Where(file=name))
    return BarGrid(tuple(bars))


def _tempo_map(tempos: dict[Fraction, int], grid: BarGrid) -> TempoMap:
    """Steps of tempo; 120 before the first one, as the standard has it."""
    events = []
    if Fraction(0) not in tempos:
        events.append(Steady(Beat(0), Tempo(120)))
    for at, microseconds in sorted(tempos.items()):
        events.append(Steady(Beat(at), Tempo(Fraction(60_000_000, microseconds))))
    return TempoMap(FilmTime(0), grid, tuple(events))


def _key(keys: Sequence[str]) -> Key | None:
    """The first key signature. C major is what programs write that know no key: it says nothing."""
    if not keys or keys[0] == "C":
        return None
    return Key(keys[0].removesuffix("m"), "minor" if keys[0].endswith("m") else "major")
