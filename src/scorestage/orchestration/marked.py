"""Fill in the blanks: what the composer marked for players, and what is not yet given out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorestage.music import Ensemble, Note, Sketch, Staff, Strand, Voice
from scorestage.orchestration.settings import Assignment
from scorestage.timebase import BarGrid, Beat


@dataclass(frozen=True, slots=True)
class NotGiven:
    """Notes of a strand that nobody has been given yet: bars as printed, and the notes' ids."""

    place: int
    strand: str
    role: str
    bars: str
    bar_index: int
    start: Beat
    notes: tuple[str, ...]

    def __str__(self) -> str:
        count = len(self.notes)
        return f"{self.strand}, bars {self.bars}: {count} note{'s' * (count != 1)} not yet given"


def waiting(left: Sequence[NotGiven], *, nobody: bool) -> str:
    """What still waits for players, in one sentence, and how to give it to them; empty if nothing.

    `nobody` says that nothing at all was marked.
    """
    if not left:
        return ""
    count = sum(len(one.notes) for one in left)
    strands = list(dict.fromkeys(one.strand for one in left))
    who = "nothing is marked for players, so nobody plays: the score is empty" if nobody else ""
    told = f"{count} note{'s' * (count != 1)} of {', '.join(strands)} wait for players"
    how = f"--assign '{strands[0]}=PLAYERS', a player's name over the notes or as the staff's name"
    return f"{'; '.join(filter(None, (who, told)))}. Mark them: {how}; or take --level lines"


def only_marked(
    sketch: Sketch, assignments: Sequence[Assignment]
) -> tuple[Sketch, tuple[NotGiven, ...]]:
    """The sketch with only those notes that are marked for players, and a list of all others.

    Marked is a strand that names its players, and what an assignment says, by strand or role, in
    its bars.
    """
    strands, left = [], []
    for place, strand in enumerate(sketch.strands):
        spans = _spans(strand, assignments, sketch.grid)
        strands.append(replace(strand, staff=_within(strand.staff, spans)))
        waiting = [note for note in strand.staff.notes if not _inside(note, spans)]
        left += _listed(place, strand, waiting, sketch.grid)
    return replace(sketch, strands=tuple(strands)), tuple(left)


def named_players(
    ensemble: Ensemble, sketch: Sketch, assignments: Sequence[Assignment]
) -> Ensemble:
    """Those of the ensemble whom the composer names; all of them where none is named."""
    named = {one for strand in sketch.strands for one in strand.assign}
    named |= {one for wish in assignments for one in wish.players}
    kept = tuple(player for player in ensemble.players if player.id in named)
    return replace(ensemble, players=kept) if kept else ensemble


def without(sketch: Sketch, left: Sequence[NotGiven]) -> Sketch:
    """The sketch without what is not yet given: what a score of this level must hold."""
    strands = list(sketch.strands)
    for place, strand in enumerate(strands):
        gone = {note for one in left if one.place == place for note in one.notes}
        voices = (
            Voice(tuple(note for note in voice.notes if note.id not in gone))
            for voice in strand.staff.voices
        )
        strands[place] = replace(strand, staff=replace(strand.staff, voices=tuple(voices)))
    return replace(sketch, strands=tuple(strands))


_Spans = Sequence[tuple[Beat, Beat]]


def _spans(strand: Strand, assignments: Sequence[Assignment], grid: BarGrid) -> _Spans:
    whole = Beat(-grid.pickup.quarters), grid.end
    if strand.assign:
        return [whole]
    return [
        (one.start or whole[0], one.end or whole[1])
        for one in assignments
        if one.strand in (strand.label, strand.role.value)
    ]


def _inside(note: Note, spans: _Spans) -> bool:
    return any(low <= note.onset < high for low, high in spans)


def _within(staff: Staff, spans: _Spans) -> Staff:
    voices = (
        Voice(tuple(note for note in voice.notes if _inside(note, spans))) for voice in staff.voices
    )
    kept = tuple(voice for voice in voices if voice.notes)
    ids = {note.id for voice in kept for note in voice.notes}
    slurs = tuple(slur for slur in staff.slurs if slur.first in ids and slur.last in ids)
    return replace(staff, voices=kept, slurs=slurs)


def _listed(place: int, strand: Strand, notes: Sequence[Note], grid: BarGrid) -> list[NotGiven]:
    """Notes by runs of neighbouring bars."""
    runs: list[list[Note]] = []
    for note in notes:
        bar = grid.index_at(note.onset)
        if runs and bar - grid.index_at(runs[-1][-1].onset) <= 1:
            runs[-1].append(note)
        else:
            runs.append([note])
    found = []
    for run in runs:
        first, last = grid.index_at(run[0].onset), grid.index_at(run[-1].onset)
        low, high = str(grid.bars[first].label), str(grid.bars[last].label)
        bars = low if first == last else f"{low}-{high}"
        ids = tuple(note.id for note in run)
        role = strand.role.value
        found.append(NotGiven(place, strand.label, role, bars, first, run[0].onset, ids))
    return found
