"""`person` and `licence`: who works on the film and is paid; whose music it borrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.workflow.job import Job

JSON = typer.Option(False, "--json", help="Answer as JSON.")
NAME = typer.Argument(help="A name, or an id of people.toml.")
CUE = typer.Argument(metavar="CUE", help="The cue: 1m03.")

person = typer.Typer(no_args_is_help=True, help="Who works on the film: add, credit, list, drop.")
licence = typer.Typer(no_args_is_help=True, help="Music that must be cleared: say, list, drop.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(person, name="person")
    app.add_typer(licence, name="licence")


@person.command("add")
def person_add(
    context: typer.Context,
    name: str = typer.Argument(help="The name as it is to be printed."),
    role: list[str] = typer.Option([], help="composer, orchestrator, music editor, director …"),
    society: str = typer.Option("", help="Who collects for them: ASCAP, PRS, GEMA …"),
    ipi: str = typer.Option("", help="Their number there."),
    json: bool = JSON,
) -> None:
    """Add somebody; what they do stands in the headings of all papers."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.people import add_person

    add_person(Job.open(context.obj), name, roles=tuple(role), society=society, ipi=ipi)
    _tell_people(Job.open(context.obj), json)


@person.command("change")
def person_change(
    context: typer.Context,
    who: str = NAME,
    name: str | None = typer.Option(None, help="Another name."),
    role: list[str] | None = typer.Option(None, help="What they do, in place of all; '' nothing."),
    society: str | None = typer.Option(None, help="Who collects for them."),
    ipi: str | None = typer.Option(None, help="Their number there."),
    json: bool = JSON,
) -> None:
    """Change what is known of somebody."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.people import change_person

    said = {"name": name, "society": society, "ipi": ipi}
    changes: dict[str, object] = {key: words for key, words in said.items() if words is not None}
    if role:
        changes["roles"] = tuple(role)
    change_person(Job.open(context.obj), who, **changes)
    _tell_people(Job.open(context.obj), json)


@person.command("credit")
def person_credit(
    context: typer.Context,
    who: str = NAME,
    role: str = typer.Argument(help="C composer, A author, CA both, AR arranger, E publisher."),
    share: str = typer.Argument(help="Their share in percent: 50, 100/3; 0 takes it away."),
    json: bool = JSON,
) -> None:
    """Give somebody a share of the score, for the cue sheet."""
    from scorestage.apps.cli.reading import exact_number
    from scorestage.workflow.job import Job
    from scorestage.workflow.people import credit_person

    credit_person(Job.open(context.obj), who, role, exact_number(share))
    _tell_people(Job.open(context.obj), json)


@person.command("drop")
def person_drop(context: typer.Context, who: str = NAME, json: bool = JSON) -> None:
    """Take somebody off the film, with their credits."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.people import drop_person

    drop_person(Job.open(context.obj), who)
    _tell_people(Job.open(context.obj), json)


@person.command("list")
def person_list(context: typer.Context, json: bool = JSON) -> None:
    """Show who works on the film, and their shares."""
    from scorestage.workflow.job import Job

    _tell_people(Job.open(context.obj), json)


@licence.command("say")
def licence_say(
    context: typer.Context,
    cue: str = CUE,
    work: str | None = typer.Option(None, help="Its title."),
    artist: str | None = typer.Option(None, help="Who plays or sings on the recording."),
    writer: str | None = typer.Option(None, help="Who wrote it; several parted by ';'."),
    publisher: str | None = typer.Option(None, help="Who publishes it; several parted by ';'."),
    master: str | None = typer.Option(None, help="Who owns the recording."),
    sync: str | None = typer.Option(
        None, help="to ask, asked, quoted, cleared, refused, not needed."
    ),
    master_use: str | None = typer.Option(None, help="The same of the recording."),
    territory: str | None = typer.Option(None, help="For where: world, EU …"),
    term: str | None = typer.Option(None, help="For how long: in perpetuity …"),
    media: str | None = typer.Option(None, help="In what: all media, festivals …"),
    fee: str | None = typer.Option(None, help="For how much."),
    note: str | None = typer.Option(None, help="What else is to be known."),
    json: bool = JSON,
) -> None:
    """Say that a cue is licensed music, whose it is, and how far each right is cleared."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.licences import license_cue

    given = {"work": work, "artist": artist, "writer": writer, "publisher": publisher}
    given |= {"master": master, "sync": sync, "master_use": master_use}
    given |= {"territory": territory, "term": term, "media": media, "fee": fee, "note": note}
    said = {key: words for key, words in given.items() if words is not None}
    license_cue(Job.open(context.obj), cue, **said)
    _tell_licences(Job.open(context.obj), json)


@licence.command("drop")
def licence_drop(context: typer.Context, cue: str = CUE, json: bool = JSON) -> None:
    """Take the licence off a cue: its music is to be written after all."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.licences import drop_licence

    drop_licence(Job.open(context.obj), cue)
    _tell_licences(Job.open(context.obj), json)


@licence.command("list")
def licence_list(context: typer.Context, json: bool = JSON) -> None:
    """Show what must be cleared, and how far it is."""
    from scorestage.workflow.job import Job

    _tell_licences(Job.open(context.obj), json)


def _tell_people(job: Job, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.people import tell_people

    found = tell_people(job)
    if json:
        say.as_json({"people": found})
        return
    say.table(
        ("id", "name", "roles", "society", "ipi", "credits"),
        [
            (
                one["id"],
                one["name"],
                ", ".join(one["roles"]),
                one["society"] or "",
                one["ipi"] or "",
                ", ".join(f"{each['role']} {each['share_percent']} %" for each in one["credits"]),
            )
            for one in found
        ],
    )


def _tell_licences(job: Job, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.paperwork import licence_words
    from scorestage.workflow.licences import tell_licences

    if json:
        say.as_json({"licences": tell_licences(job)})
        return
    for cue in job.production.cues:
        one = job.production.licence(cue.id)
        if one is not None:
            print(f"{cue.number}  {'cleared' if one.is_cleared else 'NOT CLEARED'}")
            for line in licence_words(one):
                print(f"    {line}")
    if not job.production.licences:
        print("nothing is licensed")
