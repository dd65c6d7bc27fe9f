"""Moods by their words."""

from __future__ import annotations

from tests.breakdown.scripts import ALL, HUT, scenes

from scorestage.breakdown import moods_of
from scorestage.music.mood import mood_of


def test_each_mood_names_words_that_stand_in_the_scene() -> None:
    for scene in scenes(*ALL):
        text = " ".join([scene.heading, *(line.words for line in scene.lines)]).lower()
        for mood in moods_of(scene):
            assert all(word[:3] in text for word, _ in mood.words) and mood.weight >= 2


def test_what_the_scenes_read() -> None:
    found = [[mood.mood for mood in moods_of(one)] for one in scenes(*ALL)]
    assert found[1] == ["chase"] and found[3] == ["joy"] and found[4] == ["sad"]


def test_every_mood_is_one_that_composing_understands() -> None:
    from scorestage.breakdown.moods import _MOODS

    assert all(not mood_of([mood]).unknown for mood in set(_MOODS.values()))


def test_one_word_is_no_mood() -> None:
    assert "sad" not in [mood.mood for mood in moods_of(scenes(HUT + "\nA tear.\n")[0])]
