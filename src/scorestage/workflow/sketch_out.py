"""`export --sketch`: a cue's sketch for other programs, with theme labels, hits and timings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import compressed, write_score
from scorestage.adapters.store import write_bytes
from scorestage.errors import FormatError
from scorestage.music import (
    Mark,
    MarkKind,
    Role,
    Sketch,
    Slur,
    Staff,
    Strand,
    Voice,
    Words,
)
from scorestage.production import Cue
from scorestage.timebase import Beat, FilmTime, TempoMap, clock_text
from scorestage.workflow.compose import read_sketch
from scorestage.workflow.convert import MIDI, MUSICXML
from scorestage.workflow.job import Job
from scorestage.workflow.products.cuefacts import clock_zero, facts_of
from scorestage.workflow.theme_ledger import ledger_of

THEME = "Theme: "
MOST_STAVES = 6
_TIMED_BARS = 4
_OURS = re.compile(r"Theme: .+|-?\d+:\d\d\.\d\d")
"""Words that an export puts over the bars, and an import takes away again."""


@dataclass(frozen=True, slots=True)
class ThemeLabel:
    """Where a theme sounds in a cue: from a beat on, in which bar, called what, by which strand."""

    at: Beat
    bar: str
    text: str
    strands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SketchOut:
    """A sketch as it is handed out: what was written where, and what stands in it."""

    cue: str
    target: Path
    staves: int
    hits: int
    labels: tuple[ThemeLabel, ...]


def theme_labels(job: Job, cue: Cue) -> tuple[ThemeLabel, ...]:
    """Every statement of a theme in a cue with its operation, as the ledger has it."""
    tempo_map = job.folder.map(cue.id, job.clock)
    if tempo_map is None:
        return ()
    found: dict[tuple[Beat, str], ThemeLabel] = {}
    for story in ledger_of(job).themes:
        for one in story.statements:
            if one.cue != cue.number:
                continue
            at = tempo_map.beat_at(FilmTime(one.start_seconds))
            how = ", ".join(_bare(str(name)) for name in one.transformations)
            name = story.title or story.theme
            text = f"{name} ({how})" if how else name
            found[at, text] = ThemeLabel(at, one.bar, text, one.players)
    return tuple(sorted(found.values(), key=lambda label: (label.at, label.text)))


def _bare(operation: str) -> str:
    """
    >>> _bare("transposed (real)")
    'transposed, real'
    """
    return operation.replace(" (", ", ").replace(")", "")


def on_few_staves(sketch: Sketch, most: int = MOST_STAVES) -> Sketch:
    """The sketch on at most so many staves: what sounds least stands with its neighbour.

    Strands put together keep their voices; both are named at the staff.
    """
    strands = list(sketch.strands)
    while len(strands) > most:
        first, second = min(_pairs(strands), key=lambda pair: _crowding(*pair))
        joined = _joined(first, second)
        strands = [joined if one is first else one for one in strands if one is not second]
    return replace(sketch, strands=tuple(strands))


def _pairs(strands: Sequence[Strand]) -> list[tuple[Strand, Strand]]:
    """Strands that may share a staff: never the tune's, the bass only as the last of all."""
    free = [one for one in strands if one.role not in (Role.MELODY, Role.BASS)]
    chosen = free if len(free) > 1 else list(strands)
    return list(combinations(chosen, 2))


def _crowding(first: Strand, second: Strand) -> tuple[int, float]:
    """How many voices there would be beyond two, and how far apart they lie."""
    voices = len(first.staff.voices) + len(second.staff.voices)
    notes = min(len(first.staff.notes), len(second.staff.notes))
    return max(0, voices - 2) * 1000 + notes, abs(_height(first) - _height(second))


def _height(strand: Strand) -> float:
    keys = [pitch.key for note in strand.staff.notes for pitch in note.sounding]
    return sum(keys) / len(keys) if keys else 60.0


def _joined(first: Strand, second: Strand) -> Strand:
    """Two strands on the staff of the first."""
    upper, lower = (first, second) if _height(first) >= _height(second) else (second, first)
    own, other = first.staff, second.staff
    seen = {note.id for note in own.notes}
    renamed = {note.id: f"{note.id}-2" for note in other.notes if note.id in seen}
    staff = replace(
        own,
        voices=(
            *_renamed(upper.staff, renamed if upper is second else {}),
            *_renamed(lower.staff, renamed if lower is second else {}),
        ),
        slurs=(
            *own.slurs,
            *(
                Slur(renamed.get(one.first, one.first), renamed.get(one.last, one.last))
                for one in other.slurs
            ),
        ),
        techniques=(*own.techniques, *other.techniques),
        words=(*own.words, *other.words),
        dynamics=own.dynamics or other.dynamics,
        hairpins=own.hairpins or other.hairpins,
        clef="",
    )
    name = f"{upper.label} / {lower.label}"
    return Strand(first.role, staff, name, (*first.assign, *second.assign))


