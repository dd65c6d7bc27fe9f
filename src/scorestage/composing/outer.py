"""Tune, chords and bass as they are heard together; a bass that runs along with them is mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scorestage.composing.passage import octave_of
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import Note, Pitch, PitchRange, Role
from scorestage.music.harmony import chord_tones
from scorestage.timebase import Beat

MEANT = ("rule:riff", "rule:drone", "rule:heterophony", "rule:ring-off", "rule:button")
"""Origins of basses that stay: power chords, pedals, the tune itself below, the close."""
WIDEST_LEAP = 7
MOST_VOICES = 5
"""Chords of more tones are clusters, in which nobody hears voices."""
NEIGHBOURHOOD = 8
"""How many notes of the bass before and after one are looked at when it is changed."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Tune and bass at one attack, as MIDI keys; `joint` where both strike."""

    at: Beat
    tune: int
    bass: int
    joint: bool


def parallels(melody: Sequence[Note], bass: Sequence[Note]) -> tuple[Beat, ...]:
    """Where tune and bass arrive in the octave or fifth that they came from, moving the same way.

    From attack to attack, and from one attack of both to the next.
    """
    pairs = _pairs(melody, bass)
    joint = [pair for pair in pairs if pair is not None and pair.joint]
    ways = [*pairwise(pairs), *pairwise(joint)]
    found = {
        other.at
        for one, other in ways
        if one is not None and other is not None and _run_along(one, other)
    }
    return tuple(sorted(found))


def _run_along(one: _Pair, other: _Pair) -> bool:
    apart = (other.tune - other.bass) % 12
    together = (other.tune - one.tune) * (other.bass - one.bass) > 0
    return together and apart in (0, 7) and apart == (one.tune - one.bass) % 12


def _pairs(melody: Sequence[Note], bass: Sequence[Note]) -> list[_Pair | None]:
    """Both lines at every attack of either; None where one of them is silent."""
    lines = (_sounding(melody), _sounding(bass))
    found: list[_Pair | None] = []
    for at in sorted({note.onset for line in lines for note in line}):
        for line in lines:
            while len(line) > 1 and line[1].onset <= at:
                line.pop(0)
        heard = [line[0] if line and line[0].onset <= at < line[0].end else None for line in lines]
        tune, deep = heard
        if tune is None or deep is None:
            found.append(None)
            continue
        keys = max(pitch.key for pitch in tune.sounding), min(pitch.key for pitch in deep.sounding)
        found.append(_Pair(at, *keys, tune.onset == deep.onset == at))
    return found


def _sounding(notes: Sequence[Note]) -> list[Note]:
    return sorted((note for note in notes if note.sounding), key=lambda note: note.onset)


def mend_figures(
    draft: dict[Role, list[Note]], voiced: Sequence[VoicedSpan], compass: PitchRange
) -> None:
    """Give figures of the bass other tones where they run along with the tune or with the chords.

    Only tones between the chords' beginnings change: to another tone of the chord, or to the other
    neighbour of the bass that follows; the last bass before the close may change too. What no tone
    in reach mends stays.
    """
    lines = [draft.get(Role.MELODY, []), *_voices_of(draft.get(Role.HARMONY, []))]
    bass = _sounding(draft.get(Role.BASS, []))
    starts = {span.start for span in voiced}
    left = sorted({at for line in lines for at in parallels(line, bass)})
    for at in left:
        place = next((place for place, note in enumerate(bass) if note.onset == at), None)
        for number in () if place is None else (place, place - 1):
            closes = number == len(bass) - 2 and bass[-1].origin == "rule:ring-off"
            held = bass[number].onset in starts and not closes
            if number < 1 or held or bass[number].origin in MEANT:
                continue
            better = _mended(lines, bass, number, _choices(bass, number, voiced, compass))
            if better is not None:
                bass = better
                break
    if left:
        draft[Role.BASS] = bass


def _voices_of(chords: Sequence[Note]) -> list[list[Note]]:
    """The voices of block chords, from the top down; chords of fewer tones break them off."""
    size = max((len(note.sounding) for note in chords), default=0)
    whole = [note for note in chords if len(note.sounding) == size]
    return [
        [replace(note, pitches=(note.sounding[rank],)) for note in whole]
        for rank in range(size if size < MOST_VOICES else 0)
    ][::-1]


def _mended(
    lines: Sequence[Sequence[Note]], bass: list[Note], number: int, choices: Sequence[Pitch]
) -> list[Note] | None:
    """The bass with the first of the choices that leaves fewer parallels; None if none does.

    Only the bass's neighbourhood is looked at: nothing further off is changed by one tone.
    """
    first = max(0, number - NEIGHBOURHOOD)
    near = bass[first : number + NEIGHBOURHOOD]
    start, end = near[0].onset, near[-1].end
    above = [[note for note in one if note.end > start and note.onset < end] for one in lines]

    def left(tried: Sequence[Note]) -> int:
        return sum(len(parallels(line, tried)) for line in above)

    now = left(near)
    for pitch in choices:
        tried = list(near)
        tried[number - first] = replace(bass[number], pitches=(pitch,))
        if left(tried) < now:
            return [*bass[:first], *tried, *bass[first + len(near) :]]
    return None


def _choices(
    bass: Sequence[Note], number: int, voiced: Sequence[VoicedSpan], compass: PitchRange
) -> list[Pitch]:
    """Tones that may stand for one of the bass, nearest to those beside it first."""
    note = bass[number]
    span = next(one for one in reversed(voiced) if one.start <= note.onset or one is voiced[0])
    before = bass[number - 1].sounding[0]
    after = bass[number + 1].sounding[0] if number + 1 < len(bass) else before
    tones = [octave_of(tone, octave) for tone in chord_tones(span.chord) for octave in range(-4, 1)]
    steps, _ = span.key.steps_of(after)
    tones += [span.key.at(steps + move) for move in (-1, 1)]
    inside = [
        pitch
        for pitch in tones
        if compass.holds(pitch)
        and pitch.key != note.sounding[0].key
        and abs(pitch.key - before.key) <= WIDEST_LEAP
    ]
    return sorted(
        inside,
        key=lambda one: (abs(one.key - before.key) + abs(one.key - after.key), one.key),
    )
