"""`theme find`, `theme discover`, `theme compare`: themes in anybody's score."""

from __future__ import annotations

from pathlib import Path

import typer

from scorestage.apps.cli.verbs_music import JSON, theme

THEME = typer.Argument(help="A theme file (MusicXML, MIDI, ABC), or a theme of the project.")
SCORE = typer.Argument(help="MusicXML (.musicxml, .xml, .mxl) or MIDI (.mid).")


def add_to(app: typer.Typer) -> None:
    """The verbs stand under `theme`, which is on the command line already."""


@theme.command("find")
def theme_find(
    context: typer.Context,
    which: str = THEME,
    score: Path = SCORE,
    least: float = typer.Option(
        None, "--least", min=0.0, max=1.0, help="Only what is at least so like it (0 to 1)."
    ),
    json: bool = JSON,
) -> None:
    """Find where a theme sounds in a score, changed or hidden as it may be.

    Every player who has it is told, with what was done to it: as is, transposed, in another mode,
    inverted, augmented, ornamented, only a part of it, its rhythm alone and so on.
    """
    from scorestage.apps.cli import say
    from scorestage.workflow.theme_search import find_in_file, search_answer

    found = search_answer(find_in_file(which, score, context.obj, least))
    if json:
        say.as_json(found)
        return
    if not found["occurrences"]:
        print(f"{found['theme']} does not sound in {score.name}")
        return
    rows = [
        (one["bar"], one["beat"], one["name"], f"{one['likeness']:.2f}", words(one))
        for one in found["occurrences"]
    ]
    say.table(("bar", "beat", "player", "likeness", "what was done"), rows)


def words(one: dict[str, object]) -> str:
    """What was done to a theme, and who shares in it where it is handed on."""
    names, players = one["transformations"], one["players"]
    if not isinstance(names, list) or not isinstance(players, list):
        return ""
    shared = f" (handed on: {', '.join(players)})" if len(players) > 1 else ""
    return ", ".join(str(name) for name in names) + shared


@theme.command("compare")
def theme_compare(
    context: typer.Context,
    one: str = THEME,
    other: str = THEME,
    json: bool = JSON,
) -> None:
    """Tell how like two themes are, from 0 to 1, by four measures."""
    from scorestage.apps.cli import say
    from scorestage.workflow.theme_search import compare_themes

    told = compare_themes(one, other, context.obj)
    if json:
        say.as_json(told)
        return
    rows = [(name, f"{told[name]:.2f}") for name in told if name != "themes"]
    say.table(("measure", "likeness"), rows)


@theme.command("discover")
def theme_discover(score: Path = SCORE, json: bool = JSON) -> None:
    """Find the ideas that a score repeats: whole sections, what opens them, motifs of its lines."""
    from scorestage.apps.cli import say
    from scorestage.workflow.theme_search import discover_in_file

    told = discover_in_file(score)
    if json:
        say.as_json(told)
        return
    rows = []
    for one in told["patterns"]:
        bars = [place["bar"] for place in one["occurrences"]]
        shown = ", ".join(bars[:8]) + (" …" if len(bars) > 8 else "")
        first = one["occurrences"][0]["name"] if one["texture"] == "line" else "all"
        rows.append((one["kind"], first, one["notes"], len(bars), shown))
    say.table(("kind", "first in", "notes", "times", "bars"), rows)
