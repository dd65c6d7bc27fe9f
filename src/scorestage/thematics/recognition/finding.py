"""Where a theme sounds in a score: by whom, from when to when, changed how, how surely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log2

from scorestage.music.key import Key
from scorestage.music.theme import Theme
from scorestage.thematics.recognition.alignment import STRICT_WAYS, WAYS, Ear, Field, Run, worth_of
from scorestage.thematics.recognition.likeness import likeness, quality
from scorestage.thematics.recognition.naming import Pair, Transformation, named
from scorestage.thematics.recognition.shape import Shape, shape_of


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One statement; `player` counts the score's lines from 0, `start` and `end` in quarters.

    `transformations` are all that hold, the most telling first; `likeness` 0 to 1; `bits` how
    much rarer than by chance it is (ten more bits: a thousand times rarer); `notes` the onset and
    MIDI key of each note that belongs to it; `first` and `last` which notes of the theme it spans.
    `players` are all who share in it, where it is handed from one to another.
    """

    player: int
    start: Fraction
    end: Fraction
    transformations: tuple[Transformation, ...]
    likeness: float
    bits: float
    notes: tuple[tuple[Fraction, int], ...]
    first: int
    last: int
    players: tuple[int, ...] = ()
    quality: float = 1.0
    """How like it is to the part of the theme that it states."""

    @property
    def transformation(self) -> Transformation:
        """The most telling of them."""
        return self.transformations[0]


@dataclass(frozen=True, slots=True)
class _Pass:
    """One way of looking: the theme in a guise, with its own ear and what it must earn more."""

    shape: Shape
    scale: Fraction
    ear: Ear
    margin_bits: float
    least_share: float
    least_likeness: float = 0.0
    least_quality: float = 0.0
    least_notes: int = 4


PLAIN_EAR = Ear()
STRICT_EAR = Ear(ways=STRICT_WAYS)
PITCH_EAR = Ear(rhythm_floor=-0.1, rhythm_share=0.5, ways=(WAYS[0], WAYS[1], WAYS[2], (2, 1, 0.0)))
RHYTHM_EAR = Ear(pitch_floor=-0.1, pitch_share=0.4, ways=(WAYS[0], (2, 1, 0.0)), same_pace_bits=0.1)
_SCALES = (Fraction(2), Fraction(1, 2), Fraction(3), Fraction(1, 3), Fraction(4), Fraction(1, 4))
LEAST_LIKENESS = 0.5
_PROOF_BITS = 7.0
_LOOSE_PROOF_BITS = 3.0
_NEAR_CONTOUR = 0.72
_LOOSE = {
    Transformation.RHYTHM_CHANGED,
    Transformation.AUGMENTED,
    Transformation.DIMINISHED,
    Transformation.INVERTED,
    Transformation.RETROGRADE,
    Transformation.RETROGRADE_INVERSION,
    Transformation.SAME_RHYTHM,
    Transformation.FREE,
}
"""What a few notes do by chance all the time: of short themes it is only told where it is sure."""
_FEWEST = 4
SHORT_NOTES = 6
"""A theme of so many notes at most must surprise where it is heard."""
BITS_A_NOTE, IN_PLACE_BITS = 4.0, 4.0
_HEAD_QUARTERS, _HEAD_NOTES = 8, 10


def passes(shape: Shape) -> tuple[_Pass, ...]:
    """All guises in which a theme is looked for, the usual ones asking for the least proof."""
    one = Fraction(1)
    mirror, back = shape.mirrored(), shape.reversed()
    part = max(0.35, min(0.75, 1.0 - 0.05 * len(shape)))
    much, nearly = (part + 1) / 2, (part + 3) / 4
    head = _head_notes(shape)
    return (
        _Pass(shape, one, PLAIN_EAR, 0.0, part),
        *([_Pass(shape.head(head), one, STRICT_EAR, 0.0, 0.85, 0.0, 0.85)] if head else []),
        *(_Pass(shape, scale, STRICT_EAR, 3.0, nearly, 0.0, 0.8) for scale in _SCALES),
        _Pass(shape, one, PITCH_EAR, 6.0, much, least_notes=7),
        _Pass(shape, one, RHYTHM_EAR, 5.0, nearly, least_notes=6),
        *(_Pass(mirror, scale, STRICT_EAR, 8.0, nearly, 0.78) for scale in (one, *_SCALES[:2])),
        *(_Pass(back, scale, STRICT_EAR, 8.0, nearly, 0.78) for scale in (one, *_SCALES[:2])),
        _Pass(back.mirrored(), one, STRICT_EAR, 10.0, nearly, 0.85),
    )


