"""The sound of a playback track measured: struck notes begin where the map has them."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_struck_notes_sound_within_a_millisecond_of_the_map() -> None:
    measure = runpy.run_path(str(ROOT / "benchmarks" / "playback_onsets.py"))["onsets_off_ms"]
    off = list(measure("piano"))
    assert len(off) == 16 and max(map(abs, off)) < 1
