"""The typeface of pages and overlays: Source Sans Pro (SIL Open Font License), from its wheel."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from scorestage.errors import MachineError


@cache
def sans(*, bold: bool = False, italic: bool = False) -> Path:
    """The TrueType file of the sans serif in one cut.

    >>> sans(bold=True).name
    'SourceSansPro-Bold.ttf'
    """
    spec = importlib.util.find_spec("font_source_sans_pro")
    cut = {(False, False): "Regular", (True, False): "Bold", (False, True): "It"}
    name = f"SourceSansPro-{cut.get((bold, italic), 'BoldIt')}.ttf"
    if spec is None or spec.origin is None:
        raise MachineError("the typeface is missing", do="pip install font-source-sans-pro")
    return Path(spec.origin).parent / "files" / name
