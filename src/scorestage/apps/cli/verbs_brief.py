"""`brief`: the talk with the director."""

from __future__ import annotations

from typing import Any

import typer

_CURVE = 'how tense from 0 to 10, "0:00=2, 0:20=8, hit:3=10"; none takes it away.'
JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("brief")(brief)


def brief(
    context: typer.Context,
    cue: str = typer.Argument("", metavar="[CUE]", help="Of this cue; otherwise of the film."),
    style: list[str] = typer.Option(
        [], help="A word of style, or a style of the catalogue; may be given again."
    ),
    tone: list[str] = typer.Option([], help="A word of tone: tender, threat, wonder …"),
    reference: list[str] = typer.Option([], help="A reference named by the director."),
    avoid: list[str] = typer.Option([], help="What to avoid: a mood, an instrument, anything."),
    without: list[str] = typer.Option([], help="Take a word back that was said."),
    amount: str = typer.Option("", help="How much music: none, sparse, normal, wall to wall."),
    note: str = typer.Option("", help="A note of the talk."),
    who: str = typer.Option("", help="Who said it."),
    at: str = typer.Option(
        "", help="Where in the film. Timecode, feet+frames, clock time or seconds."
    ),
    note_number: int = typer.Option(0, min=0, help="Change this note (with --note, --who, --at)."),
    drop_note: int = typer.Option(0, min=0, help="Take this note away."),
    tension: str = typer.Option("", help=f"Of a cue: {_CURVE}"),
    arousal: str = typer.Option("", help="Of a cue: how driven, drawn likewise."),
    valence: str = typer.Option("", help="Of a cue: dark (0) to bright (10), drawn likewise."),
    from_picture: bool = typer.Option(
        False, "--from-picture", help="Of a cue: arousal and valence from motion and light."
    ),
    json: bool = JSON,
) -> None:
    """Show the brief, or write down what was agreed with the director, for the film or a cue."""
    from datetime import date

    from scorestage.apps.cli import say
    from scorestage.apps.cli.curves import draw, tell_drawn
    from scorestage.workflow.brief import (
        BriefChange,
        change_brief,
        tell_brief,
        tell_cue_brief,
        tell_cue_briefs,
    )
    from scorestage.workflow.brief_curves import tell_curves
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    change = BriefChange(
        *(tuple(style), tuple(tone), tuple(reference), tuple(avoid), amount, note, who, at, cue),
        without=tuple(without),
        note_number=note_number,
        drop_note=drop_note,
    )
    if change != BriefChange(cue=cue):
        job = change_brief(job, change, date.today().isoformat())
    drawn = {"tension": tension, "arousal": arousal, "valence": valence}
    if from_picture or any(drawn.values()):
        draw(context.obj, cue, drawn, from_picture, json)
        return
    if cue:
        answer = {**tell_cue_brief(job, job.cue(cue)), **tell_curves(job, job.cue(cue))}
    else:
        answer = {**tell_brief(job), "cues": tell_cue_briefs(job)}
    if json:
        say.as_json(answer)
    else:
        _tell(answer)
        if cue:
            tell_drawn(answer)


def _tell(answer: dict[str, Any]) -> None:
    if "cue" in answer:
        print(f"{answer['cue']}  {answer['title']}".rstrip())
    for key in ("style", "tone", "references", "avoid", "amount"):
        if key in answer:
            words = answer[key]
            print(f"  {key:11} {', '.join(words) if isinstance(words, list) else words}")
    for number, one in enumerate(answer["notes"], start=1):
        place = " ".join(filter(None, (one.get("cue"), one["timecode"], one["who"], one["when"])))
        head = f"note {number}" if "cue" not in answer else "note"
        print(f"  {head:11} {one['text']}" + (f"  ({place})" if place else ""))
    for one in answer.get("understood", ()):
        print(f"  understood  “{one['words']}”: {one['does']}")
    for one in answer.get("cues", ()):
        if any(one[key] for key in ("references", "avoid", "understood", "notes")):
            print()
            _tell(one)
    said = any(answer.get(key) for key in ("style", "tone", "references", "avoid", "notes"))
    if not said and answer.get("amount", "normal") == "normal":
        print("  (nothing agreed yet; amounts: none, sparse, normal, wall to wall)")
