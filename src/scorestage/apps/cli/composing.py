"""`compose` beside its writing: plans, reasons and options shown; bars pinned or varied."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorestage.production import Cue
    from scorestage.workflow.job import Job


def show_plans(project: Path | None, names: tuple[str, ...], json: bool) -> None:
    """Show the plan of each cue, which a person may change before a note is written."""
    from scorestage.apps.cli.say import as_json
    from scorestage.apps.cli.verbs_form import tell_form
    from scorestage.workflow.form import form_answer, form_file, planned_and_told
    from scorestage.workflow.job import Job
    from scorestage.workflow.themes import ensure_theme

    job = ensure_theme(Job.open(project))
    told = []
    for number, cue in enumerate(job.cues(names)):
        plan, remarks = planned_and_told(job, cue)
        pinned = form_file(job, cue).pinned
        if json:
            told.append(form_answer(cue, plan, pinned, remarks))
            continue
        if number:
            print()
        tell_form(job, cue, plan, pinned, remarks)
    if json:
        as_json({"plans": told})


def _one(project: Path | None, names: tuple[str, ...], what: str) -> tuple[Job, Cue]:
    """The one cue that is asked about; raises `InputError` for none or several."""
    from scorestage.errors import InputError
    from scorestage.workflow.job import Job
    from scorestage.workflow.themes import ensure_theme

    if len(names) != 1:
        raise InputError(f"{what} asks for one cue", do="name it: compose 1m01 …")
    job = ensure_theme(Job.open(project))
    return job, job.cue(names[0])


def show_why(
    project: Path | None, names: tuple[str, ...], bars: str, page: Path | None, json: bool
) -> None:
    """Tell what put each note of some bars there; as a page of all of them."""
    from scorestage.adapters.store import write_text
    from scorestage.apps.cli import say
    from scorestage.workflow.why import why_answer, why_of, why_page

    job, cue = _one(project, names, "--why")
    if page is not None:
        write_text(page, why_page(job, cue))
        if not bars:
            print(f"{cue.number}: what put each note there: {page}")
            return
    reasons = why_of(job, cue, bars)
    if json:
        say.as_json(why_answer(cue, reasons))
        return
    rows = [
        (one.bar, one.beat, one.strand, " ".join(one.pitches), one.origin, one.words)
        for one in reasons
    ]
    say.table(("bar", "beat", "strand", "tones", "from", "why"), rows)


def copy_sketch(
    project: Path | None, names: tuple[str, ...], output: Path | None, marks: bool
) -> None:
    """Write the sketch to a file, with marks of what put its notes there if asked for."""
    from scorestage.errors import InputError
    from scorestage.workflow.why import copy_of_sketch

    job, cue = _one(project, names, "-o")
    if output is None:
        raise InputError("--marks goes with -o", do="name the file for the marked sketch")
    copy_of_sketch(job, cue, output, marks=marks)
    print(f"{cue.number}: {output}")


def show_options(
    project: Path | None, names: tuple[str, ...], count: int, like: str, json: bool
) -> None:
    """Show several answers side by side; none is kept."""
    from scorestage.apps.cli import say
    from scorestage.workflow.compose_options import options_answer, options_of

    job, cue = _one(project, names, "--options")
    found = options_of(job, cue, count, like)
    if json:
        say.as_json(options_answer(cue, found))
        return
    rows = []
    for one in found:
        sections = one.piece.form.sections
        stated = [s for s in sections if s.theme]
        rows.append(
            (
                one.take,
                sections[0].key,
                str(len(sections)),
                ", ".join(dict.fromkeys(s.operation for s in stated if s.operation)),
                ", ".join(dict.fromkeys(s.texture for s in sections)),
                f"{one.figures['attacks_per_second']:.1f}",
                f"{one.figures['diameter']:.2f}",
                f"{one.like_first:.0%}",
            )
        )
    heads = ("option", "key", "sections", "themes", "textures", "notes/s", "strain", "as first")
    say.table(heads, rows)
    print("keep one: compose CUE --choose OPTION; more like it: --options 3 --like OPTION")


def vary(project: Path | None, names: tuple[str, ...], bars: str, turn: int) -> None:
    """Write some bars anew and leave all others."""
    from scorestage.workflow.compose_options import vary_bars

    job, cue = _one(project, names, "--vary")
    labels = vary_bars(job, cue, bars, turn)
    print(f"{cue.number}: bars {', '.join(labels)} written in way {turn}, and kept so")


def settle(
    project: Path | None,
    names: tuple[str, ...],
    pins: tuple[str, ...],
    unpins: tuple[str, ...],
    choose: str,
) -> None:
    """Write down what is pinned and which answer is chosen, before the sketch is brought up."""
    from scorestage.workflow.compose_options import choose_take
    from scorestage.workflow.form import pin

    if choose:
        job, cue = _one(project, names, "--choose")
        choose_take(job, cue, choose)
    if pins or unpins:
        job, cue = _one(project, names, "--pin")
        if pins:
            pin(job, cue, pins)
        if unpins:
            pin(job, cue, unpins, off=True)
