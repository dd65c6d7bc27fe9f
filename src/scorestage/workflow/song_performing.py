"""A song as it is performed: repeats gone through, from one bar to another, placed in time."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from scorestage.adapters.catalogue import load_house
from scorestage.errors import InputError
from scorestage.music import Score
from scorestage.music.holding import held_score
from scorestage.music.replaying import PlayedSpan, replayed
from scorestage.songs.sheet import Sheet
from scorestage.songs.song import parted
from scorestage.songs.tempos import holding, stepped, steps_of
from scorestage.songs.text import place_of
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    FilmClock,
    FilmTime,
    TempoMap,
    Timecode,
    frame_rate,
)
from scorestage.timebase.bars import NO_PICKUP
from scorestage.workflow.job import Job
from scorestage.workflow.song_order import unrolled
from scorestage.workflow.song_playback import (
    PlaybackMusic,
    PlaybackWish,
    placed_from,
    without_line,
)
from scorestage.workflow.song_sheets import SongWish, lead_sheet, with_piano


def song_music(
    sheet: Sheet,
    song_wish: SongWish,
    wish: PlaybackWish,
    *,
    first: str = "",
    last: str = "",
    voice: bool = True,
    piano: bool = True,
    start: str = "01:00:00:00",
    rate: str = "24",
    project: Path | None = None,
) -> tuple[PlaybackMusic, FilmClock]:
    """A song as it is played back: repeats gone through, its piano, from one bar to another.

    The track begins at the timecode `start`. Raises `InputError` for bars or parts it has not.
    """
    if piano and not sheet.accompanied and sheet.score.chords:
        sheet = with_piano(sheet, song_wish, project)
    elif not piano:
        sheet = lead_sheet(sheet)
    sheet = unrolled(sheet)
    low, high = _bars(sheet, first, last)
    upbeat = _upbeat(sheet, low) if first and not first.isdecimal() else Beats(0)
    score, tempo_map = stretch_of(sheet.score, sheet.tempo_map, low, high, upbeat)
    tune = next(line for line in score.lines if line.player.id == sheet.voice.player.id)
    tempo_map = holding(tempo_map, tune.notes)
    score = held_score(score, tempo_map)
    if not voice:
        score = without_line(score, sheet.voice.player.id)
    clock_rate = frame_rate(rate)
    clock = FilmClock(clock_rate, Timecode.parse(start, clock_rate).frames)
    placed = placed_from(tempo_map, clock, start, wish, load_house(wish.house))
    who = sheet.voice.player.instrument.name if voice else "without the voice"
    about = ", ".join(
        filter(None, (str(sheet.key), who, f"bars {low} to {high}" * bool(first or last)))
    )
    return PlaybackMusic(score, placed, sheet.title or "Song", about), clock


def film_rate(project: Path | None) -> str:
    """The frame rate of the project that one is in, by name; 24 outside of any."""
    try:
        return Job.open(project).production.rate.name
    except InputError:
        if project is not None:
            raise
        return "24"


def _bars(sheet: Sheet, first: str, last: str) -> tuple[int, int]:
    """The printed numbers of the first and the last bar that are played."""
    labels = [bar.label.number for bar in sheet.score.grid.bars]
    low = _place(sheet, first, labels, ends=False) if first else labels[0]
    high = _place(sheet, last, labels, ends=True) if last else labels[-1]
    if low > high:
        raise InputError(f"bar {low} comes after bar {high}")
    return low, high


def _place(sheet: Sheet, text: str, labels: list[int], *, ends: bool) -> int:
    if text.isdecimal():
        if int(text) not in labels:
            raise InputError(f"there is no bar {text}", do=f"bars: {labels[0]} to {labels[-1]}")
        return int(text)
    wanted = place_of(text)
    ordered = sheet.stretches[::-1] if ends else sheet.stretches
    for one in ordered:
        same = wanted is not None and one.kind == wanted.kind
        number = wanted.number if wanted is not None else 0
        if same and (not number or any(turn.number == number for turn in one.turns)):
            following = [other for other in sheet.stretches if other.start == one.end]
            end = following[0].first_bar if following else len(labels)
            return labels[end - 1] if ends else labels[one.first_bar]
    known = ", ".join(one.name for one in sheet.stretches) or "none; name a bar"
    raise InputError(f"the song has no part {text!r}", do=f"parts: {known}")


def _upbeat(sheet: Sheet, bar: int) -> Beats:
    """What the singer sings of a part before its first bar: from the last breath before it on."""
    grid = sheet.score.grid
    at = grid.starts[[one.label.number for one in grid.bars].index(bar)]
    ((_, _, own),) = parted(sheet.voice.notes, [at], grid.end)
    return Beats(max(Fraction(0), *((at - note.onset).quarters for note in own), Fraction(0)))


def stretch_of(
    score: Score, tempo_map: TempoMap, low: int, high: int, upbeat: Beats = NO_PICKUP
) -> tuple[Score, TempoMap]:
    """The bars from one printed number to another, as music that begins with the first of them.

    `upbeat` is how much of the bar before comes along; at the beginning of all it is its own.
    """
    grid = score.grid
    labels = [bar.label.number for bar in grid.bars]
    first, last = labels.index(low), len(labels) - 1 - labels[::-1].index(high)
    if first == 0 and last == len(labels) - 1:
        return score, tempo_map
    start, end = grid.starts[first], grid.starts[last + 1]
    pickup = grid.pickup if first == 0 else upbeat
    new = BarGrid(grid.bars[first : last + 1], pickup)
    span = PlayedSpan(Beat(0) - pickup, Beats((end - start).quarters) + pickup, start - pickup)
    steps = steps_of(tempo_map, start, end, Beat(0))
    return replayed(score, [span], new), stepped(FilmTime(0), new, steps)
