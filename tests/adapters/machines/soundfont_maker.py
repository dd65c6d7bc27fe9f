"""Small SoundFont 2 files made to order, so that every rule can be tried on a known tone."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Generators = dict[int, int]
Modulator = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class MadeSample:
    """One mono sample: 16-bit values, loop points, root key."""

    pcm: NDArray[np.int16]
    loop: tuple[int, int] = (0, 0)
    rate_hz: int = 48_000
    root_key: int = 60
    correction_cents: int = 0
    name: str = "tone"


@dataclass(frozen=True)
class MadeZone:
    """One zone: generators, modulators, and what it points to (sample or instrument)."""

    generators: Generators = field(default_factory=dict)
    target: int | None = None
    modulators: tuple[Modulator, ...] = ()


def span(low: int, high: int) -> int:
    """A key or velocity range as the file holds it."""
    return low | high << 8


def _chunk(name: bytes, payload: bytes) -> bytes:
    return name + struct.pack("<I", len(payload)) + payload + b"\0" * (len(payload) % 2)


def _list(name: bytes, payload: bytes) -> bytes:
    return _chunk(b"LIST", name + payload)


def _zones(zones: list[MadeZone], target: int, gens: bytearray, mods: bytearray) -> bytes:
    """The bag entries of these zones; their generators and modulators are added to the lists."""
    bags = b""
    for zone in zones:
        bags += struct.pack("<HH", len(gens) // 4, len(mods) // 10)
        order = {43: -2, 44: -1}
        for number in sorted(zone.generators, key=lambda n: order.get(n, n)):
            gens += struct.pack("<HH", number, zone.generators[number] & 0xFFFF)
        if zone.target is not None:
            gens += struct.pack("<HH", target, zone.target)
        for modulator in zone.modulators:
            mods += struct.pack("<HHhHH", *modulator)
    return bags


def make_soundfont(
    samples: list[MadeSample],
    instruments: list[list[MadeZone]],
    presets: dict[tuple[int, int], list[MadeZone]],
) -> bytes:
    """The bytes of a SoundFont 2.01 file."""
    smpl, shdr = b"", b""
    for sample in samples:
        start = len(smpl) // 2
        smpl += sample.pcm.astype("<i2").tobytes() + b"\0" * 92
        shdr += struct.pack(
            "<20sIIIIIBbHH",
            sample.name.encode(),
            start,
            start + len(sample.pcm),
            start + sample.loop[0],
            start + sample.loop[1],
            sample.rate_hz,
            sample.root_key,
            sample.correction_cents,
            0,
            1,
        )
    shdr += struct.pack("<20sIIIIIBbHH", b"EOS", 0, 0, 0, 0, 0, 0, 0, 0, 0)
    inst, ibag, igen, imod = b"", b"", bytearray(), bytearray()
    for number, zones in enumerate(instruments):
        inst += struct.pack("<20sH", f"i{number}".encode(), len(ibag) // 4)
        ibag += _zones(zones, 53, igen, imod)
    inst += struct.pack("<20sH", b"EOI", len(ibag) // 4)
    ibag += struct.pack("<HH", len(igen) // 4, len(imod) // 10)
    phdr, pbag, pgen, pmod = b"", b"", bytearray(), bytearray()
    for (bank, program), zones in presets.items():
        name = f"p{program}".encode()
        phdr += struct.pack("<20sHHHIII", name, program, bank, len(pbag) // 4, 0, 0, 0)
        pbag += _zones(zones, 41, pgen, pmod)
    phdr += struct.pack("<20sHHHIII", b"EOP", 0, 0, len(pbag) // 4, 0, 0, 0)
    pbag += struct.pack("<HH", len(pgen) // 4, len(pmod) // 10)
    info = _chunk(b"ifil", struct.pack("<HH", 2, 1)) + _chunk(b"isng", b"EMU8000\0")
    info += _chunk(b"INAM", b"made to order\0")
    pdta = b"".join(
        _chunk(name, bytes(payload))
        for name, payload in (
            (b"phdr", phdr),
            (b"pbag", pbag),
            (b"pmod", bytes(pmod) + b"\0" * 10),
            (b"pgen", bytes(pgen) + b"\0" * 4),
            (b"inst", inst),
            (b"ibag", ibag),
            (b"imod", bytes(imod) + b"\0" * 10),
            (b"igen", bytes(igen) + b"\0" * 4),
            (b"shdr", shdr),
        )
    )
    body = b"sfbk" + _list(b"INFO", info) + _list(b"sdta", _chunk(b"smpl", smpl))
    return _chunk(b"RIFF", body + _list(b"pdta", pdta))


def sine(
    frequency_hz: float, seconds: float, rate_hz: int = 48_000, level: float = 0.5
) -> NDArray[np.int16]:
    """A sine as 16-bit samples."""
    phase = 2 * np.pi * frequency_hz * np.arange(round(seconds * rate_hz)) / rate_hz
    return np.round(np.sin(phase) * level * 32767).astype(np.int16)
