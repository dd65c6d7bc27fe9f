"""Reference material that stands beside the repository; tests are skipped where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_folder() -> Path:
    """Where `SCORESTAGE_SHARED` says, else a folder `shared` beside the repository."""
    named = os.environ.get("SCORESTAGE_SHARED")
    return Path(named) if named else Path(__file__).parents[2] / "shared"


def shared(name: str) -> Path:
    """One file of it; skips the test that asks when it is not there."""
    found = shared_folder() / name
    if not found.exists():
        pytest.skip(f"the reference material has no {name}; set SCORESTAGE_SHARED to its folder")
    return found
