"""Real files damaged at random: a score or a clear error, never anything else.

`SCORESTAGE_MUTATIONS` asks for more than the usual few.
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.shared_material import shared_folder

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.errors import ScorestageError

SOURCES = sorted(shared_folder().glob("musicxml-suite/*.xml")) or [Path("absent")]
COUNT = int(os.environ.get("SCORESTAGE_MUTATIONS", "150"))
ODD = (
    "",
    "0",
    "-1",
    "99999999999999999999",
    "1e9",
    "NaN",
    "inf",
    "-0.5",
    "1/3",
    "yes",
    "start",
    "stop",
    "\u266d",
    "a" * 300,
    "1.0000000000000001",
    "2147483648",
    "H",
    "percussion",
    "senza",
    "<b>",
)


def mutated(content: bytes, seed: int) -> bytes:
    """The file with one to six elements dropped, doubled, moved, or told otherwise."""
    dice = random.Random(seed)
    root = ElementTree.fromstring(content)
    for _ in range(dice.randint(1, 6)):
        parents = [element for element in root.iter() if len(element)]
        parent = dice.choice(parents)
        child = dice.choice(list(parent))
        match dice.randrange(7):
            case 0:
                parent.remove(child)
            case 1:
                parent.insert(dice.randrange(len(parent) + 1), child)
            case 2:
                child.text = dice.choice(ODD)
            case 3:
                name = dice.choice(list(child.attrib) or ["type", "number", "id"])
                child.set(name, dice.choice(ODD))
            case 4:
                child.attrib.clear()
            case 5:
                other = dice.choice([one for one in root.iter() if not len(one)] or [child])
                child.tag = other.tag
            case _:
                dice.choice(parents).append(child)
                parent.remove(child)
    return ElementTree.tostring(root)


def _mutations() -> list[tuple[Path, int]]:
    dice = random.Random(20)
    return [(dice.choice(SOURCES), seed) for seed in range(COUNT)]


def test_damaged_files_are_read_or_refused() -> None:
    if not SOURCES[0].exists():
        pytest.skip("no suite beside the repository")
    contents = {path: path.read_bytes() for path in SOURCES}
    read = 0
    for path, seed in _mutations():
        try:
            damaged = mutated(contents[path], seed)
        except RecursionError:
            continue
        try:
            first = read_score(damaged, path.name)
            again = write_score(first.score, first.tempo_map, header=first.header)
            read_score(again, path.name)
            read += 1
        except ScorestageError as fault:
            assert str(fault)
        except Exception as fault:
            raise AssertionError(f"{path.name}, seed {seed}: {fault!r}") from fault
    assert read > COUNT // 3
