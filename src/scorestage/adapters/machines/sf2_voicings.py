"""What is known of single sound fonts: which of their sounds are better than their names say."""

from __future__ import annotations

from collections.abc import Mapping

GENERAL_SECTION_STRINGS: tuple[tuple[int, float], ...] = ((48, 0.0),)
"""General MIDI's first string ensemble."""

_SECTION_STRINGS: Mapping[str, tuple[tuple[int, float], ...]] = {
    # Its ensemble has one recording for everything below A flat 4 and swells by 7 to 10 dB in a
    # held note; its "tremolo" is sustained, recorded every fifth, and swells by 3 to 5 dB.
    "TimGM6mb": ((44, 0.0), (48, -6.0)),
}


def section_strings_of(font_name: str) -> tuple[tuple[int, float], ...]:
    """Programs (from 0) and levels in dB for a section of strings on this font.

    >>> section_strings_of("FluidR3 GM")
    ((48, 0.0),)
    """
    return _SECTION_STRINGS.get(font_name, GENERAL_SECTION_STRINGS)
