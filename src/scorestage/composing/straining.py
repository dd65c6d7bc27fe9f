"""Chords strained or eased as the tension asks, measured in the spiral array.

Each chord may be coloured (sevenths, a diminished or augmented fifth, the tonic held under it) or
made plain; the colour taken is the one whose measured strain comes nearest to what is asked for,
and under a tune only one that does not rub against it. Where a rising curve is drawn and the style
lives by chords, a chord may give way to another one that holds the same tones of the tune: a
mediant, a borrowed chord, one from far away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.composing.chords import ChordSpan
from scorestage.composing.course import Course
from scorestage.composing.form import Part
from scorestage.composing.limits import avoids_dissonance
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest, stream
from scorestage.composing.spiral import chord_measures, chord_strain, fifths_of
from scorestage.music import ChordSymbol, Note, Pitch
from scorestage.music.harmony import chord_tones, in_chord, mode_family
from scorestage.music.key import Key
from scorestage.production import CurveKind
from scorestage.timebase import Beat

MORE_PER_STEP = 0.85
"""How much strain (diameter and distance from the key) one step of tension adds."""
SPOKEN_SHARE = 0.4
"""The share of chords that a step of tension strains where words ask for it."""
_COLOURS = {
    "major": ("dominant", "major-seventh", "augmented"),
    "minor": ("minor-seventh", "minor-sixth", "major-minor", "half-diminished"),
    "dominant": ("dominant-ninth",),
    "minor-seventh": ("half-diminished", "major-minor"),
    "diminished": ("half-diminished", "diminished-seventh"),
    "half-diminished": ("diminished-seventh",),
    "suspended-fourth": ("dominant",),
    "suspended-second": ("minor-seventh",),
}
_PLAIN = {
    "dominant": "major",
    "major-seventh": "major",
    "major-sixth": "major",
    "dominant-ninth": "dominant",
    "major-ninth": "major",
    "minor-seventh": "minor",
    "minor-sixth": "minor",
    "minor-ninth": "minor",
    "major-minor": "minor",
    "half-diminished": "diminished",
    "diminished-seventh": "diminished",
    "augmented": "major",
}
_LONG = Fraction(1)
_ROOTS = ("Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#", "G#")
_EXCHANGED = ("major", "minor", "dominant", "half-diminished")
_TRIADS = ("major", "minor")
FROM_STEPS = Fraction(1, 2)
"""From so many steps of drawn tension on chords are exchanged, not only coloured."""
DIAMETER_PER_STEP = 0.45
USUAL_DISTANCE, DISTANCE_PER_STEP = 0.75, 0.35
"""How far from the key chords lie (chorales: 0.71), and how much a step of tension changes it."""
FARTHEST_FIFTHS = 7
UNRELATED = 0.4
"""What a chord without a tone in common with the one before it costs, beside strain missed."""


def strained(
    request: CueRequest,
    course: Course,
    sections: Sequence[Section],
    spans: Sequence[ChordSpan],
    melody: Sequence[Note] = (),
    *,
    stated: bool,
) -> tuple[ChordSpan, ...]:
    """The chords of the sections that state a theme (`stated`) or of the others, coloured.

    The close and the last chord before it keep what they are, and so does what leads on into a
    section: the dominant of a key to come is not exchanged.
    """
    if avoids_dissonance(request) or request.style.harmony.plain:
        return tuple(spans)
    found: list[ChordSpan] = []
    starts = {section.start for section in sections}
    for number, span in enumerate(spans):
        section = next(one for one in reversed(sections) if one.start <= span.start)
        following = spans[number + 1] if number + 1 < len(spans) else None
        fixed = section.part in (Part.CLOSE, Part.FADE) or _before_close(sections, following)
        if fixed or (section.part is Part.STATEMENT) is not stated:
            found.append(span)
            continue
        wish = course.at(CurveKind.TENSION, span.start)
        random = stream(request.seed, "strain", request.cue.id, span.start.quarters)
        drawn = course.is_drawn(CurveKind.TENSION)
        share = 0.55 + 0.3 * float(abs(wish)) if drawn else SPOKEN_SHARE * float(abs(wish))
        if not wish or random.random() >= share:
            found.append(span)
            continue
        over = [note for note in melody if note.onset < span.end and span.start < note.end]
        joins = following is not None and following.start in starts
        exchanged = found and drawn and not joins and exchanges(request, wish)
        before = found[-1].chord if exchanged else None
        found.append(replace(span, chord=_coloured(span, float(wish), over, before)))
    return tuple(found)


def exchanges(request: CueRequest, wish: Fraction) -> bool:
    """Whether a chord may give way to another one: traditions and modal music keep theirs."""
    style = request.style
    return abs(wish) >= FROM_STEPS and not style.own_modes and style.harmony.symbols


def _before_close(sections: Sequence[Section], following: ChordSpan | None) -> bool:
    return (
        following is not None
        and sections[-1].part is Part.CLOSE
        and following.start >= sections[-1].start
    )


def _coloured(
    span: ChordSpan, wish: float, over: Sequence[Note], before: ChordSymbol | None
) -> ChordSymbol:
    """The colour whose strain is nearest to the chord's own and what the tension adds.

    After `before` (None: chords stay) another chord may come in its place.
    """
    chord = span.chord
    if before is not None and not chord.bass:
        return _asked(span, wish, over, before)
    if wish < 0:
        plain = _PLAIN.get(chord.quality)
        plainer = replace(chord, quality=plain) if plain else chord
        bass = Pitch.parse(f"{chord.bass}4") if chord.bass else None
        stands = bass is None or in_chord(bass, replace(plainer, bass=""))
        return plainer if stands and _suits(plainer, chord, over) else chord
    options = [
        other for other in _options(chord, span.key) if other == chord or _suits(other, chord, over)
    ]
    target = chord_strain(_nowhere(chord), span.key) + MORE_PER_STEP * wish
    return min(options, key=lambda one: abs(chord_strain(_nowhere(one), span.key) - target))


def _asked(span: ChordSpan, wish: float, over: Sequence[Note], before: ChordSymbol) -> ChordSymbol:
    """The chord nearest to what is asked for: as far from the key, as much more dissonant.

    It holds the tune's tones, the short ones only where tension is low, and by preference one of
    the chord before it.
    """
    chord, key = span.chord, span.key
    plain = _PLAIN.get(chord.quality)
    options = _options(chord, key) if wish > 0 else [chord]
    options += [replace(chord, quality=plain)] if plain and wish < 0 else []
    if wish >= 1:
        over = [note for note in over if note.onset <= span.start or note.length.quarters >= _LONG]
    options += _others(chord, key, over, _EXCHANGED if wish > 0 else _TRIADS)
    suiting = [one for one in options if one == chord or _suits(one, chord, over)]
    spread = _measures(chord, key)[0] + DIAMETER_PER_STEP * wish
    distance = USUAL_DISTANCE + DISTANCE_PER_STEP * wish

    def missed(one: ChordSymbol) -> float:
        diameter, strain = _measures(one, key)
        foreign = not _related(one, before)
        return abs(diameter - spread) + 2 * abs(strain - distance) + UNRELATED * foreign

    return min(suiting, key=missed)


def _measures(chord: ChordSymbol, key: Key) -> tuple[float, float]:
    """Diameter of a chord, and its distance from the key."""
    return chord_measures(_nowhere(chord), key)


def _related(one: ChordSymbol, other: ChordSymbol) -> bool:
    tones = {tone.key % 12 for tone in chord_tones(other)}
    return any(tone.key % 12 in tones for tone in chord_tones(one))


def _others(
    chord: ChordSymbol, key: Key, over: Sequence[Note], qualities: Sequence[str]
) -> list[ChordSymbol]:
    """Chords on other roots that hold the tune's tones as they are spelled.

    Those of the tune that the chord itself holds count; without any, those not far from the key.
    """
    held = {
        (pitch.step, pitch.alter)
        for note in over
        for pitch in note.sounding
        if in_chord(pitch, chord)
    }
    home = fifths_of(key.home)
    found = []
    for root in _ROOTS:
        if root == chord.root or abs(fifths_of(Pitch.parse(f"{root}4")) - home) > FARTHEST_FIFTHS:
            continue
        for quality in qualities:
            other = replace(chord, root=root, quality=quality)
            if held <= {(tone.step, tone.alter) for tone in chord_tones(other)}:
                found.append(other)
    return found


def _nowhere(chord: ChordSymbol) -> ChordSymbol:
    """The chord without its place, so that equal chords are measured once."""
    return ChordSymbol(Beat(0), chord.root, chord.quality, chord.bass)


def _options(chord: ChordSymbol, key: Key) -> list[ChordSymbol]:
    """The chord, its colours, and it over the tonic where that is foreign to it."""
    found = [chord]
    if not chord.bass:
        found += [replace(chord, quality=one) for one in _COLOURS.get(chord.quality, ())]
        tonic = key.tonic
        if mode_family(key.mode) == "minor" and not in_chord(key.home, chord):
            found.append(replace(chord, bass=tonic))
    return found


def _suits(other: ChordSymbol, chord: ChordSymbol, over: Sequence[Note]) -> bool:
    """Whether the tune's long and opening notes stay in the chord, and none rubs against it."""
    tones = {tone.key % 12 for tone in chord_tones(other)}
    added = tones - {tone.key % 12 for tone in chord_tones(chord)}
    for note in over:
        for pitch in note.sounding:
            if in_chord(pitch, chord) and not in_chord(pitch, other):
                return False
            weighs = note.length.quarters >= _LONG
            if weighs and any((pitch.key - tone) % 12 in (1, 11) for tone in added):
                return False
    return True
