"""A storyboard's panels: in what order they come and how long each stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.production.screenplay import plain_number
from scorestage.timebase import FilmTime, FrameRate

USUAL_SECONDS = Fraction(3)
"""How long a panel stands of which nobody says anything."""
_LENGTH = re.compile(r"(?<![A-Za-z0-9.])(\d{1,4}(?:[.,]\d{1,3})?)(s|sec|f|fr)(?![A-Za-z0-9])")
_SCENE = re.compile(r"(?:^|[_ -])sc(?:ene)?[_ -]?0*(\d{1,4}[A-Z]{0,2})(?![A-Za-z0-9])", re.I)
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Panel:
    """A drawing: its file, the scene it belongs to, how long it stands, what it shows.

    `seconds` is None where nobody has said.
    """

    name: str
    scene: str = ""
    seconds: Fraction | None = None
    words: str = ""


def panel_names(names: Sequence[str], rate: FrameRate) -> tuple[Panel, ...]:
    """Panels by their file names, in the order a person would count them.

    `012_2.5s.png` stands two and a half seconds, `sc12A_p03_48f.jpg` 48 frames in scene 12A.

    >>> [(p.name, p.scene, p.seconds) for p in
    ...  panel_names(["sc2_p10.png", "sc2_p9_36f.png"], FrameRate(24))]
    [('sc2_p9_36f.png', '2', Fraction(3, 2)), ('sc2_p10.png', '2', None)]
    """
    return tuple(_panel(name, rate) for name in sorted(names, key=_as_counted))


def _as_counted(name: str) -> list[tuple[int, int, str]]:
    parts = _DIGITS.split(name.lower())
    return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts if p]


def _panel(name: str, rate: FrameRate) -> Panel:
    stem = name.rpartition(".")[0] or name
    scene, length = _SCENE.search(stem), _LENGTH.search(stem.replace("_", " "))
    seconds = None
    if length is not None:
        number = Fraction(length[1].replace(",", "."))
        seconds = number if length[2].startswith("s") else number / rate.frames_per_second
    return Panel(name, plain_number(scene[1]) if scene else "", seconds)


def lasting(
    panels: Sequence[Panel], scenes: Mapping[str, Fraction], rate: FrameRate
) -> tuple[tuple[Panel, int], ...]:
    """Every panel with the frames it stands.

    Panels without a length share what is left of their scene's estimate (`scenes`, seconds by
    number); those of no known scene stand for three seconds. No panel is shorter than a frame; a
    scene's frames add up to its length, however they divide. Raises `InputError` for lengths that
    are not above zero.

    >>> board = [Panel("a.png", "1"), Panel("b.png", "1", Fraction(2))]
    >>> [frames for _, frames in lasting(board, {"1": Fraction(5)}, FrameRate(24))]
    [72, 48]
    """
    free: dict[str, int] = {}
    taken: dict[str, Fraction] = {}
    for panel in panels:
        if panel.seconds is not None and panel.seconds <= 0:
            raise InputError(f"{panel.name} cannot stand for {float(panel.seconds):g} s")
        free[panel.scene] = free.get(panel.scene, 0) + (panel.seconds is None)
        taken[panel.scene] = taken.get(panel.scene, Fraction(0)) + (panel.seconds or 0)
    found, reached, shown = [], Fraction(0), 0
    for panel in panels:
        seconds = panel.seconds
        if seconds is None:
            left = scenes.get(panel.scene, Fraction(0)) - taken[panel.scene]
            seconds = left / free[panel.scene] if left > 0 else USUAL_SECONDS
        reached += seconds
        until = max(shown + 1, rate.nearest_frame(FilmTime(reached)))
        found.append((replace(panel, seconds=seconds), until - shown))
        shown = until
    return tuple(found)
