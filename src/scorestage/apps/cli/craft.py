"""`check --craft` on the command line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorestage.composing.craft import Craft
    from scorestage.composing.shape import Shape

_SHARES = {"crossing", "overlap", "gaps", "steps", "awkward", "covered"}
_MOST = 40
_LISTED = 24


def check_craft(project: Path | None, named: tuple[str, ...], json: bool) -> None:
    """Tell the craft of scores or of cues' sketches, beside the figures of human music."""
    from scorestage.apps.cli.say import as_json
    from scorestage.workflow.check_alone import is_score
    from scorestage.workflow.craft import answers, craft_of_cue, craft_of_file
    from scorestage.workflow.job import Job

    if named and all(is_score(one) for one in named):
        found = [craft_of_file(Path(one)) for one in named]
    else:
        job = Job.open(project)
        found = [craft_of_cue(job, cue.id) for cue in job.cues(named)]
    if json:
        as_json({"craft": [answer for one in found for answer in answers(one)]})
        return
    for one in found:
        _tell(one.name, one.craft)
        _tell_shape(one.shape)
        if one.pad is not None:
            _tell(f"{one.name}, chords and bass", one.pad)


def _tell(name: str, craft: Craft) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.craft import HUMAN

    figures = craft.figures
    print(f"{name}: {figures.transitions} transitions")
    rows = [
        (words, _told(field, getattr(figures, field)), bach, quartets)
        for field, words, bach, quartets in HUMAN
    ]
    rows.append(("tune covered by something else", _told("covered", figures.covered), "", ""))
    say.table(("", "here", "chorales", "quartets"), rows, indent=2)
    for fault in craft.faults[:_MOST]:
        print(f"  bar {fault.bar}: {fault.words}")
    if len(craft.faults) > _MOST:
        print(f"  … and {len(craft.faults) - _MOST} more; --json has them all")
    if figures.empty_bars:
        print(f"  {len(figures.empty_bars)} bars in which nothing sounds")


def _tell_shape(shape: Shape) -> None:
    """Phrases and cadences, sections, harmonic rhythm, room and silence."""
    from scorestage.apps.cli import say
    from scorestage.workflow.craft import shape_rows

    say.table(("", "here", "orchestral scores"), shape_rows(shape), indent=2)
    counted = Counter(one.cadence or "none" for one in shape.phrases)
    kinds = ", ".join(f"{kind} {count}" for kind, count in counted.most_common())
    print(f"  cadences at the ends of {len(shape.phrases)} phrases: {kinds or 'no tune'}")
    for one in shape.phrases[:_LISTED]:
        where = f"bar {one.bar}, after {one.seconds:.1f} s"
        chords = " ".join(one.chords)
        close = f"{one.cadence} ({chords}, {one.key})" if one.cadence else "no cadence"
        print(f"    {where}: {close}, then {one.breath_seconds:.1f} s to breathe")
    if len(shape.phrases) > _LISTED:
        print(f"    … and {len(shape.phrases) - _LISTED} more; --json has them all")
    for part in shape.sections:
        if part.climax_bar is None or part.climax_share is None:
            continue
        print(f"  section {part.name or 'from the beginning'}: {part.seconds:.1f} s, "
              f"{part.changes_per_bar:.1f} changes of harmony a bar, highest {part.climaxes} "
              f"time(s), first {part.climax_share:.0%} into it")  # fmt: skip


def _told(field: str, figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:.1%}" if field in _SHARES else f"{figure:.2f}"
