"""A part of a song about to be put in its place, with the words of each time it is sung."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scorestage.errors import InputError
from scorestage.music import Note, Sign, Slur
from scorestage.songs.between import played_part
from scorestage.songs.setting import Misfit, Setting, set_words
from scorestage.songs.song import Part, Song
from scorestage.songs.text import PLAYED, UNDERTIE, Syllable, Turn
from scorestage.timebase import Beat


@dataclass(frozen=True, slots=True)
class Draft:
    """A part about to be put in its place, with the words of each time it is gone through."""

    number: int
    part: Part
    turns: tuple[Turn, ...]
    settings: tuple[Setting, ...]

    @classmethod
    def of(cls, song: Song, turns: tuple[Turn, ...], number: int) -> Draft:
        kind = turns[0].kind
        part = song.part(kind) or played_part(song, kind)
        if part is None:
            known = ", ".join(one.kind for one in song.parts) or "none"
            raise InputError(
                f"the tune has no {kind}",
                do=f"it has: {known}; say which bars are which: --parts 'verse=1-16,chorus=17-32'",
            )
        settings = []
        stanzas = [song.words.stanza(turn) if song.words else None for turn in turns]
        for own in dict.fromkeys(one for one in stanzas if one is not None):
            settings.append(set_words(part, own))
        for turn, stanza in zip(turns, stanzas, strict=True):
            if stanza is None and kind not in PLAYED and song.words is not None:
                text = f"{turn.name} has no words"
                settings.append(Setting({}, (Misfit("no words", Beat(0), 0, "", text),)))
        return cls(number, part, turns, tuple(settings))

    def _id(self, note: str) -> str:
        return f"{self.number}.{note}"

    def sung(self, at: Beat) -> Iterator[Note]:
        """The notes of the voice with their words."""
        if self.part.kind in PLAYED:
            return
        for note in self.part.notes:
            verses = tuple(self._verses(note))
            lyric = ""
            if verses:
                first = next(one for one in self.settings if note.id in one.syllables)
                own = first.syllables[note.id]
                lyric = own.text + ("-" if own.goes_on else "")
            yield replace(
                note,
                id=self._id(note.id),
                onset=at + (note.onset - Beat(0)),
                lyric=lyric or note.lyric,
                verses=verses or note.verses,
            )

    def unsung(self, at: Beat) -> Iterator[Note]:
        """The tune of a part that nobody sings."""
        if self.part.kind in PLAYED:
            for note in self.part.notes:
                yield replace(note, id=self._id(note.id), onset=at + (note.onset - Beat(0)))

    def _verses(self, note: Note) -> Iterator[Sign]:
        """The syllables of every verse at a note, as they are drawn."""
        several = len(self.settings) > 1
        for number, setting in enumerate(self.settings, start=1):
            own = setting.syllables.get(note.id)
            if own is None:
                continue
            ordered = [one.id for one in sorted(self.part.notes, key=lambda one: one.onset)]
            sung = [one for one in ordered if one in setting.syllables]
            place = sung.index(note.id)
            begun = place > 0 and setting.syllables[sung[place - 1]].goes_on
            next_sung = sung[place + 1] if place + 1 < len(sung) else None
            after = ordered.index(note.id) + 1
            held = after < len(ordered) and ordered[after] != next_sung
            head = f"{self.turns[number - 1].number or number}. " if several and not place else ""
            yield lyric_sign(own, number, begun=begun, held=held, head=head)

    def slurs(self) -> Iterator[Slur]:
        """Slurs of the composer, and one over the notes of each syllable that is held."""
        known = {note.id for note in self.part.notes}
        covered: set[str] = set()
        if self.part.kind in PLAYED:
            covered = known
        ordered = sorted(self.part.notes, key=lambda one: one.onset)
        place = {note.id: at for at, note in enumerate(ordered)}
        for slur in self.part.slurs:
            if slur.first in known and slur.last in known:
                covered |= {one.id for one in ordered[place[slur.first] : place[slur.last] + 1]}
                yield Slur(self._id(slur.first), self._id(slur.last))
        if not self.settings or not self.settings[0].syllables:
            return
        first: Note | None = None
        last: Note | None = None
        for note in [*ordered, None]:
            sung = note is None or any(note.id in one.syllables for one in self.settings)
            if sung and first is not None and last is not None and first.id not in covered:
                yield Slur(self._id(first.id), self._id(last.id))
            if sung:
                first, last = note, None
            elif note is not None and first is not None:
                last = note


def lyric_sign(
    syllable: Syllable, number: int, *, begun: bool = False, held: bool = False, head: str = ""
) -> Sign:
    """A syllable as MusicXML draws it: where it stands in its word, joined words, an extender."""
    kind = {(False, False): "single", (False, True): "begin", (True, True): "middle"}.get(
        (begun, syllable.goes_on), "end"
    )
    inner = [Sign("syllabic", kind)]
    parts = f"{head}{syllable.text}".split(UNDERTIE)
    for at, text in enumerate(parts):
        if at:
            inner.append(Sign("elision", UNDERTIE))
        inner.append(Sign("text", text))
    if held and not syllable.goes_on:
        inner.append(Sign("extend"))
    return Sign("lyric", "", (("number", str(number)),), tuple(inner))


def one_at_a_time(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Each note let go where the next begins: an upbeat cuts what is held before it."""
    ordered = sorted(notes, key=lambda note: note.onset)
    found = []
    for note, following in zip(ordered, [*ordered[1:], None], strict=False):
        if following is not None and note.onset < following.onset < note.end:
            note = replace(note, length=following.onset - note.onset)
        found.append(note)
    return tuple(found)
