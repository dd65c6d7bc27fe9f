"""`import --sketch`: a sketch written elsewhere becomes a cue's own, in the bars of its map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.store import write_bytes, writing
from scorestage.errors import FormatError, InputError, Where
from scorestage.music import Score, Sketch
from scorestage.orchestration import short_score
from scorestage.production import Cue
from scorestage.timebase import BarGrid, Beat
from scorestage.workflow.compose import SKETCH, map_of
from scorestage.workflow.convert import ReadMusic, read_music
from scorestage.workflow.job import Job
from scorestage.workflow.library import ensemble_of
from scorestage.workflow.sketch_out import foreign_words, without_our_words


@dataclass(frozen=True, slots=True)
class SketchTaken:
    """A sketch as it was understood: its kind and strands, bars that had none, what was lost."""

    cue: str
    kind: str
    strands: tuple[str, ...]
    bars: int
    silent_bars: int
    notes: tuple[str, ...] = ()
    written: Path | None = None


def take_sketch(
    job: Job, cue: Cue, source: Path, *, again: bool = False, dry: bool = False
) -> SketchTaken:
    """Make a MusicXML or MIDI file the sketch of a cue: a person's, which nothing writes over.

    Single lines, lead sheets, piano and short scores are understood by what they are. The file may
    have fewer bars than the map; the rest stays silent. `InputError` names bars that differ from
    the map's, or a sketch already there (unless `again` is said): nothing is written then.
    """
    if not source.is_file():
        raise InputError("there is no such file", Where(file=source))
    return take_music(job, cue, read_music(source), source, again=again, dry=dry)


def take_music(
    job: Job, cue: Cue, music: ReadMusic, source: Path, *, again: bool = False, dry: bool = False
) -> SketchTaken:
    """The same with music that was read already; `source` is named in faults."""
    if not any(True for _ in music.score.notes()):
        raise FormatError("there is no note in it", Where(file=source))
    tempo_map = map_of(job, cue)
    score = _in_bars_of(music.score, tempo_map.grid, cue, source)
    short = short_score(_without_labels(score), ensemble_of(job, cue))
    target = job.folder.cue_folder(cue.id) / SKETCH
    taken = SketchTaken(
        cue.number,
        short.kind,
        tuple(strand.label for strand in short.sketch.strands),
        len(tempo_map.grid.bars),
        max(0, len(tempo_map.grid.bars) - len(music.score.grid.bars)),
        (*music.losses, *_other_meters(music.score.grid, tempo_map.grid), *short.told),
    )
    if dry:
        return taken
    if target.exists() and not again:
        do = "--again takes this one in its place; --dry-run shows how it is understood"
        raise InputError("the cue has a sketch", Where(cue=cue.number, file=target), do)
    title = f"{cue.number} {cue.title}".strip()
    content = write_score(short.sketch.as_score(), tempo_map, title=title, subtitle="Sketch")
    with writing(job.folder.root):
        write_bytes(target, content)
    return replace(taken, written=target)


def _without_labels(score: Score) -> Score:
    """The score without hits, timings and theme labels of an export: the cue has its own."""
    plain = without_our_words(Sketch(score.grid, (), score.marks))
    lines = tuple(
        replace(
            line,
            staves=tuple(replace(staff, words=foreign_words(staff.words)) for staff in line.staves),
        )
        for line in score.lines
    )
    return replace(score, lines=lines, marks=plain.marks)


def _in_bars_of(score: Score, grid: BarGrid, cue: Cue, source: Path) -> Score:
    """The score with the map's bars and labels; `InputError` where its own are others."""
    where = Where(cue=cue.number, file=source)
    do = (
        "write it in the bars of the map, or give the map its bars first: "
        "convert FILE FILE.mid, import FILE.mid --cue CUE"
    )
    own = score.grid
    for bar, wanted in zip(own.bars, grid.bars, strict=False):
        if bar.meter.length != wanted.meter.length:
            told = f"bar {wanted.label} is {wanted.meter} in the map and {bar.meter} in the file"
            raise InputError(told, where, do)
    last = max(note.onset + note.length for _, note in score.notes())
    if last > grid.end:
        extra = len(own.bars) - len(grid.bars)
        raise InputError(f"the file has music in {extra} bars more than the map", where, do)
    first = min(note.onset for _, note in score.notes())
    if first < Beat(0) + -grid.pickup:
        raise InputError("the file has a pickup that the map has not", where, do)
    return replace(score, grid=grid)


def _other_meters(own: BarGrid, grid: BarGrid) -> tuple[str, ...]:
    """Bars as long as the map's that are counted otherwise: the map's meter is kept."""
    return tuple(
        f"bar {wanted.label} is {wanted.meter} in the map, {bar.meter} in the file: {wanted.meter}"
        for bar, wanted in zip(own.bars, grid.bars, strict=False)
        if (bar.meter.numerator, bar.meter.denominator)
        != (wanted.meter.numerator, wanted.meter.denominator)
    )
