"""The default synthesiser: a SoundFont 2 sampler, float32 and exact to the sample."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from scorestage.adapters.machines.sf2_file import DRUM_BANK, SoundFont, read_soundfont
from scorestage.adapters.machines.sf2_sound import (
    Sound,
    cut_curve,
    natural_length,
    release_curve,
    release_seconds,
    tail_after_loop,
    volume_envelope,
    waveform,
)
from scorestage.adapters.machines.sf2_voice import Tone, Voice, voice_of
from scorestage.adapters.machines.sf2_voicings import section_strings_of
from scorestage.adapters.machines.sf2_zones import Region, regions_of
from scorestage.mockup.loudness import loudest_moment_lufs
from scorestage.mockup.performance import SAMPLE_RATE_HZ, Audio, Performance, PlayedNote

_CACHE_BYTES = 256 * 2**20
_MEASURED_SECONDS = 0.8
_NOTE_SECONDS = 0.2
"""Over about this time the ear sums what belongs to one note."""
_HEARD_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class _Sounding:
    """One voice of one note, and where another note chokes it."""

    note: PlayedNote
    voice: Voice
    choked_at_samples: int | None = None


def _voice(region: Region, note: PlayedNote) -> Voice:
    voice = voice_of(region, note.key + note.bend_cents / 100, note.velocity)
    if note.release_seconds is None:
        return voice
    envelope = replace(voice.envelope, release_seconds=note.release_seconds)
    return replace(voice, envelope=envelope)


class Sf2Synth:
    """Plays performances with one SoundFont 2 file.

    Waveforms are kept, so a repeated note costs a multiplication. Nothing here is random: the
    same performance gives the same samples.
    """

    def __init__(self, font_path: Path, sample_rate_hz: int = SAMPLE_RATE_HZ) -> None:
        self.font: SoundFont = read_soundfont(font_path)
        self.sample_rate_hz = sample_rate_hz
        self._regions: dict[tuple[int, int], tuple[Region, ...]] = {}
        self._waves: OrderedDict[Tone, Sound] = OrderedDict()
        self._wave_bytes = 0
        self._measured: dict[tuple[int, float, int, bool], tuple[float, float]] = {}

    def render(self, performance: Performance, length_samples: int) -> Audio:
        """The notes of a performance, flat, as float32 of shape (length_samples, 2).

        Raises `MachineError` where the font lacks a program or is damaged.
        """
        return self._render(performance.notes, length_samples)

    def attack_seconds(self, program: int, key: float, velocity: int, drum: bool = False) -> float:
        """From the note's start to 10 % of its peak, measured from the sound itself."""
        return self._measure(program, key, velocity, drum)[0]

    def loudness_db(self, program: int, key: float, velocity: int, drum: bool = False) -> float:
        """The loudest 0.2 s of the note, K-weighted as broadcasters measure (LUFS)."""
        return self._measure(program, key, velocity, drum)[1]

    def section_strings(self) -> tuple[tuple[int, float], ...]:
        """The programs that make the best section of strings on this font, with levels in dB."""
        return section_strings_of(self.font.name)

    def has_program(self, program: int, drum: bool = False) -> bool:
        """Whether the font holds this program, or this drum kit."""
        return (DRUM_BANK if drum else 0, program) in self.font.presets

    def _measure(self, program: int, key: float, velocity: int, drum: bool) -> tuple[float, float]:
        place = (program, key, velocity, drum)
        if place not in self._measured:
            length = round(_MEASURED_SECONDS * self.sample_rate_hz)
            sound = self._render((PlayedNote(0, length, program, drum, key, velocity),), length)
            level = np.abs(sound).max(axis=1)
            heard = int(np.argmax(level >= _HEARD_SHARE * level.max())) if level.any() else 0
            loudness = loudest_moment_lufs(sound, self.sample_rate_hz, _NOTE_SECONDS)
            self._measured[place] = heard / self.sample_rate_hz, loudness
        return self._measured[place]

    # ── notes to voices ─────────────────────────────────────────────────────────────────────────

    def _preset(self, program: int, drum: bool) -> tuple[Region, ...]:
        bank = DRUM_BANK if drum else 0
        if (bank, program) not in self._regions:
            self._regions[bank, program] = regions_of(self.font, bank, program)
        return self._regions[bank, program]

    def _soundings(self, notes: Sequence[PlayedNote]) -> list[_Sounding]:
        """Every voice of every note; a note of an exclusive class chokes the one before."""
        found: list[_Sounding] = []
        ringing: dict[tuple[int, bool, int], list[int]] = {}
        for note in sorted(notes, key=lambda n: n.start_samples):
            nearest = min(max(round(note.key), 0), 127)
            struck: dict[tuple[int, bool, int], list[int]] = {}
            for region in self._preset(note.program, note.drum):
                if region.sounds(nearest, note.velocity):
                    voice = _voice(region, note)
                    if voice.exclusive_class:
                        group = (note.program, note.drum, voice.exclusive_class)
                        struck.setdefault(group, []).append(len(found))
                    found.append(_Sounding(note, voice))
            for group, numbers in struck.items():
                for number in ringing.get(group, ()):
                    found[number] = replace(found[number], choked_at_samples=note.start_samples)
                ringing[group] = numbers
        return found

    # ── voices to sound ─────────────────────────────────────────────────────────────────────────

    def _render(self, notes: Sequence[PlayedNote], length_samples: int) -> Audio:
        out = np.zeros((2, length_samples), np.float32)
        soundings = self._soundings(notes)
        needs: dict[Tone, int] = {}
        for sounding in soundings:
            needed = self._longest_samples(sounding, length_samples)
            needs[sounding.voice.tone] = max(needs.get(sounding.voice.tone, 0), needed)
        for sounding in soundings:
            if needs[sounding.voice.tone] > 0:
                self._add(out, sounding, self._wave(sounding.voice.tone, needs))
        return np.ascontiguousarray(out.T)

    def _longest_samples(self, sounding: _Sounding, length_samples: int) -> int:
        """How much of the waveform this voice can need, its release included."""
        ring = release_seconds(sounding.voice.envelope) * self.sample_rate_hz
        end = sounding.note.end_samples + round(ring)
        return min(end, length_samples) - sounding.note.start_samples

    def _wave(self, tone: Tone, needs: dict[Tone, int]) -> Sound:
        """The waveform of a tone, at least as long as needed (or its whole sample)."""
        needed = needs[tone]
        limit = natural_length(tone, self.sample_rate_hz)
        if limit is not None:
            needed = min(needed, limit)
        kept = self._waves.get(tone)
        if kept is None or len(kept) < needed:
            if kept is not None:
                self._wave_bytes -= kept.nbytes
            kept = waveform(self.font, tone, needed, self.sample_rate_hz)
            self._waves[tone] = kept
            self._wave_bytes += kept.nbytes
        self._waves.move_to_end(tone)
        while self._wave_bytes > _CACHE_BYTES and len(self._waves) > 1:
            self._wave_bytes -= self._waves.popitem(last=False)[1].nbytes
        return kept

    def _add(self, out: Sound, sounding: _Sounding, wave: Sound) -> None:
        """Add one voice to both channels of `out`, shape (2, samples)."""
        note, voice = sounding.note, sounding.voice
        gains = self._gains(sounding)
        if voice.plays_out and voice.tone.looped:
            held = min(note.length_samples, len(wave))
            tail = tail_after_loop(self.font, voice.tone, held, self.sample_rate_hz)
            wave = np.concatenate([wave[:held], tail])
        first = max(-note.start_samples, 0)
        last = min(len(gains), len(wave), out.shape[1] - note.start_samples)
        if first >= last:
            return
        sound = wave[first:last] * gains[first:last]
        place = slice(note.start_samples + first, note.start_samples + last)
        level = voice.gain * 10 ** (note.gain_db / 20)
        angle = (voice.pan + 1) * np.pi / 4
        out[0, place] += sound * np.float32(level * np.cos(angle))
        out[1, place] += sound * np.float32(level * np.sin(angle))

    def _gains(self, sounding: _Sounding) -> Sound:
        """The volume envelope of one voice, held, then released or choked."""
        held, envelope = sounding.note.length_samples, sounding.voice.envelope
        whole = volume_envelope(envelope, held + 1, self.sample_rate_hz)
        release = release_curve(envelope, float(whole[held]), self.sample_rate_hz)
        gains = np.concatenate([whole[:held], release])
        if sounding.choked_at_samples is not None:
            cut = sounding.choked_at_samples - sounding.note.start_samples
            if cut < len(gains):
                choke = cut_curve(float(gains[cut]), self.sample_rate_hz)
                gains = np.concatenate([gains[:cut], choke])
        return gains
