"""Edit lists of QuickTime and MP4 files: which pieces of the stored picture are shown, and when.

Several pieces are walked by us. FFmpeg's own reading (its demuxer's `advanced_editlist`) lets go of
frames, or shifts the clock by two or three, where a piece begins inside a group of pictures with
frames out of order. Layout after ISO/IEC 14496-12, 8.6.6.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from scorestage.adapters.machines.film.boxes import Box, boxes_at, content_of, whole_file
from scorestage.errors import FilmError, Where

_MOST_EDITS = 100_000
_AT_SPEED = 1 << 16


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece that is shown: where it begins in the stored picture, when it is on, how long."""

    stored_seconds: Fraction
    shown_seconds: Fraction
    span_seconds: Fraction

    def shown_at(self, stored_seconds: Fraction) -> Fraction:
        """When a stored frame of this piece comes on; never before the piece itself."""
        return self.shown_seconds + max(Fraction(0), stored_seconds - self.stored_seconds)

    def holds(self, stored_seconds: Fraction, slack_seconds: Fraction) -> bool:
        """Whether a stored frame is one of this piece's, give or take the slack at both ends."""
        at = stored_seconds + slack_seconds
        return self.stored_seconds <= at < self.stored_seconds + self.span_seconds


def picture_edits(path: Path, track_id: int) -> tuple[Edit, ...]:
    """The pieces of the track of that number; none where it is shown in one go.

    `FilmError` where pieces are shown at another speed, which no frame of a film keeps.
    """
    with path.open("rb") as file:
        whole = whole_file(file)
        for movie in boxes_at(file, (b"moov",), whole):
            scale = next((_scale(file, box) for box in boxes_at(file, (b"mvhd",), movie)), 0)
            for track in boxes_at(file, (b"trak",), movie):
                if scale and _number(file, track) == track_id:
                    return _edits(file, track, scale, path)
    return ()


def _edits(file: BinaryIO, track: Box, movie_scale: int, path: Path) -> tuple[Edit, ...]:
    scale = next((_scale(file, box) for box in boxes_at(file, (b"mdia", b"mdhd"), track)), 0)
    lists = list(boxes_at(file, (b"edts", b"elst"), track))
    if not scale or len(lists) != 1:
        return ()
    rows = _rows(content_of(file, lists[0], 20 * _MOST_EDITS + 8))
    found, shown = [], Fraction(0)
    for lasting, stored, speed in rows:
        span = Fraction(lasting, movie_scale)
        if stored >= 0:
            if speed != _AT_SPEED and len(rows) > 1:
                raise FilmError(
                    "the film's edit list shows pieces of it at another speed",
                    Where(file=path.name),
                    "export it anew from the editing system",
                )
            found.append(Edit(Fraction(stored, scale), shown, span))
        shown += span
    return tuple(found) if len(found) > 1 else ()


def _rows(content: bytes) -> list[tuple[int, int, int]]:
    """Length in the film's ticks, beginning in the track's (-1: nothing is shown), and speed."""
    if len(content) < 8:
        return []
    version, count = content[0], struct.unpack_from(">I", content, 4)[0]
    layout = ">Qqi" if version == 1 else ">Iii"
    size = struct.calcsize(layout)
    count = min(count, _MOST_EDITS, (len(content) - 8) // size)
    return [struct.unpack_from(layout, content, 8 + size * place) for place in range(count)]


def _scale(file: BinaryIO, box: Box) -> int:
    """Ticks a second of a movie's or a track's header."""
    content = content_of(file, box, 32)
    at = 20 if content[:1] == b"\x01" else 12
    return int(struct.unpack_from(">I", content, at)[0]) if len(content) >= at + 4 else 0


def _number(file: BinaryIO, track: Box) -> int:
    for box in boxes_at(file, (b"tkhd",), track):
        content = content_of(file, box, 32)
        at = 20 if content[:1] == b"\x01" else 12
        return int(struct.unpack_from(">I", content, at)[0]) if len(content) >= at + 4 else 0
    return 0
