"""What is written in a MusicXML file, read without the program: sounding notes, bars, marks."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
Sounding = tuple[int, Fraction, Fraction, str]
"""Bar index, onset in quarters from the bar, length in quarters, sounding key or struck place."""


@dataclass(slots=True)
class ReadPart:
    """One part of a file; `dynamics` are the places (bar, onset) of dynamics in the part."""

    id: str
    name: str
    bars: int = 0
    notes: list[Sounding] = field(default_factory=list)
    dynamics: list[tuple[int, Fraction]] = field(default_factory=list)


def read_parts(path: Path) -> dict[str, ReadPart]:
    """Every part of a score or part file; grace notes count as length 0, cue notes are left out."""
    root = ElementTree.parse(path).getroot()
    names = {one.get("id", ""): one.findtext("part-name") or "" for one in root.iter("score-part")}
    found = {}
    for part in root.iter("part"):
        name = part.get("id", "")
        found[name] = _read(part, ReadPart(name, names[name]))
    return found


def _read(part: ElementTree.Element, into: ReadPart) -> ReadPart:
    divisions, shift = Fraction(1), defaultdict(int)
    for bar, measure in enumerate(part.findall("measure")):
        into.bars += 1
        at = last = Fraction(0)
        for thing in measure:
            length = Fraction(thing.findtext("duration") or 0) / divisions
            if thing.tag == "attributes":
                divisions = Fraction(thing.findtext("divisions") or divisions)
                for transpose in thing.findall("transpose"):
                    staff = transpose.get("number", "")
                    shift[staff] = int(transpose.findtext("chromatic") or 0) + 12 * int(
                        transpose.findtext("octave-change") or 0
                    )
            elif thing.tag == "backup":
                at -= length
            elif thing.tag == "forward":
                at += length
            elif thing.tag == "direction":
                offset = Fraction(thing.findtext("offset") or 0) / divisions
                if thing.find("direction-type/dynamics") is not None:
                    into.dynamics.append((bar, at + offset))
            elif thing.tag == "note":
                chord = thing.find("chord") is not None
                start = last if chord else at
                into.notes += _sounding(thing, bar, start, length, shift)
                if not chord:
                    last, at = at, at + length
    return into


def _sounding(
    note: ElementTree.Element,
    bar: int,
    at: Fraction,
    length: Fraction,
    shift: dict[str, int],
) -> list[Sounding]:
    pitch, struck = note.find("pitch"), note.find("unpitched")
    if note.find("cue") is not None:  # somebody else's, shown small before an entry
        return []
    if pitch is not None:
        moved = shift.get(note.findtext("staff") or "", shift.get("", 0))
        alter = float(pitch.findtext("alter") or 0)
        key = STEPS[pitch.findtext("step") or "C"] + 12 * int(pitch.findtext("octave") or 4)
        return [(bar, at, length, f"{key + 12 + alter + moved:g}")]
    if struck is not None:
        place = f"{struck.findtext('display-step')}{struck.findtext('display-octave')}"
        return [(bar, at, length, f"x{place}")]
    return []
