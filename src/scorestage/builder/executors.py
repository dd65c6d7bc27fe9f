"""Who does the work: this process, or several on this machine that die with it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor as PoolExecutor
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, Protocol


class Executor(Protocol):
    """Runs functions of modules with plain arguments and gives their futures."""

    workers: int

    def submit(self, work: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Begin `work(*arguments)`."""
        ...

    def close(self, *, at_once: bool) -> None:
        """Wait for what runs, or with `at_once` end it."""
        ...


class InThisProcess:
    """One after the other, here."""

    workers = 1

    def submit(self, work: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Do it now."""
        future: Future[Any] = Future()
        try:
            future.set_result(work(*arguments))
        except Exception as fault:  # noqa: BLE001 - handed to whoever asks for the result
            future.set_exception(fault)
        return future

    def close(self, *, at_once: bool) -> None:
        """Nothing runs behind."""


ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""What tells numpy's libraries how many threads to begin, read when a process loads them."""


class LocalProcesses:
    """Several processes on this machine; they end when this one ends, however it ends.

    Each calculates in one thread, unless the environment says otherwise: there is one for each
    core already, and threads of several would only wait for each other.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        for name in ONE_THREAD:
            os.environ.setdefault(name, "1")
        self._pool: PoolExecutor = ProcessPoolExecutor(
            workers,
            mp_context=get_context("spawn"),
            initializer=_die_with,
            initargs=(os.getpid(),),
        )

    def submit(self, work: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Hand it to a free process."""
        return self._pool.submit(work, *arguments)

    def close(self, *, at_once: bool) -> None:
        """Wait for what runs, or end the processes."""
        processes = list(getattr(self._pool, "_processes", {}).values()) if at_once else []
        self._pool.shutdown(wait=not at_once, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(timeout=5)


def _die_with(parent: int) -> None:
    """In a worker: leave interrupting to the parent, and end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def executor_for(workers: int) -> Executor:
    """One process for each core, or as many as said; with one, the work is done here."""
    count = workers if workers > 0 else max(1, os.cpu_count() or 1)
    return LocalProcesses(count) if count > 1 else InThisProcess()
