"""Short ways to play a few notes on our own sampler."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tests.adapters.machines.other_engine import Struck
from tests.adapters.machines.soundfont_maker import (
    Generators,
    MadeSample,
    MadeZone,
    Modulator,
    make_soundfont,
    sine,
)

from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.mockup.performance import SAMPLE_RATE_HZ, Performance, PlayedNote


def timecents(seconds: float) -> int:
    """Seconds as the file holds them."""
    return round(1200 * np.log2(seconds))


def one_tone(
    generators: Generators | None = None,
    modulators: tuple[Modulator, ...] = (),
    sample: MadeSample | None = None,
) -> bytes:
    """A font of one looped sine of 1 kHz, root key 60, on program 0."""
    sample = sample or MadeSample(sine(1000, 2), (0, 480))
    zone = MadeZone({54: 1, **(generators or {})}, 0, modulators)
    return make_soundfont([sample], [[zone]], {(0, 0): [MadeZone({}, 0)]})


def synth_of(font: bytes, folder: Path) -> Sf2Synth:
    """A synthesiser of the font's bytes."""
    path = folder / f"{abs(hash(font))}.sf2"
    path.write_bytes(font)
    return Sf2Synth(path)


def play(
    synth: Sf2Synth,
    notes: Sequence[Struck],
    program: int = 0,
    drum: bool = False,
    end_seconds: float = 4.0,
) -> NDArray[np.float32]:
    """The notes on our sampler, shape (samples, 2)."""
    played = tuple(
        PlayedNote(
            round(start * SAMPLE_RATE_HZ),
            round(length * SAMPLE_RATE_HZ),
            program,
            drum,
            key,
            velocity,
        )
        for start, length, key, velocity in notes
    )
    performance = Performance("p", "Player", played)
    return synth.render(performance, round(end_seconds * SAMPLE_RATE_HZ))
