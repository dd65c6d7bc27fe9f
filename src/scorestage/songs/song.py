"""A song: parts of a tune, the words to them, and the form they are gone through in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.music import ChordSymbol, Note, Slur
from scorestage.music.key import Key
from scorestage.songs.tempos import Step, faster
from scorestage.songs.text import PLAYED, Turn, Words
from scorestage.timebase import Beat, Beats, Meter, Tempo

LEAST_REST = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a tune, by kind (`verse`, `chorus` …); its first downbeat is `Beat(0)`.

    An upbeat lies before that, in the last bar of whatever comes before it.
    """

    kind: str
    meters: tuple[Meter, ...]
    notes: tuple[Note, ...]
    chords: tuple[ChordSymbol, ...] = ()
    slurs: tuple[Slur, ...] = ()
    tempos: tuple[Step, ...] = ()
    """Its tempos from its first downbeat on; empty: those of the song."""

    @property
    def length(self) -> Beats:
        """How long its bars are."""
        return Beats(sum((meter.length.quarters for meter in self.meters), Fraction(0)))

    @property
    def upbeat(self) -> Beats:
        """How far before its first downbeat it begins."""
        first = min((note.onset.quarters for note in self.notes), default=Fraction(0))
        return Beats(max(Fraction(0), -first))


@dataclass(frozen=True, slots=True)
class Song:
    """A song with all that its sheets say; `parts` hold each kind once.

    `tempo` is the one it opens in.
    """

    title: str
    key: Key
    tempo: Tempo
    parts: tuple[Part, ...]
    form: tuple[Turn, ...]
    words: Words | None = None
    composer: str = ""
    lyricist: str = ""
    style: str = ""

    def part(self, kind: str) -> Part | None:
        """The part of the tune of a kind; None where the tune has none."""
        return next((one for one in self.parts if one.kind == kind), None)

    def at_tempo(self, wished: Tempo) -> Song:
        """The song in another tempo; where it changes, it changes in proportion."""
        parts = tuple(
            replace(one, tempos=faster(one.tempos, self.tempo, wished)) for one in self.parts
        )
        return replace(self, tempo=wished, parts=parts)

    @property
    def sung(self) -> tuple[Turn, ...]:
        """The places of the form at which somebody sings."""
        return tuple(turn for turn in self.form if turn.kind not in PLAYED)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one syllable: a note, or several under a slur; further ones are its melisma."""

    notes: tuple[Note, ...]

    @property
    def start(self) -> Beat:
        """Where it is sung."""
        return self.notes[0].onset

    @property
    def end(self) -> Beat:
        """Where it is over."""
        return self.notes[-1].end


def slots_of(notes: Sequence[Note], slurs: Sequence[Slur] = ()) -> tuple[Slot, ...]:
    """The places for syllables in a tune: what is slurred to a note belongs to its syllable.

    >>> tune = [Note(n, Beat(at), Beats(1), ()) for at, n in enumerate("abc")]
    >>> [len(one.notes) for one in slots_of(tune, (Slur("b", "c"),))]
    [1, 2]
    """
    ordered = sorted(notes, key=lambda note: note.onset)
    place = {note.id: number for number, note in enumerate(ordered)}
    inside: set[int] = set()
    for slur in slurs:
        if slur.first in place and slur.last in place:
            inside.update(range(place[slur.first] + 1, place[slur.last] + 1))
    found: list[list[Note]] = []
    for number, note in enumerate(ordered):
        if number in inside and found and found[-1][-1].end == note.onset:
            found[-1].append(note)
        else:
            found.append([note])
    return tuple(Slot(tuple(one)) for one in found)


def breaks_after(slots: Sequence[Slot]) -> tuple[Fraction, ...]:
    """How much the tune breathes after each place: a rest, a note held longer than most."""
    if not slots:
        return ()
    lengths = sorted((slot.end - slot.start).quarters for slot in slots)
    usual = lengths[len(lengths) // 2]
    return tuple(_breath(slots, number, usual) for number in range(len(slots)))


def _breath(slots: Sequence[Slot], number: int, usual: Fraction) -> Fraction:
    slot = slots[number]
    found = Fraction(0)
    if number + 1 < len(slots):
        gap = (slots[number + 1].start - slot.end).quarters
        if gap >= LEAST_REST:
            found += 1 + min(gap, Fraction(2)) / 2
    length = (slot.end - slot.start).quarters
    if length > usual:
        found += min(length / usual, Fraction(4)) / 3
    if any("breath-mark" in note.sign_names for note in slot.notes):
        found += 2
    return found


def parted(
    notes: Sequence[Note], starts: Sequence[Beat], end: Beat
) -> Iterator[tuple[Beat, Beat, tuple[Note, ...]]]:
    """The notes of each stretch of a tune; upbeats go with the stretch that they lead to.

    What comes after the last rest of a stretch's last bar leads to the next; where there is no
    rest, as much as leads to the first one.
    """
    edges = [*starts, end]
    upbeat = Fraction(0)
    if edges[0] == Beat(0):
        upbeat = max((-note.onset.quarters for note in notes), default=upbeat)
    upbeat = max(Fraction(0), upbeat)
    firsts = [_first_of(notes, edge, upbeat) if edge != end else end for edge in edges]
    if edges[0] == Beat(0):
        firsts[0] = min([edges[0], *(note.onset for note in notes)])
    for number, start in enumerate(starts):
        low, high = firsts[number], firsts[number + 1]
        yield start, edges[number + 1], tuple(one for one in notes if low <= one.onset < high)


def _first_of(notes: Sequence[Note], edge: Beat, upbeat: Fraction) -> Beat:
    """Where what leads to a part begins: behind the last rest before it, three quarters at most."""
    before = sorted((one for one in notes if one.onset < edge), key=lambda one: one.onset)
    for place in range(len(before) - 1, -1, -1):
        note = before[place]
        if note.onset < edge - Beats(3):
            break
        if not place or (note.onset - before[place - 1].end).quarters >= LEAST_REST:
            return note.onset
    return edge - Beats(upbeat)
