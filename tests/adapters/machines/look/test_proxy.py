"""The viewing proxy: small, upright, as long as the film, every frame a place to jump to."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from tests.small_film import CUTS, small_film

from scorestage.adapters.machines.film import FilmWriter, probe, read_frames
from scorestage.adapters.machines.look import passing_look, write_proxy
from scorestage.timebase import FRAMES_25


def test_every_frame_is_a_key_frame_and_on_its_place(tmp_path: Path) -> None:
    film, proxy = small_film(tmp_path / "film.mp4", frames=200), tmp_path / "proxy.mp4"
    write_proxy(film, proxy, height_px=54)
    facts, told = probe(film), probe(proxy)
    assert (told.frame_count, told.rate, told.duration) == (
        *(facts.frame_count, facts.rate, facts.duration),
    )
    assert (told.width_px, told.height_px) == (96, 54)
    assert told.start_timecode == facts.start_timecode and told.has_sound
    with av.open(str(proxy)) as container:
        assert all(packet.is_keyframe for packet in container.demux(video=0) if packet.size)
    assert np.flatnonzero(passing_look(proxy).change > 0.2).tolist() == list(CUTS[:2])


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_film_is_upright(tmp_path: Path, turn: int) -> None:
    plain, film, proxy = (tmp_path / name for name in ("plain.mp4", "turned.mp4", "proxy.mp4"))
    picture = np.zeros((64, 128, 3), np.uint8)
    picture[:32, :64] = 230
    with FilmWriter(plain, 128, 64, FRAMES_25) as out:
        for _ in range(10):
            out.write_frame(picture)
    _turned(plain, film, turn)
    facts = probe(film)
    assert facts.rotation_degrees == turn
    write_proxy(film, proxy)
    (_, _, upright), *_ = read_frames(film)
    (_, _, shown), *_ = read_frames(proxy)
    assert shown.shape == upright.shape and probe(proxy).rotation_degrees == 0
    assert np.abs(shown.astype(int) - upright).mean() < 6


def _turned(source: Path, dest: Path, degrees: int) -> None:
    """The film with another display matrix: four numbers of the track's header."""
    content = bytearray(source.read_bytes())
    at = content.index(b"tkhd") + 4 + 4 + 20 + 16
    matrix = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[(360 - degrees) % 360]
    for place, number in zip((0, 1, 3, 4), matrix, strict=True):
        content[at + 4 * place : at + 4 * place + 4] = (number * 65536).to_bytes(
            4, "big", signed=True
        )
    dest.write_bytes(content)
