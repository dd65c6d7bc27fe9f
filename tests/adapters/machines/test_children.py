"""Programs we run never outlive us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scorestage.adapters.machines.children import run_child
from scorestage.errors import MachineError

PARENT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
from pathlib import Path
from scorestage.adapters.machines.children import run_child
run_child([sys.executable, "-c", sys.argv[1]], cwd=Path.cwd(), time_limit_seconds=60)
"""
CHILD = """
import os, pathlib, subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path("pids").write_text(f"{os.getpid()} {grandchild.pid}")
time.sleep(60)
"""


def test_status_and_words_come_back(tmp_path: Path) -> None:
    script = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    done = run_child([sys.executable, "-c", script], cwd=tmp_path, time_limit_seconds=30)
    assert done.status == 3
    assert sorted(done.said.split()) == ["err", "out"]


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="lylypond cannot be started"):
        run_child(["/nowhere/lylypond"], cwd=tmp_path, time_limit_seconds=1)


def test_time_is_up_for_children_and_grandchildren(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="took more than 3 seconds"):
        run_child([sys.executable, "-c", CHILD], cwd=tmp_path, time_limit_seconds=3)
    assert _all_gone(tmp_path / "pids")


def test_a_handler_is_put_back(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    run_child([sys.executable, "-c", ""], cwd=tmp_path, time_limit_seconds=30)
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT"])
def test_ending_us_ends_all_we_started(how: str, tmp_path: Path) -> None:
    _end_parent(how, tmp_path)
    assert _all_gone(tmp_path / "pids")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells the child")
def test_even_killing_us_ends_the_program(tmp_path: Path) -> None:
    _end_parent("SIGKILL", tmp_path)
    child = (tmp_path / "pids").read_text().split()[0]
    try:
        assert _gone(int(child))
    finally:
        _kill(tmp_path / "pids")


def _end_parent(how: str, folder: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD],
        cwd=folder,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert _wait_for(lambda: (folder / "pids").exists() and _told(folder / "pids"))
        parent.send_signal(getattr(signal, how))
        parent.wait(20)
    finally:
        if parent.poll() is None:
            parent.kill()
            parent.wait()


def _told(pids: Path) -> bool:
    return len(pids.read_text().split()) == 2


def _all_gone(pids: Path) -> bool:
    try:
        return all(_gone(int(pid)) for pid in pids.read_text().split())
    finally:
        _kill(pids)


def _gone(pid: int) -> bool:
    return _wait_for(lambda: not _alive(pid))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def _kill(pids: Path) -> None:
    for pid in pids.read_text().split():
        if _alive(int(pid)):
            os.kill(int(pid), signal.SIGKILL)


def _wait_for(true: object, seconds: float = 15.0) -> bool:
    assert callable(true)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return bool(true())
