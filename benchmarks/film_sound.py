"""What is heard in the reference films, and how much of each gets music with each amount.

Run: `uv run python -m benchmarks.film_sound [--index FOLDER]`; loudness is set beside
pyloudnorm where that is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
from pathlib import Path

import numpy as np
from tests.shared_material import shared_folder

from scorestage.adapters.machines.film import sound_chunks
from scorestage.spotting import Amount, Footage, SpottingRules, propose
from scorestage.spotting.sound_kinds import Heard, listen
from scorestage.timebase import FilmRange
from scorestage.workflow.watching import footage_of, moments_in

FILMS = ("big-buck-bunny-opening", "sintel-trailer")
AMOUNTS = (Amount.SPARSE, Amount.NORMAL, Amount.WALL_TO_WALL)
PEER_RATE_HZ = 48_000


def told(spans: list[FilmRange]) -> str:
    """Stretches in seconds."""
    return ", ".join(
        f"{float(one.start.seconds):.1f} to {float(one.end.seconds):.1f}" for one in spans
    )


def print_sound(film: Path, footage: Footage, heard: Heard) -> None:
    """Voices, music and loudness."""
    voices = [one.range for one in footage.speech]
    seconds = sum(float(one.span.seconds) for one in voices)
    whole = float(footage.picture.end.seconds)
    print(f"  voices {seconds:.1f} of {whole:.1f} s ({seconds / whole:.1%}): {told(voices)}")
    print(f"  music {told([one.range for one in heard.music])}")
    print(f"  loudness {heard.loudness_lufs:.2f} LUFS{peer(film)}")


def peer(film: Path) -> str:
    """The same by pyloudnorm, where it is there."""
    if importlib.util.find_spec("pyloudnorm") is None:
        return " (pyloudnorm is not installed)"
    module = importlib.import_module("pyloudnorm")
    sound = np.concatenate(list(sound_chunks(film, PEER_RATE_HZ, 2)))
    return f", pyloudnorm {module.Meter(PEER_RATE_HZ).integrated_loudness(sound):.2f}"


def main() -> None:
    """Print both films."""
    options = argparse.ArgumentParser()
    options.add_argument("--index", type=Path)
    kept_in = options.parse_args().index
    for name in FILMS:
        film = shared_folder() / "films" / f"{name}.mp4"
        footage, _ = footage_of(film, kept_in, lambda share, words: None)
        print(name)
        heard = listen(footage)
        if heard is not None:
            print_sound(film, footage, heard)
        moments = moments_in(footage)
        whole = float(footage.picture.end.seconds)
        for amount in AMOUNTS:
            cues = propose(footage, moments, SpottingRules(amount)).cues
            spans = [
                FilmRange(one.start, one.end)
                for one in cues
                if one.start is not None and one.end is not None
            ]
            share = sum(float(one.span.seconds) for one in spans) / whole
            print(f"  {amount:13} {share:.0%}: {told(spans)}")


if __name__ == "__main__":
    main()
