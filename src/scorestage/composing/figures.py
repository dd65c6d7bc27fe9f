"""Small figures that several idioms share: held chords, basses in turn, ladders of chord tones."""

from __future__ import annotations

from fractions import Fraction

from scorestage.composing.passage import Harmony, Passage, PassageBar, octave_of, struck
from scorestage.music import Articulation, Note, Pitch
from scorestage.music.harmony import chord_tones
from scorestage.timebase import Beat, Beats

LONGEST_HOLD_SECONDS = Fraction(8)
_PATTERNS = (
    ((0, 0, 3), (1, 1, 1)),
    ((0, 1, 1), (2, 1, 2)),
    ((1, 0, 2), (2, 1, 1)),
    ((1, 1, 3),),
    ((0, 0, 1), (1, 1, 3)),
)
"""Strokes as (felt beat, half of it, length in half beats)."""


def held_chords(passage: Passage) -> list[tuple[Beat, Beat, Harmony]]:
    """Where chords are struck and how long they are held: anew with each chord.

    No longer than two bars or eight seconds, so that nobody runs out of breath or bow.
    """
    found: list[tuple[Beat, Beat, Harmony]] = []
    for bar in passage.bars:
        for harmony in bar.harmonies:
            if found and not harmony.fresh:
                start, _, before = found[-1]
                bars = sum(
                    start < other.end and other.start < harmony.end for other in passage.bars
                )
                lasting = (harmony.end - start).quarters * passage.quarter_seconds
                if bars <= 2 and lasting <= LONGEST_HOLD_SECONDS:
                    found[-1] = (start, harmony.end, before)
                    continue
            found.append((harmony.start, harmony.end, harmony))
    return found


def pad_notes(passage: Passage, rule: str, *, tremolo: int = 0) -> list[Note]:
    """The upper voices as held chords."""
    return [
        struck(start, end, harmony.upper, rule, tremolo=tremolo)
        for start, end, harmony in held_chords(passage)
    ]


def held_bass(passage: Passage, rule: str) -> list[Note]:
    """The bass as held notes."""
    return [
        struck(start, end, (harmony.bass,), rule) for start, end, harmony in held_chords(passage)
    ]


def bass_fifth(harmony: Harmony, passage: Passage) -> Pitch:
    """The other tone an alternating bass goes to: the fifth below or above, else the bass again."""
    tones = chord_tones(harmony.chord)
    fifth = tones[1] if len(tones) == 2 else tones[min(2, len(tones) - 1)]
    if harmony.chord.bass or (fifth.key - tones[0].key) % 12 != 7:
        return harmony.bass
    low, high = passage.style.bass.low.key, passage.style.bass.high.key
    keys = [octave_of(fifth, octaves) for octaves in range(-5, 2)]
    inside = [pitch for pitch in keys if low <= pitch.key <= high] or [harmony.bass]
    return min(inside, key=lambda pitch: (abs(pitch.key - harmony.bass.key), pitch.key))


def ladder(harmony: Harmony, rungs: int) -> tuple[Pitch, ...]:
    """Chord tones from the lowest upper voice on, as many as asked, over octaves where needed."""
    tones = list(harmony.upper)
    octave = 1
    while len(tones) < rungs:
        above = [octave_of(pitch, octave) for pitch in harmony.upper]
        tones += [pitch for pitch in above if pitch.key > tones[-1].key]
        octave += 1
    return tuple(tones[:rungs])


def detached(length: Beats, passage: Passage) -> Beats:
    """How long a short note is written: half its place, a sixteenth at least."""
    half = length * Fraction(1, 2)
    on_grid = (half.quarters * 4).denominator == 1
    return (
        half if on_grid and half.quarters * passage.quarter_seconds >= Fraction(1, 10) else length
    )


def accent_at(stress: int, passage: Passage) -> tuple[Articulation, ...]:
    """An accent on strong places of driving music."""
    return (Articulation.ACCENT,) if stress >= 2 and passage.energy > 0 else ()


def comp_bar(passage: Passage, bar: PassageBar, rule: str) -> list[Note]:
    """One bar of comping: a pattern drawn for the bar, a plain held chord where none fits."""
    pattern = passage.random("comping", bar.index).choice(_PATTERNS)
    beats = bar.beats()
    found: list[Note] = []
    for beat, half, halves in pattern:
        if beat >= len(beats):
            continue
        start, length, _ = beats[beat]
        at = start + _offset(length, half)
        end = min(at + length * Fraction(halves, 2), bar.end)
        if (end.quarters * 4).denominator != 1:
            end = bar.end
        if found and at < found[-1].end:
            continue
        signs = (Articulation.STACCATO,) if halves == 1 else (Articulation.TENUTO,)
        found.append(struck(at, end, bar.under(at).upper, rule, *signs))
    if not found:
        return [struck(bar.start, bar.end, bar.harmonies[0].upper, rule)]
    return found


def _offset(length: Beats, half: int) -> Beats:
    """The second half of a beat; of a dotted one the last third."""
    if half == 0:
        return Beats(0)
    return length * (Fraction(2, 3) if length.quarters.numerator == 3 else Fraction(1, 2))


def with_passing(passage: Passage, notes: list[Note], rule: str) -> list[Note]:
    """A beaten bass with tones of the scale put in before some basses a third or fourth away.

    The last note before the change gives up its second half, where that lasts a beat or so; a tone
    that would make a fifth or octave with a held voice is left out.
    """
    found: list[Note] = []
    for note, following in zip(notes, [*notes[1:], None], strict=True):
        bar = next(bar for bar in passage.bars if bar.start <= note.onset < bar.end)
        between = _between(passage, bar.under(note.onset), note, following)
        half = note.length * Fraction(1, 2)
        fits = (half.quarters * 4).denominator == 1 and half.quarters >= Fraction(1, 2)
        draw = passage.random(rule, "passing", note.onset.quarters).random()
        if between is None or not fits or draw < 0.4:
            found.append(note)
            continue
        middle = note.onset + half
        found.append(struck(note.onset, middle, note.sounding, rule, *note.articulations))
        found.append(struck(middle, note.end, (between,), "passing-bass"))
    return found


def _between(
    passage: Passage, harmony: Harmony, note: Note, following: Note | None
) -> Pitch | None:
    """The scale tone just before the next bass, on the way to it."""
    if following is None or following.onset != note.end:
        return None
    here, there = note.sounding[0], following.sounding[0]
    if abs(there.key - here.key) not in (3, 4, 5):
        return None
    steps, _ = passage.key.steps_of(there)
    between = passage.key.at(steps + (-1 if there.key > here.key else 1))
    low, high = sorted((here.key, there.key))
    if not low < between.key < high:
        return None
    perfect = any((pitch.key - between.key) % 12 in (0, 7) for pitch in harmony.upper)
    return None if perfect else between
