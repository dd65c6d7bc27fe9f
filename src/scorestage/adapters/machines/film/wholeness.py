"""Whether a film file is all there, by the sizes its own boxes tell: not by the length it claims.

A header may claim ten hours over a reel of five minutes; only a file whose outermost element
reaches beyond its end was cut short. Matroska after RFC 9559 (Segment, section 5.1), AVI after the
RIFF chunk layout (`RIFF`, size, `AVI ` or `AVIX`, one after the other).
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

_EBML, _SEGMENT = 0x1A45DFA3, 0x18538067


def is_whole(path: Path) -> bool:
    """Whether the file says how large it is, and is; False where it cannot be told."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        if head == b"RIFF":
            return _riff_whole(file, size)
        if int.from_bytes(head, "big") == _EBML:
            return _segment_whole(file, size)
    return False


def _riff_whole(file: BinaryIO, size: int) -> bool:
    at = 0
    while at + 8 <= size:
        file.seek(at)
        head = file.read(8)
        if head[:4] != b"RIFF":
            return at > 0
        at += 8 + int.from_bytes(head[4:], "little")
        at += at % 2
    return at in (size, size + 1)


def _segment_whole(file: BinaryIO, size: int) -> bool:
    for _ in range(8):
        name, length = _vint(file, keep_marker=True), _vint(file, keep_marker=False)
        if name is None or length is None:
            return False
        if name == _SEGMENT:
            return file.tell() + length <= size
        file.seek(length, 1)
    return False


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
