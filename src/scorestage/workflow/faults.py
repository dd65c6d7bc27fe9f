"""Faults as `check` tells them: chosen by gravity and kind, as facts and as words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from scorestage.errors import InputError
from scorestage.orchestration import Fault, FaultKind, Severity, beat_text
from scorestage.timebase import BarGrid

PROJECT_KINDS = ("hit", "end", "cue sheet", "frame rate")
"""What a project can have wrong besides what players complain of."""


def refuse_unknown_words(severity: str, kinds: Sequence[str]) -> None:
    """Raise `InputError`, naming what there is, for a severity or kind that does not exist."""
    if severity and severity not in tuple(Severity):
        raise InputError(f"{severity!r} is no severity", do=f"one of {', '.join(Severity)}")
    for kind in kinds:
        if kind not in (*FaultKind, *PROJECT_KINDS):
            known = ", ".join((*FaultKind, *PROJECT_KINDS))
            raise InputError(f"{kind!r} is no kind of fault", do=f"one of {known}")


def chosen(
    faults: Sequence[Mapping[str, Any]], severity: str = "", kinds: Sequence[str] = ()
) -> list[Mapping[str, Any]]:
    """Only faults at least so grave, and only of these kinds; both empty: all.

    >>> chosen([{"severity": "advice", "kind": "range"}], "warning")
    []
    """
    worst = Severity(severity).rank if severity else len(Severity)
    return [
        one
        for one in faults
        if Severity(one["severity"]).rank <= worst and (not kinds or one["kind"] in kinds)
    ]


def fault_facts(fault: Fault, grid: BarGrid | None) -> dict[str, Any]:
    """A fault as `--json` tells it; `beat` is exact, counted from 1 in click beats."""
    bar_index: int | None = None
    beat = ""
    if fault.at is not None and grid is not None and grid.bars:
        position = grid.position(fault.at)
        bar_index, beat = position.bar_index, str(position.beat)
    return {
        "player": fault.player,
        "bar": fault.bar,
        "bar_index": bar_index,
        "beat": beat,
        "kind": str(fault.kind),
        "severity": str(fault.severity),
        "message": fault.text,
        "repair": fault.repair,
    }


def place_words(facts: Mapping[str, Any]) -> str:
    """`bar 17 beat 3`, or nothing where a fault has no place.

    >>> place_words({"bar": "12A", "beat": "5/2"})
    'bar 12A beat 2 1/2'
    """
    if not facts["bar"]:
        return ""
    beat = facts.get("beat")
    return f"bar {facts['bar']}" + (f" beat {beat_text(Fraction(beat))}" if beat else "")


def counts(faults: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many there are of each severity, gravest first.

    >>> counts([{"severity": "warning"}])
    {'error': 0, 'warning': 1, 'advice': 0}
    """
    return {
        str(severity): sum(one["severity"] == severity for one in faults) for severity in Severity
    }


def counted_words(faults: Sequence[Mapping[str, Any]]) -> str:
    """`2 errors, 1 warning`, or `nothing wrong found`."""
    plural = {"error": "errors", "warning": "warnings", "advice": "pieces of advice"}
    single = {"error": "1 error", "warning": "1 warning", "advice": "1 piece of advice"}
    parts = [
        single[name] if count == 1 else f"{count} {plural[name]}"
        for name, count in counts(faults).items()
        if count
    ]
    return ", ".join(parts) or "nothing wrong found"
