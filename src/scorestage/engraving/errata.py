"""Errata: bar by bar what a player had and what the player has now, as it stands in the part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scorestage.engraving.strips import BarFace
from scorestage.music import Interval, Line, Note, Pitch
from scorestage.timebase import BarGrid, Beat, mixed_text

_MOST_NOTES = 6
_SIGNS = str.maketrans({"#": "♯", "b": "♭"})
CUT, NONE = "cut", "—"


@dataclass(frozen=True, slots=True)
class Music:
    """A player's line on its bars, and what the player sees of each bar."""

    line: Line
    grid: BarGrid
    faces: tuple[BarFace, ...]


@dataclass(frozen=True, slots=True)
class Erratum:
    """A bar, or bars, that changed; `old_bar` is where it stands, or is to stand, in the old part.

    `first` and `last` are labels, alike for one bar.
    """

    first: str
    last: str
    was: str
    now: str
    old_bar: int

    @property
    def bars(self) -> str:
        """`12`, or `12–14`."""
        return self.first if self.first == self.last else f"{self.first}–{self.last}"


def errata(before: Music, after: Music) -> tuple[Erratum, ...]:
    """What differs, in the order of the music; neighbours that only went are told together."""
    found: list[Erratum] = []
    for one in _singly(before, after):
        last = found[-1] if found else None
        if last is not None and one.now == last.now == CUT and one.old_bar - last.old_bar == 1:
            found[-1] = Erratum(last.first, one.last, _either(last.was, one.was), CUT, one.old_bar)
        else:
            found.append(one)
    return tuple(found)


def _either(first: str, second: str) -> str:
    return first if first == second else "music"


def _singly(before: Music, after: Music) -> Iterator[Erratum]:
    old = {face.label: bar for bar, face in enumerate(before.faces)}
    staying = {face.label for face in after.faces}
    at = 0
    for bar, face in enumerate(after.faces):
        there = old.get(face.label)
        if there is None or there < at:
            yield Erratum(face.label, face.label, NONE, bar_words(after, bar), max(0, at - 1))
            continue
        yield from _gone(before, at, there, staying)
        at = there + 1
        yield from _changed(before, there, after, bar)
    yield from _gone(before, at, len(before.faces), staying)


def _gone(before: Music, first: int, last: int, staying: set[str]) -> Iterator[Erratum]:
    for bar in range(first, last):
        label = before.faces[bar].label
        if label not in staying:
            was = "music" if _notes(before, bar) else "rest"
            yield Erratum(label, label, was, CUT, bar)


def _changed(before: Music, old: int, after: Music, new: int) -> Iterator[Erratum]:
    was, now = before.faces[old], after.faces[new]
    if was.mark != now.mark:
        pairs = list(_differences(before, old, after, new))
        told = pairs or [("signs", "other signs: see the strip")]
        yield Erratum(
            was.label, was.label, "; ".join(a for a, _ in told), "; ".join(b for _, b in told), old
        )
    if was.tempo != now.tempo:
        told_tempo = (f"tempo {was.tempo}" if was.tempo else "no tempo", f"tempo {now.tempo}")
        yield Erratum(
            was.label, was.label, told_tempo[0], told_tempo[1] if now.tempo else "no tempo", old
        )


def _differences(before: Music, old: int, after: Music, new: int) -> Iterator[tuple[str, str]]:
    """Meter, notes and dynamics in which two bars differ, as they were and as they are."""
    meters = str(before.grid.bars[old].meter), str(after.grid.bars[new].meter)
    if meters[0] != meters[1]:
        yield meters
    first, second = Counter(_notes(before, old)), Counter(_notes(after, new))
    gone, come = list((first - second).elements()), list((second - first).elements())
    if gone or come:
        yield _listed(gone) or "rest", _listed(come) or "rest"
    dynamics = _dynamics(before, old), _dynamics(after, new)
    if dynamics[0] != dynamics[1]:
        yield dynamics[0] or "no dynamic", dynamics[1] or "no dynamic"


def bar_words(music: Music, bar: int) -> str:
    """What a bar holds: its meter and its notes by beat, or that it rests."""
    return f"new bar in {music.grid.bars[bar].meter}: {_listed(_notes(music, bar)) or 'rest'}"


def _listed(notes: Sequence[str]) -> str:
    more = len(notes) - _MOST_NOTES
    told = ", ".join(notes[:_MOST_NOTES])
    return f"{told} and {more} more" if more > 0 else told


def _notes(music: Music, bar: int) -> list[str]:
    """The notes that begin in a bar or are held into it, by beat, as the player reads them."""
    low, high = music.grid.starts[bar], music.grid.starts[bar + 1]
    inside = [note for note in music.line.notes if note.onset < high and note.end > low]
    ordered = sorted(inside, key=lambda note: (note.onset, str(note.pitches)))
    return [
        _note_words(note, _shift(music.line, note.onset), low, high, music.grid) for note in ordered
    ]


def _shift(line: Line, at: Beat) -> Interval:
    """From sounding to written on the instrument that is then in hand."""
    taken = [name for begun, name in line.changes if begun <= at]
    known = {one.id: one for one in line.player.instruments}
    held = known.get(taken[-1]) if taken else None
    return (held or line.player.instrument).written_shift


def _note_words(note: Note, shift: Interval, low: Beat, high: Beat, grid: BarGrid) -> str:
    heads = "+".join(
        str(head.moved(shift)).translate(_SIGNS) if isinstance(head, Pitch) else str(head)
        for head in note.pitches
    )
    lasting = (min(note.end, high) - max(note.onset, low)).quarters
    held = f"({mixed_text(lasting).removeprefix('0').lstrip()} q)"
    if note.onset < low:
        return f"held {heads} {held}"
    return f"beat {mixed_text(grid.position(note.onset).beat)} {heads} {held}"


def _dynamics(music: Music, bar: int) -> str:
    low, high = music.grid.starts[bar], music.grid.starts[bar + 1]
    marks = [
        one.printed for staff in music.line.staves for one in staff.dynamics if low <= one.at < high
    ]
    return " ".join(str(one) for one in marks)
