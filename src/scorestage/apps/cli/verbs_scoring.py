"""`orchestrate`: the full score, who could play it, and who plays what and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.production import Cue
    from scorestage.workflow.job import Job
    from scorestage.workflow.orchestrate_alone import ScoringWish

JSON = typer.Option(False, "--json", help="Answer as JSON.")
CUES = typer.Argument(None, metavar="[CUE]...", help="Cue numbers; none: all cues.")
_ALONE = "Without a project:"
AGAIN = typer.Option(False, "--again", help="Make it anew; bars that a person changed stay.")
ALL = typer.Option(False, "--all", help="With --again: also what a person changed.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("orchestrate")(orchestrate)


def orchestrate(
    context: typer.Context,
    cues: list[str] | None = CUES,
    again: bool = AGAIN,
    everything: bool = ALL,
    propose: bool = typer.Option(
        False, "--propose", help="Three line-ups for brief and music; writes no score."
    ),
    players: int | None = typer.Option(
        None, min=1, help="With --propose: how many people there may be."
    ),
    choose: int | None = typer.Option(
        None, min=1, max=3, help="With --propose: take this line-up, for the cues named or for all."
    ),
    explain: bool = typer.Option(
        False, "--explain", help="Who plays what in each bar, and why; a cue's score stays."
    ),
    options: bool = typer.Option(
        False, "--options", help="Every option side by side: players, carriers, balance, cost."
    ),
    page: Path | None = typer.Option(
        None, help="With --explain: a page with the reason of every note (.html)."
    ),
    sketch: Path | None = typer.Option(None, help=f"{_ALONE} a short score to orchestrate."),
    ensemble: str = typer.Option("studio-orchestra", help=f"{_ALONE} who plays."),
    output: Path | None = typer.Option(
        None, "--output", "-o", help="The full score as a file; a cue's own stays."
    ),
    option: str = typer.Option("", help="balanced, lush, transparent, brass-led or small."),
    level: str = typer.Option("", help="assign (what is marked), lines, double, fill or full."),
    assign: list[str] = typer.Option([], help="STRAND[@BARS]=PLAYERS: melody=fl1,hn1."),
    harmony: int = typer.Option(1, min=1, help=f"{_ALONE} which harmony, for a bare tune."),
    known: Path | None = typer.Option(None, "--map", help=f"{_ALONE} its tempo map."),
    seed: int = typer.Option(1, help=f"{_ALONE} decides between what is equally good."),
    marks: bool = typer.Option(False, help="With -o: says over each entry what it does."),
    json: bool = JSON,
) -> None:
    """Turn the sketch into a full score: a cue's, or with --sketch any short score file.

    --option, --level and --assign are kept with the cue; with --explain they are only tried.
    """
    from scorestage.errors import InputError
    from scorestage.workflow.orchestrate_alone import AloneWish, ScoringWish

    if propose + explain + options > 1:
        raise InputError(
            "--propose, --explain and --options are three questions", do="ask one at a time"
        )
    if not propose and (players is not None or choose is not None):
        raise InputError("--players and --choose go with --propose", do="say --propose too")
    if everything and not again:
        raise InputError("--all goes with --again", do="say both")
    if page is not None and not explain:
        raise InputError("--page goes with --explain", do="say both")
    scoring = ScoringWish(option, level, tuple(assign))
    if sketch is None:
        if known is not None:
            raise InputError("--map goes with --sketch", do="name the sketch's file")
        if marks and output is None:
            raise InputError("--marks goes with -o", do="name the file for the marked score")
        if output is not None and (propose or options):
            raise InputError("-o writes a score", do="ask for --propose or --options alone")
        if propose:
            from scorestage.apps.cli.lineups import tell_lineups

            tell_lineups(context, tuple(cues or ()), players, choose, json)
            return
        if output is not None:
            _copy_of_cue(context, tuple(cues or ()), scoring, output, marks)
            if not explain:
                return
        question = "explain" * explain + "options" * options
        _of_cues(context, tuple(cues or ()), scoring, question, page, again, json, everything)
        return
    from scorestage.apps.cli import scoring_alone

    if cues or propose:
        raise InputError("--sketch takes no cue and makes no proposal", do="leave them out")
    wish = AloneWish(sketch, ensemble, scoring.settings(seed), scoring.assign, harmony, known)
    if options:
        scoring_alone.options_alone(wish, json=json)
    else:
        scoring_alone.orchestrate_alone(
            wish, output, explain=explain, page=page, marks=marks, json=json
        )


def _of_cues(
    context: typer.Context,
    names: tuple[str, ...],
    wish: ScoringWish,
    question: str,
    page: Path | None,
    again: bool,
    json: bool,
    everything: bool,
) -> None:
    """Cues of a project: made, or asked about."""
    from scorestage.apps.cli import say
    from scorestage.apps.cli.verbs_music import bring_up_to_date
    from scorestage.errors import InputError
    from scorestage.workflow.compose import COMPOSE
    from scorestage.workflow.fit import FIT
    from scorestage.workflow.job import Job
    from scorestage.workflow.orchestrate import ORCHESTRATE

    job = Job.open(context.obj)
    if not question:
        if wish.asked and not names:
            raise InputError("for which cue?", do="name it: orchestrate 1m01 --option lush")
        keep_wish(job, names, wish)
        sources = (FIT, COMPOSE, ORCHESTRATE)
        bring_up_to_date(context, names, sources, again, json, everything)
        return
    found = tuple(wish.on(cue) for cue in job.cues(names))
    if page is not None and len(found) != 1:
        raise InputError("a page is of one cue", do="name it")
    tell = {"explain": _explained, "options": _options}[question]
    answers = [tell(job, cue, json) for cue in found]
    if page is not None:
        _write_page(job, found[0], page)
    if json:
        say.as_json({"cues": answers})


def _copy_of_cue(
    context: typer.Context, names: tuple[str, ...], wish: ScoringWish, output: Path, marks: bool
) -> None:
    """A cue's score as a file of its own, with what each entry does written over it."""
    from scorestage.errors import InputError
    from scorestage.workflow.job import Job
    from scorestage.workflow.scoring import copy_of_cue

    job = Job.open(context.obj)
    found = job.cues(names)
    if len(found) != 1:
        raise InputError("-o writes the score of one cue", do="name it")
    copy_of_cue(job, wish.on(found[0]), output, marks=marks)


