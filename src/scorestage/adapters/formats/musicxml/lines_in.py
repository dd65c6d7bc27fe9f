"""One player's line put together from everything read in a part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.musicxml.facts_in import ReadPart
from scorestage.adapters.formats.musicxml.grid_in import Timeline
from scorestage.adapters.formats.musicxml.spans_in import hairpins_of, slurs_of
from scorestage.adapters.formats.musicxml.ties_in import Draft, drafts_of
from scorestage.music import (
    Articulation,
    Dynamic,
    DynamicMark,
    Instrument,
    Line,
    Player,
    Slur,
    Staff,
    Technique,
    TechniqueMark,
    Voice,
    Words,
)
from scorestage.timebase import Beat


def line_of(
    player: Player,
    instruments: Mapping[str, Instrument],
    part: ReadPart,
    timeline: Timeline,
    new_id: Callable[[str], str],
    losses: Losses,
) -> Line:
    """The line of one player: ties joined, pitches sounding, signs on their staves.

    `instruments` are the player's by XML id; `new_id` gives a note its lasting id, the file's own
    (perhaps empty) being the wish.
    """
    chords, drafts = drafts_of(part, timeline, new_id, losses)
    slurs = slurs_of(chords, losses)
    _accent(part, timeline, drafts, losses)
    hairpins = hairpins_of(part, timeline, losses)
    count = max([part.staves, *(draft.staff for draft in drafts)])
    staves = []
    for number in range(1, count + 1):
        own = [draft for draft in drafts if draft.staff == number]
        dynamics, techniques, told = _signs(part, number, count, timeline)
        staves.append(
            Staff(
                _voices(own),
                dynamics,
                tuple(hairpin for staff, hairpin in hairpins if min(staff, count) == number),
                _own_slurs(slurs, own),
                techniques,
                told,
            )
        )
    losses.add("slur from staff to staff", len(slurs) - sum(len(staff.slurs) for staff in staves))
    return Line(player, tuple(staves), _changes(player, instruments, part, timeline))


def _own_slurs(slurs: Sequence[Slur], own: Sequence[Draft]) -> tuple[Slur, ...]:
    ids = {draft.id for draft in own}
    return tuple(slur for slur in slurs if slur.first in ids and slur.last in ids)


def _voices(drafts: Sequence[Draft]) -> tuple[Voice, ...]:
    """The voices of a staff in the file's order; notes that overlap in one get another."""
    by_voice: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_voice[draft.voice].append(draft)
    lanes: list[list[Draft]] = []
    extra: list[list[Draft]] = []
    for voice in sorted(by_voice, key=lambda one: (len(one), one)):
        own: list[list[Draft]] = []
        for draft in sorted(by_voice[voice], key=lambda draft: (draft.start, -draft.end)):
            lane = next((lane for lane in own if lane[-1].end <= draft.start), None)
            if lane is None:
                own.append([draft])
            else:
                lane.append(draft)
        lanes.extend(own[:1])
        extra.extend(own[1:])
    return tuple(Voice(tuple(draft.note() for draft in lane)) for lane in lanes + extra)


def _signs(
    part: ReadPart, number: int, count: int, timeline: Timeline
) -> tuple[tuple[DynamicMark, ...], tuple[TechniqueMark, ...], tuple[Words, ...]]:
    """Dynamics, techniques and words of one staff, each once, in order."""
    dynamics: dict[DynamicMark, None] = {}
    techniques: dict[TechniqueMark, None] = {}
    told: dict[Words, None] = {}
    own = ((timeline.beat(one.at), one) for one in part.signs if min(one.staff, count) == number)
    for at, one in sorted(own, key=lambda found: found[0]):
        if isinstance(one.sign, Dynamic):
            dynamics[DynamicMark(at, one.sign)] = None
        elif isinstance(one.sign, Technique):
            techniques[TechniqueMark(at, one.sign)] = None
        else:
            told[Words(at, one.sign)] = None
    return tuple(dynamics), tuple(techniques), tuple(told)


def _accent(part: ReadPart, timeline: Timeline, drafts: Sequence[Draft], losses: Losses) -> None:
    """Sforzatos that stand beside the staff go to the notes that begin there."""
    for place, staff in part.accents:
        at = timeline.beat(place).quarters
        meant = [draft for draft in drafts if draft.start == at and draft.staff == staff]
        for draft in meant:
            draft.articulations.add(Articulation.SFORZATO)
        losses.add("sforzato without a note", not meant)


def _changes(
    player: Player, instruments: Mapping[str, Instrument], part: ReadPart, timeline: Timeline
) -> tuple[tuple[Beat, str], ...]:
    """Where another instrument is taken up."""
    found: list[tuple[Beat, str]] = []
    in_hand = player.instrument.id
    told = ((timeline.beat(place), name) for place, name in part.changes)
    for at, name in sorted(told, key=lambda change: change[0]):
        instrument = instruments.get(name)
        if instrument is not None and instrument.id != in_hand:
            in_hand = instrument.id
            found.append((at, in_hand))
    return tuple(found)
