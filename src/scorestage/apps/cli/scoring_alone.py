"""What `orchestrate --sketch` says: how the file was read, who plays, what was added."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorestage.workflow.orchestrate_alone import AloneScore, AloneWish


def orchestrate_alone(wish: AloneWish, target: Path | None, *, explain: bool, json: bool) -> None:
    """Score one file; print or write what was asked for."""
    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.workflow.orchestrate_alone import orchestrate_file, write_alone
    from scorestage.workflow.scoring import answer_of

    if target is None and not explain and not json:
        raise InputError("where shall the score go?", do="name a file: -o SCORE.musicxml")
    if target is not None and target.exists() and target.samefile(wish.sketch):
        raise InputError("this would write over the sketch itself", do="name another file")
    made = orchestrate_file(wish)
    if target is not None:
        write_alone(made, target)
    if json:
        say.as_json({**_read(made), "score": str(target or ""), **answer_of(made.result)})
        return
    _tell(made, explain)
    if target is not None:
        print(target)


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

    print(f"read as {made.short.kind}: {'; '.join(made.short.told)}")
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
    for fault in made.result.faults:
        say.paragraph(f"{fault.severity.value}: {fault}", indent=2, hang=4)
    for loss in made.losses:
        print(f"  not carried over: {loss}")
