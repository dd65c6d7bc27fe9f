"""Chords that stand already, played by an idiom: what goes on under a song or a lead sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.composing.chords import ChordSpan
from scorestage.composing.idioms import idioms_at_hand
from scorestage.composing.joints import unparalleled
from scorestage.composing.passage import Harmony, Idiom, Passage, PassageBar
from scorestage.composing.refreshing import freshened
from scorestage.composing.voicing import VoicedSpan, voice_chords
from scorestage.errors import CatalogueError
from scorestage.music import ChordSymbol, Note, Pitch, PitchRange, Role
from scorestage.music.harmony import CHORD_INTERVALS
from scorestage.music.key import Key
from scorestage.music.style import Style
from scorestage.timebase import Beat, Beats, TempoMap

KEYS_PAD = PitchRange(Pitch("F", 0, 3), Pitch("A", 0, 4))
"""Where a pianist's right hand lies under a voice."""
KEYS_BASS = PitchRange(Pitch("E", 0, 1), Pitch("D", 0, 3))


@dataclass(frozen=True, slots=True)
class Stand:
    """Some bars in one idiom: from `first_bar` up to `end_bar`, `energy` from -2 to 2."""

    first_bar: int
    end_bar: int
    idiom: str
    energy: int = 0
    label: str = ""


def accompany(
    chords: Sequence[ChordSymbol],
    tempo_map: TempoMap,
    key: Key,
    style: Style,
    stands: Sequence[Stand],
    *,
    seed: int = 1,
    melody: Sequence[Note] = (),
    idioms: Mapping[str, Idiom] | None = None,
) -> dict[Role, tuple[Note, ...]]:
    """What is played to chords by name, stretch by stretch, each in its idiom.

    Bars before the first chord, and those of `N.C.`, are silent. Chords nobody knows are played as
    the nearest one that is known. Raises `CatalogueError` for an idiom that nobody has.
    """
    at_hand = idioms if idioms is not None else idioms_at_hand()
    spans = _spans(chords, tempo_map.grid.end, key)
    if not spans:
        return {}
    voiced = voice_chords(spans, [KEYS_PAD] * len(spans), KEYS_BASS)
    silent = {span.start for span in spans if span.chord.quality == "none"}
    found: dict[Role, list[Note]] = {}
    for stand in stands:
        if stand.idiom not in at_hand:
            raise CatalogueError(
                f"nobody has the idiom {stand.idiom!r}", do=f"known: {', '.join(at_hand)}"
            )
        for passage in _passages(voiced, silent, tempo_map, key, style, stand, seed, melody):
            written = at_hand[stand.idiom].write(passage)
            for role, notes in unparalleled(passage, freshened(passage, written)).items():
                found.setdefault(role, []).extend(
                    replace(note, length=min(note.length, passage.end - note.onset))
                    for note in notes
                    if passage.start <= note.onset < passage.end
                )
    return {role: _named(role, notes) for role, notes in found.items()}


def _named(role: Role, notes: Sequence[Note]) -> tuple[Note, ...]:
    ordered = sorted(notes, key=lambda note: note.onset)
    return tuple(
        replace(note, id=f"{role.name.lower()}-{number}", lyric="")
        for number, note in enumerate(ordered, start=1)
    )


def _spans(chords: Sequence[ChordSymbol], end: Beat, key: Key) -> list[ChordSpan]:
    """Chords with where each ends; what lies before bar 1 counts from there."""
    marks: dict[Beat, ChordSymbol] = {}
    for chord in sorted(chords, key=lambda one: one.at):
        marks[max(chord.at, Beat(0))] = chord
    edges = [*marks, end]
    return [
        ChordSpan(start, stop, known_chord(marks[start]), key)
        for start, stop in pairwise(edges)
        if start < stop
    ]


