"""The one scale of instruments that have no more: whistles, pipes, pan flutes, the kora."""

from __future__ import annotations

_D_MAJOR = (2, 4, 6, 7, 9, 11, 1)
SCALES = {
    "tin-whistle": (*_D_MAJOR, 0),
    "low-whistle": (*_D_MAJOR, 0),
    "uilleann-pipes": (*_D_MAJOR, 0),
    "highland-pipes": (10, 0, 2, 3, 5, 7, 8),
    "pan-flute": (7, 9, 11, 0, 2, 4, 6),
    "kora": (5, 7, 9, 10, 0, 2, 4),
}
"""Pitch classes that come without tricks (half-holing, bends), sounding, by catalogue id.

A whistle in D has the scale of D and the C natural of its cross-fingering; Highland pipes sound
near B-flat mixolydian, written A; a kora is tuned to one scale, here F.
"""
