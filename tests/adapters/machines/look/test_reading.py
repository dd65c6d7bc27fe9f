"""A look opened again: mapped from disk, and refused when it is not what was written."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.small_film import small_film

from scorestage.adapters.machines.look import ARRAYS, read_look, take_look
from scorestage.adapters.machines.look.layout import CONTENTS, SCHEMA
from scorestage.timebase import FRAMES_24


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    take_look(small_film(tmp_path / "film.mp4", frames=60), tmp_path / "look")
    return tmp_path / "look"


def test_the_arrays_are_as_described_and_lie_on_disk(folder: Path) -> None:
    look = read_look(folder, FRAMES_24)
    assert look is not None and len(look) == 60
    for name, array in look.to_arrays().items():
        assert array.shape == (60, *ARRAYS[name].shape) and array.dtype == ARRAYS[name].kind
        assert isinstance(array, np.memmap) and not array.flags.writeable
    told = json.loads((folder / CONTENTS).read_text())
    assert told["frames"] == 60 and told["rate"] == "24" and told["schema"] == SCHEMA


@pytest.mark.parametrize("name", [*ARRAYS, "look.json"])
def test_what_is_missing_or_changed_is_no_look(folder: Path, name: str) -> None:
    path = folder / (name if name.endswith("json") else f"{name}.npy")
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    if name != "look.json":
        assert read_look(folder, FRAMES_24) is None
    path.unlink()
    assert read_look(folder, FRAMES_24) is None


def test_a_look_of_another_schema_is_none(folder: Path) -> None:
    told = json.loads((folder / CONTENTS).read_text())
    (folder / CONTENTS).write_text(json.dumps(told | {"schema": SCHEMA + 1}))
    assert read_look(folder, FRAMES_24) is None
