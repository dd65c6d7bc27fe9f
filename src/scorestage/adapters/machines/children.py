"""Running another program so that it never outlives us."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from scorestage.errors import MachineError

_PR_SET_PDEATHSIG = 1
_GRACE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended: its exit status and all it said, both channels together."""

    status: int
    said: str


def run_child(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    time_limit_seconds: float,
    environment: Mapping[str, str] | None = None,
) -> Finished:
    """Run `command` in `cwd` and wait for it.

    It runs in a process group of its own, which is ended as a whole when time is up, on Ctrl-C,
    on a request to terminate, or (Linux) when this process is killed outright.

    Raises `MachineError` where it cannot be started or takes too long.
    """
    name = Path(command[0]).name
    with _terminable():
        try:
            child = subprocess.Popen(
                [str(word) for word in command],
                cwd=cwd,
                env=None if environment is None else dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_death_wish(),
            )
        except OSError as fault:
            raise MachineError(f"{name} cannot be started: {fault.strerror or fault}") from fault
        try:
            said, _ = child.communicate(timeout=time_limit_seconds)
        except subprocess.TimeoutExpired:
            raise MachineError(
                f"{name} took more than {time_limit_seconds:g} seconds",
                do="allow it more time, or divide the cue",
            ) from None
        finally:
            _end(child)
    return Finished(child.returncode, said.decode("utf-8", "replace"))


def _death_wish() -> Callable[[], None] | None:
    """On Linux: what makes the kernel end the child when this process ends in any way."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    parent = os.getpid()

    def ask() -> None:
        library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the whole group of a child, also what it left behind."""
    if child.poll() is None or sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                child.kill()
            else:
                os.killpg(child.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(_GRACE_SECONDS)
    if child.stdout is not None:
        child.stdout.close()


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """A request to terminate becomes an exception meanwhile, so that the child can be ended.

    Only where nobody handles it already, and only in the main thread.
    """
    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    ):
        yield
        return

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
