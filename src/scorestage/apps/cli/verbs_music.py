"""`theme`, `style`, `compose`, `check`, `convert`: making the music."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scorestage.apps.cli.verbs_set import SET_FOLDER, SET_HOUSE, SET_MAP, check_part_set

if TYPE_CHECKING:
    from scorestage.workflow.sources import Source

theme = typer.Typer(no_args_is_help=True, help="Add your own themes, or have one made.")
JSON = typer.Option(False, "--json", help="Answer as JSON.")
CUES = typer.Argument(None, metavar="[CUE]...", help="Cue numbers; none: all cues.")
AGAIN = typer.Option(False, "--again", help="Make it anew, even over what a person changed.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(theme, name="theme")
    app.command("compose")(compose)
    app.command("check")(check)
    app.command("convert")(convert)


@theme.command("list")
def theme_list(context: typer.Context, json: bool = JSON) -> None:
    """Show the production's themes."""
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.themes import load_themes

    themes = load_themes(Job.open(context.obj))
    rows = [
        (one.id, one.title, f"{one.key} {one.mode}", str(one.meter), len(one.notes), one.stands_for)
        for one in themes
    ]
    if json:
        keys = ("id", "title", "key", "meter", "notes", "stands_for")
        say.as_json({"themes": [dict(zip(keys, row, strict=True)) for row in rows]})
    elif rows:
        say.table(("theme", "title", "key", "meter", "notes", "stands for"), rows)
    else:
        print("no themes yet: `theme add FILE`, or `theme make`; build makes one if there is none")


@theme.command("add")
def theme_add(
    context: typer.Context,
    file: Path = typer.Argument(help="MusicXML, MIDI or ABC."),
    name: str = typer.Option("", "--id", help="Its id; otherwise from the file's name."),
    title: str = typer.Option("", help="Its title."),
    stands_for: str = typer.Option("", help="Character, place, idea or object."),
) -> None:
    """Take in a theme of your own."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.themes import add_theme

    taken = add_theme(Job.open(context.obj), file, name, title, stands_for)
    added = taken.theme
    print(f"{added.id}: {len(added.notes)} notes, {added.key} {added.mode}, {added.meter}")
    for loss in taken.losses:
        print(f"  not carried over: {loss}")


@theme.command("make")
def theme_make(
    context: typer.Context,
    name: str = typer.Option("main", "--id", help="Its id."),
    title: str = typer.Option("", help="Its title."),
    tone: list[str] = typer.Option([], help="Words of tone; otherwise the brief's."),
    mode: str = typer.Option("", help="major, minor, dorian …"),
    key: str = typer.Option("", help="Its tonic: C, Eb, F# …"),
    seed: int | None = typer.Option(None, help="Another seed gives another theme."),
    stands_for: str = typer.Option("", help="Character, place, idea or object."),
    style: str = typer.Option("", help="Another style than the production's."),
    form: str = typer.Option("", help="sentence, period, hybrid, ternary or loop."),
    count: int = typer.Option(
        0, "--options", min=0, help="Show so many to choose from; keep one with its --seed."
    ),
    json: bool = JSON,
) -> None:
    """Have a theme made, in the production's style; or several to choose from, not kept."""
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.theme_shown import shown, shown_words
    from scorestage.workflow.themes import ThemeWish, make, options

    wish = ThemeWish(name, title, stands_for, tuple(tone), style, mode, key, seed, form)
    job = Job.open(context.obj)
    made = options(job, wish, count) if count else (make(job, wish),)
    if json:
        say.as_json({"kept": not count, "themes": [shown(one) for one in made]})
        return
    for one in made:
        if count:
            for line in shown_words(shown(one))[1:]:
                say.paragraph(line, hang=2)
            print()
        else:
            melody = " ".join(str(note.top) for note in one.notes)
            print(f"{one.id}: {one.key} {one.mode}, {one.meter}: {melody}")


def compose(
    context: typer.Context,
    cues: list[str] | None = CUES,
    plan: bool = typer.Option(False, "--plan", help="Show the plan; write no note."),
    pin: list[str] = typer.Option([], "--pin", help="Keep these bars (5-8) as they are."),
    unpin: list[str] = typer.Option([], "--unpin", help="Let go of pinned bars."),
    why: str = typer.Option("", "--why", help="What put each note of these bars (12, 9-16) there."),
    page: Path | None = typer.Option(None, help="With --why: a page with all reasons (.html)."),
    output: Path | None = typer.Option(None, "--output", "-o", help="The sketch as a file."),
    marks: bool = typer.Option(False, help="With -o: says over the notes what put them there."),
    options: int = typer.Option(0, "--options", help="Show so many answers; keeps none."),
    like: str = typer.Option("", "--like", help="With --options: answers like this one."),
    choose: str = typer.Option("", "--choose", help="Write this answer: 3, or 3~1."),
    vary: str = typer.Option("", "--vary", help="Write only these bars (9-16) anew."),
    turn: int = typer.Option(1, "--turn", min=1, help="With --vary: another way each."),
    again: bool = AGAIN,
    everything: bool = typer.Option(False, "--all", help="With --again: your bars too."),
    json: bool = JSON,
) -> None:
    """Write a sketch from brief, themes, tempo map and form; or show what it would be, and why."""
    from scorestage.apps.cli import composing
    from scorestage.workflow.compose import COMPOSE
    from scorestage.workflow.fit import FIT
    from scorestage.workflow.form import FORM_SOURCE

    names = tuple(cues or ())
    if plan:
        composing.show_plans(context.obj, names, json)
    elif why or page:
        composing.show_why(context.obj, names, why, page, json)
    elif output or marks:
        composing.copy_sketch(context.obj, names, output, marks)
    elif options:
        composing.show_options(context.obj, names, options, like, json)
    elif vary:
        composing.vary(context.obj, names, vary, turn)
    else:
        composing.settle(context.obj, names, tuple(pin), tuple(unpin), choose)
        sources = (FIT, FORM_SOURCE, COMPOSE)
        bring_up_to_date(context, names, sources, again, json, everything and again)


