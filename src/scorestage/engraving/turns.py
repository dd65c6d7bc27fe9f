"""Where a page may end: the player rests long enough to turn it, in real seconds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction

from scorestage.engraving.cuenotes import CUE_VOICE
from scorestage.engraving.stretches import Stretch
from scorestage.music.written import WrittenBar, WrittenStaff
from scorestage.timebase import Beats, TempoMap

Span = tuple[Fraction, Fraction]


def turn_places(
    staves: Sequence[WrittenStaff],
    stretches: Sequence[Stretch],
    tempo_map: TempoMap,
    turn_seconds: Fraction,
) -> frozenset[int]:
    """The stretches before which a page can be turned: `turn_seconds` of rest at that barline.

    The rest may lie before the barline, after it, or on both sides.
    """
    spans = sounding_spans(staves, tempo_map)
    starts = [start for start, _ in spans]
    latest: list[Fraction] = []
    for _, end in spans:
        latest.append(max(end, latest[-1]) if latest else end)
    begins = tempo_map.start.seconds
    ends = tempo_map.end.seconds
    found = set()
    for at, stretch in enumerate(stretches):
        edge = tempo_map.time_at(staves[0].bars[stretch.first].start).seconds
        later = bisect_left(starts, edge)
        before = latest[later - 1] if later else begins
        after = starts[later] if later < len(starts) else ends
        if before <= edge and after - before >= turn_seconds:
            found.add(at)
    return frozenset(found)


def sounding_spans(staves: Sequence[WrittenStaff], tempo_map: TempoMap) -> list[Span]:
    """From when to when the player plays, in seconds, in order of beginning."""
    found = {
        (tempo_map.time_at(bar.start + onset).seconds, tempo_map.time_at(bar.start + end).seconds)
        for staff in staves
        for bar in staff.bars
        for onset, end in _played(bar)
    }
    return sorted(found)


def _played(bar: WrittenBar) -> Iterator[tuple[Beats, Beats]]:
    """Runs of notes that follow one another without rest, voice by voice."""
    for voice in bar.voices:
        if voice.number == CUE_VOICE:
            continue
        run: tuple[Fraction, Fraction] | None = None
        for event in voice.events:
            if not event.is_note:
                continue
            if run is not None and run[1] == event.onset:
                run = (run[0], event.end)
                continue
            if run is not None:
                yield Beats(run[0]), Beats(run[1])
            run = (event.onset, event.end)
        if run is not None:
            yield Beats(run[0]), Beats(run[1])
