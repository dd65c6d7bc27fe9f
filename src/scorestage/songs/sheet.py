"""A song as it is sung from: voice, words, chords, key and tempo in bars; moved to any key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorestage.music import (
    ChordSymbol,
    Interval,
    KeyChange,
    Line,
    Note,
    Pitch,
    Player,
    Score,
    Staff,
    Voice,
)
from scorestage.music.harmony import moved_chord
from scorestage.music.key import Key
from scorestage.songs.laying import Laid, Stretch, form_in_words
from scorestage.songs.setting import Misfit
from scorestage.songs.song import Song
from scorestage.songs.tempos import stepped
from scorestage.timebase import Beat, FilmTime, TempoMap


@dataclass(frozen=True, slots=True)
class Sheet:
    """A song's music: the voice is the first line of the score, what accompanies it the others.

    `played` is the tune where nobody sings, `stretches` the parts in their places, `form` the
    form in words; a song that was taken from a finished score has neither.
    """

    score: Score
    tempo_map: TempoMap
    key: Key
    title: str = ""
    composer: str = ""
    lyricist: str = ""
    style: str = ""
    form: str = ""
    stretches: tuple[Stretch, ...] = ()
    played: tuple[Note, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def voice(self) -> Line:
        """What is sung."""
        return self.score.lines[0]

    @property
    def accompanied(self) -> bool:
        """Whether somebody plays."""
        return len(self.score.lines) > 1


def sheet_of(song: Song, laid: Laid, singer: Player) -> Sheet:
    """A song laid out in bars, for a singer."""
    staff = Staff((Voice(laid.notes),), slurs=laid.slurs)
    opening = replace(signature(song.key), at=Beat(0) - laid.grid.pickup)
    line = Line(singer, (staff,), keys=(opening,))
    score = Score(laid.grid, (line,), laid.marks, laid.chords, laid.signs)
    return Sheet(
        score,
        stepped(FilmTime(0), laid.grid, laid.tempos or ((Beat(0), song.tempo),)),
        song.key,
        song.title,
        song.composer,
        song.lyricist,
        song.style,
        form_in_words(song.form),
        laid.stretches,
        laid.played,
        laid.misfits,
    )


def signature(key: Key) -> KeyChange:
    """The key signature nearest to a scale.

    >>> signature(Key("Eb")).fifths, signature(Key("A", "dorian")).fifths
    (-3, 1)
    """
    scale = {key.at(step).step: key.at(step).alter for step in range(7)}

    def wrong(fifths: int) -> int:
        altered = KeyChange(Beat(0), fifths).altered()
        return sum(altered.get(step, 0) != alter for step, alter in scale.items())

    best = min(range(-7, 8), key=lambda fifths: (wrong(fifths), abs(fifths)))
    mode = key.mode if key.mode in ("major", "minor", "dorian", "mixolydian", "lydian") else ""
    return KeyChange(Beat(0), best, mode or ("minor" if key.is_minor else "major"))


def interval_between(key: Key, other: Key, near: int = 0) -> Interval:
    """From one tonic to another, by the way that comes nearest to so many semitones.

    >>> interval_between(Key("C"), Key("Bb"))
    Interval(steps=-1, semitones=-2)
    """
    plain = key.home.interval_to(other.home)
    options = [
        Interval(plain.steps + 7 * octave, plain.semitones + 12 * octave) for octave in range(-3, 4)
    ]
    return min(options, key=lambda one: (abs(one.semitones - near), abs(one.semitones)))


def moved_sheet(sheet: Sheet, by: Interval) -> Sheet:
    """The song an interval away: voice, accompaniment, chords, signatures."""
    if not by.semitones and not by.steps:
        return sheet
    score = sheet.score
    lines = tuple(
        replace(
            line,
            staves=tuple(_moved_staff(staff, by) for staff in line.staves),
            keys=tuple(one.moved(by) for one in line.keys),
        )
        for line in score.lines
    )
    chords = tuple(_moved_chord(one, by) for one in score.chords)
    home = sheet.key.home.moved(by)
    return replace(
        sheet,
        score=replace(score, lines=lines, chords=chords),
        key=Key(str(home)[: -len(str(home.octave))], sheet.key.mode),
        played=moved_notes(sheet.played, by),
    )


def _moved_chord(chord: ChordSymbol, by: Interval) -> ChordSymbol:
    return chord if chord.quality == "none" else moved_chord(chord, by)


def _moved_staff(staff: Staff, by: Interval) -> Staff:
    voices = tuple(Voice(moved_notes(voice.notes, by)) for voice in staff.voices)
    return replace(staff, voices=voices, clefs=(), clef="")


def moved_notes(notes: Sequence[Note], by: Interval) -> tuple[Note, ...]:
    """Notes an interval away, their grace notes too."""
    return tuple(
        replace(
            note,
            pitches=tuple(one.moved(by) if isinstance(one, Pitch) else one for one in note.pitches),
            grace=tuple(one.moved(by) for one in note.grace),
            graces=tuple(
                replace(one, pitches=tuple(pitch.moved(by) for pitch in one.pitches))
                for one in note.graces
            ),
        )
        for note in notes
    )
