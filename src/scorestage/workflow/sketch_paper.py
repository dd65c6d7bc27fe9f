"""`paper sketch`: empty systems ruled from a cue's map, to be written on by pencil."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.formats.hit_list import read_hit_list
from scorestage.adapters.formats.pdf_sketch import (
    PaperHead,
    ruled_width_mm,
    sketch_paper_pdf,
)
from scorestage.adapters.store import write_bytes
from scorestage.engraving import Edition
from scorestage.engraving.sketchpaper import SketchPaper, SketchWish, sketch_paper
from scorestage.errors import InputError, Where
from scorestage.production import Cue, Hit, House, Paper
from scorestage.sync import CueTimeline, Goal, cue_timeline, plan_stage
from scorestage.sync.timeline import RING_OUT
from scorestage.timebase import (
    Beat,
    FilmClock,
    FilmSpan,
    FilmTime,
    FrameRate,
    TempoMap,
    Timecode,
    clock_text,
    frame_rate,
)
from scorestage.workflow.engrave import PAPERS
from scorestage.workflow.job import Job, user_library
from scorestage.workflow.map_alone import read_map_alone
from scorestage.workflow.products.cuefacts import edition_of, facts_of, led_in, numbered_by
from scorestage.workflow.products.naming import slug
from scorestage.workflow.stage_wish import StageWish

_SMALLEST_STAFF_MM, _LARGEST_STAFF_MM = 5, 12
_GOALS = {Goal.HIT: "", Goal.RETURN: "click returns", Goal.CUT_OFF: "cut-off"}


@dataclass(frozen=True, slots=True)
class SheetWish:
    """The sheet: a paper of `PAPERS` and the height of a staff, else as the house has them."""

    paper: str = ""
    staff_mm: Fraction | None = None


@dataclass(frozen=True, slots=True)
class SketchSheets:
    """Paper as it will be printed: what is ruled, on which sheet, and what its head says."""

    name: str
    ruled: SketchPaper
    tempo_map: TempoMap
    paper: Paper
    staff_mm: Fraction
    head: PaperHead

    def pdf(self) -> bytes:
        """The sheets as PDF."""
        return sketch_paper_pdf(self.ruled, self.paper, float(self.staff_mm), self.head)


@dataclass(frozen=True, slots=True)
class MapAlone:
    """A tempo map in a file with what is known beside it; `start` is film time zero's timecode."""

    tempo_map: Path
    hits: Path | None = None
    rate: str = "24"
    start: str = ""
    title: str = ""
    house: str = "los-angeles"
    candidate: int = 1


def sketch_sheets_of(job: Job, cue: Cue, wish: SketchWish, sheet: SheetWish) -> SketchSheets:
    """Sketch paper of a cue, as its own house prints it.

    Raises `InputError` for a cue without a map, or paper that does not exist.
    """
    facts = facts_of(job, cue)
    edition = edition_of(job, cue, facts.house)
    rate = job.production.rate
    told = streamers_of(
        facts.tempo_map, facts.timeline, cue.live_hits, facts.house, rate, free=facts.free
    )
    placed = cue.start is not None and job.production.current_picture is not None
    clock = job.reel_clock if placed else None
    begins = clock.nearest_label(facts.tempo_map.start) if clock is not None else ""
    wish = replace(wish, streamers=told)
    return _sheets(cue.number, facts.tempo_map, edition, wish, sheet, begins)


def sketch_sheets_alone(files: MapAlone, wish: SketchWish, sheet: SheetWish) -> SketchSheets:
    """Sketch paper of a tempo map in a file, without a project."""
    rate = frame_rate(files.rate)
    clock = FilmClock(rate, Timecode.parse(files.start, rate).frames if files.start else 0)
    house = load_house(files.house, user_library())
    tempo_map = numbered_by(house, read_map_alone(files.tempo_map, clock, files.candidate))
    house = led_in(house, tempo_map)
    listed = read_hit_list(files.hits, clock) if files.hits is not None else None
    if listed is not None:
        opening = tempo_map.time_at(Beat(0) + -tempo_map.grid.pickup)
        listed.refuse_outside(opening, tempo_map.end + RING_OUT)
    hits = tuple(listed.hits) if listed is not None else ()
    title = files.title or files.tempo_map.stem
    edition = Edition(
        "", "", title, house, rate=rate, hits=hits, timecode_start_frames=clock.start_frames
    )
    timeline = cue_timeline(
        tempo_map, house.warning_clicks, rate, clock.start_frames, style=house.click
    )
    told = streamers_of(tempo_map, timeline, hits, house, rate, free=False)
    begins = clock.nearest_label(tempo_map.start) if files.start else ""
    return _sheets(title, tempo_map, edition, replace(wish, streamers=told), sheet, begins)


