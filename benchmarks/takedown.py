"""How much of real scores comes back when they are played by hands and taken down.

Run: `uv run python -m benchmarks.takedown --scores FOLDER [--bars 24] [--peers PYTHON]`. Excerpts
of every score are performed (`benchmarks/performer.py`): to the click, and by hands that scatter
more; with `--only free` freely, where barlines are only as good as the beat that is found.
Onsets (player, bar and beat, key) as F-measure; of the notes found the share whose length, spelling
and dynamic (within one step) are those printed; of the strings' notes that are plucked, short,
muted or trembling in print the share that is so again, and how many are that were not; of
neighbours in one printed voice the share that are neighbours again.

`--peers` names a Python that has music21 and partitura: both read the same
files in the same run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from benchmarks.performer import MUTES, SWITCHES, Manner, Performer, way_of

from scorestage.adapters.formats.midi.dynamics import Loudness
from scorestage.adapters.formats.musicxml import read_score
from scorestage.errors import ScorestageError
from scorestage.music import Family, Line, Pitch, Score, Staff, Technique, Voice
from scorestage.timebase import BarGrid, Beat, FilmTime, Tempo, TempoMap
from scorestage.workflow.takedown import TakeWish, take_down_file

MANNERS = {
    "click": Manner(),
    "click, key switches": Manner(seed=2, split=False),
    "click, loose": Manner(seed=3, scatter=0.022, chord_scatter=0.01, drift=0.02),
    "click, switches told": Manner(seed=2, split=False),
    "free": Manner(seed=4, rubato=0.06),
}
Heads = Counter[tuple[Fraction, int]]


def excerpt(score: Score, first: int, count: int) -> Score:
    """Some bars of a score as a score of their own; notes held into them begin there."""
    grid = score.grid
    start, stop = grid.starts[first], grid.starts[min(len(grid.bars), first + count)]
    bars = grid.bars[first : first + count]
    lines = []
    for line in score.lines:
        staves = tuple(_cut(staff, start, stop, bowed=_is_bowed(line)) for staff in line.staves)
        if any(not staff.is_silent for staff in staves):
            lines.append(Line(line.player, staves, (), ()))
    return Score(BarGrid(tuple(bars)), tuple(lines))


def _is_bowed(line: Line) -> bool:
    return line.player.instrument.family is Family.STRINGS


def _cut(staff: Staff, start: Beat, stop: Beat, *, bowed: bool) -> Staff:
    by = start.quarters

    def inside(at: Beat) -> bool:
        return start <= at < stop

    def moved(at: Beat) -> Beat:
        return Beat(at.quarters - by)

    voices = tuple(
        Voice(
            tuple(
                replace(
                    note,
                    onset=moved(note.onset),
                    grace=(),
                    graces=(),
                    tremolo=note.tremolo if bowed else 0,
                )
                for note in voice.notes
                if inside(note.onset) and note.end <= stop
            )
        )
        for voice in staff.voices
    )
    dynamics = [replace(one, at=moved(one.at)) for one in staff.dynamics if inside(one.at)]
    before = [one for one in staff.dynamics if one.at < start]
    if before and not any(one.at == Beat(0) for one in dynamics):
        dynamics.insert(0, replace(max(before, key=lambda one: one.at), at=Beat(0)))
    plucks = (Technique.PIZZICATO, Technique.ARCO, *MUTES)
    techniques = [one for one in staff.techniques if one.technique in plucks and one.at < stop]
    names = {note.id for voice in voices for note in voice.notes}
    return Staff(
        tuple(voice for voice in voices if voice.notes),
        tuple(dynamics),
        tuple(
            replace(one, start=moved(one.start), end=moved(one.end))
            for one in staff.hairpins
            if inside(one.start) and one.end <= stop
        ),
        tuple(one for one in staff.slurs if {one.first, one.last} <= names),
        tuple(replace(one, at=max(Beat(0), moved(one.at))) for one in techniques),
    )


def heads(line: Line) -> Heads:
    """Onset and key of every pitched head."""
    return Counter(
        (note.onset.quarters, pitch.key) for note in line.notes for pitch in note.sounding
    )


def facts(line: Line) -> dict[tuple[Fraction, int], tuple[Fraction, str, int]]:
    """By onset and key: length, spelling, and the loudness in force."""
    found = {}
    levels = [Loudness.of_staff(staff) for staff in line.staves]
    for staff, own in zip(line.staves, levels, strict=True):
        level = own if staff.dynamics else levels[0]
        for note in staff.notes:
            for pitch in note.sounding:
                told = note.length.quarters, str(pitch), level.at(note.onset)
                found[note.onset.quarters, pitch.key] = told
    return found


def ways(line: Line) -> dict[tuple[Fraction, int], str]:
    """By onset and key: how a string player is to play it; nothing for other players."""
    if not _is_bowed(line):
        return {}
    return {
        (note.onset.quarters, pitch.key): way_of(note, staff)
        for staff in line.staves
        for note in staff.notes
        for pitch in note.sounding
    }


def neighbours(line: Line) -> set[tuple[tuple[Fraction, int], tuple[Fraction, int]]]:
    """Tops of notes that follow one another in one voice."""
    return {
        ((one.onset.quarters, one.top.key), (other.onset.quarters, other.top.key))
        for staff in line.staves
        for voice in staff.voices
        for one, other in pairwise(voice.notes)
        if isinstance(one.top, Pitch) and isinstance(other.top, Pitch)
    }


def judged(true: Score, taken: Score) -> Counter[str]:
    """Counts to be added up: what agrees between a score and what was taken down from it."""
    told: Counter[str] = Counter()
    by_name = {line.player.name: line for line in taken.lines}
    for line in true.lines:
        other = by_name.get(line.player.name)
        wanted, got = heads(line), heads(other) if other is not None else Counter()
        told["wanted"] += wanted.total()
        told["both"] += (wanted & got).total()
        told["got"] += got.total()
        if other is None:
            continue
        mine, theirs = facts(line), facts(other)
        for head in mine.keys() & theirs.keys():
            told["common"] += 1
            told["length"] += mine[head][0] == theirs[head][0]
            told["spelled"] += mine[head][1] == theirs[head][1]
            told["dynamic"] += abs(mine[head][2] - theirs[head][2]) <= 16
        printed, taken_ways = ways(line), ways(other)
        special = [one for one in printed if one in taken_ways and printed[one]]
        told["ways"] += len(special)
        told["ways kept"] += sum(printed[one] == taken_ways[one] for one in special)
        told["ways made"] += sum(
            bool(taken_ways[one]) for one in printed if one in taken_ways and not printed[one]
        )
        pairs = neighbours(line)
        told["pairs"] += len(pairs)
        told["kept pairs"] += len(pairs & neighbours(other))
        told["marks"] += sum(len(staff.dynamics) for staff in line.staves)
        told["marks taken"] += sum(len(staff.dynamics) for staff in other.staves)
        told["hairpins"] += sum(len(staff.hairpins) for staff in line.staves)
        told["hairpins taken"] += sum(len(staff.hairpins) for staff in other.staves)
    stray = set(by_name) - {line.player.name for line in true.lines}
    told["got"] += sum(heads(by_name[name]).total() for name in stray)
    told["stray staves"] += len(stray)
    return told


def share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def row(name: str, told: Counter[str]) -> str:
    marks = f"{told['marks taken']} ({told['marks']})"
    pins = f"{told['hairpins taken']} ({told['hairpins']})"
    kept = share(told["kept pairs"], told["pairs"])
    spelled = share(told["spelled"], told["common"])
    dynamic = share(told["dynamic"], told["common"])
    rest = f"{kept:7.1f} {spelled:7.1f} {dynamic:7.1f} {marks:>10} {pins:>9}"
    played = (
        f"{share(told['ways kept'], told['ways']):5.1f} of {told['ways']}, +{told['ways made']}"
    )
    return f"{peers_row(name, told)} {rest} {told['stray staves']:5} {played:>18}"


def peers_row(name: str, told: Counter[str]) -> str:
    onsets = 200 * told["both"] / max(1, told["wanted"] + told["got"])
    length = share(told["length"], told["common"])
    return f"{name[:34]:34} {told['wanted']:6} {onsets:7.1f} {length:7.1f}"


def of_peer(python: Path, files: dict[str, tuple[Path, Score]]) -> dict[str, Counter[str]]:
    """What music21 and partitura make of the same files: onset, key and length of every note."""
    script = Path(__file__).with_name("takedown_peers.py")
    asked = json.dumps({name: str(path) for name, (path, _) in files.items()})
    done = subprocess.run(
        [str(python), str(script)], input=asked, capture_output=True, text=True, check=True
    )
    totals: dict[str, Counter[str]] = {}
    for peer, read in json.loads(done.stdout).items():
        told = totals.setdefault(peer, Counter())
        for name, notes in read.items():
            true = files[name][1]
            wanted: Counter[tuple[Fraction, int]] = Counter()
            lengths: dict[tuple[Fraction, int], Fraction] = {}
            for line in true.lines:
                wanted += heads(line)
                lengths |= {head: fact[0] for head, fact in facts(line).items()}
            got = Counter((Fraction(at), key) for at, key, _ in notes)
            told["wanted"] += wanted.total()
            told["got"] += got.total()
            told["both"] += (wanted & got).total()
            for at, key, length in notes:
                head = Fraction(at), key
                if head in lengths:
                    told["common"] += 1
                    told["length"] += lengths[head] == Fraction(length)
    return totals


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--scores", type=Path, required=True)
    reader.add_argument("--bars", type=int, default=24)
    reader.add_argument("--excerpts", type=int, default=2)
    reader.add_argument("--peers", type=Path)
    reader.add_argument("--only", default="")
    asked = reader.parse_args()
    print(
        f"{'':34} {'notes':>6} {'onsets':>7} {'length':>7} {'voices':>7} {'spelled':>7} "
        f"{'dynamic':>7} {'marks':>10} {'hairpins':>9} stray {'ways (too many)':>18}"
    )
    files: dict[str, tuple[Path, Score]] = {}
    with tempfile.TemporaryDirectory() as room:
        for manner_name, manner in MANNERS.items():
            if manner_name != asked.only if asked.only else manner.rubato:
                continue
            total: Counter[str] = Counter()
            spent = 0.0
            for path in sorted(asked.scores.glob("*.mxl")):
                read = read_score(path.read_bytes(), path.name)
                told: Counter[str] = Counter()
                for number in range(asked.excerpts):
                    first = len(read.score.grid.bars) * number // (asked.excerpts + 1)
                    piece = excerpt(read.score, first, asked.bars)
                    tempo = read.tempo_map.tempo_at(Beat(0)) if read.tempo_map else Tempo(96)
                    tempo_map = TempoMap.steady(FilmTime(0), tempo, piece.grid)
                    file = Path(room) / f"{path.stem}-{number}-{manner.seed}.mid"
                    file.write_bytes(Performer(piece, tempo_map, manner).file())
                    meter = str(piece.grid.bars[0].meter)
                    bpm = float(tempo.quarters_per_minute / piece.grid.bars[0].meter.click.quarters)
                    about = f"{0.75 * bpm:.0f}:{1.3 * bpm:.0f}" if manner.rubato else ""
                    wish = TakeWish(meter=meter, bpm=about, first_beat="1" if about else "")
                    if manner_name.endswith("told"):
                        named = tuple(f"{key}={way or 'sustain'}" for way, key in SWITCHES.items())
                        wish = replace(wish, named=named)
                    begun = perf_counter()
                    try:
                        taken = take_down_file(file, wish, ())
                    except ScorestageError as fault:
                        print(f"{path.stem[:30]:34} {fault}"[:110])
                        continue
                    spent += perf_counter() - begun
                    told += judged(piece, taken.reading.score)
                    if manner_name == "click":
                        files[file.stem] = file, piece
                print(row(f"{manner_name}: {path.stem}", told))
                total += told
            print(row(f"{manner_name}: all", total))
            print(f"{spent:.1f} s for {total['wanted']} notes", file=sys.stderr)
        if asked.peers and files:
            for peer, told in of_peer(asked.peers, files).items():
                print(peers_row(f"click: {peer}", told))


if __name__ == "__main__":
    main()
