"""Damaged files of every format that is read: one clear error of ours, or a map; nothing else."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from scorestage.adapters.session import Marker, MarkerKind, Session
from scorestage.errors import ScorestageError
from scorestage.timebase import (
    FRAMES_24,
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmClock,
    FilmSpan,
    FilmTime,
    Meter,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoMap,
)
from scorestage.workflow.exchange import formats_that

CLOCK = FilmClock(FRAMES_24, 86400)
EVENTS = (
    Steady(Beat(0), Tempo(96)),
    Ramp(Beat(4), Beats(4), Tempo(96), Tempo(60), RampLaw.LINEAR_IN_TIME),
    Fermata(Beat(10), Beats(1), FilmSpan(3)),
)
METERS = tuple(map(Meter.parse, ("4/4", "6/8", "3/4", "4/4")))
MARKERS = (
    Marker(FilmTime(73), "door slams", id="h1"),
    Marker(FilmTime(71), "1m01", FilmTime(80), MarkerKind.CUE),
)
SESSION = Session(
    "1m01", CLOCK, FilmTime(64), TempoMap(FilmTime(70), BarGrid.of_meters(METERS), EVENTS), MARKERS
)
READ = sorted(name for name, one in formats_that(write=False).items() if one.write_session)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Cut short, bytes changed, a piece doubled or left out, digits made large."""
    way = chance.randrange(5)
    at = chance.randrange(len(content))
    more = min(len(content), at + chance.randrange(1, 40))
    if way == 0:
        return content[:at]
    if way == 1:
        changed = bytearray(content)
        for _ in range(chance.randrange(1, 6)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    if way == 2:
        return content[:more] + content[at:]
    if way == 3:
        return content[:at] + content[more:]
    digit = str(chance.randrange(10)).encode()
    return content.replace(digit, chance.choice((b"9999999", b"-1", b"nan", b"1e9", b"0")), 3)


def inside(content: bytes, chance: random.Random) -> bytes:
    """An archive that is whole, with a damaged project in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in ("metadata.xml", "project.xml"):
            new.writestr(name, damaged(old.read(name), chance))
    return buffer.getvalue()


@pytest.mark.parametrize("name", READ)
def test_no_damage_is_more_than_an_error_of_ours(name: str) -> None:
    one = formats_that(write=True)[name]
    read = one.read_session
    assert one.write_session is not None and (read or one.read_cut) is not None
    content = one.write_session(SESSION).content
    chance = random.Random(name)
    refused = 0
    for number in range(250):
        broken = inside if name == "dawproject" and number % 2 else damaged
        try:
            if read is not None:
                read(broken(content, chance), f"damaged.{name}", CLOCK)
            elif one.read_cut is not None:
                one.read_cut(broken(content, chance), f"damaged.{name}", FRAMES_24)
        except ScorestageError as fault:
            refused += 1
            assert fault.exit_status == 2 and str(fault).startswith(f"damaged.{name}"), fault
    assert refused > 10


def test_every_reader_is_tried() -> None:
    assert {"midi", "reaper", "dawproject", "protools", "avid", "csv", "json", "aaf"} <= set(READ)
