"""Strangers' files: each fault one clear error, nothing but local films opened."""

from __future__ import annotations

import os
import struct
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.drawn_clips import cut, film_of, scene

from scorestage.adapters.machines.film import probe, read_frames, read_sound
from scorestage.adapters.machines.film.opening import film_formats
from scorestage.errors import FilmError


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film_of(tmp_path_factory.mktemp("clip") / "clip.mp4", cut((scene(1), 48)))


def _wave(path: Path) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(np.zeros(4800, np.int16).tobytes())
    return path


def _refused(path: Path | str) -> str:
    with pytest.raises(FilmError) as caught:
        list(read_frames(path))
    assert caught.value.do
    assert caught.value.exit_status == 2
    return str(caught.value)


def test_what_is_not_there(tmp_path: Path) -> None:
    assert "no such film" in _refused(tmp_path / "missing.mp4")


def test_a_folder(tmp_path: Path) -> None:
    assert "folder" in _refused(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    assert "empty" in _refused(tmp_path / "empty.mp4")


def test_an_audio_file(tmp_path: Path) -> None:
    assert "sound only" in _refused(_wave(tmp_path / "temp.wav"))


def test_a_text(tmp_path: Path) -> None:
    text = tmp_path / "script.txt"
    text.write_text("FADE IN:\n" * 400)
    assert "not a film" in _refused(text)


def test_a_still(tmp_path: Path) -> None:
    Image.fromarray(scene(1)(0)).save(tmp_path / "still.png")
    assert "not a film" in _refused(tmp_path / "still.png")


def test_noise(tmp_path: Path) -> None:
    noise = tmp_path / "noise.mp4"
    noise.write_bytes(np.random.default_rng(1).bytes(20_000))
    _refused(noise)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/film.mp4", "rtsp://x/y", "file:///a.mp4"])
def test_an_address(address: str) -> None:
    assert "address" in _refused(address)


def test_a_playlist_leads_nowhere(tmp_path: Path, clip: Path) -> None:
    playlist = tmp_path / "film.m3u8"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{clip}\n#EXT-X-ENDLIST\n")
    listing = tmp_path / "list.ffconcat"
    listing.write_text(f"ffconcat version 1.0\nfile '{clip}'\n")
    for path in (playlist, listing):
        assert "not a film" in _refused(path)


def test_the_formats_hold_films_and_no_playlists() -> None:
    formats = film_formats().split(",")
    assert {"mp4", "mov", "matroska", "mxf", "avi", "mpegts"} <= set(formats)
    assert not {"hls", "concat", "dash", "tty", "image2", "png_pipe", "lavfi"} & set(formats)


def test_cut_short_without_its_table(tmp_path: Path, clip: Path) -> None:
    whole = clip.read_bytes()
    moov = whole.index(b"moov") - 4
    length = struct.unpack(">I", whole[moov : moov + 4])[0]
    late = whole[:moov] + whole[moov + length :] + whole[moov : moov + length]
    short = tmp_path / "short.mp4"
    short.write_bytes(late[: len(late) - length])
    assert "cut short" in _refused(short)


def test_cut_short_with_its_table_first(tmp_path: Path, clip: Path) -> None:
    short = tmp_path / "short.mp4"
    short.write_bytes(clip.read_bytes()[: clip.stat().st_size * 2 // 3])
    for read in (probe, lambda path: list(read_frames(path)), read_sound):
        with pytest.raises(FilmError, match=r"cut short: .* frames are missing"):
            read(short)


def test_damage_in_the_middle_never_crashes(tmp_path: Path, clip: Path) -> None:
    data = bytearray(clip.read_bytes())
    middle = data.index(b"mdat") + 2000
    data[middle : middle + 3000] = bytes(3000)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(data)
    try:
        frames = [number for number, _, _ in read_frames(broken)]
    except FilmError:
        return
    assert frames == sorted(set(frames))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs file permissions")
def test_what_may_not_be_read(tmp_path: Path, clip: Path) -> None:
    hidden = tmp_path / "hidden.mp4"
    hidden.write_bytes(clip.read_bytes())
    hidden.chmod(0)
    assert "may not read" in _refused(hidden)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a named pipe")
def test_no_ordinary_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    assert "no ordinary file" in _refused(tmp_path / "pipe.mp4")


def test_odd_names_are_only_names(tmp_path: Path, clip: Path) -> None:
    for name in ("a film: 100 %d.mp4", "concat:b.mp4", "#1 é.mp4"):
        if sys.platform == "win32" and ":" in name:
            continue
        odd = tmp_path / name
        odd.write_bytes(clip.read_bytes())
        assert probe(odd).frame_count == 48


def test_ffmpeg_stays_quiet(tmp_path: Path, clip: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.mp4").write_bytes(clip.read_bytes()[:3000])
    with pytest.raises(FilmError):
        probe(tmp_path / "bad.mp4")
    list(read_frames(clip))
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err == ""
