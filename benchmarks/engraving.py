"""Speed of the engraver's way round: score and all parts of a cue, against bare LilyPond.

The cue is synthetic: 60 bars for 25 staves. Bare LilyPond is given the very same books, shared out
to as many processes, with nothing around it. Run: `python -m benchmarks.engraving`.
"""

from __future__ import annotations

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from scorestage.adapters.catalogue import load_ensemble, load_house
from scorestage.adapters.machines import lilypond
from scorestage.adapters.machines.engravers import Engraver, print_cue
from scorestage.adapters.store import PageShelf
from scorestage.engraving import Edition, cue_books, together
from scorestage.music import Dynamic, DynamicMark, Line, Note, Score, Staff, Voice
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter, Tempo, TempoMap
from scorestage.workflow.part_set import print_set

BARS, STAVES = 60, 25


def cue() -> tuple[Score, TempoMap]:
    """Eighths, quarters and rests in every player's middle register, bar by bar in turn."""
    grid = BarGrid.regular(BARS, Meter(4, 4))
    lines = []
    players = [one for one in load_ensemble("studio-orchestra").players if not one.instrument.drums]
    for number, player in enumerate(players[:STAVES]):
        span = player.instrument.comfortable
        low = span.low if span is not None else None
        notes = []
        for bar in range(BARS):
            if (bar + number) % 5 == 0 or low is None:
                continue
            step = Beats("1/2") if (bar + number) % 2 else Beats(1)
            at = Beat(4 * bar)
            while at < Beat(4 * (bar + 1)):
                notes.append(Note(f"n{number}-{len(notes)}", at, step, (low,)))
                at = at + step
        marks = (DynamicMark(notes[0].onset, Dynamic.MF),) if notes else ()
        staff = Staff((Voice(tuple(notes)),), marks)
        empty = (Staff(()),) * (player.instrument.staves - 1)
        lines.append(Line(player, (staff, *empty)))
    return Score(grid, tuple(lines)), TempoMap.steady(FilmTime(0), Tempo(96), grid)


def bare(score: Score, tempo_map: TempoMap, edition: Edition, cores: int) -> float:
    """Seconds of LilyPond alone on the same books."""
    books = cue_books(score, tempo_map, edition)
    shares = [[books[0]], list(books[1:])] if cores > 1 else [list(books)]
    sources = [together(share) for share in shares]
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        with ThreadPoolExecutor(len(sources)) as pool:
            rooms = [Path(folder) / str(number) for number in range(len(sources))]
            list(pool.map(lilypond.engrave, sources, rooms))
        return time.perf_counter() - begun


def main() -> None:
    """Print the ratio, and what an unchanged set and one changed part cost."""
    score, tempo_map = cue()
    edition = Edition("Bench", "1m01", "Sixty bars", load_house("los-angeles"), version="v1")
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        shelf = PageShelf(room / "shelf")
        lilypond.lilypond_version()
        times = []
        changed = replace(score.lines[0], staves=(Staff(()),))
        other = replace(score, lines=(changed, *score.lines[1:]))
        for number, music in enumerate((score, score, other)):
            own = room / f"room-{number}"
            own.mkdir()
            begun = time.perf_counter()
            print_set(music, tempo_map, edition, Engraver.LILYPOND, own, workers=cores, shelf=shelf)
            times.append(time.perf_counter() - begun)
        alone = bare(score, tempo_map, edition, cores)
        begun = time.perf_counter()
        own = room / "pages"
        own.mkdir()
        print_cue(score, tempo_map, edition, Engraver.LILYPOND, own, workers=cores)
        pages = time.perf_counter() - begun
    print(f"{BARS} bars, {len(score.lines)} players, {cores} cores")
    print(f"bare LilyPond               {alone:6.1f} s")
    print(f"score and parts             {pages:6.1f} s  {pages / alone:.2f} of it")
    print(f"with list and marks         {times[0]:6.1f} s  {times[0] / alone:.2f} of it")
    print(f"again, nothing changed      {times[1]:6.1f} s  {times[1] / alone:.2f} of it")
    print(f"again, one player changed   {times[2]:6.1f} s  {times[2] / alone:.2f} of it")


if __name__ == "__main__":
    main()
