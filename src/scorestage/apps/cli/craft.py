"""`check --craft` on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorestage.composing.craft import Craft

_SHARES = {"crossing", "overlap", "gaps", "steps", "awkward", "covered"}
_MOST = 40


def check_craft(project: Path | None, named: tuple[str, ...], json: bool) -> None:
    """Tell the craft of scores or of cues' sketches, beside the figures of human music."""
    from scorestage.apps.cli.say import as_json
    from scorestage.workflow.check_alone import is_score
    from scorestage.workflow.craft import craft_answer, craft_of_cue, craft_of_file
    from scorestage.workflow.job import Job

    found: list[tuple[str, Craft]] = []
    if named and all(is_score(one) for one in named):
        found = [(one, craft_of_file(Path(one))) for one in named]
    else:
        job = Job.open(project)
        for cue in job.cues(named):
            whole, pad = craft_of_cue(job, cue.id)
            found += [(cue.number, whole), (f"{cue.number}, chords and bass", pad)]
    if json:
        as_json({"craft": [craft_answer(name, craft) for name, craft in found]})
        return
    for name, craft in found:
        _tell(name, craft)


def _tell(name: str, craft: Craft) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.craft import HUMAN

    figures = craft.figures
    print(f"{name}: {figures.transitions} transitions")
    rows = [
        (words, _told(field, getattr(figures, field)), bach, quartets)
        for field, words, bach, quartets in HUMAN
    ]
    covered, breath = _told("covered", figures.covered), figures.breath_quarters
    rows.append(("tune covered by something else", covered, "", ""))
    rows.append(("longest stretch on top without a rest, quarters", f"{breath or 0:g}", "", ""))
    chords = figures.chords_per_bar
    rows.append(("changes of harmony a bar", "" if chords is None else f"{chords:.2f}", "", ""))
    say.table(("", "here", "chorales", "quartets"), rows, indent=2)
    for fault in craft.faults[:_MOST]:
        print(f"  bar {fault.bar}: {fault.words}")
    if len(craft.faults) > _MOST:
        print(f"  … and {len(craft.faults) - _MOST} more; --json has them all")
    if figures.empty_bars:
        print(f"  {len(figures.empty_bars)} bars in which nothing sounds")


def _told(field: str, figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:.1%}" if field in _SHARES else f"{figure:.2f}"
