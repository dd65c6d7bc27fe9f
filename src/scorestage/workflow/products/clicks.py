"""The clicks of a cue: everybody's, each section's, as MIDI and as a list."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from scorestage.builder import Output
from scorestage.mockup.dynamics import Levels, levels_of
from scorestage.music import Dynamic, MarkKind, Score, Staff
from scorestage.sync import ClickStroke, SoftPassage
from scorestage.timebase import BarLabel, Beat
from scorestage.workflow.click_takes import (
    ClickTake,
    CountOff,
    SoundWish,
    click_list,
    click_takes,
    count_off_take,
    stamp_of,
    write_click_list,
    write_click_midi,
    write_take,
)
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import read_cue_score
from scorestage.workflow.products.cuefacts import CueFacts
from scorestage.workflow.products.naming import cue_file, cue_folder, slug, sound_file

KIND, SECTION, COUNT_OFF = "click track", "section click", "count-off"
MIDI, SHEET = "MIDI click", "click list"
_ASKED = re.compile(r"_click-(\d+)-free-to-(\d+[A-Z]*)_")
SESSION = SoundWish()
"""48 kHz, 24 bits."""
SECTIONS, COUNT_OFFS = "audio/sections", "audio/count-offs"


def cue_strokes(facts: CueFacts, score: Score | None) -> tuple[ClickStroke, ...]:
    """Every click that everybody hears, in order."""
    return cue_takes(facts, score)[0].strokes


def cue_takes(facts: CueFacts, score: Score | None) -> tuple[ClickTake, ...]:
    """Everybody's click and those of sections; they stop with the last attack of the score."""
    stop = last_attack(score) if score is not None else None
    soft = soft_passages(score, facts.house.click.soft_db) if score is not None else ()
    return click_takes(facts.tempo_map, facts.house, facts.timeline.file, stop, soft)


def write_cue_clicks(
    job: Job, facts: CueFacts, build: Path, wish: SoundWish = SESSION
) -> tuple[Output, ...]:
    """Write all click files of a cue below the build folder.

    A section whose click is as everybody's gets none of its own. Count-offs that were asked for
    are made again, so that none is left from an older map.
    """
    score = read_cue_score(job, facts.cue)
    takes = cue_takes(facts, score)
    outputs = []
    for take in takes:
        path = _written(job, facts, build, take, SECTIONS if take.name else "audio", wish)
        kind, player = (SECTION, slug(take.name)) if take.name else (KIND, "")
        outputs.append(Output(path, kind, player))
    asked = asked_before(build, facts)
    by_letters = letters(score, facts.house.click.count_off_clicks)
    for wanted in dict.fromkeys((*by_letters, *asked.values())):
        if all(bar.label != wanted.bar for bar in facts.tempo_map.grid.bars):
            continue
        take = count_off_take(wanted, facts.tempo_map, takes[0], job.clock)
        path = _written(job, facts, build, take, COUNT_OFFS, wish)
        outputs.append(Output(path, COUNT_OFF, wanted.name))
    for old in asked:
        if old not in {build / one.path for one in outputs}:
            old.unlink(missing_ok=True)
    midi, *sheets = (cue_file(facts.cue, "click", one, "click") for one in (".mid", ".csv", ".pdf"))
    write_click_midi(build / midi, takes[0], facts.tempo_map, job.clock)
    title = f"{facts.cue.number}  {facts.cue.title}  clicks".replace("    ", "  ")
    table = click_list(takes[0], facts.tempo_map, job.clock, title)
    for sheet in sheets:
        write_click_list(build / sheet, table)
    return (*outputs, Output(midi, MIDI), *(Output(sheet, SHEET) for sheet in sheets))


def asked_before(build: Path, facts: CueFacts) -> dict[Path, CountOff]:
    """The count-offs of a cue that lie in the build folder, by their files."""
    found = {}
    folder = build / cue_folder(facts.cue) / COUNT_OFFS
    for path in sorted(folder.glob("*.wav")) if folder.is_dir() else ():
        if match := _ASKED.search(path.name):
            found[path] = CountOff(int(match[1]), BarLabel.parse(match[2]))
    return found


def letters(score: Score, clicks: int) -> tuple[CountOff, ...]:
    """Count-offs into the bars at which a rehearsal letter stands; none without clicks."""
    grid = score.grid
    bars = {grid.starts[index]: bar.label for index, bar in enumerate(grid.bars)}
    marks = [mark for mark in score.marks if mark.kind is MarkKind.REHEARSAL and clicks]
    return tuple(CountOff(clicks, bars[mark.at]) for mark in marks if mark.at in bars)


def _written(
    job: Job, facts: CueFacts, build: Path, take: ClickTake, folder: str, wish: SoundWish
) -> str:
    what = f"click-{take.name}" if take.name else "click"
    path = sound_file(facts.cue, what, take.file.start, job.clock, folder)
    words = f"{job.production.title} {facts.cue.number} {what}"
    (build / path).parent.mkdir(parents=True, exist_ok=True)
    write_take(build / path, take, wish, stamp_of(take, job.clock, wish.rate_hz), words)
    return path


def last_attack(score: Score) -> Beat | None:
    """The last onset that is written; None for silence."""
    return max((note.onset for _, note in score.notes()), default=None)


def soft_passages(score: Score, level_db: Fraction) -> tuple[SoftPassage, ...]:
    """Where the click steps back by `level_db`."""
    spans = quiet_spans(score) if level_db else ()
    return tuple(SoftPassage(start, end, level_db) for start, end in spans)


def quiet_spans(score: Score) -> tuple[tuple[Beat, Beat], ...]:
    """Bars in a row in which nobody is written louder than p, and somebody plays."""
    staves = [(staff, levels_of(staff.dynamics, staff.hairpins)) for staff in _staves(score)]
    found: list[tuple[Beat, Beat]] = []
    for start, end in pairwise(score.grid.starts):
        loudest = max(_levels(staves, start, end), default=None)
        if loudest is None or loudest > Dynamic.P.level:
            continue
        begins = found.pop()[0] if found and found[-1][1] == start else start
        found.append((begins, end))
    return tuple(found)


def _staves(score: Score) -> list[Staff]:
    return [staff for line in score.lines for staff in line.staves if not staff.is_silent]


def _levels(staves: list[tuple[Staff, Levels]], start: Beat, end: Beat) -> list[float]:
    """How loud the notes that sound in a bar are written."""
    return [
        levels.at(float(max(note.onset, start).quarters))
        for staff, levels in staves
        for note in staff.notes
        if note.onset < end and note.end > start
    ]