def streamers_of(
    tempo_map: TempoMap,
    timeline: CueTimeline,
    hits: tuple[Hit, ...],
    house: House,
    rate: FrameRate,
    *,
    free: bool,
) -> tuple[tuple[FilmTime, FilmSpan, str], ...]:
    """The streamers of the stage film: where they arrive, how long they are, at what.

    Each cue has one into its first click and its downbeat: those are not told.
    """
    scheme = StageWish().scheme(house, free=free)
    plan = plan_stage(tempo_map, timeline, hits, house, rate, scheme)
    exact = {hit.id: hit.at for hit in hits}
    found = []
    for one in plan.streamers:
        if one.goal in _GOALS:
            at = exact.get(one.id, rate.time_of(one.hit_frame))
            at = tempo_map.end if one.goal is Goal.CUT_OFF else at
            span = FilmSpan(one.frames * rate.frame_span.seconds)
            found.append((at, span, _GOALS[one.goal]))
    return tuple(found)


def _sheets(
    name: str,
    tempo_map: TempoMap,
    edition: Edition,
    wish: SketchWish,
    sheet: SheetWish,
    begins: str,
) -> SketchSheets:
    house = edition.house
    paper = _paper(house, sheet.paper)
    staff_mm = sheet.staff_mm if sheet.staff_mm is not None else house.part_paper.staff_mm
    if not _SMALLEST_STAFF_MM <= staff_mm <= _LARGEST_STAFF_MM:
        told = f"a staff of {float(staff_mm):g} mm is not written on by hand"
        raise InputError(told, do=f"{_SMALLEST_STAFF_MM} to {_LARGEST_STAFF_MM}")
    width = ruled_width_mm(paper, named=bool(wish.names))
    ruled = sketch_paper(tempo_map, edition, width, wish)
    running = " – ".join(
        words for words in (edition.production, f"{edition.cue_number} sketch".strip()) if words
    )
    foot = f"{running}  {edition.version}".strip()
    head = PaperHead(_facts(tempo_map, edition, begins), foot)
    return SketchSheets(name, ruled, tempo_map, paper, staff_mm, head)


def _paper(house: House, name: str) -> Paper:
    if not name:
        return house.score_paper
    if name.lower() not in PAPERS:
        raise InputError(f"there is no paper {name!r}", do=f"papers: {', '.join(PAPERS)}")
    width, height = (Fraction(edge) for edge in PAPERS[name.lower()])
    return replace(house.score_paper, width_mm=width, height_mm=height)


def _facts(tempo_map: TempoMap, edition: Edition, begins: str) -> tuple[tuple[str, str], ...]:
    clicks = edition.house.warning_clicks
    return (
        ("Length", clock_text((tempo_map.end - tempo_map.start).seconds)),
        ("Bars", str(len(tempo_map.grid.bars))),
        ("Bar 1 at", begins),
        ("Frames a second", edition.rate.name),
        ("Warning clicks", "" if edition.free_timing else str(clicks)),
        ("Timing", "free" if edition.free_timing else ""),
        ("Hits", str(len(edition.hits)) if edition.hits else ""),
        ("Version", edition.version),
        ("Orchestrator", edition.orchestrator),
    )


def write_sketch_sheets(sheets: Iterable[SketchSheets], out: Path) -> tuple[Path, ...]:
    """Write paper as PDF: one cue into a file, several into a folder.

    Raises `InputError` for several cues in one file, or another kind of file; nothing is written.
    """
    made = tuple(sheets)
    if out.suffix and not out.is_dir():
        if out.suffix.lower() != ".pdf":
            what = f"paper is not written as {out.suffix}"
            raise InputError(what, Where(file=out), "name it .pdf")
        if len(made) > 1:
            do = "name one cue, or a folder as --out"
            raise InputError("each cue is a file of its own", Where(file=out), do)
        targets = [out]
    else:
        targets = [out / f"{slug(one.name)}-sketch-paper.pdf" for one in made]
    contents = [one.pdf() for one in made]
    for target, content in zip(targets, contents, strict=True):
        write_bytes(target, content)
    return tuple(targets)


def tell_sketch_sheets(made: SketchSheets) -> dict[str, Any]:
    """Paper as an answer: `lines[] {bars[], hits[]}` by printed label, in reading order."""
    return {
        "cue": made.name,
        "staves": made.ruled.wish.staves,
        "paper_mm": [float(made.paper.width_mm), float(made.paper.height_mm)],
        "staff_mm": float(made.staff_mm),
        "lines": [
            {
                "bars": [bar.label for bar in line.bars if bar.label],
                "clock": [bar.clock for bar in line.bars if bar.label],
                "hits": [
                    {"clock": flag.clock, "words": " ".join(flag.lines)} for flag in line.flags
                ],
            }
            for line in made.ruled.lines
        ],
    }
