"""`issue` and `reprint`: versions as handed out, and what has changed since."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scorestage.apps.cli.verbs_make import ENGRAVER, JSON, WORKERS, engraver_named

if TYPE_CHECKING:
    from scorestage.engraving.reprint import PageCount
    from scorestage.workflow.issue import Changes

orchestrator = typer.Typer(
    no_args_is_help=True, help="What goes to an orchestrator, and what comes back."
)
CUE = typer.Argument(metavar="CUE", help="The number of a cue.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command("issue")(issue)
    app.command("reprint")(reprint)
    app.add_typer(orchestrator, name="orchestrator")


def issue(
    context: typer.Context,
    cue: str = CUE,
    engraver: str = ENGRAVER,
    workers: int = WORKERS,
    json: bool = JSON,
) -> None:
    """Freeze a version of the music as handed out: from then on changes are counted against it."""
    from scorestage.apps.cli import say
    from scorestage.workflow.issue import issue_cue
    from scorestage.workflow.job import Job

    made = issue_cue(
        Job.open(context.obj), cue, engraver_named(engraver), workers or os.cpu_count() or 1
    )
    pages = sum(len(part.marks) for part in made.parts)
    if json:
        say.as_json(
            {
                "cue": made.cue,
                "version": made.version,
                "house": made.house,
                "files": [part.file for part in made.parts],
                "pages": pages,
                "invoice": _count_told(made.count),
            }
        )
        return
    print(f"{made.cue} {made.version} issued: {len(made.parts)} files, {pages} pages")
    print(f"  {_count_said(made.count)}")


def reprint(
    context: typer.Context,
    cue: str = CUE,
    against: str = typer.Option("", help="The version it is compared with; else the last."),
    output: Path | None = typer.Option(None, "--output", "-o", help="The list as CSV or PDF."),
    strips: Path | None = typer.Option(
        None, "--strips", help="A folder: for each player the changed lines, to be pasted over."
    ),
    errata: Path | None = typer.Option(
        None, "--errata", help="Bar by bar what was and what is, a sheet a player: .pdf .md .csv."
    ),
    engraver: str = ENGRAVER,
    workers: int = WORKERS,
    json: bool = JSON,
) -> None:
    """Tell exactly which pages of which parts differ from what was handed out."""
    from scorestage.apps.cli import say
    from scorestage.workflow.errata import write_errata
    from scorestage.workflow.issue import reprint_list
    from scorestage.workflow.job import Job
    from scorestage.workflow.reprint_paper import write_reprints
    from scorestage.workflow.strips import handed_out, paste_over

    job = Job.open(context.obj)
    many = workers or os.cpu_count() or 1
    changes = reprint_list(job, cue, against, engraver_named(engraver), many)
    if output is not None:
        write_reprints(job, changes, output)
    papers: list[Path] = []
    wanted = strips is not None or errata is not None
    handed = handed_out(job, cue, against, engraver_named(engraver)) if wanted else None
    if handed is not None and strips is not None:
        papers += paste_over(handed, strips)
    if handed is not None and errata is not None:
        write_errata(handed, errata)
        papers.append(errata)
    whole = () if handed is None else handed.whole_parts
    if json:
        told = {"papers": [str(path) for path in papers], "whole_parts": list(whole)}
        say.as_json(_changes_told(changes) | told)
        return
    for path in papers:
        print(path)
    for name in whole:
        print(f"{name}: nothing to paste, a whole part")
    for one in changes.reprints:
        copies = f", {one.copies} copies" if one.copies > 1 else ""
        print(f"{one.name}: page {one.page} {one.fate}{copies}")
    if not changes.reprints:
        print(f"nothing to print again: all pages are as in {changes.against.version}")
        return
    for fault in changes.music:
        bar = f" bar {fault.bar}" if fault.bar else ""
        print(f"  {fault.player}{bar}: {fault.message.replace('the score', 'the old one')}")
    print(f"against {changes.against.version}: {_count_said(changes.count)}")


def _changes_told(changes: Changes) -> dict[str, Any]:
    return {
        "cue": changes.against.cue,
        "against": changes.against.version,
        "version": changes.now,
        "reprints": [
            {
                "player": one.player,
                "name": one.name,
                "page": one.page,
                "fate": str(one.fate),
                "copies": one.copies,
            }
            for one in changes.reprints
        ],
        "music": [
            {
                "player": fault.player,
                "bar": fault.bar,
                "bar_index": fault.bar_index,
                "beat": fault.beat,
                "kind": fault.kind,
                "message": fault.message,
            }
            for fault in changes.music
        ],
        "invoice": _count_told(changes.count),
    }


def _count_told(count: PageCount) -> dict[str, int]:
    return {
        "score_pages": count.score_units,
        "part_pages": count.part_units,
        "printed_pages": count.sheets,
    }


def _count_said(count: PageCount) -> str:
    return (
        f"for the invoice {count.score_units} pages of score, {count.part_units} of parts; "
        f"{count.sheets} pages to print"
    )


@orchestrator.command("send")
def send(
    context: typer.Context,
    cue: str = CUE,
    output: Path = typer.Option(..., "--output", "-o", help="The package, a .zip."),
    json: bool = JSON,
) -> None:
    """Pack sketch, MIDI, mock-up, map, brief and house of a cue into one file."""
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.orchestrator_package import send_to_orchestrator

    made = send_to_orchestrator(Job.open(context.obj), cue, output)
    if json:
        say.as_json(
            {"path": str(made.path), "files": list(made.files), "missing": list(made.missing)}
        )
        return
    print(f"{made.path}: {', '.join(made.files)}")
    for one in made.missing:
        print(f"  not enclosed: {one}")


@orchestrator.command("receive")
def receive(
    context: typer.Context,
    cue: str = CUE,
    score: Path = typer.Argument(help="The score that came back, as MusicXML."),
    output: Path | None = typer.Option(
        None, "--output", "-o", help="The score drawn, new notes marked: .html or .svg."
    ),
    json: bool = JSON,
) -> None:
    """Hold a returned score against the cue: bars, players, notes and signs that differ."""
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.returned import compare_returned, returned_told, said

    found = compare_returned(Job.open(context.obj), cue, score, output)
    if json:
        say.as_json(returned_told(found))
        return
    for one in found.differences:
        bar = f" bar {one.bar}" if one.bar else ""
        beat = f" beat {one.beat}" if one.beat else ""
        print(f"{one.player or 'all'}{bar}{beat}: {said(one)}")
    counts = (
        f"{found.kept_notes} notes as they were, {found.new_notes} new, {found.lost_notes} gone"
    )
    print(f"against the cue's {found.against}: {counts}")
    for file in found.files:
        print(file)
