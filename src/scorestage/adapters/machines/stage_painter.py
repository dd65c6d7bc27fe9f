"""What the conductor sees on each frame: streamers, punches, bar and beat, clocks, cue."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Protocol

import numpy as np

from scorestage.adapters.machines.film import Picture, Planes
from scorestage.adapters.machines.stage_patches import (
    Band,
    Lettering,
    Line,
    Patch,
    Window,
    colour_of,
    disc,
    streamer,
)
from scorestage.sync import Clock, Counter, StagePlan

WHITE, GREY, STRONG = (245, 245, 240), (200, 204, 208), (255, 214, 64)
FREE = "free"
WIDEST_TIMECODE, WIDEST_WATCH, WIDEST_FEET = "00:00:00:00", "-00:00.0", "00000+00"


class _Canvas(Protocol):
    """A frame to be drawn on, whatever it is made of."""

    def window(self, window: Window) -> None: ...
    def lay(self, ink: Patch | Line, left: int, top: int) -> None: ...
    def band(self, band: Band, left: int) -> None: ...


class _OnPlanes:
    def __init__(self, planes: Planes) -> None:
        self._planes = planes

    def window(self, window: Window) -> None:
        window.on_planes(self._planes)

    def lay(self, ink: Patch | Line, left: int, top: int) -> None:
        ink.on_planes(self._planes, left, top)

    def band(self, band: Band, left: int) -> None:
        band.on_planes(self._planes, left)


class _OnPixels:
    def __init__(self, pixels: Picture) -> None:
        self._pixels = pixels

    def window(self, window: Window) -> None:
        window.on_pixels(self._pixels)

    def lay(self, ink: Patch | Line, left: int, top: int) -> None:
        ink.on_pixels(self._pixels, left, top)

    def band(self, band: Band, left: int) -> None:
        band.on_pixels(self._pixels, left)


def right_edge_px(edge: Fraction, width_px: int, line_px: int) -> int:
    """Where a streamer's right edge stands: on the picture's only when it arrives, never before.

    Even, so that it stands on whole pairs of chroma.

    >>> right_edge_px(Fraction(1), 1280, 16), right_edge_px(Fraction(239, 240), 1280, 16)
    (1280, 1274)
    """
    return line_px + int(edge * (width_px - line_px)) & ~1


class StagePainter:
    """Draws one cue's stage picture; sizes follow the picture's.

    Dark windows at the foot hold, from left to right: cue and timecode; bar and beat, large enough
    to be read from the podium; stop clock and feet+frames. Where no music is known (`counts` is
    False) the stop clock takes the large place. Without `clocks` there are none: only streamers,
    punches and flutters are drawn, and all other frames stay as they are.
    """

    def __init__(
        self,
        width_px: int,
        height_px: int,
        plan: StagePlan,
        clock: Clock,
        title: str,
        *,
        clocks: bool = True,
        counts: bool = True,
    ) -> None:
        self.width_px, self.height_px = width_px, height_px
        self.plan, self.clock, self.title = plan, clock, title
        self.clocks, self.counts = clocks, counts
        scale = min(height_px, width_px * 9 // 16)
        self.strip_px = max(2, scale * 17 // 100 & ~1)
        self.line_px = min(width_px, max(4, width_px // 80) & ~1)
        self.tail_px = max(2, width_px // 32 & ~1)
        self.radius_px = max(2, scale // 9)
        self.margin_px = scale // 36
        small, middle = max(1, self.strip_px * 30 // 100), max(1, self.strip_px * 38 // 100)
        large = max(1, self.strip_px * 9 // 10)
        self.small = Lettering(small, GREY)
        self.middle = Lettering(middle, WHITE, bold=True)
        self.name = Lettering(small, WHITE, bold=True)
        self.large = {
            stress: Lettering(large, STRONG if stress == 3 else WHITE, bold=True)
            for stress in range(4)
        }
        self.watch = Lettering(max(1, self.strip_px * 7 // 10), WHITE, bold=True)
        rule = np.full((max(2, self.strip_px * 6 // 10 & ~1), 2), 0.6, np.float32)
        self.rule = Patch.of(GREY, rule)
        self.bar_px = self.large[1].width("000")
        self.told_title = self._fitting(title)
        self.windows = self._windows() if clocks else ()
        self._streamer = cache(self._made_streamer)
        self._disc = cache(self._made_disc)

    def on_planes(self, frame: int, planes: Planes) -> None:
        """Draw film frame `frame` on its own planes."""
        self._paint(frame, _OnPlanes(planes))

    def on_pixels(self, frame: int, pixels: Picture) -> None:
        """Draw film frame `frame` on red, green and blue."""
        self._paint(frame, _OnPixels(pixels))

    def touches(self, frame: int) -> bool:
        """Whether anything is drawn on film frame `frame`."""
        plan = self.plan
        return self.clocks or plan.flash(frame) is not None or bool(plan.on_screen(frame))

    def _paint(self, frame: int, canvas: _Canvas) -> None:
        top = self.height_px - (self.strip_px if self.clocks else 0)
        for place in self.plan.on_screen(frame):
            band = self._streamer(place.colour)
            canvas.band(
                band, right_edge_px(place.edge, self.width_px, self.line_px) - band.width_px
            )
        if self.clocks:
            for window in self.windows:
                canvas.window(window)
            self._clocks(frame, canvas, top)
        colour = self.plan.flash(frame)
        if colour is not None:
            for patch in self._disc(colour):
                across, down = patch.size
                canvas.lay(patch, (self.width_px - across) // 2, (top - down) // 2)

    def _windows(self) -> tuple[Window, ...]:
        """Behind what is read: as wide as the widest reading, so that nothing jumps."""
        gap, middle, inset = self.strip_px * 16 // 100, self.width_px // 2, self.margin_px
        right = self.width_px - inset
        watch = self.middle.width(WIDEST_WATCH)
        told = max(self.name.width(self.told_title), self.middle.width(WIDEST_TIMECODE))
        if self.counts:
            beat = self.large[1].width("00")
            centre = middle - gap - self.bar_px, middle + gap + beat
            last = right - max(watch, self.small.width(WIDEST_FEET))
        else:
            half = self.watch.width(WIDEST_WATCH) // 2
            centre = middle - half, middle + half
            last = right - self.middle.width(WIDEST_FEET)
        top = self.height_px - self.strip_px
        pad = inset // 2
        return tuple(
            Window(
                max(0, first - pad) & ~1,
                top & ~1,
                min(self.width_px, end + pad + 1) & ~1,
                min(self.height_px, top + self.strip_px * 96 // 100 + 1) & ~1,
            )
            for first, end in ((inset, inset + told), centre, (last, right))
        )

    def _clocks(self, frame: int, canvas: _Canvas, top: int) -> None:
        told = self.clock.readings(frame)
        first = top + self.strip_px * 11 // 100
        second = top + self.strip_px * 47 // 100
        right = self.width_px - self.margin_px
        self._write(canvas, self.name, self.told_title, self.margin_px, first)
        self._write(canvas, self.middle, told.timecode, self.margin_px, second)
        if not self.counts:
            height = top + (self.strip_px - self.watch.line_px) // 2
            width = self.watch.width(told.stop_clock)
            self._write(canvas, self.watch, told.stop_clock, (self.width_px - width) // 2, height)
            self._write_right(canvas, self.middle, told.feet, right, second)
            return
        self._write_right(canvas, self.middle, told.stop_clock, right, second)
        self._write_right(canvas, self.small, told.feet, right, first)
        if told.counter is not None:
            self._count(canvas, told.counter, top)

    def _count(self, canvas: _Canvas, counter: Counter, top: int) -> None:
        """Bar to the left of the middle, beat to the right, a thin line between."""
        large = self.large[counter.stress]
        gap, middle = self.strip_px * 16 // 100, self.width_px // 2
        height = top + (self.strip_px - large.line_px) // 2
        if counter.bar == FREE:
            below = top + (self.strip_px - self.middle.line_px) // 2
            self._write_right(canvas, self.middle, FREE, middle - gap, below)
        else:
            self._write_right(canvas, self.large[1], counter.bar, middle - gap, height)
        self._write(canvas, large, counter.beat, middle + gap, height)
        canvas.lay(self.rule, middle, top + self.strip_px * 2 // 10)

    def _write(self, canvas: _Canvas, lettering: Lettering, text: str, left: int, top: int) -> None:
        """The last two signs of a clock apart: they change at every frame, the others do not."""
        for part in (text[:-2], text[-2:]) if text[-1:].isdigit() else (text,):
            if part and not part.isspace():
                canvas.lay(lettering.line(part), left, top)
            left += lettering.width(part)

    def _write_right(
        self, canvas: _Canvas, lettering: Lettering, text: str, right: int, top: int
    ) -> None:
        self._write(canvas, lettering, text, right - lettering.width(text), top)

    def _fitting(self, title: str) -> str:
        """The cue's name, shortened where it would run into bar and beat."""
        room = self.width_px // 2 - self.bar_px - self.margin_px * 3
        if self.name.width(title) <= room:
            return title
        while title and self.name.width(title + "…") > room:
            title = title[:-1]
        return title.rstrip() + "…"

    def _made_streamer(self, colour: str) -> Band:
        return streamer(self.line_px, self.tail_px, colour_of(colour))

    def _made_disc(self, colour: str) -> tuple[Patch, Patch]:
        ring = disc(self.radius_px + max(2, self.radius_px // 12), (0, 0, 0))
        shadow = Patch.of(ring.colour, ring.coverage * np.float32(0.55))
        return shadow, disc(self.radius_px, colour_of(colour))
