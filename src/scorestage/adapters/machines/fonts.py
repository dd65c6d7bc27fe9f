"""The typeface of pages and overlays: Source Sans Pro (SIL Open Font License), from its wheel."""

from __future__ import annotations

import importlib.util
from enum import StrEnum
from functools import cache
from pathlib import Path

from scorestage.errors import MachineError


class Cut(StrEnum):
    """A cut of the typeface."""

    LIGHT = "Light"
    REGULAR = "Regular"
    ITALIC = "It"
    SEMIBOLD = "Semibold"
    BOLD = "Bold"
    BOLD_ITALIC = "BoldIt"


@cache
def cut_file(cut: Cut) -> Path:
    """The TrueType file of one cut.

    Raises `MachineError` where the typeface is not installed.

    >>> cut_file(Cut.SEMIBOLD).name
    'SourceSansPro-Semibold.ttf'
    """
    spec = importlib.util.find_spec("font_source_sans_pro")
    missing = MachineError("the typeface is missing", do="pip install font-source-sans-pro")
    if spec is None or spec.origin is None:
        raise missing
    found = Path(spec.origin).parent / "files" / f"SourceSansPro-{cut}.ttf"
    if not found.is_file():
        raise missing
    return found


def sans(*, bold: bool = False, italic: bool = False) -> Path:
    """The TrueType file of the sans serif in one cut.

    >>> sans(bold=True).name
    'SourceSansPro-Bold.ttf'
    """
    if bold:
        return cut_file(Cut.BOLD_ITALIC if italic else Cut.BOLD)
    return cut_file(Cut.ITALIC if italic else Cut.REGULAR)