def known_chord(chord: ChordSymbol) -> ChordSymbol:
    """The chord itself, or the nearest of those whose tones are known: a thirteenth as a ninth.

    >>> str(known_chord(ChordSymbol(Beat(0), "G", "dominant-13th")))
    'G9'
    """
    plain = replace(chord, extra=(), text="")
    quality = chord.quality
    if quality in CHORD_INTERVALS or quality == "none":
        return plain
    if any(word in quality for word in ("dominant", "Neapolitan", "Italian", "French", "German")):
        near = "dominant-ninth" if "1" in quality or "ninth" in quality else "dominant"
    elif "augmented" in quality:
        near = "augmented"
    elif "diminished" in quality:
        near = "diminished"
    elif quality.startswith("major"):
        near = "major-ninth"
    elif quality.startswith("minor"):
        near = "minor-ninth"
    elif quality.startswith("suspended"):
        near = "suspended-fourth"
    else:
        near = "power"
    return replace(plain, quality=near)


def _passages(
    voiced: Sequence[VoicedSpan],
    silent: set[Beat],
    tempo_map: TempoMap,
    key: Key,
    style: Style,
    stand: Stand,
    seed: int,
    melody: Sequence[Note],
) -> list[Passage]:
    """The bars of a stretch in runs that have chords."""
    grid = tempo_map.grid
    runs: list[list[PassageBar]] = [[]]
    for index in range(stand.first_bar, stand.end_bar):
        start, end = grid.starts[index], grid.starts[index + 1]
        own = [one for one in voiced if one.start < end and start < one.end]
        if not own or any(one.start in silent for one in own):
            runs.append([])
            continue
        harmonies = tuple(
            Harmony(
                max(one.start, start),
                min(one.end, end),
                one.chord,
                one.upper,
                one.bass,
                one.start >= start,
                one.end,
            )
            for one in own
        )
        if harmonies[0].start > start:
            harmonies = (replace(harmonies[0], start=start), *harmonies[1:])
        runs[-1].append(PassageBar(index, start, grid.bars[index].meter, harmonies))
    return [
        _passage(run, voiced, tempo_map, key, style, stand, seed, melody) for run in runs if run
    ]


def _passage(
    bars: Sequence[PassageBar],
    voiced: Sequence[VoicedSpan],
    tempo_map: TempoMap,
    key: Key,
    style: Style,
    stand: Stand,
    seed: int,
    melody: Sequence[Note],
) -> Passage:
    start, end = bars[0].start, bars[-1].end
    lasting = (tempo_map.time_at(end) - tempo_map.time_at(start)).seconds
    after = next((one for one in voiced if one.start >= end), None)
    return Passage(
        bars=tuple(bars),
        key=key,
        style=replace(style, bass=KEYS_BASS, pad=KEYS_PAD),
        energy=stand.energy,
        seed=seed,
        label=f"song/{stand.label or stand.first_bar}",
        quarter_seconds=Fraction(lasting) / (end - start).quarters,
        next_bass=after.bass if after is not None else None,
        melody=tuple(note for note in melody if start <= note.onset < end),
    )


def held_last(
    texture: Mapping[Role, Sequence[Note]], chord: ChordSymbol, key: Key, start: Beat, end: Beat
) -> dict[Role, tuple[Note, ...]]:
    """The texture up to `start`, and there the last chord struck once and held to the end."""
    kept = {
        role: [
            replace(note, length=min(note.length, start - note.onset))
            for note in notes
            if note.onset < start
        ]
        for role, notes in texture.items()
    }
    span = ChordSpan(start, end, known_chord(chord), key)
    (voiced,) = voice_chords([span], [KEYS_PAD], KEYS_BASS)
    length = Beats((end - start).quarters)
    for role, pitches in ((Role.HARMONY, voiced.upper), (Role.BASS, (voiced.bass,))):
        kept.setdefault(role, []).append(Note("", start, length, pitches, origin="rule:last chord"))
    return {role: _named(role, notes) for role, notes in kept.items()}
