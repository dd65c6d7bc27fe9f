"""Blessed outputs: text compared line by line; `SCORESTAGE_BLESS=1 pytest` takes over new ones."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """`text` is what `golden/name` holds."""
    file = FOLDER / name
    if os.environ.get("SCORESTAGE_BLESS"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.is_file(), f"no golden file {name}: look at the output, then SCORESTAGE_BLESS=1"
    assert text.splitlines() == file.read_text(encoding="utf-8").splitlines()
