"""Strands at a hit: who strikes with it, who keeps still around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scorestage.composing.ending import Draft
from scorestage.composing.frame import Frame, Moment
from scorestage.composing.passage import Idiom
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest
from scorestage.composing.standing import standing_at
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import Articulation, Note, Role
from scorestage.music.feel import felt_starts
from scorestage.timebase import Beat, Beats


@dataclass(frozen=True, slots=True)
class Workbench:
    """All that a hit can look at while it changes the draft."""

    request: CueRequest
    frame: Frame
    sections: tuple[Section, ...]
    voiced: tuple[VoicedSpan, ...]
    idioms: tuple[Idiom, ...]
    at_hand: Mapping[str, Idiom]
    turned: list[VoicedSpan] = field(default_factory=list)
    """Chords that hits have put in place of others."""

    def section_at(self, at: Beat) -> Section:
        """The section that holds a point."""
        return standing_at(self.sections, at)

    def chord_at(self, at: Beat) -> VoicedSpan:
        """The voiced chord at a point."""
        return standing_at(self.voiced, at)


def origin(moment: Moment) -> str:
    """The origin of what a hit puts there."""
    return f"hit:{moment.hit.id}"


def _place(note: Note) -> float:
    """Where a note begins, to sort by: grid places lie farther apart than floats can err."""
    return float(note.onset.quarters)


def _onset(note: Note) -> Beat:
    return note.onset


def window(bench: Workbench, moment: Moment) -> tuple[Beat, Beat]:
    half = Beats(bench.frame.half_beat(moment.at))
    return moment.at - half, moment.at + half


def clear_around(bench: Workbench, draft: Draft, moment: Moment, roles: Sequence[Role]) -> None:
    """Nobody else attacks within half a beat of the hit; what sounded before goes on instead."""
    low, high = window(bench, moment)
    for role in roles:
        kept: list[Note] = []
        for note in sorted(draft.get(role, []), key=_place):
            near = low <= note.onset <= high and note.onset != moment.at
            near = near and not _opens(note, moment)
            if not near or note.origin.startswith("hit:"):
                kept.append(note)
            elif kept and kept[-1].end == note.onset and kept[-1].onset < low:
                kept[-1] = _going_on(kept[-1], note, note.end - kept[-1].onset)
            elif kept and kept[-1].onset == moment.at:
                lasting = max(kept[-1].length, note.end - moment.at)
                kept[-1] = _going_on(kept[-1], note, lasting)
        draft[role] = kept


def _going_on(note: Note, gone: Note, length: Beats) -> Note:
    """The note held on over one that is gone, with the signs that end there (a frame)."""
    ended = tuple(one for one in gone.signs if one.sign.ends)
    return replace(note, length=length, signs=(*note.signs, *ended))


def _opens(note: Note, moment: Moment) -> bool:
    """Whether a note is the cue's first attack, which no hit after it takes away."""
    return note.onset <= Beat(0) < moment.at


def strike_with(
    bench: Workbench, draft: Draft, moment: Moment, role: Role, *, anew: bool = True
) -> None:
    """A strand that is playing strikes on the hit: its nearest note moves there.

    Where it holds a note it strikes that one `anew`, unless it began more than two bars ago. A
    chord that would change within the half beat after waits for the next beat.
    """
    low, high = window(bench, moment)
    notes = sorted(draft.get(role, []), key=_place)
    first = bisect_left(notes, low, key=_onset)
    beyond = bisect_right(notes, high, key=_onset)
    opening = [note for note in notes[first:beyond] if _opens(note, moment)]
    around = [note for note in notes[first:beyond] if not _opens(note, moment)]
    if any(note.origin.startswith("hit:") for note in around):
        return
    reaching = _reaching(notes, moment.at)
    sounding = [note for note in notes[reaching:first] if note.end > moment.at]
    grid = bench.frame.grid
    near = [note for note in sounding if moment.bar_index - grid.index_at(note.onset) <= 2]
    after = [note for note in around if note.onset >= moment.at]
    chosen = (after or around or (near if anew else []))[:1]
    if not chosen:
        return
    end = max(note.end for note in (*around, *near))
    late = [note for note in after if note is not chosen[0]]
    waiting = _after_window(bench, high)
    entry: list[Note] = []
    if late and role in (Role.HARMONY, Role.BASS) and late[-1].end > waiting:
        entry = [rest_of(late[-1], waiting, origin(moment))]
        end = waiting
    if anew or chosen[0].onset != moment.at:
        new = _struck(chosen[0], moment, end, accented=anew)
    else:
        new = replace(chosen[0], length=end - moment.at)
    before = (ended(note, moment.at) for note in (*notes[reaching:first], *opening))
    draft[role] = [*notes[:reaching], *before, *notes[beyond:], new, *entry]


def _reaching(notes: Sequence[Note], at: Beat) -> int:
    """The first of notes in order that may last beyond a point: none before it is long enough."""
    longest = max((note.length for note in notes), default=Beats(0))
    return bisect_left(notes, at - longest, key=_onset)


def _after_window(bench: Workbench, high: Beat) -> Beat:
    """The first felt beat after the half beat that follows a hit."""
    grid = bench.frame.grid
    bar = grid.index_at(high)
    starts = felt_starts(grid.bars[bar].meter)
    later = [grid.starts[bar] + Beats(offset) for offset in starts]
    return next((place for place in later if place > high), grid.starts[bar + 1])


def _struck(note: Note, moment: Moment, end: Beat, *, accented: bool) -> Note:
    return replace(
        note,
        onset=moment.at,
        length=end - moment.at,
        articulations=(Articulation.ACCENT,) if accented else note.articulations,
        grace=(),
        origin=origin(moment),
    )


def ended(note: Note, at: Beat) -> Note:
    """The note cut off at a point, if it sounds there."""
    return replace(note, length=at - note.onset) if note.onset < at < note.end else note


def rest_of(note: Note, at: Beat, source: str) -> Note:
    """What is left of a note from a point on, as a new attack."""
    return replace(note, onset=at, length=note.end - at, origin=source, grace=())


def remove(draft: Draft, role: Role, start: Beat, end: Beat) -> None:
    """Take away what a strand attacks between two points, hits' own notes excepted."""
    draft[role] = [
        ended(note, start)
        for note in draft.get(role, [])
        if not start <= note.onset < end or note.origin.startswith("hit:")
    ]
