"""A composer's own theme, read from the notes of a score or a MIDI line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from scorestage.errors import MusicError
from scorestage.music.harmony import tone_name
from scorestage.music.key import Key
from scorestage.music.marks import ChordSymbol
from scorestage.music.note import Note
from scorestage.music.pitch import Pitch
from scorestage.music.score import Line, Score
from scorestage.music.theme import Theme
from scorestage.thematics.harmonising import harmonise
from scorestage.thematics.keyfinding import find_key
from scorestage.timebase import Beat, Beats, Meter


def of_notes(
    notes: Iterable[Note],
    meter: Meter,
    *,
    theme_id: str,
    title: str = "",
    key: Key | None = None,
    chords: tuple[ChordSymbol, ...] = (),
    stands_for: str = "",
    made_by: str = "",
    on_grid: bool = True,
) -> Theme:
    """A theme of somebody's own notes: the top line, on the grid, from its first full bar on.

    Without `on_grid` every onset stays where it is, which is what a search wants. Key and chords
    are found where none are given; the head motif is what comes back most. Raises `MusicError`
    where there is no pitched note.
    """
    line = _top_line(notes, on_grid)
    if not line:
        raise MusicError("there is no pitched note to make a theme of", do="give a line of notes")
    back = _first_bar(line, meter)
    line = [replace(note, onset=note.onset - back) for note in line]
    own_key = key or find_key(line)
    line = [_respelled(note, own_key) for note in line]
    length = meter.length.quarters
    bars = max(1, -(-max(note.end.quarters for note in line) // length))
    own_chords = tuple(
        replace(chord, at=max(chord.at - back, Beat(0)))
        for chord in _from_start(chords, Beat(0) + back)
    )
    theme = Theme(
        id=theme_id,
        title=title or theme_id,
        notes=tuple(
            replace(note, id=f"{theme_id}-{index}", origin=f"theme:{theme_id}:statement")
            for index, note in enumerate(line)
        ),
        meter=meter,
        key=own_key.tonic,
        mode=own_key.mode,
        chords=own_chords or harmonise(line, own_key, meter, bars),
        stands_for=stands_for,
        made_by=made_by,
    )
    return replace(theme, motif_notes=motif_size(theme))


def of_score(score: Score, *, theme_id: str, player_id: str = "", title: str = "") -> Theme:
    """A theme from a read score: one player's line, or without one the highest line.

    The meter is that of its first bar; other meters are counted on in it. Raises `MusicError`
    where nothing pitched is played.
    """
    lines = [line for line in score.lines if any(note.sounding for note in line.notes)]
    if player_id:
        lines = [line for line in lines if line.player.id == player_id]
    if not lines or not score.grid.bars:
        raise MusicError("there is no pitched note to make a theme of", do="name another player")
    line = max(lines, key=_mean_key)
    return of_notes(
        line.notes,
        score.grid.bars[0].meter,
        theme_id=theme_id,
        title=title,
        chords=score.chords,
    )


def _mean_key(line: Line) -> Fraction:
    keys = [note.sounding[-1].key for note in line.notes if note.sounding]
    return Fraction(sum(keys), len(keys))


def _top_line(notes: Iterable[Note], on_grid: bool) -> list[Note]:
    """One note at a time: the highest of those struck together, cut off where the next begins."""
    highest: dict[Beat, Note] = {}
    for note in notes:
        top = note.top
        if top is None:
            continue
        onset, length = note.onset, note.length.quarters
        if on_grid:
            onset = Beat(_snapped(onset.quarters))
            length = max(_snapped(length), Fraction(1, 4))
        own = replace(note, onset=onset, length=Beats(length), pitches=(top,))
        rival = highest.get(onset)
        if rival is None or _key_of(rival) < top.key:
            highest[onset] = own
    line = [highest[onset] for onset in sorted(highest)]
    ends = [note.onset for note in line[1:]]
    return [
        replace(note, length=min(note.length, end - note.onset))
        for note, end in zip(line, [*ends, line[-1].end] if line else [], strict=True)
    ]


def _key_of(note: Note) -> int:
    top = note.top
    return top.key if top is not None else -1


def _snapped(quarters: Fraction) -> Fraction:
    """The nearest sixteenth, or the nearest triplet eighth where that is nearer."""
    by_four, by_three = Fraction(round(quarters * 4), 4), Fraction(round(quarters * 3), 3)
    return by_four if abs(quarters - by_four) <= abs(quarters - by_three) else by_three


def _first_bar(line: Sequence[Note], meter: Meter) -> Beats:
    """How far back the line moves so that its first full bar starts at nought.

    What begins in the second half of a bar is a pickup to the next.
    """
    length = meter.length.quarters
    first = line[0].onset.quarters
    if first < 0:
        return Beats(0)
    bar, into = divmod(first, length)
    return Beats((bar + (1 if into * 2 >= length else 0)) * length)


def _from_start(chords: tuple[ChordSymbol, ...], start: Beat) -> tuple[ChordSymbol, ...]:
    """The chord in force at `start` and all later ones."""
    earlier = [chord for chord in chords if chord.at <= start]
    return (*earlier[-1:], *(chord for chord in chords if chord.at > start))


def _respelled(note: Note, key: Key) -> Note:
    """Tones of the scale spelled as the scale spells them; others are left alone."""
    top = note.top
    if top is None or top.alter != int(top.alter):
        return note
    names = {tone_name(key.at(step)): key.at(step).key % 12 for step in range(7)}
    spelled = key.spell(top.key)
    if names.get(tone_name(spelled)) != top.key % 12:
        spelled = top
    return replace(note, pitches=(Pitch(spelled.step, spelled.alter, spelled.octave),))


def motif_size(theme: Theme) -> int:
    """How many notes the head motif has: the opening whose rhythm comes back most.

    Between 3 and 8 notes and 2 to 8 quarters; where nothing comes back, the first bar.
    """
    notes = theme.notes
    gaps = [(other.onset - one.onset).quarters for one, other in pairwise(notes)]
    best, best_worth = 0, Fraction(0)
    for size in range(3, min(8, len(notes)) + 1):
        head = gaps[: size - 1]
        span = sum(head, Fraction(0)) + notes[size - 1].length.quarters
        if not 2 <= span <= 8:
            continue
        starts = range(1, len(gaps) - size + 2)
        returns = sum(gaps[start : start + size - 1] == head for start in starts)
        worth = Fraction(returns) * (size + 2)
        if returns and worth > best_worth:
            best, best_worth = size, worth
    if best:
        return best
    first_bar = sum(note.onset.quarters < theme.meter.length.quarters for note in notes)
    return max(1, min(len(notes), max(first_bar, 3)))
