"""Trills: one key and the next one in quick turns are a long note with a sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.takedown.performance import PlayedTone

QUICKEST_WRITTEN_SECONDS = Fraction(11, 100)
"""What alternates faster than this is a trill; at 136 to the quarter these are sixteenths."""
FEWEST = 6
"""So many strokes at least: three turns."""
WIDEST = 2


@dataclass(frozen=True, slots=True)
class Trill:
    """What was played, and the long tone that is written for it; `semitones` up to the other."""

    strokes: tuple[PlayedTone, ...]
    tone: PlayedTone
    semitones: int


def trills_of(tones: Sequence[PlayedTone]) -> tuple[Trill, ...]:
    """The trills among the tones of a player, in order; other voices may sound meanwhile.

    The lower key is the note that is trilled.
    """
    by_key: dict[int, list[PlayedTone]] = defaultdict(list)
    for tone in tones:
        by_key[tone.key].append(tone)
    taken: set[PlayedTone] = set()
    found: list[Trill] = []
    for low in sorted(by_key):
        for apart in range(1, WIDEST + 1):
            both = [one for one in (*by_key[low], *by_key.get(low + apart, ())) if one not in taken]
            both.sort(key=lambda tone: tone.start_seconds)
            for run in _runs(both):
                taken |= set(run)
                end = max(tone.end_seconds for tone in run)
                loudest = max(tone.velocity for tone in run)
                long = replace(run[0], key=low, end_seconds=end, velocity=loudest)
                found.append(Trill(tuple(run), long, apart))
    return tuple(sorted(found, key=lambda trill: trill.tone.start_seconds))


def _runs(tones: Sequence[PlayedTone]) -> list[list[PlayedTone]]:
    """Stretches in which two keys take quick turns."""
    found: list[list[PlayedTone]] = []
    run: list[PlayedTone] = []
    for tone in tones:
        quick = run and tone.start_seconds - run[-1].start_seconds <= QUICKEST_WRITTEN_SECONDS
        if not quick or tone.key == run[-1].key or tone.start_seconds == run[-1].start_seconds:
            found.append(run)
            run = []
        run.append(tone)
    return [one for one in (*found, run) if len(one) >= FEWEST]
