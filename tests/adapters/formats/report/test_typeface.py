"""The page's typeface: the cuts, and just the signs that are asked for."""

from __future__ import annotations

import base64
import io
import re

from fontTools.ttLib import TTFont

from scorestage.adapters.formats.report.typeface import CUTS, FAMILY, typeface_css


def fonts(css: str) -> dict[int, TTFont]:
    found = re.findall(r"font-weight:(\d+).*?base64,([A-Za-z0-9+/=]+)\)", css)
    return {int(weight): TTFont(io.BytesIO(base64.b64decode(text))) for weight, text in found}


def test_three_cuts_with_the_signs_of_the_page() -> None:
    css = typeface_css("Ünder “water” 海")
    assert css.count("@font-face") == css.count(FAMILY) == len(CUTS)
    for weight, font in fonts(css).items():
        signs = font.getBestCmap()
        assert {ord(sign) for sign in "Aaz09Ü“”"} <= set(signs) and ord("海") not in signs
        assert len(signs) < 110 and font["OS/2"].usWeightClass in range(weight - 50, weight + 51)
        assert font["name"].getDebugName(13)  # the licence travels with it
    assert set(fonts(css)) == {300, 400, 600} and len(css) < 90_000


def test_the_same_page_gives_the_same_typeface() -> None:
    assert typeface_css("abc") == typeface_css("cba\n")
