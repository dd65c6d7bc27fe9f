"""The craft of hundreds of generated cues, with human scores as control.

Run: `uv run python -m benchmarks.craft [--cues 156] [--first 0] [SCORE...]`. Every style in turn,
8 s to 6 min, meters, tempo maps, hits, speech, ways in and out drawn at random. Each cue is written
as it would be, and once more as held chords and as a chorale throughout, whose parallels are
counted by themselves. Phrases, cadences, harmonic rhythm, climaxes, room and silence are told by
quartiles. SCOREs (MusicXML) are judged the same way; none: the movements of the shared material.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import quantiles

from tests.composing.cues import request
from tests.composing.sweeping import drawn_case, request_of
from tests.shared_material import shared_folder

from scorestage.adapters.catalogue import names
from scorestage.composing import CueRequest, FormWish, SectionWish, compose
from scorestage.composing.cadences import tune_of
from scorestage.composing.craft import Craft, craft_of
from scorestage.composing.shape import SECTION_BARS, Shape, shape_of
from scorestage.music.holding import held_sketch
from scorestage.production import WayOut
from scorestage.workflow.convert import read_music
from scorestage.workflow.craft import craft_of_file, pad_of

RATES = ("parallel_fifths", "parallel_octaves", "hidden_outer")
SHARES = ("crossing", "overlap", "gaps", "steps", "awkward")


def told(found: Iterable[Craft]) -> str:
    """Figures over many scores: rates by transitions, shares as means."""
    rows = list(found)
    transitions = sum(one.figures.transitions for one in rows)
    parts = [f"{len(rows)} scores, {transitions} transitions"]
    for name in RATES:
        counted = sum(
            (getattr(one.figures, name) or 0) * one.figures.transitions / 1000 for one in rows
        )
        parts.append(f"{name} {1000 * counted / max(1, transitions):.2f}")
    for name in SHARES:
        known = [getattr(one.figures, name) for one in rows]
        known = [one for one in known if one is not None]
        if known:
            parts.append(f"{name} {sum(known) / len(known):.1%}")
    clean = sum(not [f for f in one.faults if f.kind != "climax"] for one in rows)
    return f"{', '.join(parts)}; without a parallel {clean}"


def closed(shape: Shape) -> float | None:
    """The share of phrases that a cadence closes."""
    return len(shape.cadences) / len(shape.phrases) if shape.phrases else None


FIGURES: tuple[tuple[str, Callable[[Shape], float | None]], ...] = (
    ("phrase, median seconds", lambda one: _median([row.seconds for row in one.phrases])),
    ("longest phrase, seconds", lambda one: one.longest_phrase_seconds),
    ("phrases closed by a cadence", closed),
    ("changes of harmony a minute", lambda one: one.changes_per_minute),
    ("longest on one harmony, s", lambda one: one.stillest.seconds if one.stillest else None),
    ("close intervals low down", lambda one: one.muddy),
    ("two octaves empty under tune", lambda one: one.hollow),
    ("silence", lambda one: one.silence),
)


def _median(figures: Sequence[float]) -> float | None:
    return sorted(figures)[len(figures) // 2] if figures else None


def shapes(title: str, found: Sequence[Shape]) -> None:
    """Print quartiles and extremes of every figure, and how often sections have one climax."""
    print(f"{title}: lowest, quartiles, highest")
    for words, figure in FIGURES:
        known = [one for one in map(figure, found) if one is not None]
        if len(known) > 1:
            rows = [min(known), *quantiles(known, n=4), max(known)]
            print(f"  {words:30}" + "".join(f"{one:9.2f}" for one in rows))
    parts = [part for one in found for part in one.sections
             if part.end_bar - part.first_bar >= SECTION_BARS and part.climaxes]  # fmt: skip
    counted = Counter(min(part.climaxes, 4) for part in parts)
    told = ", ".join(
        f"{count} times {counted[count] / len(parts):.0%}" for count in sorted(counted)
    )
    print(f"  highest tone of a section comes (4: and more) {told} of {len(parts)}")
    kinds = Counter(row.cadence or "none" for one in found for row in one.phrases)
    total = sum(kinds.values())
    print("  " + ", ".join(f"{kind} {n / total:.0%}" for kind, n in kinds.most_common()))


def all_in(asked: CueRequest, texture: str) -> CueRequest:
    """The same cue in one texture throughout, without hits."""
    first = str(asked.tempo_map.grid.bars[0].label)
    wish = FormWish((first,), (SectionWish(first, texture=texture),))
    return replace(asked, form=wish, cue=replace(asked.cue, hits=()))


def fermatas(paths: Sequence[Path]) -> None:
    """Print how many fermatas of the top line, where a chorale's phrases end, have a cadence."""
    kinds: Counter[str] = Counter()
    for path in paths:
        music = read_music(path)
        held = {at for at, _, _, sign in tune_of(music.score) if sign}
        found = shape_of(music.score, music.tempo_map).phrases
        kinds.update(one.cadence or "none" for one in found if one.at in held)
    told = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    print(f"fermatas in {len(paths)} scores: {sum(kinds.values())}; {told}")


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("scores", nargs="*", type=Path)
    reader.add_argument("--cues", type=int, default=156)
    reader.add_argument("--first", type=int, default=0)
    reader.add_argument("--fermatas", type=Path, help="a folder of chorales; nothing else is done")
    asked = reader.parse_args()
    if asked.fermatas:
        fermatas(sorted(asked.fermatas.glob("*.mxl")))
        return
    pads: dict[str, list[Craft]] = {"as written": [], "pad": [], "chorale": []}
    written: list[Shape] = []
    ends: Counter[str] = Counter()
    empty: Counter[str] = Counter()
    styles = names("styles")
    for number in range(asked.first, asked.first + asked.cues):
        one = request_of(drawn_case(styles[number % len(styles)], number))
        piece = compose(one)
        sketch = held_sketch(piece.sketch, one.tempo_map)
        whole = craft_of(sketch.as_score())
        written.append(shape_of(sketch.as_score(), one.tempo_map))
        if one.cue.way_out in (WayOut.RING_OFF, WayOut.BUTTON) and written[-1].phrases:
            ends[written[-1].phrases[-1].cadence or "none"] += 1
        pads["as written"].append(craft_of(pad_of(piece.sketch).as_score()))
        empty["bars"] += len(whole.figures.empty_bars)
        for texture in ("pad", "chorale"):
            bare = compose(all_in(one, texture)).sketch
            pads[texture].append(craft_of(pad_of(bare).as_score()))
    for name, found in pads.items():
        print(f"chords and bass, {name}: {told(found)}", flush=True)
    print(f"bars without a sound: {empty['bars']} (after stops)")
    shapes(f"{len(written)} cues", written)
    print(f"  last phrase of cues that ring off or end in a button: {dict(ends)}")
    scores = asked.scores or sorted((shared_folder() / "scores").glob("*.mxl"))
    if scores:
        human = [craft_of_file(path) for path in scores]
        print(f"control: {told(one.craft for one in human)}")
        shapes("control", [one.shape for one in human])
    long = request("adventure", meters=("4/4",) * 90, bpm=120, hits=((18, "accent", 5),))
    compose(long)
    begun = time.process_time()
    compose(long)
    print(f"a sketch of three minutes: {time.process_time() - begun:.2f} s of processor")


if __name__ == "__main__":
    main()
