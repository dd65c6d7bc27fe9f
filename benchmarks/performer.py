"""A score played by hands, as a MIDI file that knows nothing of the score.

Timing scatters and drifts, chords are not quite together, notes are let go early, bound or short;
string players' ways of playing lie on tracks of their own or are chosen by key switches; loudness
goes by controller 1 (winds, brass, strings) or by velocity. Everything comes from one seed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import mido
import numpy as np

from scorestage.adapters.formats.midi.dynamics import Loudness
from scorestage.music import Articulation, Family, Line, Note, Pitch, Score, Staff, Technique
from scorestage.timebase import Beat, TempoMap

TICKS = 960
_BY_WHEEL = (Family.WOODWIND, Family.BRASS, Family.STRINGS, Family.VOICE)
MUTES = (Technique.CON_SORDINO, Technique.SENZA_SORDINO)
_SHORT = (Articulation.STACCATO, Articulation.STACCATISSIMO)
WAYS = ("", "stacc", "pizz", "trem")
SWITCHES = {
    f"{way} {mute}".strip(): 12 + place
    for place, (mute, way) in enumerate((mute, way) for mute in ("", "con sord") for way in WAYS)
}
"""Keys that choose a sound: far below any instrument."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is played; times in seconds."""

    seed: int = 1
    scatter: float = 0.012
    chord_scatter: float = 0.006
    drift: float = 0.010
    wheel_noise: float = 2.0
    velocity_noise: float = 4.0
    rubato: float = 0.0
    """Share by which the tempo swells over eight bars; 0: to the click."""
    split: bool = True
    """Whether strings' ways of playing lie on tracks of their own; else key switches choose."""


_Timed = tuple[float, int, mido.Message]


