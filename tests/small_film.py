"""A very small film made in a second, for tests that need a real one."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from scorestage.adapters.machines.film import FilmWriter, SoundTrack
from scorestage.timebase import FRAMES_24, FrameRate, Timecode

CUTS = (96, 180, 264)


def small_film(path: Path, rate: FrameRate = FRAMES_24, frames: int = 360) -> Path:
    """Four shots of moving shapes with cuts at `CUTS`, a fade in and out, a slam at the second."""
    rows, columns = np.mgrid[0:90, 0:160]
    sound = np.zeros((round(frames / rate.frames_per_second * 48_000), 2), dtype=np.float32)
    slam = round(CUTS[1] / rate.frames_per_second * 48_000)
    noise = np.random.default_rng(1).normal(0, 0.25, (12_000, 2)).astype(np.float32)
    if slam + len(noise) < len(sound):
        sound[slam : slam + len(noise)] = noise * np.linspace(1, 0, len(noise))[:, None] ** 2
    label = Timecode.parse("01:00:00:00", rate)
    with FilmWriter(path, 160, 90, rate, (SoundTrack("sound"),), start_timecode=label) as film:
        film.write_sound(0, sound)
        for number in range(frames):
            shot = sum(number >= cut for cut in CUTS)
            light = min(1.0, number / 24, (frames - 1 - number) / 24)
            wave = np.sin(rows / (4 + 3 * shot) + columns / 9 + number / (9 - shot))
            base = np.array([[200, 120, 60], [40, 90, 160], [230, 220, 200], [60, 140, 70]][shot])
            picture = base[None, None, :] * (0.75 + 0.25 * wave[..., None]) * light
            film.write_frame(picture.clip(0, 255).astype(np.uint8))
    return path
