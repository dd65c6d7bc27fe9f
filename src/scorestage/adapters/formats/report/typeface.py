"""The page's own typeface: of each cut only the signs that the page uses, as WOFF inside it."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from typing import Any

from scorestage.adapters.machines.fonts import Cut, cut_file

FAMILY = "Stage Sans"
CUTS = ((300, Cut.LIGHT), (400, Cut.REGULAR), (600, Cut.SEMIBOLD))
_ALWAYS = frozenset(map(chr, range(0x20, 0x7F)))


def typeface_css(text: str) -> str:
    """`@font-face` rules for the signs of `text`; those the typeface lacks are left to the system.

    Raises `MachineError` where the typeface is not installed.
    """
    signs = "".join(sorted(_ALWAYS | {sign for sign in text if sign.isprintable()}))
    return "\n".join(
        f'@font-face {{ font-family:"{FAMILY}"; font-weight:{weight}; font-style:normal; '
        f"src:url(data:font/woff;base64,{_woff(cut, signs)}) }}"
        for weight, cut in CUTS
    )


@lru_cache(maxsize=16)
def _woff(cut: Cut, signs: str) -> str:
    from fontTools import subset

    options: Any = subset.Options()
    options.flavor = "woff"
    options.hinting = False
    options.layout_features = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum"]
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 13, 14]
    font = subset.load_font(str(cut_file(cut)), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=signs)
    held = io.BytesIO()
    try:
        cutter.subset(font)
        subset.save_font(font, held, options)
    finally:
        font.close()
    return base64.b64encode(held.getvalue()).decode("ascii")
