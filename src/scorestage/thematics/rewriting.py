"""Operations that keep the theme's rhythm, its outline or its head, and write the rest anew."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

from scorestage.errors import MusicError
from scorestage.music.feel import felt_starts, stress_in_bar
from scorestage.music.note import Note
from scorestage.music.theme import Theme
from scorestage.thematics.facts import chord_under
from scorestage.thematics.line import Bounds, Slot, find_line, key_under
from scorestage.thematics.operations import key_of, repitched, varied
from scorestage.timebase import Beat, Beats, Meter

_SHORTEST = Fraction(1, 4)
_FEWEST_HINTED, _MOST_HINTED = 6, 9
"""Fewer notes would remind nobody of a theme, more would state it."""


def same_rhythm(theme: Theme, seed: int = 0) -> Theme:
    """Its rhythm on other notes: an ostinato's cousin, a menace, an accompaniment.

    The new line follows the theme's chords and lies where the theme lies; rhythm and bars stay.
    Raises `MusicError` for a theme without chords.
    """
    if not theme.chords:
        raise MusicError(f"the theme {theme.id} has no chords to follow")
    key = key_of(theme)
    random = Random(f"{seed}|{theme.id}|same-rhythm")
    bar = theme.meter.length.quarters
    sung = [note for note in theme.notes if note.sounding]
    own = [key.steps_of(note.sounding[-1])[0] for note in sung]
    middle = (max(own) + min(own)) // 2
    slots = []
    for note in sung:
        chord = chord_under(theme.chords, note.onset.quarters)
        if chord is None:
            raise AssertionError("a theme with chords has one everywhere")
        stress = stress_in_bar(theme.meter, note.onset.quarters % bar)
        target = float(middle + random.choice((-3, -1, 1, 3)))
        slots.append(Slot(note.onset.quarters, note.length.quarters, stress, chord, target))
    bounds = Bounds(middle - 6, middle + 6, 3)
    steps = find_line(tuple(slots), key, bounds, random)
    line = iter(zip(slots, steps, strict=True))
    notes = []
    for note in theme.notes:
        if not note.sounding:
            notes.append(note)
            continue
        slot, step = next(line)
        wanted = key_under(key, step, slot.chord)
        pitch = min(
            (key.at(step, alter) for alter in (0, 1, -1)), key=lambda p: abs(p.key - wanted)
        )
        notes.append(replace(note, pitches=(pitch,), grace=()))
    return varied(theme, "same-rhythm", notes)


def thin(theme: Theme) -> Theme:
    """Only the notes that carry it, those on felt beats or longer than one: memory, distance.

    Raises `MusicError` where nothing would be left out.
    """
    bar = theme.meter.length.quarters
    kept = [
        note
        for note in theme.notes
        if stress_in_bar(theme.meter, note.onset.quarters % bar) >= 1 or note.length.quarters > 1
    ]
    if not 2 <= len(kept) < len(theme.notes):
        raise MusicError(f"{theme.id} has no passing notes to leave out")
    longer = []
    for place, note in enumerate(kept):
        end = kept[place + 1].onset if place + 1 < len(kept) else note.end
        own = next((one.onset for one in theme.notes if one.onset >= note.end), theme.notes[-1].end)
        held = end if own < end else min(end, note.end)
        longer.append(replace(note, length=max(held - note.onset, note.length)))
    return varied(theme, "thin", longer)


def hint(theme: Theme, seed: int = 0) -> Theme:
    """A glimpse before it is first heard whole: its head, slower, broken off, without its chords.

    Its head motif or a little more, each note twice as long, the last one left hanging; `seed`
    chooses how much.
    """
    notes = [note for note in theme.notes if note.sounding]
    least = max(_FEWEST_HINTED, min(theme.motif_notes, _MOST_HINTED))
    count = Random(f"{seed}|{theme.id}|hint").randint(least, _MOST_HINTED)
    head = notes[:count]
    slow = [
        replace(note, onset=Beat(note.onset.quarters * 2), length=note.length * 2) for note in head
    ]
    bar = theme.meter.length.quarters
    end = -(-slow[-1].end.quarters // bar) * bar
    slow[-1] = replace(slow[-1], length=Beats(end - slow[-1].onset.quarters))
    return varied(theme, "hint", slow, chords=(), motif_notes=len(slow))


def new_meter(theme: Theme, meter: Meter) -> Theme:
    """The same tune in another meter, felt beat for felt beat: a waltz of a march.

    Each bar stays a bar. Where the new one has fewer felt beats the last ones share one, where it
    has more the last one lasts longer. Raises `MusicError` for the meter it has already.
    """
    if meter == theme.meter:
        raise MusicError(f"{theme.id} is in {meter} already")
    old_bar, new_bar = theme.meter.length.quarters, meter.length.quarters
    starts = _beat_map(theme.meter, meter)

    def moved(at: Fraction) -> Fraction:
        bar, offset = divmod(at, old_bar)
        place = max(index for index, (old, _) in enumerate(starts) if old <= offset)
        (old, new), (old_end, new_end) = starts[place], starts[place + 1]
        return bar * new_bar + new + (offset - old) * (new_end - new) / (old_end - old)

    notes: list[Note] = []
    for note in theme.notes:
        start, end = moved(note.onset.quarters), moved(note.end.quarters)
        if end - start < _SHORTEST / 2:
            raise MusicError(f"{theme.id}: {end - start} of a quarter is too short to be written")
        notes.append(replace(note, onset=Beat(start), length=Beats(end - start)))
    chords = tuple(replace(one, at=Beat(moved(one.at.quarters))) for one in theme.chords)
    return varied(theme, "new-meter", notes, meter=meter, chords=chords)


def _beat_map(old: Meter, new: Meter) -> list[tuple[Fraction, Fraction]]:
    """Felt beats of the old bar with where they fall in the new one, and both ends."""
    own, other = felt_starts(old), felt_starts(new)
    ends = old.length.quarters, new.length.quarters
    if len(own) <= len(other):
        return [*zip(own, other, strict=False), ends]
    kept = len(other) - 1
    shared = own[kept:]
    width = (ends[1] - other[kept]) / len(shared)
    found = list(zip(own[:kept], other[:kept], strict=True))
    found += [(start, other[kept] + width * place) for place, start in enumerate(shared)]
    return [*found, ends]


def cluster(theme: Theme, tones: int = 3) -> Theme:
    """Each note with its neighbours of the scale under it: the theme seen through frost.

    The tune stays on top; `tones` is how many sound together.
    """
    key = key_of(theme)
    notes = []
    for note in theme.notes:
        if not note.sounding:
            notes.append(note)
            continue
        top = note.sounding[-1]
        steps, _ = key.steps_of(top)
        under = [key.at(steps - down) for down in range(1, tones)]
        below = [pitch for pitch in under if pitch.key < top.key]
        notes.append(replace(repitched(note, {p: p for p in note.sounding}), pitches=(*below, top)))
    return varied(theme, "cluster", notes, chords=())