def _renamed(staff: Staff, names: dict[str, str]) -> tuple[Voice, ...]:
    return tuple(
        Voice(tuple(replace(note, id=names.get(note.id, note.id)) for note in voice.notes))
        for voice in staff.voices
    )


def write_sketch(job: Job, cue: Cue, target: Path) -> SketchOut:
    """Write a cue's sketch as MusicXML or MIDI for any other program.

    Over the staves stand hits with their clock times, the clock at every fourth bar, letters and
    words; beside the strand that has it each theme by name and operation. MIDI has tempo and
    meter map, a marker for each hit, letter and theme, and the start's timecode. Raises
    `InputError` for a cue without sketch or map, `FormatError` for another ending.
    """
    sketch = read_sketch(job, cue)
    facts = facts_of(job, cue)
    tempo_map = facts.tempo_map
    labels = theme_labels(job, cue)
    title = f"{cue.number} {cue.title}".strip()
    plain = on_few_staves(without_our_words(sketch))
    suffix = target.suffix.lower()
    if suffix in MIDI:
        marks = (*plain.marks, *(Mark(one.at, MarkKind.TEXT, one.text) for one in labels))
        score = replace(plain, marks=_ordered(marks)).as_score()
        content = write_midi(score, tempo_map, cue.live_hits, title=title, film=job.clock)
        write_bytes(target, content)
    elif suffix in MUSICXML:
        zero = clock_zero(facts, free=facts.free)
        hits = {tempo_map.beat_at(hit.at): hit for hit in cue.live_hits}
        told = _clock(tempo_map, zero, {at: hit.at for at, hit in hits.items()})
        marks = (
            *plain.marks,
            *(Mark(at, MarkKind.HIT, hit.words or hit.id) for at, hit in hits.items()),
            *_timings(tempo_map, told),
        )
        labelled = replace(_labelled(plain, labels), marks=_ordered(marks))
        content = write_score(labelled.as_score(), tempo_map, title=title, clock=told)
        write_bytes(target, compressed(content) if suffix == MUSICXML[2] else content)
    else:
        known = ", ".join((*MUSICXML, *MIDI))
        raise FormatError(f"{suffix or target.name!r} cannot be written", do=f"write {known}")
    return SketchOut(cue.number, target, len(plain.strands), len(cue.live_hits), labels)


def without_our_words(sketch: Sketch) -> Sketch:
    """A sketch without hits, timings and theme labels that an export put there."""
    marks = tuple(
        mark
        for mark in sketch.marks
        if mark.kind is not MarkKind.HIT and not _OURS.fullmatch(mark.text)
    )
    strands = tuple(
        replace(strand, staff=replace(strand.staff, words=foreign_words(strand.staff.words)))
        for strand in sketch.strands
    )
    return replace(sketch, strands=strands, marks=marks)


def foreign_words(words: Sequence[Words]) -> tuple[Words, ...]:
    """Words that no export put there."""
    return tuple(one for one in words if not _OURS.fullmatch(one.text))


def _ordered(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: mark.at))


def _clock(
    tempo_map: TempoMap, zero: FilmTime, hits: dict[Beat, FilmTime]
) -> Callable[[Beat], str]:
    """The cue's clock at a beat: of a hit its own time, not that of the nearest note."""

    def told(at: Beat) -> str:
        moment = hits.get(at, tempo_map.time_at(at))
        return clock_text((moment - zero).seconds)

    return told


def _timings(tempo_map: TempoMap, told: Callable[[Beat], str]) -> list[Mark]:
    grid = tempo_map.grid
    return [
        Mark(grid.starts[index], MarkKind.TEXT, told(grid.starts[index]))
        for index in range(0, len(grid.bars), _TIMED_BARS)
    ]


def _labelled(sketch: Sketch, labels: Sequence[ThemeLabel]) -> Sketch:
    """Each label over the strand that has the theme, else over the first."""
    by_strand: dict[int, list[Words]] = {}
    names = [strand.label for strand in sketch.strands]
    for label in labels:
        place = next(
            (at for at, name in enumerate(names) if set(name.split(" / ")) & set(label.strands)), 0
        )
        by_strand.setdefault(place, []).append(Words(label.at, f"{THEME}{label.text}"))
    strands: list[Strand] = []
    for place, strand in enumerate(sketch.strands):
        words = (*strand.staff.words, *by_strand.get(place, ()))
        staff = replace(strand.staff, words=tuple(sorted(words, key=lambda one: one.at)))
        strands.append(replace(strand, staff=staff))
    return replace(sketch, strands=tuple(strands))
