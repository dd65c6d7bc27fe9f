"""A MIDI file as a performance: every note at the moment it was struck, nothing quantised."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import mido

from scorestage.adapters.formats.midi.midi_in import opened_midi
from scorestage.errors import FormatError, Where

_USUAL_TEMPO = 500_000
_MILLION = 1_000_000
_MOST_NOTES = 200_000


@dataclass(frozen=True, slots=True)
class StruckNote:
    """A note of a take: exact seconds from the file's start, MIDI key, velocity, channel from 0."""

    at_seconds: Fraction
    key: int
    velocity: int
    channel: int


def read_take(content: bytes, name: str = "file") -> tuple[StruckNote, ...]:
    """Every note on of a MIDI file in order, timed by the tempos the file carries.

    Raises `FormatError` for what is no MIDI file, or one that holds no notes.
    """
    file = opened_midi(content, name)
    ticks = _Ticks(file)
    found = []
    for track in file.tracks:
        tick = 0
        for event in track:
            tick += event.time
            if event.type == "note_on" and event.velocity:
                at = ticks.seconds(tick)
                found.append(StruckNote(at, event.note, event.velocity, event.channel))
        if len(found) > _MOST_NOTES:
            raise FormatError(f"more than {_MOST_NOTES} notes", Where(file=name))
    if not found:
        raise FormatError("the MIDI file holds no notes", Where(file=name), "give a played take")
    return tuple(sorted(found, key=lambda one: (one.at_seconds, one.channel, one.key)))


class _Ticks:
    """Ticks as exact seconds, by the tempos of the whole file."""

    def __init__(self, file: mido.MidiFile) -> None:
        self.per_quarter = file.ticks_per_beat
        changes: dict[int, int] = {0: _USUAL_TEMPO}
        for track in file.tracks:
            tick = 0
            for event in track:
                tick += event.time
                if event.type == "set_tempo" and event.tempo > 0:
                    changes[tick] = event.tempo
        self.spans: list[tuple[int, Fraction, int]] = []
        reached, before, tempo = Fraction(0), 0, _USUAL_TEMPO
        for tick, later in sorted(changes.items()):
            reached += self._lasting(tick - before, tempo)
            self.spans.append((tick, reached, later))
            before, tempo = tick, later

    def _lasting(self, ticks: int, tempo: int) -> Fraction:
        return Fraction(ticks * tempo, self.per_quarter * _MILLION)

    def seconds(self, tick: int) -> Fraction:
        """When a tick comes."""
        start, reached, tempo = next(span for span in reversed(self.spans) if span[0] <= tick)
        return reached + self._lasting(tick - start, tempo)
