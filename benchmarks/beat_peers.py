"""The beat found in tunes along the beat and across it, beside a known beat tracker.

Tunes of 14 bars at known tempos: quarters and pairs of eighths, and tunes that walk freely in
eighths, so that half their notes fall between the beats (`tests.tempofit.played.takes`). Peer:
`librosa.beat.beat_track` (Ellis 2007) over the same onset strengths, where librosa is installed
(no dependency of the package). F-measure with +-70 ms; a beat is right above 0.9.

Run: `uv run python -m benchmarks.beat_peers [--seeds 4] [--tune "across it"]`
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import time
from collections.abc import Callable

import numpy as np
from tests.judging.beats import Floats, f_measure
from tests.tempofit.played.takes import Meant, meant, pairs, syncopated

from scorestage.errors import FitError
from scorestage.tempofit.played import Onsets, onsets_of
from scorestage.tempofit.played.tracking import find_pulse
from scorestage.tempofit.played.ways import FRAMES_A_SECOND

TUNES: dict[str, Callable[[Meant, int], tuple[Floats, Floats]]] = {
    "along the beat": pairs,
    "across it": syncopated,
}
KINDS = ("steady", "rit", "rubato")
TEMPOS_BPM = (60, 80, 88, 100, 120, 140, 160)
BARS = 14
RIGHT = 0.9


def peer_beats(onsets: Onsets) -> Floats | None:
    """What librosa finds in the same onset strengths; nothing where it is not installed."""
    if importlib.util.find_spec("librosa") is None:
        return None
    tracker = importlib.import_module("librosa.beat")
    _, beats = tracker.beat_track(
        onset_envelope=onsets.strength, sr=FRAMES_A_SECOND, hop_length=1, units="time"
    )
    return np.asarray(beats, dtype=np.float64)


def table(seeds: int, only: str = "") -> None:
    """Rows: a kind of tune at one tempo; three tempo paths, so many tunes each."""
    print(f"Beats found by ear: {len(KINDS)} tempo paths, {seeds} tunes each; right: F > {RIGHT}")
    print("tune            bpm   right   mean F   sure when right, wrong   seconds   librosa right")
    for name, make in TUNES.items():
        if only and name != only:
            continue
        for bpm in TEMPOS_BPM:
            scores, sure, peers, spent = [], [], list[float](), 0.0
            for kind in KINDS:
                take = meant(kind, bpm=bpm, bars=BARS)
                for seed in range(1, seeds + 1):
                    onsets = onsets_of(*make(take, seed))
                    began = time.process_time()
                    try:
                        pulse = find_pulse(onsets)
                    except FitError:
                        scores.append(0.0)
                        sure.append(0.0)
                    else:
                        scores.append(f_measure(take.seconds, pulse.beats_seconds))
                        sure.append(pulse.confidence)
                    spent += time.process_time() - began
                    beats = peer_beats(onsets)
                    if beats is not None:
                        peers.append(f_measure(take.seconds, beats))
            _row(name, bpm, np.array(scores), np.array(sure), spent / len(scores), peers)


def _row(
    name: str, bpm: float, scores: Floats, sure: Floats, seconds: float, peers: list[float]
) -> None:
    right = scores > RIGHT
    told = [f"{sure[which].mean():.2f}" if which.any() else "-" for which in (right, ~right)]
    peer = "not installed"
    if peers:
        peer = f"{int((np.array(peers) > RIGHT).sum())} of {len(peers)}, F {np.mean(peers):.2f}"
    print(
        f"{name:15} {bpm:3}   {right.sum():2} of {len(right)}  {scores.mean():.3f}   "
        f"{told[0]:>12}  {told[1]:>8}     {seconds:7.2f}   {peer}"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--tune", choices=tuple(TUNES), default="")
    asked = parser.parse_args()
    table(asked.seeds, asked.tune)


if __name__ == "__main__":
    main()
