"""`orchestrate --propose`: three line-ups, and the one that is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

    from scorestage.orchestration import Lineup


def tell_lineups(
    context: typer.Context,
    named: tuple[str, ...],
    players: int | None,
    choose: int | None,
    json: bool,
) -> None:
    """Name three line-ups for the cues, and take one where a person has chosen."""
    from scorestage.apps.cli import say
    from scorestage.workflow import casting
    from scorestage.workflow.job import Job

    job = Job.open(context.obj)
    cues = casting.cues_tried(job, job.cues(named))
    found = casting.proposed(job, cues, players)
    answer: dict[str, object] = {
        "cues": [cue.number for cue in cues],
        "lineups": [casting.lineup_answer(number, one) for number, one in enumerate(found, 1)],
    }
    if not json:
        print(f"scored in earnest: {', '.join(cue.number for cue in cues)}")
        for number, one in enumerate(found, 1):
            _tell_lineup(number, one)
    if choose is not None:
        chosen = found[choose - 1]
        takers = job.cues(named) if named else ()
        _, path = casting.choose(job, takers, chosen)
        answer["chosen"] = chosen.ensemble.id
        answer["written"] = str(path) if path is not None else None
        whose = ", ".join(cue.number for cue in takers) or "the production"
        if not json:
            print(f"{chosen.ensemble.id} now plays {whose}" + (f": {path}" if path else ""))
    elif not json:
        print("take one with --choose 1, 2 or 3; name cues to take it for them alone")
    if json:
        say.as_json(answer)


def _tell_lineup(number: int, one: Lineup) -> None:
    from scorestage.apps.cli import say

    heads, lines = one.ensemble.head_count, len(one.ensemble.players)
    print(f"\n{number}  {one.title}: {one.ensemble.name}, {one.points} of 100")
    costs = f"{heads} players on {lines} lines" if heads > 1 else "one player"
    doubling = f"; doubling: {'; '.join(one.doublings)}" if one.doublings else ""
    for title, words in (
        ("gains", "; ".join(one.gains) or "nothing the others have not"),
        ("loses", "; ".join(one.loses) or "nothing"),
        ("costs", costs + doubling),
        ("changed", "; ".join(one.changes)),
    ):
        if words:
            say.paragraph(f"{title}: {words}", indent=3, hang=7)
