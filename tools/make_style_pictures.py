"""Make the pictures of docs/styles.md: a page of the sketch in each of some styles.

    uv run python tools/make_style_pictures.py [STYLE …]

A theme is made and a cue of twenty bars written over it, as `benchmarks/styles.py` does; the sketch
is engraved and its first page saved.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.styles import written
from tools.make_pictures import saved

from scorestage.adapters.catalogue.styles import load_style
from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.machines.pages import page_images
from scorestage.timebase import FilmTime, Tempo, TempoMap

SHOWN = ("maqam-hijaz", "raga", "klezmer")
SEED = 2


def main() -> int:
    """One picture for each style."""
    for name in sys.argv[1:] or SHOWN:
        style = load_style(name)
        sketch, bpm = written(style, SEED, level=False)
        tempo_map = TempoMap.steady(FilmTime(0), Tempo(Fraction(round(bpm))), sketch.grid)
        with tempfile.TemporaryDirectory() as room:
            source = Path(room) / f"{name}.musicxml"
            source.write_bytes(write_score(sketch.as_score(), tempo_map, title=style.name))
            command = ["scorestage", "engrave", str(source), "--output", room, "--paper", "letter"]
            subprocess.run(command, check=True, capture_output=True)
            page = page_images(next(Path(room).glob("**/*core.pdf")), 110, [0])[0]
        saved(page, f"style-{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
