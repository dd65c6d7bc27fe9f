"""One staff of a player: voices, lengths, techniques, slurs and dynamics put on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.music import (
    Articulation,
    Family,
    Instrument,
    Note,
    NoteSign,
    Pitch,
    Score,
    Sign,
    Slur,
    Staff,
    Technique,
    TechniqueMark,
    Unpitched,
    Voice,
    Words,
    pitch_of_key,
)
from scorestage.music.hands import hands
from scorestage.takedown.beatgrid import GridBeat
from scorestage.takedown.lengths import LengthReader, Sounded, WrittenLength
from scorestage.takedown.loudness import accented, carries_dynamics, dynamics_of, samples_of
from scorestage.takedown.performance import PlayedTrack
from scorestage.takedown.playing import Playing
from scorestage.takedown.voices import Chord, PlacedTone, by_bars, lanes_of
from scorestage.timebase import BarGrid, Beat, Beats

_BOWED_OR_BLOWN = (Family.STRINGS, Family.WOODWIND, Family.BRASS, Family.VOICE)
_PLUCKED = (Technique.PIZZICATO, Technique.COL_LEGNO)
_LASTING_WORDS = ("harm.", "snap pizz.")
_SNAP = "snap pizz."


@dataclass(frozen=True, slots=True)
class StaffSource:
    """What goes onto one staff: its tones, the track each came from, and how it is read."""

    prefix: str
    instrument: Instrument
    tones: tuple[PlacedTone, ...]
    tracks: Mapping[PlacedTone, PlayedTrack]
    one_voice: bool
    drums: bool
    dynamics: bool


def dealt(tones: Sequence[PlacedTone]) -> tuple[list[PlacedTone], list[PlacedTone]]:
    """The tones of two hands: the right one's and the left one's."""
    notes = [
        Note(str(place), Beat(tone.onset), Beats(1), (pitch_of_key(tone.key),))
        for place, tone in enumerate(tones)
    ]
    right, left = hands(notes)
    return [tones[int(one.id)] for one in right], [tones[int(one.id)] for one in left]


def staff_of(
    source: StaffSource,
    everyone: Sequence[PlacedTone],
    grid: BarGrid,
    beats: Sequence[GridBeat],
    parts: Mapping[int, int],
    quarters: Callable[[Fraction], Fraction],
) -> Staff:
    """The staff on paper; `everyone` are the tones whose loudness its dynamics tell."""
    lanes = lanes_of(source.tones, one_voice=source.one_voice or source.drums)
    reader = LengthReader(beats, parts)
    lengths = [reader.read(_sounded(lane, source, quarters)) for lane in lanes]
    ends = [
        [min(grid.end.quarters, chord.onset + one.length) for chord, one in _pairs(lane, row)]
        for lane, row in zip(lanes, lengths, strict=True)
    ]
    struck = _accents(source)
    notes: dict[tuple[int, int], Note] = {}
    for number, (lane, row) in enumerate(zip(lanes, lengths, strict=True)):
        for place, (chord, one) in enumerate(_pairs(lane, row)):
            name = f"{source.prefix}v{number + 1}n{place + 1}"
            notes[number, place] = _note(name, chord, one, ends[number][place], source, struck)
    voices = [Voice(tuple(notes[at] for at in voice)) for voice in by_bars(lanes, grid, ends)]
    chords = sorted((chord for lane in lanes for chord in lane), key=_onset)
    techniques, words = ((), ()) if source.drums else _techniques(chords, source.instrument)
    staff = Staff(
        tuple(voices),
        slurs=tuple(_slurs(lengths, notes)),
        techniques=tuple(techniques),
        words=tuple(words),
    )
    return _with_dynamics(staff, source, everyone, grid) if source.dynamics else staff


def _pairs(
    lane: Sequence[Chord], row: Sequence[WrittenLength]
) -> Iterable[tuple[Chord, WrittenLength]]:
    return zip(lane, row, strict=True)


def _onset(chord: Chord) -> Fraction:
    return chord.onset


def _sounded(
    lane: Sequence[Chord], source: StaffSource, quarters: Callable[[Fraction], Fraction]
) -> list[Sounded]:
    binding = source.instrument.family in _BOWED_OR_BLOWN
    found = []
    for place, chord in enumerate(lane):
        following = lane[place + 1] if place + 1 < len(lane) else None
        playing = chord.tones[0].playing
        end = Fraction(chord.end_seconds).limit_denominator(100_000)
        found.append(
            Sounded(
                chord.onset,
                chord.start_seconds,
                chord.end_seconds,
                float(quarters(end)),
                following.onset if following is not None else None,
                following.start_seconds if following is not None else None,
                is_short=source.drums or playing.is_short,
                can_bind=binding and not playing.is_short,
                binds=playing.slurred,
            )
        )
    return found


def _note(
    name: str,
    chord: Chord,
    written: WrittenLength,
    end: Fraction,
    source: StaffSource,
    struck: frozenset[PlacedTone],
) -> Note:
    tones = sorted(chord.tones, key=lambda tone: tone.key)
    playing = tones[-1].playing
    articulations = list(playing.articulations)
    dotted = written.staccato and playing.technique not in _PLUCKED and not source.drums
    if dotted and Articulation.STACCATISSIMO not in articulations:
        articulations.append(Articulation.STACCATO)
    if any(tone in struck for tone in tones) and Articulation.ACCENT not in articulations:
        articulations.append(Articulation.ACCENT)
    signs = []
    if playing.trill:
        signs.append(NoteSign(Sign("ornaments", inner=(Sign("trill-mark"),))))
    if tones[0].rolled:
        signs += [NoteSign(Sign("arpeggiate"), head) for head in range(len(tones))]
    graces = next((tone.graces for tone in tones if tone.graces), ())
    pitches: tuple[Pitch | Unpitched, ...] = tuple(pitch_of_key(tone.key) for tone in tones)
    if source.drums:
        pitches = tuple(Unpitched(f"drum-{tone.key}") for tone in tones)
    return Note(
        name,
        Beat(chord.onset),
        Beats(end - chord.onset),
        pitches,
        tuple(articulations),
        tremolo=playing.tremolo,
        grace=() if source.drums else tuple(pitch_of_key(key) for key in graces),
        signs=tuple(signs),
    )


def _slurs(
    lengths: Sequence[Sequence[WrittenLength]], notes: Mapping[tuple[int, int], Note]
) -> Iterable[Slur]:
    """A slur over every run of notes that are bound each to the next."""
    for number, row in enumerate(lengths):
        first: int | None = None
        for place, one in enumerate(row):
            goes_on = one.bound and place + 1 < len(row)
            if goes_on and first is None:
                first = place
            elif not goes_on and first is not None:
                yield Slur(notes[number, first].id, notes[number, place].id)
                first = None


def _techniques(
    chords: Sequence[Chord], instrument: Instrument
) -> tuple[list[TechniqueMark], list[Words]]:
    """What is printed where the way of playing changes."""
    marks: list[TechniqueMark] = []
    words: list[Words] = []
    before = Playing()
    for chord in chords:
        playing = chord.tones[-1].playing
        at = Beat(chord.onset)
        if playing.words == _SNAP:
            playing = replace(playing, technique=None)
        if playing.mute is not before.mute:
            muted = Technique.CON_SORDINO if playing.mute else Technique.SENZA_SORDINO
            marks.append(TechniqueMark(at, muted))
        if playing.technique is not before.technique:
            marks.append(TechniqueMark(at, _named(playing.technique, before, instrument)))
        if playing.words != before.words:
            if playing.words:
                words.append(Words(at, playing.words))
            elif before.words in _LASTING_WORDS and playing.technique is before.technique:
                words.append(Words(at, "ord."))
        before = playing
    return marks, words


def _named(technique: Technique | None, before: Playing, instrument: Instrument) -> Technique:
    """A technique, or what takes the last one back."""
    if technique is not None:
        return technique
    if before.technique in _PLUCKED and instrument.family is Family.STRINGS:
        return Technique.ARCO
    return Technique.ORDINARIO


def _accents(source: StaffSource) -> frozenset[PlacedTone]:
    """Tones struck harder than those around them, where velocity makes the loudness."""
    if not source.dynamics and not source.tones:
        return frozenset()
    by_track: dict[int, list[PlacedTone]] = {}
    for tone in source.tones:
        by_track.setdefault(source.tracks[tone].place, []).append(tone)
    found: set[PlacedTone] = set()
    for tones in by_track.values():
        if carries_dynamics(source.tracks[tones[0]]):
            continue
        ordered = sorted(tones, key=lambda tone: (tone.onset, tone.key))
        found |= {ordered[place] for place in accented(ordered)}
    return frozenset(found)


def _with_dynamics(
    staff: Staff, source: StaffSource, everyone: Sequence[PlacedTone], grid: BarGrid
) -> Staff:
    samples = []
    by_track: dict[int, list[PlacedTone]] = {}
    for tone in everyone:
        by_track.setdefault(source.tracks[tone].place, []).append(tone)
    last = Fraction(0)
    for tones in by_track.values():
        track = source.tracks[tones[0]]
        ends = [_end(tone, tones) for tone in tones]
        samples += samples_of(track, tones, ends)
        last = max(last, Fraction(max(ends)).limit_denominator(16))
    notes = staff.notes
    end = max((note.end.quarters for note in notes), default=last)
    told = dynamics_of(
        samples, [note.onset.quarters for note in notes], min(end, grid.end.quarters)
    )
    return replace(staff, dynamics=told.marks, hairpins=told.hairpins)


def _end(tone: PlacedTone, tones: Sequence[PlacedTone]) -> float:
    """About where a tone ends in quarters, by the pace of its track."""
    first, last = tones[0], tones[-1]
    wide = float(last.onset - first.onset)
    pace = (last.start_seconds - first.start_seconds) / wide if wide > 0 else 0.5
    return float(tone.onset) + max(0.1, (tone.end_seconds - tone.start_seconds) / max(0.05, pace))


def with_spelling(score: Score, spelling: Mapping[tuple[Fraction, int], Pitch]) -> Score:
    """The score with every key spelled as told by onset and key."""

    def named(note: Note) -> Note:
        at = note.onset.quarters
        pitches = tuple(
            spelling.get((at, one.key), one) if isinstance(one, Pitch) else one
            for one in note.pitches
        )
        grace = tuple(spelling.get((at, one.key), one) for one in note.grace)
        return replace(note, pitches=pitches, grace=grace)

    lines = []
    for line in score.lines:
        staves = tuple(
            replace(
                staff,
                voices=tuple(Voice(tuple(map(named, voice.notes))) for voice in staff.voices),
            )
            for staff in line.staves
        )
        lines.append(replace(line, staves=staves))
    return replace(score, lines=tuple(lines))
