"""The words under a staff: every verse on a line of its own, hyphens and extenders between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.engraving.ink import quoted, scaled_whole
from scorestage.engraving.stretches import Stretch
from scorestage.music import Sign
from scorestage.music.written import WrittenEvent, WrittenStaff, WrittenVoice

_TIE = "\u203f"
_MOST_VERSES = 12


@dataclass(frozen=True, slots=True)
class Syllable:
    """What is sung on a note: text, whether the word goes on, whether it is held over notes."""

    text: str
    goes_on: bool = False
    held: bool = False


def verses_of(event: WrittenEvent) -> dict[str, Syllable]:
    """The syllables of an event by the number (or name) of their verse."""
    if event.verses:
        found: dict[str, Syllable] = {}
        for verse in event.verses:
            number = verse.detail("number") or verse.detail("name") or "1"
            found.setdefault(number, _syllable(verse))
        return found
    if not event.lyric or event.part:
        return {}
    return {"1": Syllable(event.lyric.rstrip("-"), event.lyric.endswith("-"))}


def _syllable(verse: Sign) -> Syllable:
    text, kinds, held = "", [], False
    for part in verse.inner:
        if part.name == "text":
            text += part.text
        elif part.name == "elision":
            text += part.text or _TIE
        elif part.name == "syllabic":
            kinds.append(part.text)
        elif part.name == "extend":
            held = part.detail("type", "start") == "start"
        elif part.name in ("humming", "laughing"):
            text += f"({part.name})"
    return Syllable(text, bool(kinds) and kinds[-1] in ("begin", "middle"), held)


def verse_numbers(staff: WrittenStaff) -> list[tuple[int, str]]:
    """The verses of a staff, each with its voice: numbers in order, then names."""
    found = {
        (voice.number, number)
        for bar in staff.bars
        for voice in bar.voices
        for event in voice.events
        for number in verses_of(event)
    }
    return sorted(found, key=lambda one: (one[0], not one[1].isdigit(), one[1].zfill(4)))


def lyrics_block(
    staff: WrittenStaff, stretches: Sequence[Stretch], rooms: Mapping[int, Fraction]
) -> str:
    """Every verse under the staff, timed by the notes of its voice."""
    told = []
    for number, verse in verse_numbers(staff)[:_MOST_VERSES]:
        words: list[str] = []
        for stretch in stretches:
            words += _stretch(staff, stretch, number, verse, rooms.get(stretch.first, Fraction(0)))
        told.append("\\new Lyrics \\lyricmode { " + " ".join(words) + " }\n")
    return "".join(told)


def _stretch(
    staff: WrittenStaff, stretch: Stretch, number: int, verse: str, room: Fraction
) -> Iterator[str]:
    bar = staff.bars[stretch.first]
    voice: WrittenVoice | None = next((one for one in bar.voices if one.number == number), None)
    if room:
        yield rf"\grace {{ \skip {scaled_whole(room)} }}"
    if voice is None or stretch.count > 1:
        yield rf"\skip {scaled_whole(bar.length.quarters * stretch.count)}"
        return
    for event in voice.events:
        said = verses_of(event).get(verse) if event.is_note else None
        length = scaled_whole(event.length)
        yield rf"\skip {length}" if said is None else f"{quoted(said.text)}{length}"
        if said is not None and said.goes_on:
            yield "--"
        elif said is not None and said.held:
            yield "__"
