"""`form`: the plan of a cue before a note is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.composing import CueForm
    from scorestage.production import Cue
    from scorestage.workflow.job import Job


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("form")(form)


def form(
    context: typer.Context,
    name: str = typer.Argument(metavar="CUE", help="The cue's number (1m01) or id."),
    section: str = typer.Option("", help="Change the section that begins with this bar."),
    part: str = typer.Option("", help="statement, episode, underscore, introduction or tag."),
    theme: str = typer.Option("", help="Id of its theme; none: without."),
    operation: str = typer.Option("", help="What is done to the theme: invert, augment …"),
    partner: str = typer.Option("", "--with", help="A second theme in counterpoint; none."),
    texture: str = typer.Option("", help="Its idiom: pad, ostinato, march …"),
    key: str = typer.Option("", help='"C minor", "Eb major" …'),
    loudness: str = typer.Option("", help="pp, mp, f …"),
    energy: str = typer.Option("", help="-2 (calm) to 2 (driving)."),
    plan_again: list[str] = typer.Option([], "--leave", help="Leave this key to the plan again."),
    begin: str = typer.Option("", help="Let a section begin at this bar."),
    join: str = typer.Option("", help="Join the section at this bar to the one before."),
    hit: str = typer.Option("", help="Change what the music does at this hit."),
    does: str = typer.Option("", help="riser, silence before, stinger, change of harmony …"),
    anew: bool = typer.Option(False, "--anew", help="Forget what you changed; plan anew."),
    json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Show the plan of a cue, or change it: sections, themes, textures, what hits do, and why."""
    from scorestage.apps.cli.say import as_json
    from scorestage.errors import InputError
    from scorestage.workflow.form import (
        SECTION_KEYS,
        change_deed,
        change_section,
        forget_form,
        form_answer,
        form_file,
        lay_out,
        planned_and_told,
    )
    from scorestage.workflow.job import Job
    from scorestage.workflow.themes import ensure_theme

    job = ensure_theme(Job.open(context.obj))
    cue = job.cue(name)
    if anew:
        forget_form(job, cue)
    said = (part, theme, operation, partner, texture, key, loudness, energy)
    changes = {one: told for one, told in zip(SECTION_KEYS, said, strict=True) if told}
    for one in plan_again:
        if one not in SECTION_KEYS:
            raise InputError(f"a section has no {one!r}", do=f"known: {', '.join(SECTION_KEYS)}")
        changes[one] = ""
    if changes and not section:
        raise InputError("no section is named", do="name its first bar: --section 9")
    plan, remarks = planned_and_told(job, cue)
    if begin or join:
        plan = lay_out(job, cue, begin, join)
    if changes:
        plan = change_section(job, cue, section, changes)
    if hit:
        plan = change_deed(job, cue, hit, does)
    pinned = form_file(job, cue).pinned
    if json:
        as_json(form_answer(cue, plan, pinned, remarks))
    else:
        tell_form(job, cue, plan, pinned, remarks)


def tell_form(
    job: Job, cue: Cue, plan: CueForm, pinned: tuple[str, ...], remarks: tuple[str, ...] = ()
) -> None:
    """Print a plan: its sections, its hits, and why each."""
    from scorestage.apps.cli import say

    print(f"{cue.number}  {cue.title}".rstrip())
    rows = [
        (
            one.bar if one.bar == one.to else f"{one.bar}-{one.to}",
            job.reel_clock.nearest_label(one.at),
            f"{float(one.seconds):.1f}",
            one.part,
            " ".join(filter(None, (one.theme, one.operation and f"({one.operation})"))),
            one.partner,
            one.texture,
            one.key,
            one.loudness,
            f"{one.energy:+d}" if one.energy else "0",
        )
        for one in plan.sections
    ]
    heads = ("bars", "at", "s", "part", "theme", "with", "texture", "key", "loud", "energy")
    say.table(heads, rows, indent=2)
    for one in plan.sections:
        say.paragraph(f"  bar {one.bar}: {one.why}", hang=4)
    if plan.hits:
        print()
        told = [(hit.bar, hit.beat, hit.hit, hit.does, hit.words, hit.why) for hit in plan.hits]
        say.table(("bar", "beat", "hit", "does", "what is seen", "why"), told, indent=2)
    if pinned:
        print(f"\n  pinned: bars {', '.join(pinned)}")
    for words in remarks:
        print()
        say.paragraph(f"  {words}", hang=4)
