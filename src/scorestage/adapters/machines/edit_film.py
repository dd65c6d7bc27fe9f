"""A film cut anew out of frames of another one, with a line of words below the picture."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from scorestage.adapters.machines.film import (
    FilmFacts,
    FilmWriter,
    Picture,
    Sound,
    SoundTrack,
    even,
    probe,
    read_frames,
)
from scorestage.adapters.machines.fonts import sans
from scorestage.timebase import FilmTime, FrameRate, Timecode

MOST_WIDTH_PX = 960
_STRIP = 0.09
"""The height of the line of words, of the picture's height."""
_FAR_FRAMES = 200
"""Frames further ahead than this are sought, nearer ones reached by decoding."""
_LIT = (236, 181, 60)


@dataclass(frozen=True, slots=True)
class ShownFrame:
    """A frame of the new film: which frame of the old one (None: black), and what is said of it.

    `lit`: its words are lit, as where a cut lands on a bar. `aside` stands at the right.
    """

    frame: int | None
    words: str = ""
    aside: str = ""
    lit: bool = False


def write_edit_film(
    source: Path,
    dest: Path,
    shown: Sequence[ShownFrame],
    sound: Sound | None = None,
    start: Timecode | None = None,
    title: str = "",
) -> None:
    """Write `dest` (MP4 or MOV): frames of `source` in the order told, with 48 kHz sound.

    Frames in order cost one pass through the source; each way back is a jump in it.
    """
    facts = probe(source)
    width, height = _size(facts.width_px, facts.height_px)
    tracks = (SoundTrack(title or "music and sound"),) if sound is not None else ()
    frames = _Cursor(source, facts, (width, height))
    _write(dest, (width, height), facts.rate, shown, frames, (tracks, sound, start, title))


def write_still_film(
    stills: Sequence[Picture],
    dest: Path,
    shown: Sequence[ShownFrame],
    rate: FrameRate,
    sound: Sound | None = None,
    start: Timecode | None = None,
    title: str = "",
) -> None:
    """The same of still pictures, all of one size: `frame` is the number of the picture."""
    height, width = stills[0].shape[:2]
    tracks = (SoundTrack(title or "music"),) if sound is not None else ()
    _write(dest, (width, height), rate, shown, _Stills(stills), (tracks, sound, start, title))


class _Stills:
    def __init__(self, stills: Sequence[Picture]) -> None:
        self._stills = stills

    def picture(self, number: int) -> Picture:
        return self._stills[number]

    def close(self) -> None:
        """Nothing is open."""


class _Cursor:
    """Reads on through a film, and jumps where it must."""

    def __init__(self, source: Path, facts: FilmFacts, size: tuple[int, int]) -> None:
        self._source, self._facts, self._size = source, facts, size
        self._frames: Generator[tuple[int, FilmTime, Picture], None, None] | None = None
        self._number, self._picture = -1, np.zeros((size[1], size[0], 3), dtype=np.uint8)

    def picture(self, number: int) -> Picture:
        """The frame on screen at this number."""
        if number < self._number or number > self._number + _FAR_FRAMES or self._frames is None:
            self.close()
            start = self._facts.rate.time_of(max(0, number))
            self._frames = read_frames(self._source, self._size, facts=self._facts, start=start)
        while self._number < number:
            coming = next(self._frames, None)
            if coming is None:
                break
            self._number, _, self._picture = coming
        return self._picture

    def close(self) -> None:
        """Let go of the film."""
        if self._frames is not None:
            self._frames.close()
        self._frames, self._number = None, -1


def _write(
    dest: Path,
    size: tuple[int, int],
    rate: FrameRate,
    shown: Sequence[ShownFrame],
    frames: _Cursor | _Stills,
    track: tuple[tuple[SoundTrack, ...], Sound | None, Timecode | None, str],
) -> None:
    (width, height), (tracks, sound, start, title) = size, track
    strip = even(max(24, round(height * _STRIP)))
    page = np.zeros((height + strip, width, 3), dtype=np.uint8)
    try:
        with FilmWriter(dest, width, height + strip, rate, tracks, start, title=title) as film:
            if sound is not None:
                film.write_sound(0, sound)
            for one in shown:
                page[:height] = 0 if one.frame is None else frames.picture(one.frame)
                page[height:] = _words(one.words, one.aside, one.lit, width, strip)
                film.write_frame(page)
    finally:
        frames.close()


def _size(width: int, height: int) -> tuple[int, int]:
    share = min(1.0, MOST_WIDTH_PX / width)
    return even(round(width * share)), even(round(height * share))


@lru_cache(maxsize=512)
def _words(words: str, aside: str, lit: bool, width: int, height: int) -> NDArray[np.uint8]:
    """The line below the picture."""
    image = Image.new("RGB", (width, height), _LIT if lit else (18, 18, 20))
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(sans(bold=True)), round(height * 0.6))
    ink = (20, 18, 14) if lit else (226, 222, 214)
    margin = height // 3
    draw.text((margin, height / 2), words, ink, font, anchor="lm")
    draw.text((width - margin, height / 2), aside, ink, font, anchor="rm")
    return np.asarray(image, dtype=np.uint8)
