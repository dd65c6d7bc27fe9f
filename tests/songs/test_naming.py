"""Chords read from an accompaniment: spelled-out harmony is named as it is spelled."""

import pytest

from scorestage.music import ChordSymbol, Note
from scorestage.music.harmony import chord_tones
from scorestage.music.key import Key
from scorestage.songs.naming import chords_heard
from scorestage.timebase import BarGrid, Beat, Beats, Meter

NAMED = [("C", "major"), ("A", "minor"), ("G", "dominant"), ("D", "minor-seventh"),
         ("F", "major"), ("B", "half-diminished"), ("E", "minor"), ("Bb", "major")]  # fmt: skip


@pytest.mark.parametrize("broken", [True, False])
def test_plain_chords_are_heard_as_what_they_are(broken: bool) -> None:
    notes = []
    for bar, (root, quality) in enumerate(NAMED):
        tones = chord_tones(ChordSymbol(Beat(0), root, quality))
        for at, tone in enumerate(tones):
            onset = Beat(4 * bar) + (Beats(at) if broken else Beats(0))
            length = Beats(4 - at) if broken else Beats(4)
            notes.append(Note(f"{bar}.{at}", onset, length, (tone,)))
    found = chords_heard(notes, BarGrid.regular(len(NAMED), Meter(4, 4)), Key("C"))
    assert [(one.root, one.quality) for one in found] == NAMED


def test_silence_keeps_the_chord_before() -> None:
    (only,) = chords_heard(
        [Note("a", Beat(0), Beats(4), chord_tones(ChordSymbol(Beat(0), "C", "major")))],
        BarGrid.regular(3, Meter(4, 4)),
        Key("C"),
    )
    assert str(only) == "C"
