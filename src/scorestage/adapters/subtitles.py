"""Subtitles, whatever file they come from: when a title stands, and its words."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.timebase import FilmRange


@dataclass(frozen=True, slots=True)
class Subtitle:
    """One title: when it stands on screen, and its words on one line."""

    range: FilmRange
    words: str
