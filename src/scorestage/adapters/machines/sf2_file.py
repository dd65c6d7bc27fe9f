"""Reads a SoundFont 2 file: its tables whole, its samples only where they are asked for.

Layout after the SoundFont Technical Specification 2.04, sections 4 to 7.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from scorestage.errors import MachineError, Where

_TABLES: Mapping[bytes, np.dtype[Any]] = {
    b"phdr": np.dtype(
        [
            ("name", "S20"),
            ("program", "<u2"),
            ("bank", "<u2"),
            ("bag", "<u2"),
            ("library", "<u4"),
            ("genre", "<u4"),
            ("morphology", "<u4"),
        ]
    ),
    b"pbag": np.dtype([("generator", "<u2"), ("modulator", "<u2")]),
    b"pmod": np.dtype(
        [
            ("source", "<u2"),
            ("destination", "<u2"),
            ("amount", "<i2"),
            ("amount_source", "<u2"),
            ("transform", "<u2"),
        ]
    ),
    b"pgen": np.dtype([("number", "<u2"), ("amount", "<i2")]),
    b"inst": np.dtype([("name", "S20"), ("bag", "<u2")]),
    b"shdr": np.dtype(
        [
            ("name", "S20"),
            ("start", "<u4"),
            ("end", "<u4"),
            ("loop_start", "<u4"),
            ("loop_end", "<u4"),
            ("rate_hz", "<u4"),
            ("root_key", "u1"),
            ("correction_cents", "i1"),
            ("link", "<u2"),
            ("kind", "<u2"),
        ]
    ),
}
_SAME_LAYOUT = {b"ibag": b"pbag", b"imod": b"pmod", b"igen": b"pgen"}
_NEEDED = (b"phdr", b"pbag", b"pmod", b"pgen", b"inst", b"ibag", b"imod", b"igen", b"shdr")
_COMPRESSED, _ROM = 0x10, 0x8000
DRUM_BANK = 128


@dataclass(frozen=True, slots=True)
class Modulator:
    """A modulator as the file holds it: source, where it goes, by how much."""

    source: int
    destination: int
    amount: int
    amount_source: int
    transform: int


@dataclass(frozen=True, slots=True)
class Bag:
    """One zone: its generators by number, and its modulators."""

    generators: Mapping[int, int]
    modulators: tuple[Modulator, ...]


@dataclass(frozen=True, slots=True)
class SampleHeader:
    """One recorded sample: where it lies (in sample points), its loop, pitch and rate."""

    name: str
    start: int
    end: int
    loop_start: int
    loop_end: int
    rate_hz: int
    root_key: int
    correction_cents: int
    kind: int


@dataclass(frozen=True, slots=True, eq=False)
class SoundFont:
    """An open SoundFont 2 file: tables in memory, sample points mapped from the disk."""

    path: Path
    name: str
    tables: Mapping[bytes, NDArray[Any]]
    points: NDArray[np.int16]
    low_bytes: NDArray[np.uint8] | None

    @property
    def presets(self) -> dict[tuple[int, int], str]:
        """Names of the presets by (bank, program); bank 128 holds the drum kits."""
        rows = self.tables[b"phdr"][:-1]
        return {(int(r["bank"]), int(r["program"])): _text(r["name"]) for r in rows}

    def preset_bags(self, bank: int, program: int) -> tuple[Bag, ...]:
        """The zones of one preset, in file order.

        Raises `MachineError` where the font has no such preset.
        """
        rows = self.tables[b"phdr"]
        found = np.nonzero((rows["bank"][:-1] == bank) & (rows["program"][:-1] == program))[0]
        if not len(found):
            raise self.fault(f"has no program {program} in bank {bank}", "name another sound font")
        return self._bags(b"p", rows["bag"], int(found[0]))

    def instrument_bags(self, number: int) -> tuple[Bag, ...]:
        """The zones of one instrument, in file order."""
        rows = self.tables[b"inst"]
        if not 0 <= number < len(rows) - 1:
            raise self.fault(f"points to instrument {number}, which it does not have")
        return self._bags(b"i", rows["bag"], number)

    def sample(self, number: int) -> SampleHeader:
        """The header of one sample, checked to lie inside the file."""
        rows = self.tables[b"shdr"]
        if not 0 <= number < len(rows) - 1:
            raise self.fault(f"points to sample {number}, which it does not have")
        row = rows[number]
        header = SampleHeader(
            name=_text(row["name"]),
            start=int(row["start"]),
            end=int(row["end"]),
            loop_start=int(row["loop_start"]),
            loop_end=int(row["loop_end"]),
            rate_hz=int(row["rate_hz"]),
            root_key=int(row["root_key"]),
            correction_cents=int(row["correction_cents"]),
            kind=int(row["kind"]),
        )
        if header.kind & _COMPRESSED:
            raise self.fault("holds compressed samples (sf3)", "convert it to .sf2")
        if header.kind & _ROM or not header.start < header.end <= len(self.points):
            raise self.fault(f"sample {header.name!r} does not lie in the file")
        if not 400 <= header.rate_hz <= 400_000:
            raise self.fault(f"sample {header.name!r} has a rate of {header.rate_hz} Hz")
        return header

    def read_points(self, start: int, end: int) -> NDArray[np.float32]:
        """Sample points `start` to `end` as float32, full scale = 1."""
        points = np.asarray(self.points[start:end], dtype=np.float32)
        if self.low_bytes is not None:
            points = points + self.low_bytes[start:end].astype(np.float32) / np.float32(256)
        return points / np.float32(32768)

    def fault(self, what: str, do: str = "the file is damaged: get it again") -> MachineError:
        """The error that names this font."""
        return MachineError(f"the sound font {what}", Where(file=self.path), do)

    def _bags(self, kind: bytes, starts: NDArray[Any], number: int) -> tuple[Bag, ...]:
        bags, gens = self.tables[kind + b"bag"], self.tables[kind + b"gen"]
        mods = self.tables[kind + b"mod"]
        found = []
        for here in range(int(starts[number]), int(starts[number + 1])):
            first, last = bags[here], bags[here + 1]
            rows = gens[int(first["generator"]) : int(last["generator"])]
            generators = {int(r["number"]): int(r["amount"]) for r in rows}
            rows = mods[int(first["modulator"]) : int(last["modulator"])]
            modulators = tuple(Modulator(*(int(v) for v in r)) for r in rows)
            found.append(Bag(generators, modulators))
        return tuple(found)


def read_soundfont(path: Path) -> SoundFont:
    """Open a SoundFont 2 file.

    Raises `MachineError` where there is no such file, it is no SoundFont, or its tables do not
    hold together. The sample points stay on the disk until a note needs them.
    """
    try:
        with path.open("rb") as stream:
            return _read(path, stream)
    except OSError as error:
        raise MachineError(
            f"the sound font cannot be read: {error.strerror}", Where(file=path), "check its name"
        ) from error


def _read(path: Path, stream: BinaryIO) -> SoundFont:
    size = stream.seek(0, 2)
    places = _places(path, stream, size)
    name = ""
    if b"INAM" in places:
        start, length = places[b"INAM"]
        stream.seek(start)
        name = _text(stream.read(min(length, 256)))
    tables = {key: _table(path, stream, key, places) for key in _NEEDED}
    _check_indices(path, tables)
    start, length = places.get(b"smpl", (0, 0))
    if length < 2:
        raise _fault(path, "holds no samples")
    points = np.memmap(path, dtype="<i2", mode="r", offset=start, shape=(length // 2,))
    low: NDArray[np.uint8] | None = None
    if b"sm24" in places and places[b"sm24"][1] >= length // 2:
        low = np.memmap(path, dtype="u1", mode="r", offset=places[b"sm24"][0], shape=(length // 2,))
    return SoundFont(path, name, tables, points, low)


def _places(path: Path, stream: BinaryIO, size: int) -> dict[bytes, tuple[int, int]]:
    """Where every chunk inside the LISTs begins, and its length in bytes."""
    stream.seek(0)
    head = stream.read(12)
    if len(head) < 12 or head[:4] != b"RIFF" or head[8:] != b"sfbk":
        raise _fault(path, "is not a SoundFont 2 file", "name a file ending in .sf2")
    places: dict[bytes, tuple[int, int]] = {}
    for key, start, length in _chunks(path, stream, 12, size):
        if key != b"LIST":
            continue
        if length < 4:
            raise _fault(path, "has an empty LIST")
        for inner in _chunks(path, stream, start + 4, start + length):
            places.setdefault(inner[0], inner[1:])
    return places


def _chunks(path: Path, stream: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    while start + 8 <= end:
        stream.seek(start)
        key, length = struct.unpack("<4sI", stream.read(8))
        if start + 8 + length > end:
            raise _fault(path, f"is cut short inside {key.decode('latin-1')!r}")
        yield key, start + 8, length
        start += 8 + length + length % 2


def _table(
    path: Path, stream: BinaryIO, key: bytes, places: Mapping[bytes, tuple[int, int]]
) -> NDArray[Any]:
    layout = _TABLES[_SAME_LAYOUT.get(key, key)]
    if key not in places:
        raise _fault(path, f"has no table {key.decode()!r}")
    start, length = places[key]
    if length % layout.itemsize or length < layout.itemsize:
        raise _fault(path, f"has a table {key.decode()!r} of {length} bytes")
    stream.seek(start)
    return np.frombuffer(stream.read(length), dtype=layout)


def _check_indices(path: Path, tables: Mapping[bytes, NDArray[Any]]) -> None:
    """Every list of zones must run upward and end inside the table it points into."""
    for table, column, target in (
        (b"phdr", "bag", b"pbag"),
        (b"inst", "bag", b"ibag"),
        (b"pbag", "generator", b"pgen"),
        (b"pbag", "modulator", b"pmod"),
        (b"ibag", "generator", b"igen"),
        (b"ibag", "modulator", b"imod"),
    ):
        numbers = tables[table][column].astype(np.int64)
        room = len(tables[target]) - (1 if column == "bag" else 0)
        if np.any(np.diff(numbers) < 0) or numbers[-1] > room:
            raise _fault(path, f"has a table {table.decode()!r} that points outside the file")


def _fault(path: Path, what: str, do: str = "the file is damaged: get it again") -> MachineError:
    return MachineError(f"the sound font {what}", Where(file=path), do)


def _text(raw: bytes) -> str:
    return bytes(raw).split(b"\0")[0].decode("latin-1").strip()
