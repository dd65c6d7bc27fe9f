"""Notes of the sketch that nobody plays, or not at their own pitch, told as faults."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scorestage.music import Pitch, Score
from scorestage.orchestration.check import same_text
from scorestage.orchestration.coverage import MUST, Uncovered
from scorestage.orchestration.job import Job
from scorestage.orchestration.result import Fault, FaultKind, Severity
from scorestage.orchestration.timing import Timing
from scorestage.timebase import Beat


def left_out(job: Job, score: Score) -> list[Fault]:
    """By phrase and line the notes that no player sounds in any octave: two hands are two."""
    heard: dict[Fraction, set[int]] = {}
    for _, note in score.notes():
        for pitch in note.sounding:
            heard.setdefault(note.onset.quarters, set()).add(pitch.key % 12)
    found = []
    for place, phrase in enumerate(job.phrases):
        for line in job.lines(place):
            gone = [
                tone
                for tone in line.tones
                if isinstance(tone.pitch, Pitch)
                and line.role not in MUST
                and tone.key % 12 not in heard.get(tone.start, set())
            ]
            if gone:
                text = f"{len(gone)} of {len(line.tones)} notes of {line.label} have no player"
                label = job.timing.label(max(phrase.start, gone[0].start))
                at = Beat(gone[0].start)
                found.append(Fault(FaultKind.LOST, "", at, label, text, Severity.DOUBTFUL))
    return found


def lost_notes(missing: Sequence[Uncovered], score: Score, timing: Timing) -> list[Fault]:
    """A fault for each note of tune or bass that no player of the ensemble has at its pitch."""
    heard: dict[Fraction, set[int]] = {}
    for _, note in score.notes():
        for pitch in note.sounding:
            heard.setdefault(note.onset.quarters, set()).add(pitch.key % 12)
    found = []
    for one in {(item.strand, item.tone.id): item for item in missing}.values():
        at = Beat(one.tone.start)
        text = f"nobody has {one.tone.pitch} of the {one.role.value.lower()}"
        severity = Severity.WRONG
        if one.tone.key % 12 in heard.get(one.tone.start, set()):
            text, severity = f"{text}; it sounds in another octave", Severity.DOUBTFUL
        label = timing.label(one.tone.start)
        found.append(Fault(FaultKind.LOST, "", at, label, text, severity))
    return found


def is_wished(job: Job, fault: Fault) -> bool:
    """Whether two parts are the same since the composer named both for one line."""
    if fault.kind is not FaultKind.SAME:
        return False
    named = [one.strand.assign for one in job.strands] + [one.players for one in job.assignments]
    fellows = {one for players in named if fault.player in players for one in players}
    return any(
        fault.text == same_text(player)
        for player in job.ensemble.players
        if player.id in fellows and player.id != fault.player
    )
