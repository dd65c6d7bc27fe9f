"""Four-part voice leading: three upper voices and a bass, chord after chord.

A beam search over all close and open positions of each chord. Hard faults (parallel fifths and
octaves, doubled leading tones) cost so much that they only stay where nothing else exists; soft
ones follow the chorale figures: small motion, leading tones up, sevenths down, few hidden fifths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from scorestage.composing.chords import ChordSpan
from scorestage.composing.shape import blurred
from scorestage.music import ChordSymbol, Pitch, PitchRange
from scorestage.music.harmony import bass_name, chord_tones, leading_tone
from scorestage.music.key import Key
from scorestage.timebase import Beat

BEAM = 12
CANDIDATES = 40
PARALLEL = 60.0
BLURRED = 8.0
"""What a close interval low down costs: less than a parallel, more than a leap."""
Position = tuple[int, int, int, int]
"""MIDI keys of bass, tenor, alto and top voice."""


@dataclass(frozen=True, slots=True)
class VoicedSpan:
    """A chord with its voices: `upper` from low to high, and the bass under them."""

    start: Beat
    end: Beat
    chord: ChordSymbol
    key: Key
    upper: tuple[Pitch, ...]
    bass: Pitch


@dataclass(frozen=True, slots=True)
class _Sense:
    """What a chord asks of its voices: pitch classes that resolve up (a) or down (b)."""

    leading: int
    seventh: int


def voice_chords(
    spans: Sequence[ChordSpan],
    pads: Sequence[PitchRange],
    bass: PitchRange,
    kept: Mapping[int, Position] | None = None,
) -> tuple[VoicedSpan, ...]:
    """Voices for a chain of chords, each within its own range of the pad and that of the bass.

    `kept` are positions, by the number of the chord, that voices lead to and from as they are.
    """
    beams: list[tuple[float, tuple[Position, ...]]] = [(0.0, ())]
    sense: _Sense | None = None
    for number, (span, pad) in enumerate(zip(spans, pads, strict=True)):
        candidates = _positions(_plain(span.chord), span.key, pad, bass)
        if kept and number in kept:
            candidates = ((0.0, kept[number]),)
        found: list[tuple[float, tuple[Position, ...]]] = []
        for own, position in candidates:
            best = min(
                (
                    (cost + (_move(path[-1], position, sense) if path and sense else 0.0), path)
                    for cost, path in beams
                ),
                key=lambda entry: entry[0],
            )
            found.append((best[0] + own, (*best[1], position)))
        found.sort(key=lambda entry: entry[0])
        beams = found[:BEAM]
        sense = _sense(_plain(span.chord), span.key)
    path = beams[0][1]
    return tuple(_spelled(span, keys) for span, keys in zip(spans, path, strict=True))


def _plain(chord: ChordSymbol) -> ChordSymbol:
    """The chord without its place, so that equal chords share their candidates."""
    return ChordSymbol(Beat(0), chord.root, chord.quality, chord.bass)


@lru_cache(maxsize=1024)
def _sense(chord: ChordSymbol, key: Key) -> _Sense:
    tones = [tone.key % 12 for tone in chord_tones(chord)]
    lead = leading_tone(key)
    is_dominant = chord.quality in ("major", "dominant", "dominant-ninth") and lead in tones[1:2]
    has_seventh = len(tones) > 3 and "sixth" not in chord.quality
    return _Sense(lead if is_dominant else -1, tones[3] if has_seventh else -1)


@lru_cache(maxsize=1024)
def _positions(
    chord: ChordSymbol, key: Key, pad: PitchRange, bass: PitchRange
) -> tuple[tuple[float, Position], ...]:
    """The best positions of a chord by themselves, with what each costs."""
    tones = [tone.key % 12 for tone in chord_tones(chord)]
    bass_tone = Pitch.parse(f"{bass_name(chord)}4").key % 12
    low, high = pad.low.key, pad.high.key
    ladder = [at for at in range(low, high + 1) if at % 12 in tones]
    basses = [at for at in range(bass.low.key, bass.high.key + 1) if at % 12 == bass_tone]
    sense = _sense(chord, key)
    middle = (low + high) / 2
    found: list[tuple[float, Position]] = []
    for upper in combinations(ladder, 3):
        own = _upper_cost(upper, tones, bass_tone, sense, middle)
        if own is None:
            continue
        for at in basses:
            if at < upper[0]:
                found.append((own + _bass_cost(at, upper[0], bass), (at, *upper)))
    found.sort()
    if not found:
        found = _emergency(ladder, basses, low)
    return tuple(found[:CANDIDATES])


def _emergency(ladder: list[int], basses: list[int], low: int) -> list[tuple[float, Position]]:
    """For ranges too narrow for good positions: any three tones over any bass."""
    rungs = (ladder * 3)[:3] if len(ladder) < 3 else ladder[:3]
    return [(20.0, (basses[0] if basses else low - 12, rungs[0], rungs[1], rungs[2]))]


def _upper_cost(
    upper: tuple[int, ...], tones: list[int], bass_tone: int, sense: _Sense, middle: float
) -> float | None:
    """What three upper voices cost; None where the chord would not be itself."""
    classes = [at % 12 for at in upper]
    gaps = [other - one for one, other in pairwise(upper)]
    if max(gaps) > 12 or min(gaps) < 2:
        return None
    needed = _needed(tones, bass_tone)
    if not needed <= set(classes):
        return None
    everything = [*classes, bass_tone]
    if sense.leading >= 0 and everything.count(sense.leading) > 1:
        return None
    if sense.seventh >= 0 and everything.count(sense.seventh) > 1:
        return None
    cost = 0.12 * abs(sum(upper) / 3 - middle)
    cost += 0.5 * len(set(tones[:3]) - set(everything))
    if len(tones) <= 3 and len(tones) > 1 and everything.count(tones[1]) > 1:
        cost += 0.8
    cost += 0.3 * max(0, gaps[0] - 9) + 0.3 * max(0, gaps[1] - 9)
    cost += BLURRED if blurred(upper[0], upper[1]) else 0.8 * (upper[0] < 50 and gaps[0] < 5)
    return cost


def _needed(tones: list[int], bass_tone: int) -> set[int]:
    """The pitch classes that upper voices cannot leave out."""
    if len(tones) < 3:
        return set(tones) - {bass_tone}
    needed = {tones[1], *tones[3:]} - {bass_tone}
    if len(tones) == 3:
        needed |= {tones[0]} - {bass_tone}
    if len(needed) > 3:
        needed -= {tones[0], tones[2]}
    return needed


def _bass_cost(at: int, tenor: int, bass: PitchRange) -> float:
    home = bass.low.key + 15
    cost = 0.08 * abs(at - home) + 0.1 * max(0, tenor - at - 24)
    return cost + (BLURRED if blurred(at, tenor) else 0.0)


@lru_cache(maxsize=200_000)
def _move(one: Position, other: Position, sense: _Sense) -> float:
    """What going from one position to the next costs."""
    moves = [b - a for a, b in zip(one, other, strict=True)]
    cost = sum(abs(move) * 0.25 + 0.5 * max(0, abs(move) - 4) for move in moves[1:])
    cost += _bass_move(moves[0])
    if one == other:
        return cost
    for low, high in combinations(range(4), 2):
        before, after = one[high] - one[low], other[high] - other[low]
        if moves[low] == 0 and moves[high] == 0:
            continue
        perfect = after % 12 in (0, 7)
        if perfect and before % 12 == after % 12 and moves[low] and moves[high]:
            cost += PARALLEL if moves[low] * moves[high] > 0 else PARALLEL / 4
        elif perfect and (low, high) == (0, 3) and moves[0] * moves[3] > 0 and abs(moves[3]) > 2:
            cost += 3.0
    for voice in (1, 2):
        if other[voice] > one[voice + 1] or other[voice + 1] < one[voice]:
            cost += 2.5
    for voice in (1, 2, 3):
        if abs(moves[voice]) in (6, 10, 11) or abs(moves[voice]) > 12:
            cost += 4.0
        if one[voice] % 12 == sense.leading and moves[voice] not in (0, 1):
            tonic = (sense.leading + 1) % 12
            cost += 8.0 if tonic in {at % 12 for at in other} else 1.0
        if one[voice] % 12 == sense.seventh and moves[voice] not in (0, -1, -2):
            cost += 6.0
    return cost


def _bass_move(move: int) -> float:
    size = abs(move)
    cost = 0.06 * size
    if size in (6, 10, 11):
        cost += 1.5
    return cost + (4.0 if size > 12 else 1.0 if size in (8, 9) else 0.0)


def _spelled(span: ChordSpan, position: Position) -> VoicedSpan:
    names = {tone.key % 12: tone for tone in chord_tones(span.chord)}
    bass_tone = Pitch.parse(f"{bass_name(span.chord)}4")
    names.setdefault(bass_tone.key % 12, bass_tone)
    pitches = [
        _at_key(names[at % 12], at) if at % 12 in names else span.key.spell(at) for at in position
    ]
    return VoicedSpan(span.start, span.end, span.chord, span.key, tuple(pitches[1:]), pitches[0])


def _at_key(tone: Pitch, midi_key: int) -> Pitch:
    """The tone in the octave where it has this MIDI key."""
    return Pitch(tone.step, tone.alter, tone.octave + (midi_key - tone.key) // 12)
