"""Whether a film file is all there, by the sizes its own boxes tell: not by the length it claims.

A header may claim ten hours over a reel of five minutes; only a file whose outermost element
reaches beyond its end was cut short. Matroska after RFC 9559 (Segment, section 5.1), AVI after the
RIFF chunk layout (`RIFF`, size, `AVI ` or `AVIX`, one after the other), MP4 and QuickTime by their
boxes, MXF by the place of its footer (SMPTE ST 377-1, partition pack).
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

from scorestage.adapters.machines.film.boxes import boxes_in

_EBML, _SEGMENT, _INFO, _DURATION = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x4489
_PARTITION = bytes.fromhex("060e2b34020501010d01020101")
_LEFT_OPEN = 0xFFFFFFFF
_RUN_IN_BYTES = 65_536
_ISO = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"styp")
_FILM = (b"moov", b"moof", b"mdat")
"""What a film needs: cameras put things of their own behind it, in boxes or in none."""


def missing_bytes(path: Path) -> int | None:
    """How many bytes of the file are missing at its end, 0 if none; None where it cannot tell."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(12)
        file.seek(0)
        if head[:4] == b"RIFF":
            end = _riff_end(file, size)
        elif int.from_bytes(head[:4], "big") == _EBML:
            end = _segment_end(file)
        elif head[4:8] in _ISO:
            ends = (box.end for box in boxes_in(file, 0, size) if box.name in _FILM)
            end = max(ends, default=None)
        else:
            end = _footer_at(file)
    return None if end is None else max(0, end - size)


def is_whole(path: Path) -> bool:
    """Whether the file says how large it is, and is; False where it cannot be told."""
    return missing_bytes(path) == 0


def tells_length(path: Path) -> bool:
    """Whether the length FFmpeg tells is the file's own word.

    Where a Matroska file was recorded live and has none, FFmpeg reckons one from rates of bits.
    """
    with path.open("rb") as file:
        if int.from_bytes(file.read(4), "big") != _EBML:
            return True
        file.seek(0)
        return all(_to_element(file, name) for name in (_SEGMENT, _INFO, _DURATION))


def _to_element(file: BinaryIO, wanted: int) -> bool:
    """Go to the content of the next element of that name, past at most 64 others."""
    for _ in range(64):
        name, length = _vint(file, keep_marker=True), _vint(file, keep_marker=False)
        if name == wanted:
            return True
        if name is None or length is None:
            return False
        file.seek(length, 1)
    return False


def _riff_end(file: BinaryIO, size: int) -> int | None:
    """Where the last chunk of the file says it ends; a filling byte at the end may be left out."""
    at = end = 0
    while at + 8 <= size:
        file.seek(at)
        head = file.read(8)
        if head[:4] != b"RIFF":
            return end or None
        length = int.from_bytes(head[4:], "little")
        if length == _LEFT_OPEN:
            return None
        end = at + 8 + length
        at = end + end % 2
    return end or None


def _segment_end(file: BinaryIO) -> int | None:
    for _ in range(8):
        name, length = _vint(file, keep_marker=True), _vint(file, keep_marker=False)
        if name is None or length is None:
            return None
        if name == _SEGMENT:
            return file.tell() + length
        file.seek(length, 1)
    return None


def _footer_at(file: BinaryIO) -> int | None:
    """One byte into the footer that an MXF file's header names; None for an open header."""
    start = file.read(_RUN_IN_BYTES + 128)
    at = start.find(_PARTITION)
    if at < 0 or len(start) < at + 128:
        return None
    length = start[at + 16]
    content = at + 17 + (length & 0x7F if length & 0x80 else 0)
    (footer,) = struct.unpack_from(">Q", start, content + 24)
    return at + int(footer) + 1 if footer else None


def _vint(file: BinaryIO, keep_marker: bool) -> int | None:
    """A number whose first byte tells its length; None at the end or where it is left open."""
    first = file.read(1)
    if not first or not first[0]:
        return None
    count = 9 - first[0].bit_length()
    content = first + file.read(count - 1)
    number = int.from_bytes(content, "big")
    if keep_marker:
        return number
    number -= 1 << (7 * count)
    return None if number == (1 << (7 * count)) - 1 or len(content) < count else number
