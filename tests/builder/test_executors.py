"""Where the work of a build runs."""

from __future__ import annotations

import os

import pytest

from scorestage.builder.executors import ONE_THREAD, LocalProcesses


def test_workers_calculate_in_one_thread_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ONE_THREAD:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    workers = LocalProcesses(1)
    told = [workers.submit(os.getenv, name).result() for name in ONE_THREAD]
    workers.close(at_once=False)
    assert dict(zip(ONE_THREAD, told, strict=True)) == {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "3",
        "MKL_NUM_THREADS": "1",
    }
