"""All that is wrong in a score, by player and bar, before the orchestra finds it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import pairwise

from scorestage.music import Player, Score
from scorestage.orchestration.checking.air import check_air
from scorestage.orchestration.checking.changes import check_changes
from scorestage.orchestration.checking.drums import check_drums
from scorestage.orchestration.checking.frets import check_frets
from scorestage.orchestration.checking.harp import check_harp
from scorestage.orchestration.checking.keys import check_keys
from scorestage.orchestration.checking.scales import check_scales
from scorestage.orchestration.checking.signs import check_signs
from scorestage.orchestration.checking.slide import check_slide
from scorestage.orchestration.checking.sound import check_sound
from scorestage.orchestration.checking.speed import check_speed
from scorestage.orchestration.checking.stations import check_section, check_stations
from scorestage.orchestration.checking.strings import check_strings
from scorestage.orchestration.inspection import Inspection
from scorestage.orchestration.result import Fault, FaultKind, Severity
from scorestage.orchestration.timing import Timing
from scorestage.timebase import TempoMap

_CHECKS: tuple[Callable[[Inspection], None], ...] = (
    check_sound,
    check_strings,
    check_keys,
    check_frets,
    check_air,
    check_speed,
    check_signs,
    check_changes,
    check_harp,
    check_drums,
    check_stations,
    check_slide,
    check_scales,
)


def check(
    score: Score,
    tempo_map: TempoMap,
    *,
    session: bool = True,
    unknown: Collection[str] = (),
    percussionists: int | None = None,
) -> tuple[Fault, ...]:
    """Every fault of a score: range, register, hands, breath, speed, signs, changes, states.

    An `ERROR` cannot be played or will stop the session; a `WARNING` wants a look; `ADVICE` is
    worth knowing. Seconds come from the tempo map. Where a fault returns within a bar it is told
    once. `session` asks for what a session copyist does (a dynamic at each entry, `div.` over each
    chord of a section). Players whose id is in `unknown` are not checked. `percussionists` says
    how many there are for all percussion staves.
    """
    timing = Timing(score.grid, tempo_map)
    company = [Inspection(line, timing, session) for line in score.lines]
    for inspection in company:
        inspection.company = company
    faults: list[Fault] = []
    for inspection in company:
        if inspection.line.player.id in unknown:
            continue
        if inspection.heard:
            _voices(inspection)
            for one in _CHECKS:
                one(inspection)
        faults += inspection.faults
    if not session or percussionists is not None:
        faults += check_section(company, percussionists)
    faults += _whole(score, session=session)
    return tuple(faults)


def _voices(inspection: Inspection) -> None:
    for staff in inspection.line.staves:
        for voice in staff.voices:
            for note, after in pairwise(voice.notes):
                if after.onset < note.end:
                    text = "two notes of one voice overlap"
                    repair = "write them in two voices, or shorten the first"
                    at = after.onset.quarters
                    inspection.tell(FaultKind.POLYPHONY, at, text, Severity.ERROR, repair)


def _whole(score: Score, *, session: bool) -> Iterable[Fault]:
    """What no player can see: an empty score, and parts that are the same from first to last."""
    if all(line.is_silent for line in score.lines):
        text = "nobody has a note to play"
        return [Fault(FaultKind.EMPTY, "", None, "", text, Severity.ERROR)]
    known: dict[tuple[object, ...], Player] = {}
    found = []
    for line in score.lines:
        if line.is_silent:
            continue
        print_ = tuple(
            (note.onset.quarters, tuple(str(pitch) for pitch in note.pitches))
            for note in line.notes
        )
        if print_ in known:
            text = same_text(known[print_])
            severity = Severity.WARNING if session else Severity.ADVICE
            found.append(Fault(FaultKind.SAME, line.player.id, None, "", text, severity))
        known.setdefault(print_, line.player)
    return found


def same_text(player: Player) -> str:
    """What is told of a part that is the same as this player's."""
    return f"plays the same as {player.name or player.id} throughout"