class Performer:
    """One performance of a score; `seconds` tells when a beat is played."""

    def __init__(self, score: Score, tempo_map: TempoMap, manner: Manner) -> None:
        self.score, self.tempo_map, self.manner = score, tempo_map, manner
        self.rng = np.random.default_rng(manner.seed)
        self.begins = float(tempo_map.time_at(Beat(-score.grid.pickup.quarters)).seconds)

    def seconds(self, at: Beat) -> float:
        """When a beat is played, from the file's start."""
        plain = float(self.tempo_map.time_at(at).seconds) - self.begins
        if not self.manner.rubato:
            return plain
        phrase = 16.0
        swell = self.manner.rubato * phrase / (2 * np.pi) * np.sin(2 * np.pi * plain / phrase)
        return plain + float(swell)

    def file(self) -> bytes:
        """The performance as a MIDI file."""
        made = mido.MidiFile(type=1, ticks_per_beat=TICKS)
        made.tracks.append(self._conductor())
        for place, line in enumerate(self.score.lines):
            if not any(note.sounding for note in line.notes):
                continue
            channel = (*range(9), *range(10, 16))[place % 15]
            for name, events in self._tracks(line, channel):
                made.tracks.append(self._track(name, events))
        stream = io.BytesIO()
        made.save(file=stream)
        return stream.getvalue()

    def _conductor(self) -> mido.MidiTrack:
        track = mido.MidiTrack([mido.MetaMessage("track_name", name="")])
        if self.manner.rubato:
            return track
        grid, before = self.score.grid, 0
        events: list[tuple[Fraction, mido.MetaMessage]] = []
        lead = grid.pickup.quarters
        for at, tempo in self.tempo_map.baked():
            events.append(
                (
                    max(Fraction(0), at.quarters + lead),
                    mido.MetaMessage(
                        "set_tempo", tempo=round(60_000_000 / tempo.quarters_per_minute)
                    ),
                )
            )
        meter = None
        for index, bar in enumerate(grid.bars):
            if bar.meter != meter:
                events.append(
                    (
                        grid.starts[index].quarters + lead,
                        mido.MetaMessage(
                            "time_signature",
                            numerator=bar.meter.numerator,
                            denominator=bar.meter.denominator,
                        ),
                    )
                )
            meter = bar.meter
        for at, message in sorted(events, key=lambda one: one[0]):
            tick = round(at * TICKS)
            track.append(message.copy(time=tick - before))
            before = tick
        return track

    def _ticks(self, seconds: float) -> int:
        """A time as ticks of the file's click: its own tempos, or 120."""
        if self.manner.rubato:
            return max(0, round(seconds * 2 * TICKS))
        at = Fraction(seconds + self.begins).limit_denominator(1_000_000)
        from scorestage.timebase import FilmTime

        quarters = self.tempo_map.beat_at(FilmTime(at)).quarters + self.score.grid.pickup.quarters
        return max(0, round(quarters * TICKS))

    def _track(self, name: str, events: list[_Timed]) -> mido.MidiTrack:
        track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)])
        before = 0
        for seconds, _, message in sorted(events, key=lambda one: one[:2]):
            tick = max(before, self._ticks(seconds))
            track.append(message.copy(time=tick - before))
            before = tick
        return track

    def _tracks(self, line: Line, channel: int) -> Iterator[tuple[str, list[_Timed]]]:
        """The tracks of one player: by way of playing, or one with key switches."""
        family = line.player.instrument.family
        ways: dict[str, list[_Timed]] = {}
        wheel = family in _BY_WHEEL
        drift = np.cumsum(self.rng.normal(0, self.manner.drift / 4, 4000))
        drift = np.clip(drift, -2 * self.manner.drift, 2 * self.manner.drift)
        chosen = ""
        notes = sorted(
            ((note, staff) for staff in line.staves for note in staff.notes),
            key=lambda one: one[0].onset,
        )
        loudness = {id(staff): Loudness.of_staff(staff) for staff in line.staves}
        slurred = {one for staff in line.staves for one in _bound(staff)}
        split = family is Family.STRINGS and self.manner.split
        for number, (note, staff) in enumerate(notes):
            way = way_of(note, staff) if family is Family.STRINGS else ""
            level = loudness[id(staff)]
            track = ways.setdefault(way if split else "", [])
            if family is Family.STRINGS and not split and way != chosen:
                key = SWITCHES[way]
                at = self.seconds(note.onset) - 0.06
                track += _stroke(at, at + 0.05, key, 100, channel)
                chosen = way
            late = float(drift[number % len(drift)]) + self._normal(self.manner.scatter)
            track += self._note(note, level, late, channel, note.id in slurred)
            if wheel and "pizz" not in way:
                track += self._wheel(note, level, channel)
        for way, events in ways.items():
            yield f"{line.player.name} {way}".strip(), events

    def _normal(self, wide: float) -> float:
        return float(np.clip(self.rng.normal(0, wide), -2.5 * wide, 2.5 * wide))

    def _note(
        self, note: Note, level: Loudness, late: float, channel: int, bound: bool
    ) -> list[_Timed]:
        start, end = self.seconds(note.onset), self.seconds(note.end)
        lasts = end - start
        if any(sign in note.articulations for sign in _SHORT):
            held = lasts * 0.42
        elif bound:
            held = lasts + min(0.06, lasts * 0.3)
        else:
            held = lasts * float(np.clip(self.rng.normal(0.9, 0.03), 0.8, 0.97))
        found: list[_Timed] = []
        for pitch in note.pitches:
            key = pitch.key if isinstance(pitch, Pitch) else 38
            at = max(0.0, start + late + self._normal(self.manner.chord_scatter))
            hit = level.velocity(note) + round(self._normal(self.manner.velocity_noise))
            stop = max(at + 0.03, at + held + self._normal(0.01))
            found += _stroke(at, stop, key, max(1, min(127, hit)), channel)
        return found

    def _wheel(self, note: Note, level: Loudness, channel: int) -> list[_Timed]:
        found: list[_Timed] = []
        count = max(1, round(float(note.length.quarters) * 4))
        for number in range(count):
            at = note.onset + note.length * Fraction(number, count)
            value = level.at(at) + round(self._normal(self.manner.wheel_noise))
            message = mido.Message(
                "control_change", control=1, value=max(0, min(127, value)), channel=channel
            )
            found.append((max(0.0, self.seconds(at) - 0.02), 1, message))
        return found


def _stroke(start: float, end: float, key: int, velocity: int, channel: int) -> list[_Timed]:
    on = mido.Message("note_on", note=key, velocity=velocity, channel=channel)
    off = mido.Message("note_off", note=key, velocity=0, channel=channel)
    return [(max(0.0, start), 2, on), (max(0.001, end), 0, off)]


def way_of(note: Note, staff: Staff) -> str:
    """What a string player's sound set is asked for: one of `SWITCHES`."""
    plucked = muted = False
    for mark in sorted(staff.techniques, key=lambda mark: mark.at):
        if mark.at <= note.onset and mark.technique in (Technique.PIZZICATO, Technique.ARCO):
            plucked = mark.technique is Technique.PIZZICATO
        if mark.at <= note.onset and mark.technique in MUTES:
            muted = mark.technique is Technique.CON_SORDINO
    short = any(sign in note.articulations for sign in _SHORT)
    way = "pizz" if plucked else "trem" if note.tremolo else "stacc" if short else ""
    return f"{way} {'con sord' if muted else ''}".strip()


def _bound(staff: object) -> Iterator[str]:
    """The notes that lead on under a slur."""
    for voice in getattr(staff, "voices", ()):
        names = [note.id for note in voice.notes]
        for slur in getattr(staff, "slurs", ()):
            if slur.first in names and slur.last in names:
                yield from names[names.index(slur.first) : names.index(slur.last)]
