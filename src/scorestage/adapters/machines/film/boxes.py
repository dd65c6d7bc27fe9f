"""The boxes that QuickTime and MP4 files are made of (ISO/IEC 14496-12, section 4.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_BOXES = 20_000
"""More are not looked at: a file may claim any number of empty ones."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its name, where its content begins in the file, and where it ends."""

    name: bytes
    start: int
    end: int


def boxes_in(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places of a file, as far as they make sense.

    The last one may claim to end beyond `end`: then the file was cut short.
    """
    at = start
    for _ in range(MOST_BOXES):
        if at + 8 > end:
            return
        file.seek(at)
        size, name = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            large = file.read(8)
            if len(large) < 8:
                return
            size, head = struct.unpack(">Q", large)[0], 16
        elif size == 0:
            size = end - at
        if size < head:
            return
        yield Box(name, at + head, at + size)
        at += size


def boxes_at(file: BinaryIO, path: tuple[bytes, ...], inside: Box) -> Iterator[Box]:
    """All boxes of a path of names inside a box, whole ones only."""
    for box in boxes_in(file, inside.start, inside.end):
        if box.name != path[0] or box.end > inside.end:
            continue
        if len(path) == 1:
            yield box
        else:
            yield from boxes_at(file, path[1:], box)


def content_of(file: BinaryIO, box: Box, most: int = 1 << 20) -> bytes:
    """The content of a box, at most so many bytes of it."""
    file.seek(box.start)
    return file.read(min(box.end - box.start, most))


def whole_file(file: BinaryIO) -> Box:
    """The file itself as the box that holds all others."""
    return Box(b"", 0, file.seek(0, 2))
