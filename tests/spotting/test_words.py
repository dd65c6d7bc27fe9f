"""Working titles and tones: never twice the same, and tones the music understands."""

from __future__ import annotations

import itertools

from scorestage.music.mood import mood_of
from scorestage.spotting import Character
from scorestage.spotting.words import title_of, tones_of

CHARACTERS = [
    Character(light, motion, motion, 0.0, titles)
    for light, motion, titles in itertools.product((20.0, 80.0, 180.0), (0.0, 0.4, 0.9), (0.0, 1.0))
]


def test_titles_are_never_used_twice() -> None:
    taken: set[str] = set()
    for _ in range(5):
        for character in CHARACTERS:
            title = title_of(character, "a cut", ("cut to black", "deep boom"), "", taken)
            assert title not in taken
            taken.add(title)


def test_places_and_moments_name_a_cue() -> None:
    plain = Character(80.0, 0.3, 0.3, 0.0, 0.0)
    assert title_of(plain, "a fade in from black", (), "opening", set()) == "Out of the Dark"
    assert title_of(plain, "a cut", (), "opening", set()) == "Opening"
    assert title_of(plain, "a cut", ("white flash",), "", set()) == "The Flash"
    assert title_of(plain, "a cut", (), "closing", set()) == "Finale"
    lettered = Character(80.0, 0.0, 0.0, 0.0, 0.8)
    assert title_of(lettered, "a cut", (), "closing", set()) == "End Titles"


def test_tones_are_words_the_music_understands() -> None:
    for character in CHARACTERS:
        assert mood_of(tones_of(character)).unknown == ()


def test_dark_and_fast_is_more_stirred_than_bright_and_still() -> None:
    dark, bright = Character(20, 0.9, 0.9, 0, 0), Character(180, 0, 0, 0, 0)
    assert mood_of(tones_of(dark)).arousal > mood_of(tones_of(bright)).arousal
