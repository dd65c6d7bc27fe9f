"""Whether a long click drifts: a track of hours is written, and every onset measured in the file.

The reader here knows nothing of the writer: it takes the RIFF chunks apart, goes through the
samples in pieces, finds each click by level, and reckons where it should be from the tempo alone.
Memory is the process's peak after a short track and after the long one.

Run: `uv run python -m benchmarks.click_drift [--hours 3] [--bpm 93.7] [--rate-hz 48000]`
"""

from __future__ import annotations

import argparse
import resource
import struct
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np

from scorestage.workflow.click_alone import ClickWish, PlainMusic, make_clicks, plain_music
from scorestage.workflow.click_takes import SoundWish

PIECE_SAMPLES = 1 << 20
QUIET_SECONDS = 0.05
FLOOR = 0.1


def samples(path: Path) -> Iterator[np.ndarray]:
    """The samples of a mono 24-bit WAV in pieces, full scale 1."""
    with path.open("rb") as file:
        file.seek(12)
        while True:
            name, size = struct.unpack("<4sI", file.read(8))
            if name == b"data":
                break
            file.seek(size + size % 2, 1)
        while size:
            raw = np.frombuffer(file.read(min(size, 3 * PIECE_SAMPLES)), np.uint8).reshape(-1, 3)
            size -= raw.size
            wide = raw.astype(np.int32)
            whole = wide[:, 0] | wide[:, 1] << 8 | wide[:, 2] << 16
            yield np.where(whole >= 1 << 23, whole - (1 << 24), whole) / float(1 << 23)


def onsets(path: Path, rate_hz: int) -> np.ndarray:
    """The first sample of every click: above the floor after silence."""
    found, start, last = [], 0, -rate_hz
    for piece in samples(path):
        loud = np.flatnonzero(np.abs(piece) > FLOOR) + start
        gaps = np.diff(loud, prepend=last)
        found.append(loud[gaps > QUIET_SECONDS * rate_hz])
        last = int(loud[-1]) if len(loud) else last
        start += len(piece)
    return np.concatenate(found)


def measured(bpm: str, hours: Fraction, rate_hz: int, folder: Path) -> tuple[int, float, float]:
    """Clicks heard, the largest error in samples, and that of the last click."""
    beats = int(hours * 60 * Fraction(bpm)) // 4 * 4
    music = plain_music(PlainMusic(bpm=bpm, bars=beats // 4, at="10"))
    target = folder / "click.wav"
    told = make_clicks(music, ClickWish(warning=0), SoundWish(rate_hz), [target], every_click=False)
    heard = onsets(target, rate_hz)
    target.unlink()
    assert len(heard) == beats, (len(heard), beats)
    begins = 10 - Fraction(told["takes"][0]["file_start_seconds"])
    off = [
        abs(Fraction(int(at)) - (begins + number * 60 / Fraction(bpm)) * rate_hz)
        for number, at in enumerate(heard)
    ]
    return len(heard), float(max(off)), float(off[-1])


def peak_megabytes() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--hours", type=Fraction, default=Fraction(3))
    reader.add_argument("--bpm", default="93.7")
    reader.add_argument("--rate-hz", type=int, default=48_000)
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory(prefix="scorestage-") as room:
        for hours in (Fraction(1, 12), asked.hours):
            clicks, worst, last = measured(asked.bpm, hours, asked.rate_hz, Path(room))
            print(
                f"{float(hours):6.2f} h at {asked.bpm} bpm, {asked.rate_hz} Hz: {clicks} clicks, "
                f"largest error {worst:.4f} samples, last click {last:.4f}, "
                f"peak memory {peak_megabytes():.0f} MB"
            )


if __name__ == "__main__":
    main()