def keep_wish(job: Job, names: tuple[str, ...], wish: ScoringWish) -> None:
    """What was said about the scoring, kept with the cues named."""
    from scorestage.workflow.cues import change_cue
    from scorestage.workflow.job import Job

    if not wish.asked:
        return
    for cue in job.cues(names):
        wanted = wish.on(cue)
        said = {"option": wanted.option, "level": wanted.level, "assign": wanted.assign}
        change_cue(Job.open(job.folder.root), cue.id, **said)


def _write_page(job: Job, cue: Cue, page: Path) -> None:
    from scorestage.adapters.store import write_bytes
    from scorestage.workflow.scoring import cue_page, explained

    write_bytes(page, cue_page(cue, explained(job, cue)).encode("utf-8"))


def _options(job: Job, cue: Cue, json: bool) -> dict[str, object]:
    from scorestage.apps.cli.scoring_alone import tell_options
    from scorestage.workflow.account import option_answer
    from scorestage.workflow.scoring_options import options_of_cue

    rows = options_of_cue(job, cue)
    if not json:
        print(f"{cue.number} {cue.title} (now: {cue.option})".strip())
        tell_options(rows)
    return {"cue": cue.number, "options": [option_answer(row) for row in rows]}


def _explained(job: Job, cue: Cue, json: bool) -> dict[str, object]:
    from scorestage.apps.cli import say
    from scorestage.workflow.account import proof_words, told_differences
    from scorestage.workflow.scoring import explained, explained_answer

    found = explained(job, cue)
    if not json:
        print(f"{cue.number} {cue.title}".strip())
        if found.by_hand:
            print("  a person has changed this score since; this is how it was meant")
        print(found.table)
        say.paragraph(proof_words(found.account, found.score), indent=2, hang=4)
        print("  M tune, K counter-melody, H harmony, R rhythm, B bass, C colour, A accents;")
        print("  a capital carries the sketch's own notes, a small letter doubles or adds")
        for reason in found.result.reasons:
            say.paragraph(str(reason), indent=2, hang=4)
        for line in told_differences(found.account, found.score, found.ways):
            say.paragraph(line, indent=2, hang=4)
        for fault in found.result.faults:
            say.paragraph(f"{fault.severity.value}: {fault}", indent=2, hang=4)
        for left in found.result.left:
            say.paragraph(str(left), indent=2, hang=4)
    return {"cue": cue.number, **explained_answer(found)}
