"""The strip below the picture of a play-through: bars, beats, hits and keys pass a line."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from scorestage.adapters.machines.film import Picture
from scorestage.adapters.machines.fonts import sans
from scorestage.music import Score
from scorestage.production import Hit
from scorestage.sync import PictureClock
from scorestage.timebase import Beat, FilmTime, FrameRate, TempoMap

_SECONDS_SHOWN = 9
_LINE_SHARE = 0.28
"""Where the line of the moment stands, from the left."""
_GROUND, _LANE, _RULER = (18, 19, 22), (24, 26, 30), (34, 36, 42)
_BAR, _BEAT, _TEXT, _DIM = (120, 124, 132), (58, 61, 68), (236, 236, 230), (150, 154, 160)
_RIGHT, _LEFT = (236, 186, 92), (104, 164, 226)
_HIT, _NOW, _THEME = (240, 92, 80), (250, 250, 246), (146, 206, 142)
_HITS_END, _RULER_END, _LANES_END = 0.27, 0.41, 0.83
_LEAST_KEYS = 30
_EDGE = 2
_MARGIN_PX = 5


@dataclass(frozen=True, slots=True)
class StripFacts:
    """What passes: the score for two hands, its map, hits and words over the bars."""

    title: str
    score: Score
    tempo_map: TempoMap
    hits: tuple[Hit, ...]
    themes: tuple[tuple[Beat, str], ...]
    rate: FrameRate
    start_frames: int
    zero: FilmTime


class StripPainter:
    """Paints the strip for any moment; everything that passes is drawn once."""

    def __init__(self, width_px: int, height_px: int, facts: StripFacts) -> None:
        self.width_px, self.height_px, self.facts = width_px, height_px, facts
        self.pace_px = width_px / _SECONDS_SHOWN
        self.line_px = round(width_px * _LINE_SHARE)
        first = facts.tempo_map.time_at(Beat(0) - facts.tempo_map.grid.pickup)
        self._begins = float(first.seconds) - _SECONDS_SHOWN
        self._ends = float(facts.tempo_map.end.seconds) + _SECONDS_SHOWN
        clicks = facts.tempo_map.clicks()
        self._clicks = [float(click.time.seconds) for click in clicks]
        self._counts = [
            (str(facts.tempo_map.grid.bars[click.bar_index].label), str(click.beat))
            for click in clicks
        ]
        self._font = cache(self._opened)
        self._ruled = np.asarray(self._passing())

    def at(self, moment: FilmTime) -> Picture:
        """The strip at a film time: height x width x 3."""
        seconds = float(moment.seconds)
        left = round((seconds - self._begins) * self.pace_px) - self.line_px
        wide = self._ruled.shape[1]
        left = max(0, min(wide - self.width_px, left))
        strip = Image.fromarray(self._ruled[:, left : left + self.width_px])
        draw = ImageDraw.Draw(strip)
        now = round((seconds - self._begins) * self.pace_px) - left
        bottom = round(self.height_px * _LANES_END)
        draw.rectangle((now - 1, 0, now + 1, bottom), fill=_NOW)
        self._foot(draw, moment, seconds)
        return np.asarray(strip)

    def _opened(self, size_px: int, bold: bool) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(sans(bold=bold)), max(8, size_px))

    def _x(self, at: Beat) -> float:
        return (float(self.facts.tempo_map.time_at(at).seconds) - self._begins) * self.pace_px

    def _passing(self) -> Image.Image:
        """Everything that passes the line, from first to last."""
        wide = max(self.width_px, round((self._ends - self._begins) * self.pace_px))
        image = Image.new("RGB", (wide, self.height_px), _GROUND)
        draw = ImageDraw.Draw(image)
        hits, ruler, lanes = (
            round(self.height_px * share) for share in (_HITS_END, _RULER_END, _LANES_END)
        )
        draw.rectangle((0, hits, wide, ruler), fill=_RULER)
        draw.rectangle((0, ruler, wide, lanes), fill=_LANE)
        self._bars(draw, hits, ruler, lanes)
        self._keys(draw, ruler, lanes)
        self._words(draw, hits, ruler)
        self._hits(draw, hits, lanes)
        return image

    def _bars(self, draw: ImageDraw.ImageDraw, top: int, ruler: int, bottom: int) -> None:
        grid = self.facts.tempo_map.grid
        font = self._font(round((ruler - top) * 0.72), True)
        for click in self.facts.tempo_map.clicks():
            x = self._x(click.at)
            draw.line((x, ruler, x, bottom), fill=_BEAT, width=1)
            draw.line((x, ruler - (ruler - top) // 4, x, ruler), fill=_BAR, width=1)
        for index, start in enumerate(grid.starts):
            x = self._x(start)
            draw.line((x, top, x, bottom), fill=_BAR, width=_EDGE)
            if index < len(grid.bars):
                bar = grid.bars[index]
                told = str(bar.label)
                draw.text((x + 6, (top + ruler) / 2), told, _TEXT, font, anchor="lm")
                if not index or grid.bars[index - 1].meter != bar.meter:
                    after = x + 12 + font.getlength(told)
                    small = self._font(round((ruler - top) * 0.5), False)
                    draw.text((after, (top + ruler) / 2), str(bar.meter), _DIM, small, anchor="lm")

    def _keys(self, draw: ImageDraw.ImageDraw, top: int, bottom: int) -> None:
        """Every tone as a bar as long as it sounds; the hands in two colours."""
        tones = [
            (self._x(note.onset), self._x(note.end), pitch.key, staff_place)
            for line in self.facts.score.lines
            for staff_place, staff in enumerate(line.staves)
            for note in staff.notes
            for pitch in note.sounding
        ]
        if not tones:
            return
        keys = [key for _, _, key, _ in tones]
        low, high = min(keys) - 1, max(keys) + 1
        spare = max(0, _LEAST_KEYS - (high - low)) // 2
        low, high = low - spare, high + spare
        top, bottom = top + _MARGIN_PX, bottom - _MARGIN_PX
        step = (bottom - top) / (high - low + 1)
        for start, end, key, hand in sorted(tones, key=lambda tone: -tone[3]):
            y = bottom - (key - low + 1) * step
            box = (start + 1, y, max(start + 4, end - 2), y + max(3.0, step - 1))
            draw.rounded_rectangle(box, min(3.0, step / 2), fill=_LEFT if hand else _RIGHT)

    def _words(self, draw: ImageDraw.ImageDraw, top: int, bottom: int) -> None:
        font = self._font(round((bottom - top) * 0.55), True)
        for at, words in self.facts.themes:
            number = self._font(round((bottom - top) * 0.72), True).getlength("000")
            x = self._x(at) + number + 16
            draw.text((x, (top + bottom) / 2), words, _THEME, font, anchor="lm")

    def _hits(self, draw: ImageDraw.ImageDraw, top: int, bottom: int) -> None:
        """Each hit with its clock and words over a line through the strip."""
        font, bold = self._font(round(top * 0.34), False), self._font(round(top * 0.34), True)
        reached = [0.0, 0.0]
        for hit in sorted(self.facts.hits, key=lambda one: one.at):
            x = (float(hit.at.seconds) - self._begins) * self.pace_px
            clock = PictureClock(self.facts.rate, 0, self.facts.zero)
            told = clock.readings(self.facts.rate.nearest_frame(hit.at)).stop_clock
            words = _shortened(hit.words or hit.id)
            row = 0 if reached[0] <= x or reached[0] <= reached[1] else 1
            y = top * (0.28 if not row else 0.74)
            for dash in range(round(y), bottom, 9):
                draw.line((x, dash, x, min(bottom, dash + 5)), fill=_HIT, width=_EDGE)
            size = top * 0.13
            points = [(x, y - size), (x + size, y), (x, y + size), (x - size, y)]
            draw.polygon(points, fill=_HIT)
            left = x + size + 6
            draw.text((left, y), told, _HIT, bold, anchor="lm")
            left += bold.getlength(told) + 8
            draw.text((left, y), words, _TEXT, font, anchor="lm")
            reached[row] = left + font.getlength(words) + 24

    def _foot(self, draw: ImageDraw.ImageDraw, moment: FilmTime, seconds: float) -> None:
        top = round(self.height_px * _LANES_END)
        middle = (top + self.height_px) / 2
        size = round((self.height_px - top) * 0.62)
        plain, bold = self._font(size, False), self._font(size, True)
        draw.rectangle((0, top, self.width_px, self.height_px), fill=(0, 0, 0))
        inset = size
        draw.text((inset, middle), self.facts.title, _TEXT, bold, anchor="lm")
        clock = PictureClock(self.facts.rate, self.facts.start_frames, self.facts.zero)
        told = clock.readings(self.facts.rate.nearest_frame(moment))
        right = self.width_px - inset
        draw.text((right, middle), told.timecode, _DIM, plain, anchor="rm")
        right -= round(plain.getlength("00:00:00:00") + 2 * inset)
        draw.text((right, middle), told.stop_clock, _TEXT, bold, anchor="rm")
        place = bisect_right(self._clicks, seconds + 0.001) - 1
        if place >= 0 and seconds < float(self.facts.tempo_map.end.seconds):
            bar, beat = self._counts[place]
            centre = self.width_px / 2
            draw.text((centre - size * 0.5, middle), bar, _TEXT, bold, anchor="rm")
            draw.line((centre, top + 6, centre, self.height_px - 6), fill=_BEAT, width=_EDGE)
            draw.text((centre + size * 0.5, middle), beat, _RIGHT, bold, anchor="lm")


def _shortened(words: str, letters: int = 34) -> str:
    """
    >>> _shortened("she opens the door and sees the lamp", 14)
    'she opens the…'
    """
    plain = " ".join(words.split())
    return plain if len(plain) <= letters else plain[: letters - 1].rstrip() + "…"
