"""`stopclock`: the stop-clock sheet of a cue, or of a tempo map by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.hit_list import read_hit_list
from scorestage.adapters.formats.pdf_table import pdf_of
from scorestage.adapters.store import write_bytes
from scorestage.errors import InputError, Where
from scorestage.paperwork import ChosenBeats, ClockRow, Table, clock_rows, stop_clock_sheet
from scorestage.production import Cue
from scorestage.sync import StagePlan
from scorestage.sync.timeline import RING_OUT
from scorestage.timebase import Beat, FeetFrames, FilmClock, Timecode, frame_rate
from scorestage.workflow.job import Job
from scorestage.workflow.map_alone import read_map_alone
from scorestage.workflow.products.cuefacts import facts_of
from scorestage.workflow.stage_answers import colour_name
from scorestage.workflow.stage_wish import StageWish
from scorestage.workflow.staging import stage_plan_of
from scorestage.workflow.tell import tell_moment


@dataclass(frozen=True, slots=True)
class ClockSheet:
    """A sheet with the rows it was set from; `running` stands at the foot of its pages."""

    name: str
    clock: FilmClock
    rows: tuple[ClockRow, ...]
    table: Table
    running: str


def sheet_of_cue(job: Job, cue: Cue, chosen: ChosenBeats | None = None) -> ClockSheet:
    """The sheet of a cue in free timing, with what is scribed on its stage film."""
    facts = facts_of(job, cue)
    marks = _marks(stage_plan_of(job, cue, StageWish(free=True)))
    rows = clock_rows(facts.tempo_map, job.clock, cue.live_hits, chosen, marks)
    title = f"{cue.number}  {cue.title}".strip()
    zero = job.clock.nearest_label(facts.tempo_map.start)
    told = (("Production", job.production.title), ("Cue", cue.number), ("Clock starts", zero))
    table = stop_clock_sheet(rows, job.clock, title, told)
    running = f"{job.production.title} – stop clock – {cue.number}"
    return ClockSheet(cue.number, job.clock, rows, table, running)


def sheet_alone(
    tempo_map: Path,
    hits: Path | None,
    rate: str,
    start: str,
    chosen: ChosenBeats | None = None,
    title: str = "",
    candidate: int = 1,
) -> ClockSheet:
    """The sheet of a tempo map in a file; `start` is the timecode of film time zero."""
    frames = frame_rate(rate)
    clock = FilmClock(frames, Timecode.parse(start, frames).frames if start else 0)
    music = read_map_alone(tempo_map, clock, candidate)
    listed = read_hit_list(hits, clock) if hits is not None else None
    if listed is not None:
        listed.refuse_outside(music.time_at(Beat(0) + -music.grid.pickup), music.end + RING_OUT)
    name = title or tempo_map.stem
    rows = clock_rows(music, clock, listed.hits if listed is not None else (), chosen)
    table = stop_clock_sheet(rows, clock, name)
    return ClockSheet(name, clock, rows, table, f"{name} – stop clock")


def write_sheet(sheet: ClockSheet, out: Path) -> None:
    """Write a sheet as PDF or CSV, as the name says."""
    suffix = out.suffix.lower()
    if suffix == ".csv":
        write_bytes(out, csv_of(sheet.table))
    elif suffix == ".pdf":
        write_bytes(out, pdf_of([sheet.table], sheet.running))
    else:
        raise InputError(
            f"sheets are not written as {suffix or 'files without suffix'}",
            Where(file=out),
            "name it .pdf or .csv",
        )


def tell_sheet(sheet: ClockSheet) -> dict[str, Any]:
    """The rows as an answer; the clock is exact, and as it is read in tenths and thirds."""
    return {
        "cue": sheet.name,
        "rate": sheet.clock.rate.name,
        "rounding": "tenths and thirds to the nearest, a tie goes later",
        "rows": [
            {
                "bar": row.bar,
                "bar_index": row.bar_index,
                "beat": str(row.beat),
                "quarters": str(row.position.quarters),
                **tell_moment("at", row.at),
                **tell_moment("clock", row.clock),
                "clock_tenths": cells[2],
                "clock_thirds": cells[3],
                "timecode": cells[4],
                "feet_35mm": str(FeetFrames(max(0, sheet.clock.rate.nearest_frame(row.at)))),
                "count": row.count,
                "words": list(row.words),
                "marks": list(row.marks),
            }
            for row, cells in zip(sheet.rows, sheet.table.rows, strict=True)
        ],
    }


def _marks(plan: StagePlan) -> list[tuple[int, str]]:
    """What is scribed, by film frame, as a conductor calls it."""
    lines = [
        (one.hit_frame, f"{colour_name(one.colour)} streamer")
        for one in sorted(plan.streamers, key=lambda one: one.hit_frame)
    ]
    return [*lines, *((one.frame, "flutter") for one in plan.flutters)]
