"""How far onsets in the sound of a playback track lie from the tempo map, per instrument.

`uv run --no-sync python -m benchmarks.playback_onsets`
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np

from scorestage.adapters.catalogue import load_instrument
from scorestage.adapters.formats.wav import read_wav
from scorestage.music import Line, Note, Pitch, Player, Score, Staff, Voice
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    FilmClock,
    FilmTime,
    Meter,
    Steady,
    Tempo,
    TempoMap,
    frame_rate,
)
from scorestage.workflow.song_playback import (
    PlaybackMusic,
    PlaybackWish,
    playback_of,
    write_playback,
)

STRUCK = ("piano", "harp", "marimba", "glockenspiel", "guitar", "xylophone")
BARS = 8
_BEFORE, _AFTER = 2400, 2400
_RISEN = 0.05
"""An onset is where the sound first has this share of the peak it reaches at once."""


def music_of(instrument: str) -> PlaybackMusic:
    """Short notes a beat apart, at three tempos that no sample grid divides evenly."""
    grid = BarGrid.regular(BARS, Meter(4, 4))
    places = [Beat(at) for at in range(1, BARS * 4, 2)]
    notes = tuple(
        Note(f"n{at}", place, Beats("1/4"), (Pitch.parse("C5" if at % 2 else "G5"),))
        for at, place in enumerate(places)
    )
    found = load_instrument(instrument)
    player = Player("p", found.name, found.abbreviation, (found,))
    score = Score(grid, (Line(player, (Staff((Voice(notes),)),)),))
    events = (
        Steady(Beat(0), Tempo(97)),
        Steady(Beat(12), Tempo(Fraction(131, 2))),
        Steady(Beat(20), Tempo(113)),
    )
    return PlaybackMusic(score, TempoMap(FilmTime(20), grid, events), "onsets")


def onsets_off_ms(instrument: str, rate: str = "23.976") -> Iterator[float]:
    """For each note how many milliseconds its onset lies behind the map (negative: before)."""
    name = frame_rate(rate)
    wish = PlaybackWish(count_in_bars=1)
    found = playback_of(music_of(instrument), FilmClock(name, 0), wish)
    with tempfile.TemporaryDirectory() as folder:
        answer = write_playback(found, Path(folder), wish)
        path = next(one["path"] for one in answer["files"] if one["kind"] == "playback")
        sound, header = read_wav(Path(path))
    mono = np.abs(sound).max(axis=1)
    for note in found.music.score.lines[0].notes:
        at = found.sample(found.music.tempo_map.time_at(note.onset))
        near = mono[at - _BEFORE : at + _AFTER]
        ground = float(near[: _BEFORE // 2].max())
        level = ground + _RISEN * (float(near.max()) - ground)
        yield 1000 * (int(np.argmax(near > level)) - _BEFORE) / header.rate_hz


def main() -> int:
    """Tell the earliest, the middle and the latest onset of each instrument."""
    for instrument in STRUCK:
        off = sorted(onsets_off_ms(instrument))
        middle = off[len(off) // 2]
        print(f"{instrument:14} {off[0]:6.2f} {middle:6.2f} {off[-1]:6.2f} ms ({len(off)} notes)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
