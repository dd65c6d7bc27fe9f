"""How the score has notes played that the sketch does not say: bow, mute, level, instrument."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scorestage.music import Line, Sketch, Technique
from scorestage.orchestration.result import Ground, OrchestrationResult
from scorestage.orchestration.technique import PLAIN, group_of, state_in
from scorestage.timebase import Beat

_WHY = {
    Technique.PIZZICATO: "short notes in soft to medium music, every other phrase",
    Technique.CON_SORDINO: "the phrase is a whisper",
    Technique.DIVISI: "the section has two lines, or two tones of the chord",
}
_ENDS = "what was asked for before ends"
_SHAKEN = "loud held chords under winds that lead"
_NUMBERS = ("", "one step", "two steps", "three steps", "four steps")
Placed = tuple[Beat, str, Ground]


@dataclass(frozen=True, slots=True)
class Way:
    """From `at` on a player plays in another way than the sketch says: what, and why."""

    player: str
    at: Beat
    what: str
    why: str


def ways_of(sketch: Sketch, result: OrchestrationResult) -> tuple[Way, ...]:
    """Every technique, change of instrument, tremolo and level that the orchestrator has put in.

    What the sketch itself asks for is not among them; each is told where it begins.
    """
    found: list[Way] = []
    for line in result.score.lines:
        found += _of(line, sketch, result)
    return tuple(sorted(found, key=lambda one: (one.at, one.player)))


def _of(line: Line, sketch: Sketch, result: OrchestrationResult) -> Iterator[Way]:
    played = _played(line, result)
    yield from _techniques(line, sketch, played)
    yield from _tremolos(line, sketch, result)
    yield from _levels(line, played)
    for at, instrument in line.changes:
        ground = next((own for start, _, own in played if start >= at), None)
        why = ground.why if ground is not None else "its part is for that instrument"
        yield Way(line.player.id, at, f"takes the {instrument}", why)


def _played(line: Line, result: OrchestrationResult) -> list[Placed]:
    """The grounds of a player's notes in order of time."""
    keys = {note.id: note.onset for note in line.notes}
    found = [
        (keys[name], name, ground)
        for (name, _), ground in result.grounds.items()
        if name in keys and ground is not None
    ]
    return sorted(found, key=lambda one: (one[0], one[1]))


def _techniques(line: Line, sketch: Sketch, played: list[Placed]) -> Iterator[Way]:
    for staff in line.staves:
        for mark in staff.techniques:
            ground = next((own for start, _, own in played if start >= mark.at), None)
            group = group_of(mark.technique)
            strand = ground.strand if ground is not None else -1
            if group is not None and 0 <= strand < len(sketch.strands):
                told = state_in(sketch.strands[strand].staff, mark.at.quarters)
                if told.get(group) is mark.technique:
                    continue
            usual = _ENDS if mark.technique in PLAIN else "the colour of the line"
            why = _WHY.get(mark.technique, usual)
            yield Way(line.player.id, mark.at, mark.technique.value, why)


def _tremolos(line: Line, sketch: Sketch, result: OrchestrationResult) -> Iterator[Way]:
    """Held notes that the orchestrator has shaken, told at the first of a run."""
    own = [[note for note in one.staff.notes if note.tremolo] for one in sketch.strands]
    lined = {
        name: ground.strand
        for (name, _), ground in result.grounds.items()
        if not ground.added and 0 <= ground.strand < len(own)
    }
    before = False
    for note in sorted(line.notes, key=lambda one: one.onset):
        shaken = bool(note.tremolo) and note.id in lined
        shaken = shaken and not any(
            one.onset <= note.onset < one.end for one in own[lined[note.id]]
        )
        if shaken and not before and note.sounding:
            yield Way(line.player.id, note.onset, "tremolo", _SHAKEN)
        before = shaken


def _levels(line: Line, played: list[Placed]) -> Iterator[Way]:
    """Where a line is played softer or louder than sketched, told where that begins."""
    now = 0
    for at, _, ground in played:
        if ground.added or ground.level_steps == now:
            continue
        now = ground.level_steps
        if now:
            side, why = ("softer", "lets the tune through") if now < 0 else ("louder", ground.why)
            steps = _NUMBERS[min(4, abs(now))]
            yield Way(line.player.id, at, f"{steps} {side} than sketched", why)
        else:
            yield Way(line.player.id, at, "as loud as sketched", _ENDS)
