"""How fast a big cue is read and written, beside music21 and partitura where they are installed.

Run: `uv run python -m benchmarks.score_io [FILE...] [--rounds 5]`. Without files the cue of
`benchmarks.score_cue` is written and read. Processor seconds, the best of the rounds. The peers are
no dependency: `pip install music21 partitura` puts them beside.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.score_cue import cue, heads

from scorestage.adapters.formats.musicxml import read_score, write_score

Timed = dict[str, float]


def best(rounds: int, act: Callable[[], object]) -> float:
    """Processor seconds of the quickest of some rounds."""
    found = []
    for _ in range(rounds):
        begun = time.process_time()
        act()
        found.append(time.process_time() - begun)
    return min(found)


def ours(content: bytes, rounds: int) -> Timed:
    """This house: read and write."""
    read = read_score(content)
    return {
        "read": best(rounds, lambda: read_score(content)),
        "write": best(rounds, lambda: write_score(read.score, read.tempo_map)),
    }


def of_music21(path: Path) -> Timed | None:
    """music21: read and write, once each; None where it is not installed."""
    music21 = _peer("music21")
    if music21 is None:
        return None
    begun = time.process_time()
    score = music21.converter.parse(str(path), forceSource=True)
    read = time.process_time()
    music21.musicxml.m21ToXml.GeneralObjectExporter(score).parse()
    return {"read": read - begun, "write": time.process_time() - read}


def of_partitura(path: Path) -> Timed | None:
    """partitura: read and write, once each; None where it is not installed."""
    partitura = _peer("partitura")
    if partitura is None:
        return None
    begun = time.process_time()
    score = partitura.load_musicxml(str(path))
    read = time.process_time()
    partitura.save_musicxml(score, str(path.with_suffix(".out.musicxml")))
    return {"read": read - begun, "write": time.process_time() - read}


def _peer(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def compare(path: Path, content: bytes, rounds: int) -> None:
    """One row per program."""
    own = ours(content, rounds)
    print(f"{path.name}: {len(content) / 1e6:.2f} MB")
    print(f"  {'scorestage':12} read {own['read']:6.2f} s   write {own['write']:6.2f} s")
    for name, peer in (("music21", of_music21), ("partitura", of_partitura)):
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            found = peer(path)
        if found is None:
            print(f"  {name:12} not installed (pip install {name})")
            continue
        ratios = "   ".join(
            f"{what} {found[what]:6.2f} s ({found[what] / own[what]:.1f}x ours)" for what in found
        )
        print(f"  {name:12} {ratios}")


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("files", nargs="*", type=Path)
    reader.add_argument("--rounds", type=int, default=5)
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory() as room:
        if not asked.files:
            score, tempo_map = cue()
            path = Path(room) / "cue.musicxml"
            path.write_bytes(write_score(score, tempo_map, title="Cue"))
            staves = sum(len(line.staves) for line in score.lines)
            print(f"{len(score.grid.bars)} bars, {staves} staves, {heads(score)} heads")
            asked.files = [path]
        for path in asked.files:
            compare(path, path.read_bytes(), asked.rounds)


if __name__ == "__main__":
    main()
