"""What `paper sketch` and `import --sketch` do: paper out, and a sketch back in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MapGiven:
    """A map without a project, as it was typed."""

    tempo_map: Path | None
    hits: Path | None
    rate: str
    start: str
    title: str
    house: str
    choose: int


@dataclass(frozen=True, slots=True)
class SketchAsked:
    """How the paper is to be ruled, as it was typed."""

    staves: int
    bars: int
    names: str
    timecode: bool
    sheet: str
    staff: str


def sketch_paper(
    project: Path | None,
    cues: tuple[str, ...],
    given: MapGiven,
    asked: SketchAsked,
    out: Path | None,
    json: bool,
) -> None:
    """Rule the paper, write it with `out`, and say what stands on it."""
    from scorestage.apps.cli import say
    from scorestage.apps.cli.reading import exact_number
    from scorestage.engraving.sketchpaper import SketchWish
    from scorestage.errors import InputError
    from scorestage.workflow import sketch_paper as making
    from scorestage.workflow.job import Job

    names = tuple(name.strip() for name in asked.names.split(",")) if asked.names else ()
    wish = SketchWish(asked.staves, asked.bars, asked.timecode, names)
    sheet = making.SheetWish(asked.sheet, exact_number(asked.staff) if asked.staff else None)
    if given.tempo_map is not None:
        if cues:
            raise InputError("a cue belongs to a project", do="leave it away, or leave --map away")
        alone = making.MapAlone(
            *(given.tempo_map, given.hits, given.rate, given.start, given.title),
            *(given.house, given.choose),
        )
        made = [making.sketch_sheets_alone(alone, wish, sheet)]
    else:
        if given.hits or given.start or given.title:
            raise InputError("a cue has its own hits and title", do="leave them away, or add --map")
        job = Job.open(project)
        made = [making.sketch_sheets_of(job, cue, wish, sheet) for cue in job.cues(cues)]
        if not made:
            raise InputError("there is no cue yet", do="add one: scorestage cue add")
    files = making.write_sketch_sheets(made, out) if out is not None else ()
    if json:
        told = [making.tell_sketch_sheets(one) for one in made]
        say.as_json({"files": [str(file) for file in files], "papers": told})
        return
    for file in files:
        print(file)
    for one in made if out is None else ():
        print(f"{one.name}: {len(one.ruled.lines)} lines of {one.ruled.wish.staves} staves")
        rows = [
            (
                f"{labels[0]}-{labels[-1]}" if len(labels) > 1 else "".join(labels),
                line.bars[0].clock,
                ", ".join(f"{flag.clock} {' '.join(flag.lines)}".strip() for flag in line.flags),
            )
            for line in one.ruled.lines
            for labels in [[bar.label for bar in line.bars if bar.label]]
        ]
        say.table(("bars", "clock", "hits"), rows, indent=2)


def import_sketch(
    project: Path | None, file: Path, name: str, *, again: bool, dry: bool, json: bool
) -> None:
    """Take a file as a cue's sketch, and say how it was understood."""
    from dataclasses import asdict

    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.workflow.job import Job
    from scorestage.workflow.sketch_in import take_sketch

    if not name:
        raise InputError("whose sketch is it?", do="name the cue: --cue 1m01")
    job = Job.open(project)
    taken = take_sketch(job, job.cue(name), file, again=again, dry=dry)
    if json:
        written = str(taken.written) if taken.written is not None else None
        say.as_json(asdict(taken) | {"written": written})
        return
    done = "taken" if taken.written is not None else "not taken (dry run)"
    print(f"{taken.cue}: {done}; {taken.kind}: {', '.join(taken.strands)}")
    if taken.silent_bars > 0:
        print(f"  bars without music at the end: {taken.silent_bars}")
    for note in taken.notes:
        print(f"  note: {note}")
