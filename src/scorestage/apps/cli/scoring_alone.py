"""What `orchestrate --sketch` says: how the file was read, who plays, what was added."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorestage.orchestration import OptionRow
    from scorestage.workflow.orchestrate_alone import AloneScore, AloneWish


def orchestrate_alone(
    wish: AloneWish,
    target: Path | None,
    *,
    explain: bool,
    page: Path | None,
    marks: bool,
    json: bool,
) -> None:
    """Score one file; print or write what was asked for."""
    from scorestage.adapters.store import write_bytes
    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.workflow.account import account_answer
    from scorestage.workflow.orchestrate_alone import alone_page, orchestrate_file, write_alone
    from scorestage.workflow.scoring import answer_of

    if target is None and not explain and not json:
        raise InputError("where shall the score go?", do="name a file: -o SCORE.musicxml")
    if target is not None and target.exists() and target.samefile(wish.sketch):
        raise InputError("this would write over the sketch itself", do="name another file")
    made = orchestrate_file(wish)
    if target is not None:
        write_alone(made, target, marks=marks)
    if page is not None:
        html = alone_page(made, wish.settings.option, wish.settings.level)
        write_bytes(page, html.encode("utf-8"))
    if made.result.waits:
        say.fault(made.result.waits)
    if json:
        answer = {**_read(made), "score": str(target or ""), **answer_of(made.result)}
        account = account_answer(made.account, made.score, made.ways) if explain else {}
        say.as_json({**answer, **account})
        return
    _tell(made, explain)
    for written in (target, page):
        if written is not None:
            print(written)


def options_alone(wish: AloneWish, *, json: bool) -> None:
    """Every option of a file's sketch side by side."""
    from scorestage.apps.cli import say
    from scorestage.workflow.account import option_answer
    from scorestage.workflow.scoring_options import options_of_file

    rows = options_of_file(wish)
    if json:
        say.as_json({"options": [option_answer(row) for row in rows]})
    else:
        tell_options(rows)


def tell_options(rows: Sequence[OptionRow]) -> None:
    """A table of the options, then what carries in each and how far they lie apart."""
    from scorestage.apps.cli import say

    head = ("option", "players", "people", "playing a bar", "tune dB", "people × bars", "wrong")
    say.table(
        head,
        [
            (
                row.option,
                row.players,
                row.people,
                row.players_a_bar,
                f"{row.margin_db:+.1f}",
                row.player_bars,
                row.faults,
            )
            for row in rows
        ],
        indent=2,
    )
    for row in rows:
        apart = ", ".join(f"{name} {float(share):.0%}" for name, share in row.apart.items())
        say.paragraph(
            f"{row.option}: {row.words}. Tune {', '.join(row.tune) or 'none'}; "
            f"harmony {', '.join(row.harmony) or 'none'}; bass {', '.join(row.bass) or 'none'}. "
            f"Other carriers than in: {apart}"
            + (f". No choice of its own here: {row.not_offered}" if row.not_offered else ""),
            indent=2,
            hang=4,
        )


def _read(made: AloneScore) -> dict[str, object]:
    """How the sketch was understood, for `--json`."""
    return {
        "read_as": made.short.kind,
        "strands": [
            {
                "name": strand.label,
                "role": strand.role.value,
                "notes": len(strand.staff.notes),
                "marked_for": list(strand.assign),
            }
            for strand in made.short.sketch.strands
        ],
        "harmonies": [
            {
                "number": one.number,
                "name": one.name,
                "key": str(one.key),
                "bars": list(one.bars(made.short.sketch)),
                "chosen": one is made.chosen or one == made.chosen,
            }
            for one in made.harmonies
        ],
        "not_carried_over": list(made.losses),
    }


def _tell(made: AloneScore, explain: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.orchestration import overview
    from scorestage.workflow.account import proof_words, told_differences

    say.paragraph(f"read as {made.short.kind}: {'; '.join(made.short.told)}", hang=4)
    say.paragraph(proof_words(made.account, made.score), hang=4)
    for one in made.harmonies:
        mark = "*" if one == made.chosen else " "
        chords = " | ".join(one.bars(made.short.sketch))
        text = f"{mark} harmony {one.number}, {one.name}, in {one.key}: {chords}"
        say.paragraph(text, indent=1, hang=6)
    if made.harmonies:
        print("  these chords are the orchestrator's; --harmony takes another")
    if explain:
        print(overview(made.result))
        print("  M tune, K counter-melody, H harmony, R rhythm, B bass, C colour, A accents;")
        print("  a capital carries the sketch's own notes, a small letter doubles or adds")
        for reason in made.result.reasons:
            say.paragraph(str(reason), indent=2, hang=4)
        for line in told_differences(made.account, made.score, made.ways):
            say.paragraph(line, indent=2, hang=4)
    for fault in made.result.faults:
        say.paragraph(f"{fault.severity.value}: {fault}", indent=2, hang=4)
    for left in made.result.left:
        say.paragraph(str(left), indent=2, hang=4)
    for loss in made.losses:
        print(f"  not carried over: {loss}")
