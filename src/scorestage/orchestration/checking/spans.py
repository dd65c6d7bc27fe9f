"""Glissandi of one player, as pairs of notes."""

from __future__ import annotations

from itertools import pairwise

from scorestage.orchestration.inspection import Heard, Inspection

_GLIDES = ("glissando", "slide")


def glissandi(inspection: Inspection) -> list[tuple[Heard, Heard]]:
    """The notes a glissando begins and ends on, by its line or by the word `gliss.` at a note.

    A line that leads nowhere ends at the next note of its voice.
    """
    voices: dict[tuple[int, int], list[Heard]] = {}
    for one in inspection.heard:
        if one.keys:
            voices.setdefault((one.staff, one.voice), []).append(one)
    said = {
        words.at.quarters
        for staff in inspection.line.staves
        for words in staff.words
        if "gliss" in words.text.casefold()
    }
    found = []
    for voice in voices.values():
        for one, after in pairwise(voice):
            if _begins(one) or one.start in said:
                found.append((one, after))
    return found


def _begins(one: Heard) -> bool:
    for hung in one.note.signs:
        for leaf in (hung.sign, *hung.sign.leaves()):
            if leaf.name in _GLIDES and leaf.detail("type", "start") == "start":
                return True
    return False


def is_rolled(one: Heard) -> bool:
    """Whether a chord is broken from note to note (a wavy line before it)."""
    return "arpeggiate" in one.note.sign_names
