"""Words for cues, from what was measured: working titles and tones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from scorestage.spotting.need import Need
from scorestage.spotting.picture import PictureIndex
from scorestage.timebase import FilmRange

DARK_LIGHT: Final = 45.0
BRIGHT_LIGHT: Final = 125.0


@dataclass(frozen=True, slots=True)
class Character:
    """What a stretch of film is like: mean light (0 to 255), movement and cutting pace (0 to 1)."""

    light: float
    motion: float
    pace: float
    speech: float
    titles: float

    @property
    def shade(self) -> str:
        """`dark`, `bright` or, in between, nothing."""
        if self.light < DARK_LIGHT:
            return "dark"
        return "bright" if self.light > BRIGHT_LIGHT else ""

    @property
    def activity(self) -> str:
        """`still`, `moving` or `fast`."""
        lively = 0.6 * self.motion + 0.4 * self.pace
        return "fast" if lively > 0.55 else "moving" if lively > 0.22 else "still"


def character_of(picture: PictureIndex, need: Need, stretch: FilmRange) -> Character:
    """What a stretch of film is like; black is left out of the light."""
    first, end = picture.index_at(stretch.start), picture.index_at(stretch.end)
    part = slice(first, max(end, first + 1))
    seen = need.black[part] == 0
    light = picture.light[part][seen]
    return Character(
        round(float(light.mean()), 2) if len(light) else 0.0,
        round(float(need.motion[part].mean()), 3),
        round(float(need.pace[part].mean()), 3),
        round(float(np.mean(need.speech[part] > 0)), 3),
        round(float(need.titles[part].mean()), 3),
    )


_TONES: Final = {
    ("dark", "still"): ("mystery",),
    ("dark", "moving"): ("tense",),
    ("dark", "fast"): ("chase",),
    ("", "still"): ("calm",),
    ("", "moving"): (),
    ("", "fast"): ("urgent",),
    ("bright", "still"): ("hope",),
    ("bright", "moving"): ("light",),
    ("bright", "fast"): ("adventure",),
}


def tones_of(character: Character) -> tuple[str, ...]:
    """Words of tone that the picture alone suggests; the brief knows better.

    >>> tones_of(Character(30, 0.0, 0.0, 0.0, 0.0))
    ('mystery',)
    """
    return _TONES[character.shade, character.activity]


_PLAIN: Final = {
    ("dark", "still"): "In the Dark",
    ("dark", "moving"): "Dark Waters",
    ("dark", "fast"): "Dark Pursuit",
    ("", "still"): "Stillness",
    ("", "moving"): "On the Way",
    ("", "fast"): "The Rush",
    ("bright", "still"): "Daylight",
    ("bright", "moving"): "Bright Air",
    ("bright", "fast"): "Running in the Light",
}


def title_of(
    character: Character, way_in: str, hits: Iterable[str], place: str, taken: set[str]
) -> str:
    """A working title nobody else in the film has yet.

    `way_in` and `hits` are the words of the entrance and of the strongest hits, `place` is
    `opening`, `closing`, `only` or empty.
    """
    for title in _wishes(character, way_in, tuple(hits), place):
        if title not in taken:
            return title
    plain = _PLAIN[character.shade, character.activity]
    number = 2
    while f"{plain} {number}" in taken:
        number += 1
    return f"{plain} {number}"


def _wishes(character: Character, way_in: str, hits: tuple[str, ...], place: str) -> Iterable[str]:
    told = " ".join(hits)
    if place == "opening":
        yield "Out of the Dark" if "from black" in way_in else "Opening"
        yield "Opening"
    if place == "closing":
        yield "End Titles" if character.titles > 0.3 else "Finale"
    if character.titles > 0.5:
        yield "Titles"
    if "flash" in told:
        yield "The Flash"
    if "black" in told and "cut to" in told:
        yield "Blackout"
    if "boom" in told:
        yield "Impact"
    if way_in.startswith("after"):
        yield "After the Words"
    if "white" in way_in:
        yield "Out of the White"
    yield _PLAIN[character.shade, character.activity]
    if "loud" in told:
        yield "The Slam"
    if "new scene" in told:
        yield "Another Place"
