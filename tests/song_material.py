"""Words and tunes to try songs with, and another reader of what is written: Verovio."""

from __future__ import annotations

import xml.etree.ElementTree as Tree
from fractions import Fraction

from scorestage.music import ChordSymbol, Note, Pitch, Slur
from scorestage.music.key import Key
from scorestage.songs.song import Part, Song
from scorestage.songs.text import Words, read_words
from scorestage.timebase import Beat, Beats, Meter, Tempo

KEEPER = """title: The Keeper's Song
lyricist: A. Person

[Intro]

[Verse 1]
The lamp goes round at evening,
It sweeps across the bay,
And every boat that wanders
Will find its homeward way.

[Chorus]
Shine, oh shine on the open sea,
Glo__-ri-a, lead them home to me.

[Verse 2]
The wind is in the rigging,
The~o-cean is black and wide,
But some-one keeps the fire on
Un-*til the turn of tide.

[Chorus]
[Ending]
"""


def keeper() -> Words:
    """The words of a small song: two verses, a chorus, an elision and a melisma."""
    return read_words(KEEPER)


def tune_of(text: str, kind: str = "verse", slurs: tuple[Slur, ...] = (), bars: int = 0) -> Part:
    """A part in 4/4 from `C4:1 D4:1/2 -:1`: pitches with quarters, `-` a rest.

    What stands before a bar line `|` is the upbeat.
    """
    upbeat, _, rest = text.partition("|") if "|" in text else ("", "", text)
    lead = sum((Fraction(one.partition(":")[2]) for one in upbeat.split()), Fraction(0))
    at = -lead
    notes = []
    for one in f"{upbeat} {rest}".split():
        name, _, length = one.partition(":")
        if name != "-":
            pitch = (Pitch.parse(name),)
            notes.append(Note(f"n{len(notes)}", Beat(at), Beats(length), pitch))
        at += Fraction(length)
    count = bars or max(1, int(-(-at // 4)))
    chords = (ChordSymbol(Beat(0), "C", "major"),)
    return Part(kind, (Meter(4, 4),) * count, tuple(notes), chords, slurs)


def song_of_parts(words: Words, *parts: Part) -> Song:
    """A song of parts in C at 120."""
    return Song(words.title, Key("C"), Tempo(120), parts, words.form, words)


def syllables_by_verovio(xml: bytes) -> dict[str, list[str]]:
    """What Verovio reads under the notes of a MusicXML file, by verse number, in order."""
    import verovio

    verovio.enableLog(verovio.LOG_OFF)
    kit = verovio.toolkit()
    assert kit.loadData(xml.decode("utf-8"))
    found: dict[str, list[str]] = {}
    for verse in Tree.fromstring(kit.getMEI()).iter("{http://www.music-encoding.org/ns/mei}verse"):
        syllables = verse.findall("{http://www.music-encoding.org/ns/mei}syl")
        text = "".join("".join(one.itertext()) for one in syllables)
        joint = "-" if syllables and syllables[-1].get("con") == "d" else ""
        found.setdefault(verse.get("n", "1"), []).append(text + joint)
    return found
