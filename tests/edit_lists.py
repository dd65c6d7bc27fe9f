"""MP4 edit lists (`elst`) written into a film by hand: what of each track is shown, and when."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

Edit = tuple[int, int]
"""Milliseconds that are shown, and from which millisecond of the track on (-1: nothing yet)."""


def _boxes(content: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", content, start)
        yield start, size, kind
        start += size


def _find(content: bytes, path: Sequence[bytes], start: int, end: int) -> Iterator[tuple[int, int]]:
    for at, size, kind in _boxes(content, start, end):
        if kind == path[0]:
            if len(path) == 1:
                yield at, size
            else:
                yield from _find(content, path[1:], at + 8, at + size)


def with_edits(film: Path, target: Path, edits: Sequence[Edit]) -> Path:
    """A copy of a film (index first) whose picture and sound are edited so; timecode is left.

    Boxes grow, so all sizes above them and all offsets into the media are moved along.
    """
    content = bytearray(film.read_bytes())
    tracks = [one for one, _ in _find(bytes(content), [b"moov", b"trak"], 0, len(content))]
    grown = 0
    for track in tracks:
        grown += _edit_track(content, track + grown, edits)
    for table, _ in list(
        _find(
            bytes(content), [b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stco"], 0, len(content)
        )
    ):
        (count,) = struct.unpack_from(">I", content, table + 12)
        for place in range(count):
            (offset,) = struct.unpack_from(">I", content, table + 16 + 4 * place)
            struct.pack_into(">I", content, table + 16 + 4 * place, offset + grown)
    target.write_bytes(content)
    return target


def _edit_track(content: bytearray, track: int, edits: Sequence[Edit]) -> int:
    plain = bytes(content)
    (size,) = struct.unpack_from(">I", plain, track)
    handler = next(_find(plain, [b"mdia", b"hdlr"], track + 8, track + size))[0]
    if plain[handler + 16 : handler + 20] not in (b"vide", b"soun"):
        return 0
    header = next(_find(plain, [b"mdia", b"mdhd"], track + 8, track + size))[0]
    (ticks_per_second,) = struct.unpack_from(">I", plain, header + 20)
    box, old_size = next(_find(plain, [b"edts", b"elst"], track + 8, track + size))
    (first,) = struct.unpack_from(">i", plain, box + 20)
    rows = b""
    for shown, begins in edits:
        media = -1 if begins < 0 else first + begins * ticks_per_second // 1000
        rows += struct.pack(">IiI", shown, media, 1 << 16)
    made = struct.pack(">I4sII", 16 + len(rows), b"elst", 0, len(edits)) + rows
    grown = len(made) - old_size
    content[box : box + old_size] = made
    movie = next(_find(plain, [b"moov"], 0, len(plain)))[0]
    parent = next(_find(plain, [b"edts"], track + 8, track + size))[0]
    for place in (movie, track, parent):
        (whole,) = struct.unpack_from(">I", content, place)
        struct.pack_into(">I", content, place, whole + grown)
    return grown
