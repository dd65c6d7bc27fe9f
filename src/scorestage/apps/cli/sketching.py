"""What `paper sketch`, `import --sketch` and `export --sketch` do: paper and sketches."""

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


def export_sketches(
    project: Path | None, cues: tuple[str, ...], out: Path | None, to: str, *, json: bool
) -> None:
    """Write the sketches of cues for other programs, and say what stands in them."""
    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.workflow.job import Job
    from scorestage.workflow.products.naming import slug
    from scorestage.workflow.sketch_out import write_sketch

    if to and to not in ("midi", "musicxml"):
        raise InputError(f"a sketch is not written as {to!r}", do="say --to midi or --to musicxml")
    job = Job.open(project)
    chosen = job.cues(cues)
    if len(chosen) > 1 and out is not None and out.suffix:
        raise InputError("several cues go into a folder", do="name one cue, or a folder as --out")
    ending = ".mid" if to == "midi" else ".musicxml"
    done = []
    for cue in chosen:
        named = f"{slug(cue.number)}-sketch{ending}"
        target = out if out is not None and out.suffix else (out or Path()) / named
        done.append(write_sketch(job, cue, target))
    if json:
        told = [
            {
                "cue": one.cue,
                "file": str(one.target),
                "staves": one.staves,
                "hits": one.hits,
                "themes": [{"bar": label.bar, "text": label.text} for label in one.labels],
            }
            for one in done
        ]
        say.as_json({"sketches": told})
        return
    for one in done:
        labels = len(one.labels)
        print(f"{one.cue}: {one.target}: {one.staves} staves, {one.hits} hits, {labels} themes")
