"""Which tone of each chord lies in the bass, so that it goes its own way under the tune.

Root position wherever the tune allows it. Where root after root would run with the tune in octaves
or fifths, another tone of one of the two chords takes the bass: the cheapest chain of basses is
found by dynamic programming over tones without octaves, so that motion in either direction counts.
What the composer's theme puts in the bass, the close and a dominant before it stay; so do
idioms that mean their roots (power chords, pedal points).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scorestage.composing.chords import ChordSpan
from scorestage.composing.form import Part
from scorestage.composing.passage import Idiom, keeps_roots
from scorestage.composing.plan import Section
from scorestage.music import ChordSymbol, Note, Pitch
from scorestage.music.harmony import bass_name, chord_tones, leading_tone, tone_name
from scorestage.timebase import Beat, Beats

OCTAVES, FIFTHS = 12.0, 8.0
"""What parallels from one tone of the tune straight to the next cost."""
JOINT_SHARE = 0.55
"""Those between joint attacks with other tones of the tune between them cost this part."""
_INVERSION = (0.0, 1.5, 4.5, 5.0)
PASSING = Beats(1)
_OPENING, _SAME_BASS, _TRITONE = 1.0, 0.8, 0.7
_DOUBLED_THIRD, _DOUBLED_LEAD = 1.2, 8.0


@dataclass(frozen=True, slots=True)
class _Option:
    """A bass: its pitch class, the chord that names it, and what it costs by itself."""

    tone: int
    chord: ChordSymbol
    cost: float


@dataclass(frozen=True, slots=True)
class _Heard:
    """The tune at a change of chord, as pitch classes; None where nothing is struck or sounds.

    `strikes` on the change, `before` just before it, `joint` those struck with the chord before.
    """

    strikes: int | None
    before: int | None
    joint: tuple[int, ...]


def heed_tune(
    spans: Sequence[ChordSpan],
    sections: Sequence[Section],
    idioms: Sequence[Idiom],
    melody: Sequence[Note],
) -> tuple[ChordSpan, ...]:
    """The chords with the basses that suit the tune best; the same ones, some of them inverted."""
    if not spans:
        return ()
    heard = _heard(spans, melody)
    options = [
        _options(spans, number, sections, idioms, heard[number]) for number in range(len(spans))
    ]
    costs = [option.cost for option in options[0]]
    ways: list[list[int]] = []
    for (one, other), tune in zip(pairwise(options), heard[1:], strict=True):
        steps = [
            min((costs[last] + _move(before.tone, after.tone, tune), last)
                for last, before in enumerate(one))
            for after in other
        ]  # fmt: skip
        costs = [cost + after.cost for (cost, _), after in zip(steps, other, strict=True)]
        ways.append([last for _, last in steps])
    place = costs.index(min(costs))
    path = [place]
    for way in reversed(ways):
        place = way[place]
        path.append(place)
    chosen = [own[place] for own, place in zip(options, reversed(path), strict=True)]
    _mend_across(spans, chosen, options, heard)
    return tuple(
        replace(span, chord=option.chord) for span, option in zip(spans, chosen, strict=True)
    )


def _mend_across(
    spans: Sequence[ChordSpan],
    chosen: list[_Option],
    options: Sequence[Sequence[_Option]],
    heard: Sequence[_Heard],
) -> None:
    """Another bass where tune and bass would meet in octaves or fifths over a passing chord.

    Not every idiom strikes its bass with a chord that lasts a beat only.
    """
    for number in range(len(chosen) - 2):
        between, after = heard[number + 1], heard[number + 2]
        before = heard[number].strikes
        passing = spans[number + 1].end - spans[number + 1].start <= PASSING
        if not (passing or between.strikes is None) or after.strikes is None or before is None:
            continue
        last = chosen[number + 2].tone
        if not _parallel(chosen[number].tone, last, before, after.strikes):
            continue
        reached = chosen[number - 1].tone if number else chosen[number].tone

        def cost(option: _Option, number: int = number, reached: int = reached) -> float:
            ahead = _leap(option.tone, chosen[number + 1].tone)
            return option.cost + _move(reached, option.tone, heard[number]) + ahead

        clean = [
            option
            for option in options[number]
            if not _parallel(option.tone, last, before, after.strikes)
        ]
        if clean:
            chosen[number] = min(clean, key=cost)


def _options(
    spans: Sequence[ChordSpan],
    number: int,
    sections: Sequence[Section],
    idioms: Sequence[Idiom],
    heard: _Heard,
) -> list[_Option]:
    """The basses a chord may have, its own first."""
    span = spans[number]
    own = _Option(_tone_of(bass_name(span.chord)), span.chord, 0.0)
    place = _section_at(sections, span.start)
    follows = _section_at(sections, spans[min(number + 1, len(spans) - 1)].start)
    into_close = sections[follows].part is Part.CLOSE and _leads(span)
    closes = sections[place].part is Part.CLOSE or into_close
    if closes or number == len(spans) - 1 or span.chord.bass or keeps_roots(idioms[place]):
        return [own]
    opening = _OPENING if span.start == sections[place].start else 0.0
    found = [own]
    lead = leading_tone(span.key)
    for tone, cost in list(zip(chord_tones(span.chord), _INVERSION, strict=False))[1:3]:
        inverted = replace(span.chord, bass=tone_name(tone))
        doubled = heard.strikes == tone.key % 12
        cost += opening
        cost += (_DOUBLED_LEAD if tone.key % 12 == lead else _DOUBLED_THIRD) if doubled else 0.0
        found.append(_Option(tone.key % 12, inverted, cost))
    return found


def _leads(span: ChordSpan) -> bool:
    """Whether a chord is the dominant, which keeps its root before a close."""
    return _tone_of(span.chord.root) == span.key.at(4).key % 12


def _tone_of(name: str) -> int:
    return Pitch.parse(f"{name}4").key % 12


def _section_at(sections: Sequence[Section], at: Beat) -> int:
    starts = [section.start for section in sections]
    return max(0, bisect_right(starts, at) - 1)


def _move(one: int, other: int, tune: _Heard) -> float:
    """What the bass costs from one chord to the next, against the tune."""
    if tune.strikes is None:
        return _leap(one, other)
    straight = _parallel(one, other, tune.before, tune.strikes)
    joint = max((_parallel(one, other, before, tune.strikes) for before in tune.joint), default=0.0)
    return max(straight, JOINT_SHARE * joint) + _leap(one, other)


def _leap(one: int, other: int) -> float:
    apart = (other - one) % 12
    return _SAME_BASS if apart == 0 else _TRITONE if apart == 6 else 0.0


def _parallel(one: int, other: int, before: int | None, after: int) -> float:
    """Whether two tones of the bass and two of the tune make a perfect interval twice running.

    >>> _parallel(0, 2, 0, 2), _parallel(0, 2, 7, 9), _parallel(0, 2, 4, 5), _parallel(0, 0, 7, 7)
    (12.0, 8.0, 0.0, 0.0)
    """
    if before is None or one == other or before == after:
        return 0.0
    apart = (after - other) % 12
    if apart != (before - one) % 12:
        return 0.0
    return {0: OCTAVES, 7: FIFTHS}.get(apart, 0.0)


def _heard(spans: Sequence[ChordSpan], melody: Sequence[Note]) -> list[_Heard]:
    """The tune at the start of each chord."""
    notes = [note for note in melody if note.sounding]
    onsets = [note.onset for note in notes]
    found = [_Heard(_struck(notes, onsets, spans[0].start), None, ())]
    for before, span in pairwise(spans):
        place = bisect_left(onsets, span.start)
        last = notes[place - 1] if place else None
        inside = notes[bisect_left(onsets, before.start) : place]
        found.append(
            _Heard(
                _struck(notes, onsets, span.start),
                _class_of(last) if last is not None and last.end >= span.start else None,
                tuple(_class_of(note) for note in inside if _strong(note, before.start)),
            )
        )
    return found


def _struck(notes: Sequence[Note], onsets: Sequence[Beat], at: Beat) -> int | None:
    place = bisect_left(onsets, at)
    return _class_of(notes[place]) if place < len(notes) and onsets[place] == at else None


def _strong(note: Note, chord_start: Beat) -> bool:
    """Whether the bass may strike with a note: the chord begins there, or a whole beat does."""
    away = (note.onset - chord_start).quarters
    return away == 0 or away.denominator == 1


def _class_of(note: Note) -> int:
    return note.sounding[-1].key % 12
