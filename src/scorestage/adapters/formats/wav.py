"""WAV and Broadcast WAV: 16 and 24 bit and 32-bit float, mono or stereo, with a `bext` stamp.

Layout after Microsoft's RIFF WAVE and EBU Tech 3285 (Broadcast Wave, version 1).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.store.atomic import replacing
from scorestage.errors import FormatError, MusicError, Where

Audio = NDArray[np.float32]
"""Sound of shape (samples, channels), full scale = 1."""

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_BLOCK_SAMPLES = 1 << 18
_LARGEST_BYTES = 0xFFFFFFFF - 4096


class SampleFormat(Enum):
    """How one sample is stored."""

    PCM_16 = (16, _PCM)
    PCM_24 = (24, _PCM)
    FLOAT_32 = (32, _FLOAT)

    @property
    def bits(self) -> int:
        """Bits per sample."""
        return int(self.value[0])

    @property
    def code(self) -> int:
        """The format code of the `fmt ` chunk."""
        return int(self.value[1])


@dataclass(frozen=True, slots=True)
class BroadcastStamp:
    """What the `bext` chunk says; `start_samples` counts from midnight of the timecode day.

    Text must be ASCII: description up to 256 characters, originator and reference 32, date
    `yyyy-mm-dd`, clock `hh:mm:ss` (both empty where builds must repeat to the bit).
    """

    start_samples: int
    description: str = ""
    originator: str = "scorestage"
    originator_reference: str = ""
    origination_date: str = ""
    origination_clock: str = ""
    coding_history: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start_samples < 2**64:
            raise FormatError(f"a start of {self.start_samples} samples does not fit a BWF stamp")


@dataclass(frozen=True, slots=True)
class WavHeader:
    """What a WAV file says about itself."""

    rate_hz: int
    channels: int
    bits: int
    is_float: bool
    length_samples: int
    stamp: BroadcastStamp | None
    sound_start_bytes: int


def write_wav(
    path: Path,
    audio: Audio | Iterable[Audio],
    rate_hz: int,
    sample_format: SampleFormat = SampleFormat.PCM_24,
    stamp: BroadcastStamp | None = None,
) -> int:
    """Write a WAV file whole or not at all; `audio` may come in blocks. Returns its samples.

    Mono is of shape (samples,) or (samples, 1). Raises `MusicError` where the sound passes full
    scale: it is never clipped silently.
    """
    blocks = [audio] if isinstance(audio, np.ndarray) else audio
    with replacing(path) as unfinished, unfinished.open("wb") as stream:
        return _write(stream, path, blocks, rate_hz, sample_format, stamp)


def _write(
    stream: BinaryIO,
    path: Path,
    blocks: Iterable[Audio],
    rate_hz: int,
    sample_format: SampleFormat,
    stamp: BroadcastStamp | None,
) -> int:
    length, channels = 0, 0
    for block in blocks:
        sound = block[:, None] if block.ndim == 1 else block
        if not channels:
            channels = sound.shape[1]
            stream.write(_head(rate_hz, channels, sample_format, stamp, 0))
        if sound.shape[1] != channels:
            raise FormatError(f"blocks of {channels} and {sound.shape[1]} channels", Where(path))
        for start in range(0, len(sound), _BLOCK_SAMPLES):
            stream.write(_packed(sound[start : start + _BLOCK_SAMPLES], sample_format, path))
        length += len(sound)
        if length * channels * sample_format.bits // 8 > _LARGEST_BYTES:
            raise FormatError("the sound is longer than a WAV file can hold (4 GB)", Where(path))
    if not channels:
        raise FormatError("there is no sound to write", Where(path), "give at least one block")
    if length * channels * sample_format.bits // 8 % 2:
        stream.write(b"\0")
    stream.seek(0)
    stream.write(_head(rate_hz, channels, sample_format, stamp, length))
    return length


def _head(
    rate_hz: int,
    channels: int,
    sample_format: SampleFormat,
    stamp: BroadcastStamp | None,
    length: int,
) -> bytes:
    width = channels * sample_format.bits // 8
    fmt = struct.pack(
        "<HHIIHH", sample_format.code, channels, rate_hz, rate_hz * width, width, sample_format.bits
    )
    chunks = b"" if stamp is None else _chunk(b"bext", _bext(stamp))
    chunks += _chunk(b"fmt ", fmt)
    if sample_format.code == _FLOAT:
        chunks += _chunk(b"fact", struct.pack("<I", length))
    size = length * width
    chunks += b"data" + struct.pack("<I", size)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks) + size + size % 2) + b"WAVE" + chunks


def _chunk(name: bytes, payload: bytes) -> bytes:
    return name + struct.pack("<I", len(payload)) + payload + b"\0" * (len(payload) % 2)


def _bext(stamp: BroadcastStamp) -> bytes:
    """602 bytes and the coding history (EBU Tech 3285 v1, section 2.3)."""
    text = (
        _ascii(stamp.description, 256)
        + _ascii(stamp.originator, 32)
        + _ascii(stamp.originator_reference, 32)
        + _ascii(stamp.origination_date, 10)
        + _ascii(stamp.origination_clock, 8)
    )
    history = stamp.coding_history.encode("ascii", "replace")
    fixed = struct.pack("<QH64s190s", stamp.start_samples, 1, b"", b"")
    return text + fixed + history


def _ascii(text: str, length: int) -> bytes:
    """Text cut and filled to `length`; what ASCII lacks becomes `?`, as the standard asks ASCII."""
    return text.encode("ascii", "replace")[:length].ljust(length, b"\0")


def _packed(sound: Audio, sample_format: SampleFormat, path: Path) -> bytes:
    if not np.isfinite(sound).all():
        raise MusicError("the sound holds numbers that are no sound (NaN)", Where(file=path))
    if sample_format is SampleFormat.FLOAT_32:
        return sound.astype("<f4").tobytes()
    full = float(1 << (sample_format.bits - 1))
    whole = np.rint(sound.astype(np.float64) * full)
    peak = float(np.abs(sound).max()) if sound.size else 0.0
    if whole.size and (whole.max() > full - 1 or whole.min() < -full):
        raise MusicError(
            f"the sound reaches {20 * np.log10(peak):+.2f} dB of full scale",
            Where(file=path),
            "lower the gain of the whole cue",
        )
    if sample_format is SampleFormat.PCM_16:
        return whole.astype("<i2").tobytes()
    octets = whole.astype("<i4").reshape(-1, 1).view(np.uint8)
    return octets[:, :3].tobytes()


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def read_wav(path: Path) -> tuple[Audio, WavHeader]:
    """The whole sound as float32 of shape (samples, channels), and what the file says.

    Raises `FormatError` for what is no WAV file or is cut short.
    """
    header = read_wav_header(path)
    blocks = list(read_wav_blocks(path, header))
    empty = np.zeros((0, header.channels), np.float32)
    return (np.concatenate(blocks) if blocks else empty), header


def read_wav_blocks(
    path: Path, header: WavHeader | None = None, block_samples: int = _BLOCK_SAMPLES
) -> Iterator[Audio]:
    """The sound block by block, for files longer than memory should hold."""
    header = header or read_wav_header(path)
    width = header.channels * header.bits // 8
    left = header.length_samples
    with path.open("rb") as stream:
        stream.seek(header.sound_start_bytes)
        while left:
            count = min(left, block_samples)
            raw = stream.read(count * width)
            if len(raw) < count * width:
                raise FormatError("the WAV file is cut short", Where(path), "copy it again")
            yield _unpacked(raw, header)
            left -= count


def read_wav_header(path: Path) -> WavHeader:
    """What a WAV file says about itself: rate, channels, bits, length, BWF stamp."""
    try:
        with path.open("rb") as stream:
            return _header(stream, path)
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", Where(path)) from error


def _header(stream: BinaryIO, path: Path) -> WavHeader:
    size = stream.seek(0, 2)
    stream.seek(0)
    head = stream.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        raise FormatError("is not a WAV file", Where(path), "give a file ending in .wav")
    fmt: bytes | None = None
    stamp: BroadcastStamp | None = None
    place = 12
    while place + 8 <= size:
        stream.seek(place)
        name, length = struct.unpack("<4sI", stream.read(8))
        if name == b"data":
            if fmt is None:
                break
            return _of_format(fmt, stamp, place + 8, min(length, size - place - 8), path)
        if place + 8 + length > size:
            raise FormatError(f"is cut short inside {name!r}", Where(path), "copy it again")
        if name == b"fmt ":
            fmt = stream.read(min(length, 40))
        elif name == b"bext":
            stamp = _stamp(stream.read(min(length, 1 << 16)))
        place += 8 + length + length % 2
    raise FormatError("holds no sound", Where(path), "give another WAV file")


def _of_format(
    fmt: bytes, stamp: BroadcastStamp | None, start: int, size: int, path: Path
) -> WavHeader:
    if len(fmt) < 16:
        raise FormatError("has a broken format chunk", Where(path), "copy it again")
    code, channels, rate_hz, _, _, bits = struct.unpack("<HHIIHH", fmt[:16])
    if code == _EXTENSIBLE and len(fmt) >= 26:
        code = struct.unpack("<H", fmt[24:26])[0]
    known = (code == _PCM and bits in (16, 24, 32)) or (code == _FLOAT and bits in (32, 64))
    if not known or not 1 <= channels <= 64 or not 1_000 <= rate_hz <= 1_000_000:
        what = f"holds {bits}-bit sound of kind {code}, {channels} channels, {rate_hz} Hz"
        raise FormatError(what, Where(path), "convert it to 16 or 24 bit PCM")
    length = size // (channels * bits // 8)
    return WavHeader(rate_hz, channels, bits, code == _FLOAT, length, stamp, start)


def _stamp(raw: bytes) -> BroadcastStamp | None:
    if len(raw) < 602:
        return None
    texts = struct.unpack("<256s32s32s10s8s", raw[:338])
    words = [text.split(b"\0")[0].decode("ascii", "replace") for text in texts]
    (start,) = struct.unpack("<Q", raw[338:346])
    history = raw[602:].split(b"\0")[0].decode("ascii", "replace")
    return BroadcastStamp(start, words[0], words[1], words[2], words[3], words[4], history)


def _unpacked(raw: bytes, header: WavHeader) -> Audio:
    if header.is_float:
        kind = "<f4" if header.bits == 32 else "<f8"
        sound = np.frombuffer(raw, kind).astype(np.float32)
    elif header.bits == 24:
        octets = np.frombuffer(raw, np.uint8).reshape(-1, 3)
        wide = np.zeros((len(octets), 4), np.uint8)
        wide[:, 1:] = octets
        sound = (wide.view("<i4")[:, 0] / np.float64(1 << 31)).astype(np.float32)
    else:
        kind = f"<i{header.bits // 8}"
        sound = (np.frombuffer(raw, kind) / np.float64(1 << (header.bits - 1))).astype(np.float32)
    return sound.reshape(-1, header.channels)
