"""Cues that are songs: the song's music in the cue's bars, from where it is heard to its out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scorestage.adapters.formats.musicxml import write_score
from scorestage.errors import InputError, Where
from scorestage.music.holding import held_score
from scorestage.music.replaying import PlayedSpan, replayed
from scorestage.production import Cue, WayOut
from scorestage.songs.sheet import Sheet
from scorestage.songs.tempos import at_tempo, holding, stepped, steps_of
from scorestage.timebase import BarGrid, Beat, Beats, FilmSpan, FilmTime, Meter, Tempo, TempoMap
from scorestage.workflow.song_answers import without_words
from scorestage.workflow.song_order import unrolled
from scorestage.workflow.song_sheets import SongWish, open_sheet, with_piano
from scorestage.workflow.songs import StoredSong, stored_song
from scorestage.workflow.source_cues import bar_and_beat, beginning, rest_of_bar, source_remarks

if TYPE_CHECKING:
    from scorestage.workflow.job import Job

_NOBODY = "none"


def song_of_cue(job: Job, cue: Cue) -> tuple[StoredSong, SongWish]:
    """The song of a cue, and what is wished of it there."""
    stored = stored_song(job, cue.song)
    singer = "" if cue.singer == _NOBODY else cue.singer
    return stored, stored.wish(SongWish(singer=singer, written_out=True))


def sheet_of_cue(job: Job, cue: Cue) -> Sheet:
    """The whole song as it is performed in a cue: voice and accompaniment, repeats gone through."""
    stored, wish = song_of_cue(job, cue)
    sheet = open_sheet(str(stored.tune), wish, job.folder.root)
    if cue.singer == _NOBODY:
        sheet = _played(sheet, wish, job.folder.root)
    elif not sheet.accompanied and sheet.score.chords:
        sheet = with_piano(sheet, wish, job.folder.root)
    return unrolled(sheet)


def _played(sheet: Sheet, wish: SongWish, root: Path) -> Sheet:
    """The song without a singer: the pianist has the tune."""
    if not sheet.score.chords:
        return without_words(sheet)
    tune = [replace(note, lyric="", verses=()) for note in sheet.voice.notes]
    notes = sorted([*tune, *sheet.played], key=lambda note: note.onset)
    made = with_piano(replace(sheet, played=tuple(notes)), wish, root)
    return replace(made, score=replace(made.score, lines=made.score.lines[1:]))


def song_map(job: Job, cue: Cue) -> TempoMap:
    """The bars and tempos of a cue that is a song: the song's own, from where it is heard first.

    It waits at the fermatas of its tune, as a playback does.
    An upbeat is heard where the song begins. Where the song is over before the cue is, bars follow
    in its last meter; a cue without an end has the whole song. Raises `InputError` for a bar or a
    beat that the song has not.
    """
    stored, wish = song_of_cue(job, cue)
    sheet = unrolled(open_sheet(str(stored.tune), wish, job.folder.root))
    grid, tempos = sheet.score.grid, sheet.tempo_map
    if cue.bpm_wish:
        tempos = at_tempo(tempos, Tempo(cue.bpm_wish, grid.bars[0].meter.click))
    first, pickup = _entrance(cue, grid)
    low = grid.starts[first]
    meters = [bar.meter for bar in grid.bars[first:]] or [grid.bars[-1].meter]
    number = grid.bars[0].label.number + first
    steps = list(steps_of(tempos, low, grid.end, Beat(0)))
    downbeat = FilmTime(beginning(cue).seconds + pickup.quarters * steps[0][1].seconds_per_quarter)
    shift = Beat(0) - low
    tune = [replace(note, onset=note.onset + shift) for note in sheet.voice.notes]

    def laid(own: Sequence[Meter]) -> TempoMap:
        bars = BarGrid.of_meters(tuple(own), pickup, number)
        return holding(stepped(downbeat, bars, [one for one in steps if one[0] < bars.end]), tune)

    lasting = cue.seconds
    if lasting is None:
        return laid(meters)
    return _until(meters, beginning(cue) + FilmSpan(lasting), laid)


def _entrance(cue: Cue, grid: BarGrid) -> tuple[int, Beats]:
    """The first whole bar that is heard, by its index, and what is heard before it."""
    if not cue.start_at:
        return 0, grid.pickup
    number, beat = bar_and_beat(cue.start_at)
    labels = [bar.label.number for bar in grid.bars]
    if number not in labels:
        raise _no_bar(cue, number, labels)
    index = labels.index(number)
    rest = rest_of_bar(cue, number, beat, grid.bars[index].meter)
    return index + bool(rest), Beats(rest)


def _no_bar(cue: Cue, number: int, labels: list[int]) -> InputError:
    return InputError(
        f"the song has no bar {number}",
        Where(cue=cue.number),
        f"it has bars {labels[0]} to {labels[-1]} as it is performed",
    )


def _until(
    meters: Sequence[Meter], out: FilmTime, laid: Callable[[Sequence[Meter]], TempoMap]
) -> TempoMap:
    """As many bars as it takes to an out, the last meter going on behind the song."""
    found = list(meters[:1])
    while laid(found).end < out:
        found.append(meters[len(found)] if len(found) < len(meters) else meters[-1])
    return laid(found)


def song_inputs(job: Job, cue: Cue) -> tuple[object, ...]:
    """What the music of a song cue is made from beside the cue; nothing for any other."""
    if not cue.song:
        return ()
    folder = stored_song(job, cue.song).folder
    files: list[Path] = [folder / name for name in ("song.toml", "tune.musicxml", "words.txt")]
    return (cue.song, cue.singer, cue.start_at, *files)


def song_sketch(job: Job, cue: Cue, own: TempoMap) -> tuple[bytes, tuple[str, ...]]:
    """The music of a song cue in the cue's bars, as a file, and what is to be known of it.

    Bars of the cue are those of the song by number, from `start_at` on. Raises `InputError` where
    the song is over before it is heard.
    """
    sheet = sheet_of_cue(job, cue)
    score, grid = sheet.score, own.grid
    labels = [bar.label.number for bar in score.grid.bars]
    first = grid.bars[0].label.number if cue.start_at else labels[0]
    if first not in (*labels, labels[-1] + 1):
        raise _no_bar(cue, first, labels)
    index = labels.index(first) if first in labels else len(labels)
    low = score.grid.starts[index] - grid.pickup
    begin = Beat(0) - grid.pickup
    out = own.beat_at(cue.end) if cue.end is not None else grid.end
    asked = (min(out, grid.end) - begin).quarters
    there = (score.grid.end - low).quarters
    spans = [PlayedSpan(begin, Beats(min(asked, there)), low)]
    if there < (grid.end - begin).quarters:
        rest = begin + Beats(there)
        spans.append(PlayedSpan(rest, grid.end - rest, None))
    heard = held_score(replayed(score, spans, grid), own)
    remarks = [*sheet.remarks, *(one.text for one in sheet.misfits if one.grave)]
    if cue.way_out is WayOut.BUTTON and there > asked:
        remarks.append("the song is not over at its out: a button needs its last bar there")
    if there < asked:
        bar = str(grid.position(begin + Beats(there)).label)
        remarks.append(f"the song is over in bar {bar}, before the cue is")
    content = write_score(
        heard, own, title=f"{cue.number} {cue.title or sheet.title}".strip(), subtitle="Song"
    )
    return content, (*remarks, *source_remarks(cue, job.clock))
