"""Real pictures re-cut by known edits and encoded again: found to the frame, from the command."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.shared_material import shared
from typer.testing import CliRunner

from scorestage.adapters.machines.film import read_frames
from scorestage.apps.cli.main import app

Picture = NDArray[np.uint8]
FRAMES, SIZE = 420, (320, 180)


def plain(picture: Picture, number: int) -> Picture:
    """As it is."""
    return picture


def work_print(picture: Picture, number: int) -> Picture:
    """Darker, a little enlarged, a number burnt in that changes with every frame."""
    made = ((picture / 255.0) ** 1.3 * 240).astype(np.uint8)[4:-4, 7:-7]
    made = np.asarray(Image.fromarray(made).resize(SIZE)).copy()
    made[156:168, 120:200] = 0
    for digit in range(5):
        lit = (number * 2654435761 >> (5 * digit)) & 31
        made[158:166, 122 + 15 * digit : 132 + 15 * digit] = 8 * lit
    return made


@pytest.fixture(scope="module")
def pictures() -> list[Picture]:
    """The first shots of a real film, small."""
    film = shared("films/big-buck-bunny-opening.mp4")
    found: list[Picture] = []
    for number, _, picture in read_frames(film):
        if number >= 340:
            found.append(np.asarray(Image.fromarray(picture).resize(SIZE, Image.Resampling.BOX)))
        if len(found) == FRAMES:
            break
    return found


def written(path: Path, pictures: Sequence[Picture], look: Callable[[Picture, int], Picture],
            crf: int) -> Path:  # fmt: skip
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.options = {"crf": str(crf), "preset": "veryfast"}
        for number, picture in enumerate(pictures):
            made = np.ascontiguousarray(look(picture, number))
            out.mux(stream.encode(av.VideoFrame.from_ndarray(made, format="rgb24")))
        out.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(("look", "crf"), [(plain, 24), (work_print, 28)])
def test_known_edits_of_a_real_film_are_found_to_the_frame(
    pictures: list[Picture], look: Callable[[Picture, int], Picture], crf: int, tmp_path: Path
) -> None:
    """The shots of the film end on frames 38, 160 and 213 of what is taken here."""
    order = [*range(1, 38), *range(38, 155), *range(213, FRAMES), *range(160, 213)]
    old = written(tmp_path / "old.mp4", pictures, plain, 20)
    new = written(tmp_path / "new.mp4", [pictures[at] for at in order], look, crf)
    run = CliRunner().invoke(app, ["compare", str(old), str(new), "--json"])
    assert run.exit_code == 0, run.output
    told = np.full(len(order), -1)
    for one in json.loads(run.stdout)["changes"]:
        if one["kind"] in ("kept", "moved"):
            first, last = one["new_in_frames"], one["new_out_frames"]
            told[first:last] = np.arange(one["old_in_frames"], one["old_out_frames"])
    assert (told == order).all()
