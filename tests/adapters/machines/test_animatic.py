"""Drawings are read as they lie on paper, and nothing but drawings is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scorestage.adapters.machines.animatic import IMAGES, read_drawing
from scorestage.errors import FilmError


def test_black_ink_on_a_clear_ground_is_seen(tmp_path: Path) -> None:
    ink = Image.new("RGBA", (64, 32), (0, 0, 0, 0))
    ink.paste((0, 0, 0, 255), (0, 0, 32, 32))
    ink.paste((200, 0, 0, 128), (48, 0, 64, 32))
    ink.save(tmp_path / "ink.png")
    seen = read_drawing(tmp_path / "ink.png", 64, 32)
    assert seen[16, 10].tolist() == [0, 0, 0] and seen[16, 40].tolist() == [255, 255, 255]
    assert seen[16, 56].tolist() == [round((one * 128 + 255 * 127) / 255) for one in (200, 0, 0)]


def test_a_clear_colour_of_a_palette_is_paper(tmp_path: Path) -> None:
    few = Image.new("P", (8, 8), 0)
    few.putpalette([0, 0, 0, 10, 20, 30])
    few.paste(1, (4, 0, 8, 8))
    few.save(tmp_path / "few.png", transparency=0)
    seen = read_drawing(tmp_path / "few.png", 8, 8)
    assert seen[4, 1].tolist() == [255, 255, 255] and seen[4, 6].tolist() == [10, 20, 30]


@pytest.mark.parametrize("ending", IMAGES)
def test_every_kind_of_drawing_is_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"panel{ending}"
    Image.new("RGB", (32, 16), (90, 140, 40)).save(path)
    seen = read_drawing(path, 32, 32)
    assert np.abs(seen[16, 16].astype(int) - (90, 140, 40)).max() <= 4
    assert not seen[0].any()


def test_a_list_of_other_files_is_no_drawing(tmp_path: Path) -> None:
    Image.new("RGB", (16, 16), (255, 0, 0)).save(tmp_path / "other.png")
    lists = {
        "concat.png": "ffconcat version 1.0\nfile other.png\n",
        "hls.png": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nother.png\n#EXT-X-ENDLIST\n",
    }
    for name, text in lists.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(FilmError, match="cannot be read"):
            read_drawing(tmp_path / name, 16, 16)
