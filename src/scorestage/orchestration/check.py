"""All that is wrong in a score, by player and bar, before the orchestra finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scorestage.music import Score
from scorestage.orchestration.check_hands import check_hands
from scorestage.orchestration.check_mechanics import check_mechanics
from scorestage.orchestration.check_signs import check_signs
from scorestage.orchestration.check_sound import check_sound
from scorestage.orchestration.inspection import Inspection
from scorestage.orchestration.result import Fault, FaultKind, Severity
from scorestage.orchestration.timing import Timing
from scorestage.timebase import TempoMap

_CHECKS: tuple[Callable[[Inspection], None], ...] = (
    check_sound,
    check_hands,
    check_signs,
    check_mechanics,
)


def check(score: Score, tempo_map: TempoMap) -> tuple[Fault, ...]:
    """Every fault of a score: range, register, polyphony, hands, breath, speed, signs, changes.

    `WRONG` cannot be played or will stop the session; `DOUBTFUL` wants a look. Seconds come from
    the tempo map. Where a fault returns within a bar it is told once.
    """
    timing = Timing(score.grid, tempo_map)
    faults: list[Fault] = []
    for line in score.lines:
        inspection = Inspection(line, timing)
        if inspection.heard:
            for one in _CHECKS:
                one(inspection)
        faults += inspection.faults
    faults += _whole(score)
    return tuple(faults)


def _whole(score: Score) -> Iterable[Fault]:
    """What no player can see: an empty score, and parts that are the same from first to last."""
    if all(line.is_silent for line in score.lines):
        text = "nobody has a note to play"
        return [Fault(FaultKind.EMPTY, "", None, "", text, Severity.WRONG)]
    known: dict[tuple[object, ...], str] = {}
    found = []
    for line in score.lines:
        if line.is_silent:
            continue
        print_ = tuple(
            (note.onset.quarters, tuple(str(pitch) for pitch in note.pitches))
            for note in line.notes
        )
        if print_ in known:
            text = f"plays the same as {known[print_]} throughout"
            found.append(Fault(FaultKind.SAME, line.player.id, None, "", text, Severity.DOUBTFUL))
        known.setdefault(print_, line.player.id)
    return found
