"""What `check` prints: faults of cues, or of scores by themselves, player by player."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from scorestage.apps.cli import say
from scorestage.errors import InputError
from scorestage.workflow.check import check_production
from scorestage.workflow.check_alone import CheckedScore, check_file
from scorestage.workflow.faults import (
    chosen,
    counted_words,
    counts,
    fault_facts,
    place_words,
    refuse_unknown_words,
)
from scorestage.workflow.job import Job


@dataclass(frozen=True, slots=True)
class CheckWish:
    """What a person asked `check` for."""

    severity: str = ""
    kinds: tuple[str, ...] = ()
    json: bool = False
    percussionists: int | None = None
    map_file: Path | None = None


def check_cues(project: Path | None, names: tuple[str, ...], wish: CheckWish) -> None:
    """All that is wrong in cues of the project; ends with status 1 where there is an error."""
    refuse_unknown_words(wish.severity, wish.kinds)
    if wish.map_file is not None or wish.percussionists is not None:
        raise InputError(
            "--map and --percussionists go with a score file", do="cues have a map of their own"
        )
    found = check_production(Job.open(project), names)
    faults = chosen(found, wish.severity, wish.kinds)
    if wish.json:
        say.as_json({"faults": faults, "counts": counts(faults)})
    for cue, of_cue in groupby([] if wish.json else _by_cue(faults), key=lambda one: one["cue"]):
        _tell_players(list(of_cue), f"{cue} " if cue else "")
    if not wish.json:
        print(counted_words(faults))
    _end(faults)


def check_scores(files: Sequence[Path], wish: CheckWish) -> None:
    """All that players of these scores cannot play; status 1 where there is an error."""
    refuse_unknown_words(wish.severity, wish.kinds)
    every: list[Mapping[str, Any]] = []
    answers = []
    for file in files:
        checked = check_file(file, wish.map_file, wish.percussionists)
        facts = [fault_facts(fault, checked.score.grid) for fault in checked.faults]
        faults = chosen(facts, wish.severity, wish.kinds)
        every += faults
        answers.append(_answer(file, checked, faults))
        if not wish.json:
            _tell_score(file, checked, faults)
    if wish.json:
        say.as_json(answers[0] if len(answers) == 1 else {"scores": answers})
    _end(every)


def _answer(
    file: Path, checked: CheckedScore, faults: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    return {
        "score": str(file),
        "tempo": checked.tempo,
        "notes": checked.note_count,
        "players": list(checked.players),
        "counts": counts(faults),
        "faults": list(faults),
        "not_read": list(checked.losses),
    }


def _tell_score(file: Path, checked: CheckedScore, faults: Sequence[Mapping[str, Any]]) -> None:
    names = {one["player"]: one["name"] for one in checked.players}
    _tell_players(faults, "", names)
    print(
        f"{file.name}: {counted_words(faults)} in {checked.note_count} notes of "
        f"{len(checked.players)} players ({checked.tempo})"
    )


def _tell_players(
    faults: Sequence[Mapping[str, Any]], before: str, names: Mapping[str, str] | None = None
) -> None:
    """Faults under the name of each player, with their number."""
    players = dict.fromkeys(str(one["player"]) for one in faults)
    for player in players:
        own = [one for one in faults if one["player"] == player]
        who = (names or {}).get(player, player) or "the whole"
        print(f"{before}{who}: {counted_words(own)}")
        for one in own:
            place = place_words(one)
            told = f"{one['severity']:8} {place + ': ' if place else ''}{one['message']}"
            say.paragraph(f"{told} [{one['kind']}]", indent=2, hang=11)
            if one["repair"]:
                say.paragraph(f"-> {one['repair']}", indent=13, hang=3)


def _by_cue(faults: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(faults, key=lambda one: str(one["cue"]))


def _end(faults: Sequence[Mapping[str, Any]]) -> None:
    if any(one["severity"] == "error" for one in faults):
        raise SystemExit(1)
