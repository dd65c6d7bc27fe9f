"""How fast a film gets its streamers: against decoding and encoding it alone, in the same run.

The peer is the shortest PyAV programme that does the same without drawing: every frame decoded and
encoded with the same settings. Both run in turn; the median of the runs counts.

Run: `uv run python -m benchmarks.streamer_film [FILM]`; without a film one is drawn (1280 x 720).
"""

from __future__ import annotations

import argparse
import csv
import statistics
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from scorestage.adapters.machines.film import FilmWriter, SoundTrack, even, probe
from scorestage.timebase import FRAMES_24
from scorestage.workflow.stage_wish import StageWish
from scorestage.workflow.streamers_alone import AloneFiles, plan_alone, write_alone

WIDTH_PX, HEIGHT_PX, SECONDS = 1280, 720, 8
HIT_EVERY_SECONDS = 3
RUNS = 3
ALLOWED = 1.3


def drawn_film(path: Path) -> Path:
    """A film that moves: waves of light without grain (easy to encode), a cut every 4 seconds."""
    random = np.random.default_rng(1)
    rows, columns = np.mgrid[0:HEIGHT_PX, 0:WIDTH_PX].astype(np.float32)
    with FilmWriter(path, WIDTH_PX, HEIGHT_PX, FRAMES_24, (SoundTrack("Sound"),), crf=16) as film:
        film.write_sound(0, random.normal(0, 0.05, (SECONDS * 48_000, 2)).astype(np.float32))
        for number in range(SECONDS * 24):
            shot = number // 96
            wave = np.sin(rows / (25 + 9 * shot) + columns / (31 + 5 * shot) + number / 7)
            ground = np.array([110 + 20 * (shot % 3), 100, 90 + 25 * (shot % 2)])
            picture = ground + 45 * wave[..., None]
            film.write_frame(picture.clip(0, 255).astype(np.uint8))
    return path


def hit_list(path: Path, length_seconds: Fraction) -> Path:
    """A hit every few seconds."""
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("id", "at"))
        for number in range(1, int(length_seconds / HIT_EVERY_SECONDS)):
            rows.writerow((f"h{number}", number * HIT_EVERY_SECONDS))
    return path


def bare(source: Path, dest: Path) -> None:
    """Decode and encode; nothing else, no sound."""
    rate = probe(source).rate
    with av.open(str(source)) as film, av.open(str(dest), "w") as out:
        picture = film.streams.video[0]
        picture.thread_type = "AUTO"
        options = {"crf": "20", "preset": "veryfast"}
        stream = out.add_stream("libx264", rate=rate.frames_per_second, options=options)
        stream.width, stream.height = even(picture.width), even(picture.height)
        stream.pix_fmt = "yuv420p"
        stream.codec_context.gop_size = rate.nominal
        for number, frame in enumerate(film.decode(picture)):
            frame.pts, frame.time_base = number, 1 / rate.frames_per_second
            frame.pict_type = 0
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def with_streamers(source: Path, hits: Path, dest: Path) -> None:
    """The whole verb, as a person runs it: probe, plan, draw, encode, carry the sound."""
    write_alone(plan_alone(AloneFiles(source, hits), StageWish()), dest)


def timed(work: object, *files: Path) -> tuple[float, float]:
    """Seconds on the clock and on the processors."""
    wall, processor = time.perf_counter(), time.process_time()
    if callable(work):
        work(*files)
    return time.perf_counter() - wall, time.process_time() - processor


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("film", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scorestage-") as name:
        room = Path(name)
        film = asked.film or drawn_film(room / "film.mp4")
        facts = probe(film)
        hits = hit_list(room / "hits.csv", facts.duration.seconds)
        print(
            f"{facts.frame_count} frames, {facts.width_px} x {facts.height_px}, {facts.rate.name}"
        )
        print("run   bare s   streamers s   ratio   ratio of processor time")
        runs = []
        for number in range(1, asked.runs + 1):
            alone = timed(bare, film, room / "bare.mp4")
            drawn = timed(with_streamers, film, hits, room / "streamers.mp4")
            runs.append((alone, drawn))
            print(
                f"{number:3}   {alone[0]:6.2f}   {drawn[0]:11.2f}   {drawn[0] / alone[0]:5.2f}   "
                f"{drawn[1] / alone[1]:5.2f}"
            )
        wall = statistics.median(one[1][0] for one in runs)
        wall /= statistics.median(one[0][0] for one in runs)
        processor = statistics.median(one[1][1] for one in runs)
        processor /= statistics.median(one[0][1] for one in runs)
        verdict = "within" if wall <= ALLOWED else "NOT within"
        print(f"median of {asked.runs}: {wall:.2f} times the bare film, {verdict} {ALLOWED} times")
        print(f"in processor time: {processor:.2f} times")


if __name__ == "__main__":
    main()
