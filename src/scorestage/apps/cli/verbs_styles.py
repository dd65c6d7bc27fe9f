"""`style list`, `style show`: musical styles, where they are at home and what to be wary of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import typer

style = typer.Typer(no_args_is_help=True, help="Musical styles: what there is, and each in full.")
JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(style, name="style")


@style.command("list")
def style_list(context: typer.Context, json: bool = JSON) -> None:
    """Every style with its period, place, tempo and what it is."""
    from scorestage.apps.cli import say
    from scorestage.workflow.library import libraries_at
    from scorestage.workflow.styles import styles_listed

    found = styles_listed(libraries_at(context.obj))
    if json:
        say.as_json({"styles": found})
        return
    keys = ("id", "name", "period", "place", "description")
    rows = [tuple(one[key] for key in keys) for one in found]
    say.table(("id", "name", "period", "place", "what"), rows)


@style.command("show")
def style_show(
    context: typer.Context,
    name: str = typer.Argument(help="A style's id, as `style list` has it."),
    json: bool = JSON,
) -> None:
    """All that is known of a style: forces, scales, forms, pieces to hear, sources, cautions."""
    from scorestage.apps.cli import say
    from scorestage.workflow.library import libraries_at
    from scorestage.workflow.styles import style_answer

    found = style_answer(name, libraries_at(context.obj))
    if json:
        say.as_json(found)
        return
    print(f"{found['name']} ({found['id']})")
    say.paragraph(str(found["description"]))
    for title, told in _rows(found):
        if told:
            say.paragraph(f"{title:<10} {told}", indent=2, hang=11)
    for key, title in (("hear", "Hear"), ("sources", "Read"), ("cautions", "Take care")):
        entries = found[key]
        if isinstance(entries, Sequence) and entries:
            print(f"{title}:")
            for entry in entries:
                say.paragraph(f"- {entry}")


def _rows(found: Mapping[str, object]) -> list[tuple[str, str]]:
    """What fits into one line each."""
    low, wish, high = _texts(found["bpm"])
    idioms = found["idioms"]
    harmony = found["harmony"]
    if not isinstance(idioms, Mapping) or not isinstance(harmony, Mapping):
        raise TypeError("a style's idioms and harmony are tables")
    plain = {"fifths": "chords without thirds", "drone": "a drone"}.get(str(harmony["plain"]), "")
    return [
        ("period", str(found["period"])),
        ("place", str(found["place"])),
        ("forces", ", ".join(_texts(found["forces"]))),
        ("ensembles", ", ".join(_texts(found["ensembles"]))),
        ("scales", str(found["scales"])),
        ("modes", ", ".join(_texts(found["modes"]))),
        ("forms", str(found["forms"])),
        ("meters", ", ".join(_texts(found["meters"]))),
        ("tempo", f"{wish} ({low} to {high} bpm)"),
        ("calm", ", ".join(_texts(idioms["calm"]))),
        ("moving", ", ".join(_texts(idioms["moving"]))),
        ("driving", ", ".join(_texts(idioms["driving"]))),
        ("tune", str(found["manner"])),
        ("harmony", plain or "; ".join(_texts(harmony["progressions"])[:3])),
    ]


def _texts(entries: object) -> list[str]:
    return [str(one) for one in entries] if isinstance(entries, Sequence) else []
