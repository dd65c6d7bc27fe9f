"""No bar without a sound, no hold over nothing, no end before the end: holes get their chord."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.composing.ending import Draft
from scorestage.composing.frame import Frame
from scorestage.composing.moments import silences
from scorestage.composing.request import CueRequest
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import Articulation, Note, Role
from scorestage.music.holding import holds_of
from scorestage.production import WayOut
from scorestage.timebase import Beat, Beats

_SHORT = (Articulation.STACCATO, Articulation.STACCATISSIMO)
Quiet = tuple[tuple[Beat, Beat], ...]


def leave_no_hole(
    request: CueRequest, frame: Frame, voiced: Sequence[VoicedSpan], draft: Draft
) -> None:
    """No bar without sound but for written silences, and music up to a cut or segue.

    An empty bar gets its chord, or what is left of the bar beside a silence does. So does a
    fermata or free bar at whose start nobody sounds, since nothing else begins in it: a silence
    that would end inside ends there.
    """
    quiet = silences(request, frame)
    holds = holds_of(frame.tempo_map)
    sounding = _sounding_at(draft, [hold.at for hold in holds])
    for hold in holds:
        end = hold.at + hold.length
        silent = any(start <= hold.at < stop and end <= stop for start, stop in quiet)
        stopped = any(start == hold.at for start, _ in quiet)
        if not (silent or stopped or hold.at in sounding):
            _fill(voiced, draft, hold.at, end)
    for start, end in list(_empty_bars(frame, draft)):
        for low, high in _beside(start, end, quiet):
            if (high - low).quarters >= min(frame.half_beat(low), (end - start).quarters):
                _fill(voiced, draft, low, high)
    if request.cue.way_out is not WayOut.BUTTON:
        _reach_the_end(frame, voiced, draft, quiet)


def _sounding_at(draft: Draft, places: Sequence[Beat]) -> set[Beat]:
    """The places at which somebody sounds."""
    ordered = sorted(places)
    found: set[Beat] = set()
    for note in (note for notes in draft.values() for note in notes) if ordered else ():
        first = bisect_left(ordered, note.onset)
        found.update(ordered[first : bisect_left(ordered, note.end, first)])
    return found


def _fill(voiced: Sequence[VoicedSpan], draft: Draft, start: Beat, end: Beat) -> None:
    """The chord of a point, held."""
    chord = next((span for span in reversed(voiced) if span.start <= start), voiced[0])
    note = Note("", start, end - start, chord.upper, origin="rule:pad")
    draft.setdefault(Role.HARMONY, []).append(note)


def _empty_bars(frame: Frame, draft: Draft) -> Iterator[tuple[Beat, Beat]]:
    """The bars in which nothing sounds once fermatas and free bars are held."""
    grid, holds = frame.grid, holds_of(frame.tempo_map)
    starts = [hold.at for hold in holds]
    sounding = _sounding_at(draft, starts)
    heard = {grid.index_at(at) for at in sounding}
    for notes in draft.values():
        for note in notes:
            place = bisect_left(starts, note.onset) - 1
            swallowed = (
                place >= 0
                and starts[place] in sounding
                and note.onset < starts[place] + holds[place].length
            )
            if swallowed or note.length.quarters <= 0:
                continue
            last = grid.index_at(note.end)
            last -= grid.starts[last] == note.end
            heard.update(range(grid.index_at(note.onset), last + 1))
    for index in range(len(grid.bars)):
        if index not in heard:
            yield grid.starts[index], grid.starts[index + 1]


def _beside(start: Beat, end: Beat, quiet: Quiet) -> Iterator[tuple[Beat, Beat]]:
    """What is left of a span beside silences."""
    low = start
    for begin, stop in sorted(quiet):
        if stop <= low or begin >= end:
            continue
        if begin > low:
            yield low, begin
        low = max(low, stop)
    if low < end:
        yield low, end


def _reach_the_end(frame: Frame, voiced: Sequence[VoicedSpan], draft: Draft, quiet: Quiet) -> None:
    """What sounds last lasts to the end; after more than a beat of nothing a chord is struck."""
    end = frame.grid.end
    ends = max((note.end for notes in draft.values() for note in notes), default=Beat(0))
    if ends >= end or any(start <= ends and end <= stop for start, stop in quiet):
        return
    last = frame.grid.starts[-2]
    beat = Beats(min(frame.beat_length(max(ends, last)), Fraction(1)))
    if end - ends > beat:
        start = max([ends, last, *(stop for _, stop in quiet if stop < end)])
        _fill(voiced, draft, start, end)
        return
    for role, notes in draft.items():
        draft[role] = [_lasting(note, end) if note.end == ends else note for note in notes]


def _lasting(note: Note, end: Beat) -> Note:
    signs = tuple(sign for sign in note.articulations if sign not in _SHORT)
    return replace(note, length=end - note.onset, articulations=signs)
