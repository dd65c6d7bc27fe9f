"""`orchestrate --explain`: who plays what, and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.formats.account_pages import orchestration_page
from scorestage.adapters.store import is_by_hand, read_provenance
from scorestage.music import Score
from scorestage.orchestration import (
    Account,
    OrchestrationResult,
    Way,
    account_of,
    overview,
    ways_of,
)
from scorestage.production import Cue
from scorestage.workflow.account import account_answer, marked
from scorestage.workflow.compose import map_of, read_sketch
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import (
    SCORE,
    orchestrate_cue,
    read_cue_score,
)
from scorestage.workflow.why import origins_in, why_of
from scorestage.workflow.write_music import write_music


@dataclass(frozen=True, slots=True)
class Explained:
    """The scoring of a cue with its reasons; `by_hand` if a person has changed the score since."""

    result: OrchestrationResult
    table: str
    by_hand: bool
    account: Account
    score: Score
    ways: tuple[Way, ...] = ()


def explained(job: Job, cue: Cue) -> Explained:
    """Who plays what in each bar of a cue, and the reason of every note.

    Where a person has changed the score since, their notes are told as theirs.
    """
    result = orchestrate_cue(job, cue)
    folder = job.folder.cue_folder(cue.id)
    by_hand = is_by_hand(folder, SCORE, read_provenance(folder))
    score = read_cue_score(job, cue) if by_hand else result.score
    sketch = read_sketch(job, cue)
    told = account_of(sketch, result, score)
    ways = () if by_hand else ways_of(sketch, result)
    return Explained(result, overview(result), by_hand, told, score, ways)


def copy_of_cue(job: Job, cue: Cue, target: Path, *, marks: bool = False) -> None:
    """Write a cue's score to a file outside the project; `marks` say what each entry does.

    As it stands where the cue is asked for as it is, else as it would be with the option named.
    Raises `FormatError` for another ending than MusicXML's or MIDI's.
    """
    one = explained(job, cue)
    score = one.score
    if marks:
        score = marked(score, one.account, origins_in(why_of(job, cue)))
    write_music(score, map_of(job, cue), target, f"{cue.number} {cue.title}".strip())


def cue_page(cue: Cue, one: Explained) -> str:
    """The page of an orchestration."""
    title = f"{cue.number} {cue.title}".strip()
    said = f"{cue.option}, level {cue.level}; {len(one.score.grid.bars)} bars"
    faults = [str(fault) for fault in one.result.faults]
    return orchestration_page(title, said, one.account, one.score, faults, one.ways)


def explained_answer(one: Explained) -> dict[str, object]:
    """What was decided for a cue, for `--json`: reasons in order of time, and faults."""
    answer = {"by_hand": one.by_hand, **answer_of(one.result)}
    return {**answer, **account_answer(one.account, one.score, one.ways)}


def answer_of(result: OrchestrationResult) -> dict[str, object]:
    """The reasons of a score in order of time, and its faults, for `--json`."""
    grid = result.score.grid
    return {
        "reasons": [
            {
                "player": reason.player,
                "bars": reason.bars,
                "bar_index": grid.index_at(reason.start),
                "quarters": str(reason.start.quarters),
                "end_quarters": str(reason.end.quarters),
                "role": reason.role,
                "rule": reason.rule,
                "why": reason.text,
                "added": reason.added,
            }
            for reason in result.reasons
        ],
        "faults": [
            {
                "kind": fault.kind.value,
                "severity": fault.severity.value,
                "player": fault.player,
                "bar": fault.bar,
                "what": fault.text,
            }
            for fault in result.faults
        ],
        "waits": result.waits,
        "not_yet_given": [
            {
                "strand": one.strand,
                "role": one.role,
                "bars": one.bars,
                "bar_index": one.bar_index,
                "quarters": str(one.start.quarters),
                "notes": len(one.notes),
            }
            for one in result.left
        ],
    }
