"""Cues that are songs: the song's music in the cue's bars, from where it is heard to its out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scorestage.adapters.formats.musicxml import write_score
from scorestage.errors import InputError, Where
from scorestage.music.replaying import PlayedSpan, replayed
from scorestage.production import Cue
from scorestage.songs.sheet import Sheet
from scorestage.timebase import Beat, Beats, Meter, Tempo, TempoMap
from scorestage.workflow.song_answers import without_words
from scorestage.workflow.song_order import unrolled
from scorestage.workflow.song_sheets import SongWish, open_sheet, with_piano
from scorestage.workflow.songs import StoredSong, stored_song
from scorestage.workflow.source_cues import source_remarks

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


def song_time(job: Job, cue: Cue) -> tuple[Tempo, Meter]:
    """The tempo and the meter a song begins in."""
    stored, wish = song_of_cue(job, cue)
    sheet = open_sheet(str(stored.tune), wish, job.folder.root)
    return sheet.tempo_map.tempo_at(Beat(0)), sheet.score.grid.bars[0].meter


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
    first = grid.bars[0].label.number if cue.start_at else score.grid.bars[0].label.number
    labels = [bar.label.number for bar in score.grid.bars]
    if first not in labels:
        raise InputError(
            f"the song has no bar {first}",
            Where(cue=cue.number),
            f"it has bars {labels[0]} to {labels[-1]} as it is performed",
        )
    low = score.grid.starts[labels.index(first)] - grid.pickup
    begin = Beat(0) - grid.pickup
    out = own.beat_at(cue.end) if cue.end is not None else grid.end
    asked = (min(out, grid.end) - begin).quarters
    there = (score.grid.end - low).quarters
    spans = [PlayedSpan(begin, Beats(min(asked, there)), low)]
    if there < (grid.end - begin).quarters:
        rest = begin + Beats(there)
        spans.append(PlayedSpan(rest, grid.end - rest, None))
    heard = replayed(score, spans, grid)
    remarks = [*sheet.remarks, *(one.text for one in sheet.misfits if one.grave)]
    if there < asked:
        bar = str(grid.position(begin + Beats(there)).label)
        remarks.append(f"the song is over in bar {bar}, before the cue is")
    content = write_score(
        heard, own, title=f"{cue.number} {cue.title or sheet.title}".strip(), subtitle="Song"
    )
    return content, (*remarks, *source_remarks(cue, job.clock))
