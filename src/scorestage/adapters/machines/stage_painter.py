"""What the conductor sees on each frame: streamers, punches, bar and beat, clocks, cue."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from scorestage.adapters.machines.film import Picture, Planes
from scorestage.adapters.machines.stage_patches import (
    Lettering,
    Patch,
    colour_of,
    disc,
    streamer,
)
from scorestage.sync import Counter, StageClock, StagePlan

WHITE, GREY, STRONG = (245, 245, 240), (176, 180, 184), (255, 214, 64)
DARKNESS = 0.66
FREE = "free"

Lay = Callable[[Patch, int, int], None]


class StagePainter:
    """Draws one cue's stage picture; sizes follow the picture's.

    A dark strip at the foot holds, from left to right: cue and timecode; bar and beat, large enough
    to be read from the podium; stop clock and feet+frames.
    """

    def __init__(
        self, width_px: int, height_px: int, plan: StagePlan, clock: StageClock, title: str
    ) -> None:
        self.width_px, self.height_px = width_px, height_px
        self.plan, self.clock, self.title = plan, clock, title
        scale = min(height_px, width_px * 9 // 16)
        self.strip_px = (scale * 17 // 100) & ~1
        self.line_px = max(4, width_px // 80) & ~1
        self.tail_px = (width_px // 14) & ~1
        self.radius_px = scale // 9
        self.margin_px = scale // 36
        small, middle, large = self.strip_px * 27 // 100, self.strip_px * 38 // 100, self.strip_px
        self.small = Lettering(small, GREY)
        self.middle = Lettering(middle, WHITE, bold=True)
        self.name = Lettering(small, WHITE, bold=True)
        self.large = {
            stress: Lettering(large * 9 // 10, STRONG if stress == 3 else WHITE, bold=True)
            for stress in range(4)
        }
        self.shade = Patch((0, 0, 0), np.full((self.strip_px, width_px), DARKNESS, np.float32))
        rule = np.full((self.strip_px * 6 // 10 & ~1, 2), 0.6, np.float32)
        self.rule = Patch(GREY, rule)
        self.bar_px = self.large[1].width("000")
        self._streamer = cache(self._made_streamer)
        self._disc = cache(self._made_disc)

    def on_planes(self, frame: int, planes: Planes) -> None:
        """Draw film frame `frame` on its own planes."""
        self._paint(frame, lambda patch, left, top: patch.on_planes(planes, left, top))

    def on_pixels(self, frame: int, pixels: Picture) -> None:
        """Draw film frame `frame` on red, green and blue."""
        self._paint(frame, lambda patch, left, top: patch.on_pixels(pixels, left, top))

    def _paint(self, frame: int, lay: Lay) -> None:
        top = self.height_px - self.strip_px
        lay(self.shade, 0, top)
        for place in self.plan.on_screen(frame):
            line, edge = self._streamer(place.colour)
            right = self.line_px + round(place.edge * (self.width_px - self.line_px))
            left = right - line.size[0] + (right & 1)
            lay(edge, left, 0)
            lay(line, left, 0)
        self._clocks(frame, lay, top)
        colour = self.plan.flash(frame)
        if colour is not None:
            ring, punch = self._disc(colour)
            middle = self.width_px // 2, top // 2
            lay(ring, middle[0] - ring.size[0] // 2, middle[1] - ring.size[1] // 2)
            lay(punch, middle[0] - punch.size[0] // 2, middle[1] - punch.size[1] // 2)

    def _clocks(self, frame: int, lay: Lay, top: int) -> None:
        told = self.clock.readings(frame)
        first = top + self.strip_px * 13 // 100
        second = top + self.strip_px * 47 // 100
        self._write(lay, self.name, self._fitting(self.title), self.margin_px, first)
        self._write(lay, self.middle, told.timecode, self.margin_px, second)
        right = self.width_px - self.margin_px
        self._write_right(lay, self.middle, told.stop_clock, right, second)
        self._write_right(lay, self.small, told.feet, right, first)
        if told.counter is not None:
            self._count(lay, told.counter, top)

    def _count(self, lay: Lay, counter: Counter, top: int) -> None:
        """Bar to the left of the middle, beat to the right, a thin line between."""
        large = self.large[counter.stress]
        gap, middle = self.strip_px * 16 // 100, self.width_px // 2
        height = top + (self.strip_px - large.line_px) // 2
        if counter.bar == FREE:
            below = top + (self.strip_px - self.middle.line_px) // 2
            self._write_right(lay, self.middle, FREE, middle - gap, below)
        else:
            self._write_right(lay, self.large[1], counter.bar, middle - gap, height)
        self._write(lay, large, counter.beat, middle + gap, height)
        lay(self.rule, middle, top + self.strip_px * 2 // 10)

    def _write(self, lay: Lay, lettering: Lettering, text: str, left: int, top: int) -> None:
        for offset, letter in lettering.letters(text):
            lay(letter, left + offset, top)

    def _write_right(self, lay: Lay, lettering: Lettering, text: str, right: int, top: int) -> None:
        self._write(lay, lettering, text, right - lettering.width(text), top)

    def _fitting(self, title: str) -> str:
        """The cue's name, shortened where it would run into bar and beat."""
        room = self.width_px // 2 - self.bar_px - self.margin_px * 3
        if self.name.width(title) <= room:
            return title
        while title and self.name.width(title + "…") > room:
            title = title[:-1]
        return title.rstrip() + "…"

    def _made_streamer(self, colour: str) -> tuple[Patch, Patch]:
        return streamer(self.line_px, self.tail_px, self.height_px, colour_of(colour))

    def _made_disc(self, colour: str) -> tuple[Patch, Patch]:
        ring = disc(self.radius_px + max(2, self.radius_px // 12), (0, 0, 0))
        return Patch(ring.colour, ring.coverage * np.float32(0.55)), disc(
            self.radius_px, colour_of(colour)
        )
