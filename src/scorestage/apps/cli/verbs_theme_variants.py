"""`theme vary`, `theme operations`, `theme show`, `theme combine`, `theme row`."""

from __future__ import annotations

from pathlib import Path

import typer

from scorestage.apps.cli.verbs_music import JSON, theme
from scorestage.apps.cli.verbs_themes import THEME

SEED = typer.Option(0, help="Another seed gives other answers.")
OUTPUT = typer.Option(None, "--output", "-o", help="Write it as MusicXML.")


def add_to(app: typer.Typer) -> None:
    """The verbs stand under `theme`, which is on the command line already."""


@theme.command("operations")
def theme_operations(json: bool = JSON) -> None:
    """Show what can be done to a theme: what each operation keeps, changes and says."""
    from scorestage.apps.cli import say
    from scorestage.thematics import CATALOGUE
    from scorestage.workflow.theme_variants import operation_facts

    told = [operation_facts(one) for one in CATALOGUE]
    if json:
        say.as_json({"operations": told})
        return
    rows = [
        (
            one["operation"],
            one["keeps"],
            one["changes"],
            one["says"],
            "" if one["share"] is None else f"{one['share']:.1%}",
        )
        for one in told
    ]
    say.table(("operation", "keeps", "changes", "says", "used"), rows)


@theme.command("vary")
def theme_vary(
    context: typer.Context,
    which: str = THEME,
    operation: list[str] = typer.Option(
        [], "--operation", help="As in `theme operations`; none: drawn as composers use them."
    ),
    count: int = typer.Option(1, "--count", min=1, help="How many answers."),
    seed: int = SEED,
    output: Path | None = OUTPUT,
    keep: str = typer.Option("", "--keep", help="Take it into the project under this id."),
    json: bool = JSON,
) -> None:
    """Vary a theme by named operations; each answer says what stayed and what changed."""
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.theme_variants import (
        keep_variant,
        variant_facts,
        vary_theme,
        write_theme,
    )

    found = vary_theme(which, operation, seed=seed, count=count, project=context.obj)
    if output is not None:
        for number, one in enumerate(found):
            name = output.stem + (f"-{number + 1}" if len(found) > 1 else "")
            write_theme(one.theme, output.with_name(name + output.suffix))
    if keep and found:
        keep_variant(Job.open(context.obj), found[0], keep)
    if json:
        say.as_json({"variants": [variant_facts(one) for one in found]})
        return
    for one in found:
        print(f"{one.operation.name} (seed {one.seed}): {one.operation.says}")
        say.paragraph(f"keeps {one.operation.keeps}; {one.operation.changes}", indent=2)
        say.paragraph(" ".join(str(note.top) for note in one.theme.notes), indent=2, hang=2)
        if one.theme.chords:
            say.paragraph(" ".join(str(chord) for chord in one.theme.chords), indent=2, hang=2)


@theme.command("show")
def theme_show(context: typer.Context, which: str = THEME, json: bool = JSON) -> None:
    """Show a theme: what it stands for, its notes and chords, and what makes it itself."""
    from scorestage.apps.cli import say
    from scorestage.workflow.theme_shown import show_theme, shown_words

    told = show_theme(which, context.obj)
    if json:
        say.as_json(told)
        return
    for line in shown_words(told):
        say.paragraph(line, hang=2)


@theme.command("combine")
def theme_combine(
    context: typer.Context,
    one: str = THEME,
    other: str = THEME,
    count: int = typer.Option(3, "--count", min=1, help="How many answers."),
    output: Path | None = OUTPUT,
    json: bool = JSON,
) -> None:
    """Find how two themes can sound at once: where the second enters, in which key and pace."""
    from scorestage.adapters.store import write_bytes
    from scorestage.apps.cli import say
    from scorestage.workflow.theme_variants import (
        combine_themes,
        counterpoint_facts,
        counterpoint_file,
    )

    found = combine_themes(one, other, count, context.obj)
    if output is not None:
        write_bytes(output, counterpoint_file(found[0]))
    told = [counterpoint_facts(each) for each in found]
    if json:
        say.as_json({"counterpoints": told})
        return
    rows = [
        (
            each["enters_bar"],
            each["key"],
            each["operation"],
            f"{each['clash_share']:.0%}",
            each["parallels"],
        )
        for each in told
    ]
    say.table(("enters in bar", "key", "changed by", "clashing", "parallels"), rows)


@theme.command("row")
def theme_row(
    context: typer.Context,
    which: str = typer.Argument(help='Twelve tones ("E F G Db …"), or a theme to draw it from.'),
    part: int = typer.Option(4, "--part", help="Parted into sets of 2, 3, 4 or 6 tones."),
    seed: int = SEED,
    output: Path | None = OUTPUT,
    json: bool = JSON,
) -> None:
    """Show a twelve-tone row: its matrix with all 48 forms, its sets, its partners."""
    from scorestage.apps.cli import say
    from scorestage.workflow.theme_variants import row_facts, row_of, write_theme

    row = row_of(which, seed, context.obj)
    told = row_facts(row, part)
    if output is not None:
        write_theme(row.as_theme(), output)
    if json:
        say.as_json(told)
        return
    names = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
    first = told["matrix"][0]
    say.table(
        ("", *(f"I{tone}" for tone in first)),
        [(f"P{line[0]}", *(names[tone] for tone in line)) for line in told["matrix"]],
    )
    print("R and RI forms are these read backwards")
    print("sets: " + " | ".join(" ".join(names[tone] for tone in one) for one in told["sets"]))
    if told["combinatorial_with"]:
        print("combines with " + ", ".join(told["combinatorial_with"]))
