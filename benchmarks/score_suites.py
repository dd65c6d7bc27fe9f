"""What becomes of other people's scores: read, written, read again, checked by an outsider.

Run: `uv run python -m benchmarks.score_suites PATH... [--no-midi]`. For each file: does it come
back equal (C score), is it valid by the W3C schema, how much was lost by the loss report, do our
C score and our transposed parts tell the notes of the source (sounding pitch, place in the bar,
length; by the reader of the set check, which is not the one that makes scores), and do they sound
like it in Verovio (keys and onsets)?
"""

from __future__ import annotations

import argparse
import base64
import codecs
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import verovio
from tests.adapters.formats.musicxml_schema import faults

from scorestage.adapters.formats.midi.midi_in import opened_midi
from scorestage.adapters.formats.musicxml import (
    ReadScore,
    read_score,
    read_sheets,
    write_score,
)
from scorestage.adapters.formats.musicxml.document_in import xml_of
from scorestage.errors import ScorestageError

SUFFIXES = (".xml", ".musicxml", ".mxl")
Struck = Counter[tuple[int, int]]
Told = Counter[tuple[Fraction | str, Fraction, Fraction]]


def files_in(told: list[Path]) -> Iterator[Path]:
    """All scores of files and folders."""
    for path in told:
        inside = path.rglob("*") if path.is_dir() else [path]
        yield from sorted(one for one in inside if one.suffix.lower() in SUFFIXES)


def written(read: ReadScore, *, concert: bool) -> bytes:
    """The score again."""
    return write_score(
        read.score,
        read.tempo_map,
        title=read.title,
        subtitle=read.subtitle,
        composer=read.composer,
        concert=concert,
        header=read.header,
    )


def sounding(content: bytes) -> Struck:
    """Keys and onsets, in 48ths of a quarter, as Verovio plays them; repeats not taken."""
    kit = verovio.toolkit()
    kit.setOptions({"expandNever": True, "breaks": "none"})
    wide = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if not kit.loadData(content.decode("utf-16" if wide else "utf-8")):
        return Counter()
    played = opened_midi(base64.b64decode(kit.renderToMIDI()), "verovio")
    found: Struck = Counter()
    for track in played.tracks:
        tick = 0
        for event in track:
            tick += event.time
            if event.type == "note_on" and event.velocity:
                found[event.note, round(tick * 48 / played.ticks_per_beat)] += 1
    return found


def told(content: bytes, name: str) -> Told:
    """Sounding pitches with their places in the bar and lengths, by the set check's own reader."""
    return Counter(
        (sound.key, sound.offset_quarters, sound.length_quarters)
        for sheet in read_sheets(content, name).sheets
        for sound in sheet.sounds
    )


def likeness(source: Struck, other: Struck) -> str:
    """How many of all strokes both have, as a share."""
    both, total = sum((source & other).values()), max(source.total(), other.total())
    return f"{both / total:.2%}" if total else "silent"


def judged(path: Path, *, midi: bool) -> tuple[str, ...]:
    """The row of one file."""
    content = path.read_bytes()
    read = read_score(content, path.name)
    concert = written(read, concert=True)
    again = read_score(concert, path.name)
    whole = (again.score, again.header, again.tempo_map) == (
        read.score,
        read.header,
        read.tempo_map,
    )
    lost = sum(loss.count for loss in read.report if not loss.layout)
    parts = written(read, concert=False)
    own = told(content, path.name)
    alike = own == told(concert, path.name) == told(parts, path.name)
    row = tuple("yes" if one else "NO" for one in (whole, not faults(concert), alike))
    row = (*row, str(lost))
    if not midi:
        return (*row, "", "")
    source = sounding(xml_of(content, path.name))
    return (*row, likeness(source, sounding(concert)), likeness(source, sounding(parts)))


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("files", nargs="+", type=Path)
    reader.add_argument("--no-midi", action="store_true")
    asked = reader.parse_args()
    verovio.enableLog(verovio.LOG_OFF)
    tally: Counter[str] = Counter()
    print(f"{'file':44} equal valid told  lost   C score  parts")
    for path in files_in(asked.files):
        try:
            row = judged(path, midi=not asked.no_midi)
        except ScorestageError as fault:
            tally["refused"] += 1
            print(f"{path.name[:44]:44} refused: {str(fault)[:100]}")
            continue
        tally["equal" if row[0] == "yes" else "unequal"] += 1
        tally["valid" if row[1] == "yes" else "invalid"] += 1
        tally["told alike"] += row[2] == "yes"
        tally["same sound, C score"] += row[4] in ("100.00%", "silent")
        tally["same sound, parts"] += row[5] in ("100.00%", "silent")
        yes = " ".join(f"{one:5}" for one in row[:3])
        print(f"{path.name[:44]:44} {yes} {row[3]:>4} {row[4]:>9} {row[5]:>8}")
    print(dict(tally))


if __name__ == "__main__":
    main()