def bring_up_to_date(
    context: typer.Context,
    names: tuple[str, ...],
    sources: tuple[Source, ...],
    again: bool,
    json: bool,
    everything: bool = False,
) -> None:
    """Make the files of the cues named that are not up to date, and tell what became of each."""
    from scorestage.adapters.store import writing
    from scorestage.apps.cli import say
    from scorestage.apps.cli.answers import source_answer, tell_sources
    from scorestage.workflow.job import Job
    from scorestage.workflow.sources import refresh
    from scorestage.workflow.themes import ensure_theme
    from scorestage.workflow.to_write import cues_to_write

    job = Job.open(context.obj)
    with writing(job.folder.root):
        job = ensure_theme(job)
        cues, left = cues_to_write(job, names)
        reports = [
            refresh(
                job,
                cue,
                source,
                again=again and source is sources[-1],
                everything=everything and source is sources[-1],
            )
            for cue in cues
            for source in sources
        ]
        reports += left
    if json:
        say.as_json({"files": [source_answer(one) for one in reports]})
        return
    tell_sources(tuple(reports))
    if all(str(one.state) == "kept" for one in reports):
        print("everything is up to date")


def check(
    context: typer.Context,
    cues: list[str] | None = typer.Argument(
        None, metavar="[CUE]... | [SCORE]...", help="Cue numbers (none: all), or score files."
    ),
    set_folder: Path | None = SET_FOLDER,
    map_file: Path | None = SET_MAP,
    house: str = SET_HOUSE,
    severity: str = typer.Option(
        "", "--severity", help="Only this grave or graver: error, warning or advice."
    ),
    kind: list[str] = typer.Option([], "--kind", help="Only this kind: range, breath, pedals …"),
    percussionists: int | None = typer.Option(
        None, "--percussionists", min=1, help="How many play all percussion staves of a score."
    ),
    craft: bool = typer.Option(
        False, "--craft", help="Voice leading, breath, climax and room, beside human music."
    ),
    json: bool = JSON,
) -> None:
    """Tell all that is wrong, by player, bar and beat, with what would mend it.

    In a project: what players cannot play, hits that are missed, cue sheet, frame rates. With a
    score (.musicxml, .xml, .mxl, .mid): what its players cannot play in real seconds, by --map or
    its own tempo marks. With --set the part files in a folder are held against their score.

    Ends with status 1 where there is an error among what is told, with 0 otherwise.
    """
    from scorestage.apps.cli.checking import CheckWish, check_cues, check_scores
    from scorestage.workflow.check_alone import is_score

    named = tuple(cues or ())
    if craft:
        from scorestage.apps.cli.craft import check_craft

        check_craft(context.obj, named, json)
        return
    if set_folder is not None:
        check_part_set(set_folder, named, map_file, house, json)
        return
    wish = CheckWish(severity, tuple(kind), json, percussionists, map_file)
    if named and all(is_score(one) for one in named):
        check_scores(tuple(Path(one) for one in named), wish)
    else:
        check_cues(context.obj, named, wish)


def convert(
    source: Path = typer.Argument(
        help="MusicXML (.musicxml, .xml, .mxl), MIDI (.mid), or a cut list (.edl, .otio …)."
    ),
    target: Path = typer.Argument(
        help="What to write: .musicxml, .mxl, .mid, .ly or .pdf; of a cut list another one."
    ),
    part: str = typer.Option("", help="Only this player's part, by name or id."),
    transposed: bool = typer.Option(False, help="Parts as their players read them, no C score."),
    rate: str = typer.Option("", help="Of an EDL: the frames per second it counts in."),
    json: bool = typer.Option(False, "--json", help="Answer with the whole loss report."),
) -> None:
    """Turn a score, or a cut list, from one format into another; what is lost is said."""
    from scorestage.apps.cli import cut_lists, say
    from scorestage.workflow.convert import convert_file

    if cut_lists.is_cut_list(source):
        cut_lists.convert(source, target, rate, json)
        return

    done = convert_file(source, target, part, transposed=transposed)
    if json:
        say.as_json(done.as_json())
        return
    for loss in done.losses:
        print(f"not carried over: {loss}")
    remade = ", ".join(f"{loss.what} ({loss.count})" for loss in done.report if loss.layout)
    if remade:
        print(f"drawn anew: {remade}")
    print(target)