def search(
    theme: Theme, field: Field, *, least_likeness: float = LEAST_LIKENESS
) -> tuple[Occurrence, ...]:
    """Every statement of a theme by single players in lines made ready to be searched."""
    shape = shape_of(theme)
    key = Key(theme.key, theme.mode) if theme.mode else None
    found: list[tuple[float, Occurrence]] = []
    for one in passes(shape):
        for run in field.runs(one.shape, needed_bits(one, field), one.scale, one.ear):
            occurrence = _occurrence(one, run, field, key)
            if occurrence is None or occurrence.quality < one.least_quality:
                continue
            if run.bits < _chance(field) and _is_loose(occurrence):
                continue
            if not _surprises(len(shape), one, run, field, occurrence.transformations):
                continue
            if occurrence.likeness >= max(least_likeness, one.least_likeness):
                worth = (run.bits - one.margin_bits) * occurrence.quality**3
                found.append((worth, occurrence))
    return in_order(_best(found))


def _head_notes(shape: Shape) -> int:
    """How many notes to look for by themselves as its opening: up to eight quarters of it."""
    inside = sum(onset < shape.onsets[0] + _HEAD_QUARTERS for onset in shape.onsets)
    count = max(_FEWEST, min(inside, _HEAD_NOTES))
    return count if count * 5 <= len(shape) * 3 else 0


def needed_bits(one: _Pass, field: Field) -> float:
    """What a run must earn: more than the best by chance among so many notes.

    A short theme cannot earn so much: there nearly all of it must sound.
    """
    worth = _worth(one.shape, one.ear)
    chance = log2(max(2, field.count)) + _PROOF_BITS + one.margin_bits
    return max(min(chance, one.least_share * worth), min(6.0, 0.98 * worth))


def _is_loose(one: Occurrence) -> bool:
    """Whether it is of a kind, or a contour so far from the theme's, that chance brings often."""
    names = set(one.transformations)
    far = Transformation.SAME_CONTOUR in names and one.quality < _NEAR_CONTOUR
    return far or bool(_LOOSE & names)


def _surprises(size: int, one: _Pass, run: Run, field: Field, names: Sequence[str]) -> bool:
    """Whether a theme of few notes is heard where its notes would not have come anyway.

    Asked is how rarely just these moves come in this score; a place in the beat like the theme's
    own counts as well. What stands as it is at its own pitch needs no proof.
    """
    if size > SHORT_NOTES or Transformation.AS_IS in names:
        return True
    strand, place = field.strand_at(run.pairs[0][1])
    phase = (one.shape.onsets[run.pairs[0][0]] * one.scale) % 1
    bits = field.habits.beyond_chance_bits([note for _, note in run.pairs])
    bits += IN_PLACE_BITS * (strand.onsets[place] % 1 == phase)
    return bits >= BITS_A_NOTE * (size - _FEWEST) - 2


def _chance(field: Field) -> float:
    """Bits below which as good a run is to be expected somewhere in so many notes by chance."""
    return log2(max(2, field.count)) + _LOOSE_PROOF_BITS


def _worth(shape: Shape, ear: Ear) -> float:
    return sum(pitch + pace for pitch, pace in worth_of(shape, ear))


def _occurrence(one: _Pass, run: Run, field: Field, key: Key | None) -> Occurrence | None:
    shape = one.shape
    pairs = pairs_of(shape, run, field)
    if len(pairs) < min(one.least_notes, len(shape)):
        return None
    passed = run.pairs[-1][1] - run.pairs[0][1] + 1 - len(pairs)
    strand, place = field.strand_at(run.pairs[0][1])
    last = place + run.pairs[-1][1] - run.pairs[0][1]
    first = run.pairs[0][1] - place
    indexes = [pair.index for pair in pairs]
    return Occurrence(
        player=strand.player,
        start=strand.onsets[place],
        end=strand.ends[last],
        transformations=named(shape, pairs, passed, key),
        likeness=likeness(shape, pairs, passed, rhythm_alone=one.ear is RHYTHM_EAR),
        bits=run.bits,
        notes=tuple(
            (strand.onsets[note - first], strand.keys[note - first]) for _, note in run.pairs
        ),
        first=min(indexes),
        last=max(indexes),
        players=(strand.player,),
        quality=quality(pairs, passed),
    )


def pairs_of(shape: Shape, run: Run, field: Field) -> tuple[Pair, ...]:
    """The notes of a run beside those of the theme."""
    found = []
    for here, note in run.pairs:
        strand, place = field.strand_at(note)
        found.append(
            Pair(
                shape.order[here],
                float(shape.onsets[here]),
                shape.keys[here],
                shape.steps[here],
                shape.weights[here],
                float(strand.onsets[place]),
                strand.keys[place],
                strand.steps[place],
            )
        )
    return tuple(found)


def _best(found: Iterable[tuple[float, Occurrence]]) -> list[Occurrence]:
    """Of what overlaps by more than half in one player's music the surest."""
    kept: list[Occurrence] = []
    spans: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for _, one in sorted(found, key=lambda item: (-item[0], item[1].start)):
        start, end = float(one.start), float(one.end)
        near = spans[one.player]
        if all(
            2 * (min(end, other_end) - max(start, other)) <= min(end - start, other_end - other)
            for other, other_end in near
        ):
            near.append((start, end))
            kept.append(one)
    return kept


def in_order(found: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """By time, then from the top of the score down."""
    return tuple(sorted(found, key=lambda one: (one.start, one.player, -one.likeness)))
