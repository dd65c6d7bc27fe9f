"""Files whose header claims ten hours are read for what they hold; files cut short are refused."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import numpy as np
import pytest

from scorestage.adapters.machines.film import probe
from scorestage.adapters.machines.film.wholeness import is_whole
from scorestage.adapters.machines.look import passing_look
from scorestage.errors import FilmError

FRAMES = 48


def film(path: Path, codec: str) -> Path:
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for number in range(FRAMES):
            grey = np.full((36, 64, 3), 20 + 4 * number, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        out.mux(stream.encode(None))
    return path


def ten_hours(path: Path) -> None:
    """Make the headers claim ten hours."""
    content = bytearray(path.read_bytes())
    if path.suffix == ".mkv":
        at = content.index(b"\x44\x89\x88")
        content[at + 3 : at + 11] = struct.pack(">d", 36_000_000.0)
    elif path.suffix == ".avi":
        at = content.index(b"avih")
        content[at + 24 : at + 28] = struct.pack("<I", 36_000 * 24)
        at = content.index(b"strh")
        content[at + 40 : at + 44] = struct.pack("<I", 36_000 * 24)
    else:
        for box, ahead in ((b"mvhd", 16), (b"tkhd", 20), (b"mdhd", 16)):
            at = content.index(box) + 4
            scale = struct.unpack(">I", content[at + 12 : at + 16])[0] if ahead == 16 else 1000
            most = min(36_000 * scale, 2**32 - 1)
            content[at + ahead : at + ahead + 4] = struct.pack(">I", most)
    path.write_bytes(content)


@pytest.mark.parametrize(("name", "codec"), [("a.mkv", "libx264"), ("a.avi", "mpeg4")])
def test_a_file_knows_its_own_size(tmp_path: Path, name: str, codec: str) -> None:
    path = film(tmp_path / name, codec)
    assert is_whole(path)
    whole = path.read_bytes()
    for share in (0.3, 0.6, 0.95):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert not is_whole(path)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mkv", "libx264"), ("a.avi", "mpeg4"), ("a.mp4", "libx264")]
)
def test_ten_hours_by_the_header(tmp_path: Path, name: str, codec: str) -> None:
    path = film(tmp_path / name, codec)
    ten_hours(path)
    assert probe(path).frame_count == FRAMES
    assert len(passing_look(path)) == FRAMES


def test_half_a_film_is_refused(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mkv", "libx264")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(FilmError, match="cut short"):
        probe(path)


@pytest.mark.parametrize("behind", [b"\xf8\xc2\x11\x07\x9e\x01\xb4\xd0", b"\0\1\0\0inst"])
def test_what_a_camera_puts_behind_a_film_is_no_film(tmp_path: Path, behind: bytes) -> None:
    """Told by packets, as films of variable rate are: nothing of the film itself is missing."""
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w", options={"movflags": "frag_keyframe+empty_moov"}) as out:
        stream = out.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for _ in range(FRAMES):
            out.mux(stream.encode(av.VideoFrame(64, 36, "yuv420p")))
        out.mux(stream.encode(None))
    path.write_bytes(path.read_bytes() + behind * 40)
    assert probe(path).frame_count == FRAMES


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"\x1a\x45\xdf\xa3", b"\x1a\x45\xdf\xa3\xff\x00"]
)
def test_scraps_are_not_whole(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scrap"
    path.write_bytes(content)
    assert not is_whole(path)
