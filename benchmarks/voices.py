"""Voices: how much of music and effects is taken for one, how much of talk is heard under music.

Nobody speaks in: the first minute of nine orchestral movements of the reference material, played by
the package's synthesiser; sounds made by rule (rain, wind, a motor, a siren, steps, blows, fire,
birds, a humming lamp); the opening of Big Buck Bunny. Talk: the four lines of the Sintel trailer as
it is mixed, and laid over each of the movements, the line as loud as the music or 6 and 12 dB
louder. A line's times are those of its subtitle; what is found within 0.3 s of one counts as right.

Run: `uv run python -m benchmarks.voices [--sounds FOLDER]` (the folder keeps what was played).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from benchmarks.temp import PIECES, played
from numpy.typing import NDArray
from scipy.signal import resample_poly
from tests import made_sounds
from tests.shared_material import shared_folder

from scorestage.adapters.machines.film import dialogue_chunks
from scorestage.adapters.machines.voice import RATE_HZ, speech_spans
from scorestage.timebase import FilmRange

Sound = NDArray[np.float32]
LINES_SECONDS = ((11.85, 14.23), (18.09, 19.87), (36.27, 38.73), (41.85, 43.81))
SLACK_SECONDS = 0.3
PIECE_SAMPLES = 10 * RATE_HZ
EFFECTS: tuple[Callable[[float], NDArray[np.float64]], ...] = (
    *(made_sounds.rain, made_sounds.wind, made_sounds.engine, made_sounds.siren),
    *(made_sounds.steps, made_sounds.blows, made_sounds.crackle, made_sounds.birds),
    made_sounds.hum,
)


def heard(sound: Sound) -> list[FilmRange]:
    """The spoken spans of 16 kHz sound, samples x 2."""
    pieces = [sound[at : at + PIECE_SAMPLES] for at in range(0, len(sound), PIECE_SAMPLES)]
    return [span for span, _ in speech_spans(pieces)]


def seconds_of(spans: list[FilmRange]) -> float:
    """Their length in all."""
    return sum(float(one.span.seconds) for one in spans)


def music(kept: Path | None) -> dict[str, Sound]:
    """The nine movements at 16 kHz, half of full scale."""
    found = {}
    for name, (bpm, _, _) in PIECES.items():
        file = kept / f"{name}.npy" if kept is not None else None
        sound = np.load(file) if file is not None and file.exists() else played(name, bpm)
        if file is not None and not file.exists():
            np.save(file, sound.astype(np.float32))
        at_rate = resample_poly(sound, 2, 3, axis=0)
        found[name] = (0.5 * at_rate / np.abs(at_rate).max()).astype(np.float32)
    return found


def told(name: str, sounds: dict[str, Sound]) -> None:
    """Print how much of sounds without a voice passes for one."""
    length = sum(len(one) for one in sounds.values()) / RATE_HZ
    false = {key: seconds_of(heard(one)) for key, one in sounds.items()}
    worst = max(false, key=lambda key: false[key])
    print(
        f"{name:28}{length:6.0f} s{sum(false.values()):8.2f} s{sum(false.values()) / length:8.2%}"
        f"   most in {worst}: {false[worst]:.2f} s"
    )


def recall(spans: list[FilmRange], lines: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    """Seconds of the lines that were heard, and seconds heard that lie near no line."""
    ticks = np.arange(0, max(end for _, end in lines) + 5, 0.01)
    spoken, near, found = (np.zeros(len(ticks), bool) for _ in range(3))
    for first, end in lines:
        spoken |= (ticks >= first) & (ticks < end)
        near |= (ticks >= first - SLACK_SECONDS) & (ticks < end + SLACK_SECONDS)
    for one in spans:
        found |= (ticks >= float(one.start.seconds)) & (ticks < float(one.end.seconds))
    return float((spoken & found).sum() / 100), float((found & ~near).sum() / 100)


def over_music(talk: Sound, sounds: dict[str, Sound], louder_db: float) -> tuple[float, float]:
    """The lines one after another over each piece of music."""
    met = wrong = 0.0
    for sound in sounds.values():
        laid, lines, at = sound.copy(), [], 2.0
        for first, end in LINES_SECONDS:
            voice = talk[round(first * RATE_HZ) : round(end * RATE_HZ)]
            place = round(at * RATE_HZ)
            part = laid[place : place + len(voice)]
            level = float(np.sqrt((part**2).mean()) / max(1e-9, np.sqrt((voice**2).mean())))
            part += (voice * level * 10 ** (louder_db / 20)).astype(np.float32)
            lines.append((at, at + end - first))
            at += end - first + 8
        one = recall(heard(laid), tuple(lines))
        met, wrong = met + one[0], wrong + one[1]
    return met, wrong


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser()
    options.add_argument("--sounds", type=Path)
    kept = options.parse_args().sounds
    films = shared_folder() / "films"
    pieces = music(kept)
    bunny = np.concatenate(list(dialogue_chunks(films / "big-buck-bunny-opening.mp4", RATE_HZ)))
    print("nobody speaks               length   taken for a voice")
    told("orchestral music, played", pieces)
    effects = {one.__name__: resample_poly(one(20.0), 2, 3, axis=0) for one in EFFECTS}
    told("effects made by rule", {name: one.astype(np.float32) for name, one in effects.items()})
    told("Big Buck Bunny, opening", {"the film": bunny})
    talk = np.concatenate(list(dialogue_chunks(films / "sintel-trailer.mp4", RATE_HZ)))
    spoken = sum(end - first for first, end in LINES_SECONDS)
    met, wrong = recall(heard(talk), LINES_SECONDS)
    print(f"\nthe trailer as it is: {met:.1f} of {spoken:.1f} s heard, {wrong:.1f} s near no line")
    for louder_db in (0, 6, 12):
        met, wrong = over_music(talk, pieces, louder_db)
        whole = spoken * len(pieces)
        print(
            f"its lines {louder_db:2} dB over music: {met / whole:.0%} of {whole:.0f} s heard, "
            f"{wrong:.1f} s near no line"
        )


if __name__ == "__main__":
    main()
