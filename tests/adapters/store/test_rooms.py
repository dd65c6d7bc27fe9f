"""Rooms vanish when left, and when whoever was in them was killed, with the next sweep."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from scorestage.adapters.store import passing_room, room_in, sweep

ENTER = """
import sys, time
from pathlib import Path
from scorestage.adapters.store import room_in
with room_in(Path(sys.argv[1])) as room:
    (room / "half").write_text("done")
    print(room.name, flush=True)
    time.sleep(60)
"""


def test_a_room_is_empty_ones_own_and_gone_afterwards(tmp_path: Path) -> None:
    folder = tmp_path / "build" / ".work"
    with room_in(folder) as one, room_in(folder) as other:
        assert one != other and not list(one.iterdir())
        (one / "page.svg").write_text("x")
        assert sweep(folder) == ()
        assert one.is_dir() and other.is_dir()
    assert not folder.exists()


def test_a_room_is_left_also_when_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="torn"), room_in(tmp_path / "rooms") as room:
        (room / "page").write_text("x")
        raise ValueError("torn")
    assert not (tmp_path / "rooms").exists()


def test_the_room_of_a_killed_process_is_swept_and_that_of_a_living_one_stays(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "rooms"
    child = subprocess.Popen(
        [sys.executable, "-c", ENTER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        name = child.stdout.readline().strip()
        assert sweep(folder) == () and (folder / name / "half").is_file()
        child.kill()
        child.wait()
        assert (folder / name).is_dir()
        assert sweep(folder) == (name,)
        assert not folder.exists()
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def test_rooms_outside_projects_are_swept_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with passing_room() as room:
        assert room.is_relative_to(tmp_path)
        stale = room.parent / "1-dead"
        stale.mkdir()
        (room.parent / "1-dead.lock").touch()
    with passing_room() as room:
        assert not stale.exists()
    assert not list(tmp_path.iterdir())


def test_a_strangers_file_in_its_place_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with passing_room() as room:
        name = room.parent.name
    target = tmp_path / "elsewhere"
    target.mkdir()
    (tmp_path / name).symlink_to(target)
    with passing_room() as room:
        assert room.is_dir() and not list(target.iterdir())
