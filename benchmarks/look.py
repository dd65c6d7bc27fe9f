"""One look at the film: speed beside bare decoding, on one core, and memory by the film's length.

Speed: a 720p H.264 film made of the opening of Big Buck Bunny (scaled up), looked at in a process
held to one core; memory: drawn films of 5 and 60 minutes, peak resident size of a process each.

With `--joined`, films with picture and sound of any length, joined out of the reference material
without being encoded anew, are watched and heard whole as `analyse --index` does.

Run: `uv run python -m benchmarks.look [--minutes 5 60] [--joined 10 120]`
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from tests.shared_material import shared_folder

from scorestage.adapters.machines.film import FilmWriter, probe
from scorestage.adapters.machines.look import take_look, write_proxy
from scorestage.timebase import FRAMES_24
from scorestage.workflow.watching import footage_of

FRAMES = 720
PIECE_SECONDS = 150


def upscaled(path: Path) -> Path:
    """Thirty seconds of Big Buck Bunny at 1280 x 720."""
    source = shared_folder() / "films" / "big-buck-bunny-opening.mp4"
    with av.open(str(source)) as film, FilmWriter(path, 1280, 720, FRAMES_24) as out:
        for number, frame in enumerate(film.decode(video=0)):
            if number >= 300 + FRAMES:
                break
            if number >= 300:
                out.write_frame(frame.reformat(1280, 720, "rgb24").to_ndarray())
    return path


def drawn(path: Path, minutes: int) -> Path:
    """A small film of bars that move, with a cut every five seconds."""
    rows, columns = np.mgrid[0:36, 0:64]
    with FilmWriter(path, 64, 36, FRAMES_24, preset="ultrafast") as out:
        for number in range(minutes * 60 * 24):
            shot = number // 120
            wave = 128 + 90 * np.sin((rows * (shot % 5) + columns + number) / (3 + shot % 7))
            out.write_frame(np.repeat(wave[..., None], 3, axis=2).astype(np.uint8))
    return path


def spent(work: object) -> float:
    """Processor seconds of a call."""
    start = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - start


def decode(film: Path) -> None:
    """Every frame, and nothing else."""
    with av.open(str(film)) as container:
        container.streams.video[0].codec_context.thread_count = 1
        for _ in container.decode(video=0):
            pass


def speed(folder: Path) -> None:
    """Print frames per processor second on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    film = upscaled(folder / "hd.mp4")
    facts = probe(film)
    rows = {
        "bare decoding": spent(lambda: decode(film)),
        "look (index)": spent(lambda: take_look(film, folder / "look", facts)),
        "viewing proxy": spent(lambda: write_proxy(film, folder / "proxy.mp4", facts)),
    }
    print(f"720p, {FRAMES} frames, one core: frames / processor s, times real time at 24 fps")
    for name, seconds in rows.items():
        print(f"  {name:16}{FRAMES / seconds:8.0f}{FRAMES / seconds / 24:8.1f}")


def memory(folder: Path, minutes: list[int]) -> None:
    """Print the peak of a process that only looks."""
    for length in minutes:
        film = drawn(folder / f"{length}.mp4", length)
        command = [sys.executable, "-m", "benchmarks.look", "--only", str(film)]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        print(f"  {length:3} minutes: {told.stdout.strip()}")


def joined(path: Path, minutes: int) -> Path:
    """The opening of Big Buck Bunny again and again, picture and sound copied as they are."""
    source = shared_folder() / "films" / "big-buck-bunny-opening.mp4"
    with av.open(str(path), "w") as out:
        made: dict[int, av.stream.Stream] = {}
        ahead = Fraction(0)
        while ahead < minutes * 60:
            with av.open(str(source)) as film:
                streams = [film.streams.video[0], film.streams.audio[0]]
                for stream in streams:
                    if stream.index not in made:
                        made[stream.index] = out.add_stream_from_template(stream)
                for packet in film.demux(streams):
                    if packet.pts is None or packet.dts is None or packet.pts < 0:
                        continue
                    moved = round(ahead / packet.time_base)
                    packet.pts, packet.dts = packet.pts + moved, packet.dts + moved
                    packet.stream = made[packet.stream.index]
                    out.mux(packet)
            ahead += PIECE_SECONDS
    return path


def whole(film: Path, folder: Path) -> None:
    """Watch and hear a film, and print what it took."""
    start = time.process_time()
    footage, facts = footage_of(film, folder, lambda share, words: None)
    spent_seconds = time.process_time() - start
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = float(facts.duration.seconds)
    print(
        f"{len(footage.picture)} frames, {seconds / 60:.0f} minutes with sound: {peak_mb:.0f} MB "
        f"at most, {seconds / spent_seconds:.1f} x real time on one core"
    )


def main() -> None:
    """Print both."""
    options = argparse.ArgumentParser()
    options.add_argument("--joined", type=int, nargs="*", default=[])
    options.add_argument("--whole", type=Path)
    options.add_argument("--minutes", type=int, nargs="*", default=[5, 60])
    options.add_argument("--only", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.whole is not None:
            whole(chosen.whole, folder)
            return
        for length in chosen.joined:
            film = joined(folder / f"joined{length}.mkv", length)
            command = [sys.executable, "-m", "benchmarks.look", "--whole", str(film)]
            told = subprocess.run(command, capture_output=True, text=True, check=True)
            print(f"  {told.stdout.strip()}", flush=True)
        if chosen.joined:
            return
        if chosen.only is not None:
            look = take_look(chosen.only, folder / "look")
            peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{len(look)} frames, {peak_mb:.0f} MB at most, memory maps included")
            return
        speed(folder)
        print("memory by length of film")
        memory(folder, chosen.minutes)


if __name__ == "__main__":
    main()
