"""`paper`: spotting notes, timing notes, cue list, cue sheet, progress, sketch paper."""

from __future__ import annotations

from pathlib import Path

import typer

JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("paper")(paper)


def paper(
    context: typer.Context,
    kind: str = typer.Argument(
        help="spotting, timing, cues, sheet, progress, script, tasks; or sketch, to write on."
    ),
    cues: list[str] | None = typer.Argument(
        None, metavar="[CUE]...", help="Of timing and sketch: these."
    ),
    out: Path | None = typer.Option(
        None, "--out", "-o", help="File to write: .pdf, .csv, .xlsx or .md; of sketch .pdf."
    ),
    recording: str = typer.Option(
        "", help="Of progress: the day of the recording, 2026-12-01, if it is not kept yet."
    ),
    staves: int = typer.Option(4, help="Of sketch: staves to a system, 3 to 6."),
    bars: int = typer.Option(0, help="Of sketch: bars to a line; 0: as many as have room."),
    names: str = typer.Option("", help="Of sketch: names of the staves, 'Winds, Brass, Strings'."),
    timecode: bool = typer.Option(False, "--timecode", help="Of sketch: timecode at each bar too."),
    sheet: str = typer.Option(
        "", "--paper", help="Of sketch: tabloid, a3, a4 …; else the house's."
    ),
    staff: str = typer.Option("", help="Of sketch: height of a staff in mm; else the house's."),
    tempo_map: Path | None = typer.Option(
        None, "--map", help="Of sketch, without a project: a tempo map."
    ),
    hits: Path | None = typer.Option(None, help="With --map: its hits as CSV."),
    rate: str = typer.Option("24", "--rate", "-r", help="With --map: frames per second."),
    start: str = typer.Option("", help="With --map: timecode of film time zero."),
    title: str = typer.Option("", help="With --map: what stands over the paper."),
    house: str = typer.Option("los-angeles", help="With --map: whose paper and bar numbers."),
    choose: int = typer.Option(1, "--choose", min=1, help="With --map: of a fit this candidate."),
    json: bool = JSON,
) -> None:
    """Show or write a document of the film; or sketch paper ruled from a cue's map."""
    if kind.lower() == "sketch":
        from scorestage.apps.cli.sketching import MapGiven, SketchAsked, sketch_paper

        given = MapGiven(tempo_map, hits, rate, start, title, house, choose)
        asked = SketchAsked(staves, bars, names, timecode, sheet, staff)
        sketch_paper(context.obj, tuple(cues or ()), given, asked, out, json)
        return
    from datetime import date

    from scorestage.apps.cli import say
    from scorestage.apps.cli.reading import choice
    from scorestage.errors import InputError
    from scorestage.workflow.job import Job
    from scorestage.workflow.paper import Paper, paper_of, tell_paper, write_paper

    wanted = choice(Paper, kind)
    if wanted is None:
        raise InputError("say which paper", do=f"one of: {', '.join(Paper)}")
    job = Job.open(context.obj)
    tables = paper_of(job, wanted, tuple(cues or ()), recording, date.today().isoformat())
    file = write_paper(job, tables, wanted, out) if out is not None else None
    if json:
        say.as_json(tell_paper(tables, file))
        return
    if file is not None:
        print(file)
        return
    for table in tables:
        print(table.title)
        for name, words in table.facts:
            print(f"  {name}: {words}")
        say.table([column.heading for column in table.columns], table.rows)
