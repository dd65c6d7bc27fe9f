"""One player's line put together from everything read in a part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from scorestage.adapters.formats.musicxml.facts_in import ReadPart
from scorestage.adapters.formats.musicxml.grid_in import Timeline
from scorestage.adapters.formats.musicxml.loss_report import Tally
from scorestage.adapters.formats.musicxml.spans_in import hairpins_of, slurs_of
from scorestage.adapters.formats.musicxml.staff_signs_in import StaffSigns, clefs_of, keys_of
from scorestage.adapters.formats.musicxml.ties_in import Draft, drafts_of
from scorestage.adapters.formats.musicxml.trees import slur_end
from scorestage.music import (
    Articulation,
    Instrument,
    Line,
    NoteSign,
    Player,
    Slur,
    Staff,
    Voice,
)
from scorestage.timebase import Beat


def line_of(
    player: Player,
    instruments: Mapping[str, Instrument],
    part: ReadPart,
    timeline: Timeline,
    new_id: Callable[[str], str],
    losses: Tally,
) -> Line:
    """The line of one player: ties joined, pitches sounding, signs on their staves.

    `instruments` are the player's by XML id; `new_id` gives a note its lasting id, the file's own
    (perhaps empty) being the wish.
    """
    losses.part, losses.measure = player.name, ""
    chords, drafts = drafts_of(part, timeline, new_id, losses)
    slurs = slurs_of(chords, losses)
    _accent(part, timeline, drafts, losses)
    hairpins = hairpins_of(part, timeline, losses)
    count = min(_MOST_STAVES, max([part.staves, *(draft.staff for draft in drafts)]))
    _join_staves(slurs, drafts, losses)
    staves = []
    for number in range(1, count + 1):
        own = [draft for draft in drafts if min(draft.staff, count) == number]
        signs = StaffSigns.of_part(part, number, count, timeline)
        staves.append(
            Staff(
                _voices([draft for draft in own if not draft.cue]),
                signs.dynamics,
                tuple(hairpin for staff, hairpin in hairpins if min(staff, count) == number),
                _own_slurs(slurs, own),
                signs.techniques,
                signs.words,
                signs=signs.others,
                clefs=clefs_of(part, number, timeline),
                cues=_voices([draft for draft in own if draft.cue]),
            )
        )
    return Line(
        player,
        tuple(staves),
        _changes(player, instruments, part, timeline),
        keys_of(part, count, timeline),
    )


_MOST_STAVES = 16
_FIRST_FREE, _LAST_FREE = 8, 13
"""Numbers of slurs from staff to staff; those on one staff are counted from 1, 14 and 15 end on
grace notes, and 16 is a slur over one note that is held."""


def _join_staves(slurs: Sequence[Slur], drafts: Sequence[Draft], losses: Tally) -> None:
    """Slurs from staff to staff are kept on the two notes themselves."""
    by_id = {draft.id: draft for draft in drafts}
    number = _FIRST_FREE
    for slur in slurs:
        first, last = by_id[slur.first], by_id[slur.last]
        if first.staff == last.staff and first.cue == last.cue:
            continue
        for draft, kind in ((first, "start"), (last, "stop")):
            draft.signs = (*draft.signs, NoteSign(slur_end(str(number), kind)))
        number = number + 1 if number < _LAST_FREE else _FIRST_FREE


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


def _accent(part: ReadPart, timeline: Timeline, drafts: Sequence[Draft], losses: Tally) -> None:
    """Sforzatos that stand beside the staff go to the notes that begin there."""
    for place, staff in part.accents:
        at = timeline.beat(place).quarters
        meant = [draft for draft in drafts if draft.start == at and draft.staff == staff]
        for draft in meant:
            draft.articulations.add(Articulation.SFORZATO)
        losses.add("sforzato without a note", not meant, path="direction/dynamics")


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
