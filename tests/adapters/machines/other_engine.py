"""An engine that nobody here wrote (rustysynth, by way of `midirenderer`), to measure against."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence

import midirenderer
import mido
import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
Struck = tuple[float, float, int, int]
"""Start and length in seconds, key, velocity."""


def midi_bytes(notes: Sequence[Struck], program: int, drum: bool, end_seconds: float) -> bytes:
    """The notes as a MIDI file, full volume, no reverb and chorus sends."""
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=500_000)])
    channel = 9 if drum else 0
    events = [(0, 0, mido.Message("program_change", channel=channel, program=program))]
    for control, setting in ((7, 127), (91, 0), (93, 0)):
        message = mido.Message("control_change", channel=channel, control=control, value=setting)
        events.append((0, 1, message))
    for start, length, key, velocity in notes:
        on = mido.Message("note_on", channel=channel, note=key, velocity=velocity)
        off = mido.Message("note_off", channel=channel, note=key, velocity=0)
        events.append((round(start * RATE_HZ), 3, on))
        events.append((round((start + length) * RATE_HZ), 2, off))
    last = mido.Message("note_off", channel=channel, note=0, velocity=0)
    events.append((round(end_seconds * RATE_HZ), 4, last))
    now = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=tick - now))
        now = tick
    file = mido.MidiFile(ticks_per_beat=RATE_HZ // 2)
    file.tracks.append(track)
    stream = io.BytesIO()
    file.save(file=stream)
    return stream.getvalue()


def play_elsewhere(
    font: bytes,
    notes: Sequence[Struck],
    program: int = 0,
    drum: bool = False,
    end_seconds: float = 4.0,
) -> NDArray[np.float64]:
    """What the other engine makes of the notes, shape (samples, 2)."""
    raw = midirenderer.render_wave_from(font, midi_bytes(notes, program, drum, end_seconds))
    with wave.open(io.BytesIO(raw)) as file:
        assert file.getframerate() == RATE_HZ
        frames = file.readframes(file.getnframes())
        return np.frombuffer(frames, "<i2").reshape(-1, file.getnchannels()) / 32768.0


def level_db(sound: NDArray[np.floating], start: float, end: float) -> float:
    """RMS of both channels between two times in seconds, in dB."""
    part = sound[round(start * RATE_HZ) : round(end * RATE_HZ)].astype(np.float64)
    return float(10 * np.log10((part**2).mean() + 1e-20))


def strongest_hz(sound: NDArray[np.floating], low_hz: float, high_hz: float) -> float:
    """The strongest partial between two frequencies, to a small fraction of a cent."""
    mono = sound.astype(np.float64).mean(axis=1)
    size = 1 << 19
    spectrum = np.abs(np.fft.rfft(mono * np.hanning(len(mono)), size))
    first, last = int(low_hz * size / RATE_HZ), int(high_hz * size / RATE_HZ) + 1
    peak = first + int(spectrum[first:last].argmax())
    a, b, c = np.log(spectrum[peak - 1 : peak + 2] + 1e-30)
    return float((peak + 0.5 * (a - c) / (a - 2 * b + c)) * RATE_HZ / size)


def onset_samples(sound: NDArray[np.floating]) -> int:
    """The first sample at 10 % of the peak."""
    level = np.abs(sound).max(axis=1)
    return int(np.argmax(level >= 0.1 * level.max()))
