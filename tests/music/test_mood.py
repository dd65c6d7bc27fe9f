"""Words of tone: directions as the listening tests found them."""

from __future__ import annotations

import pytest

from scorestage.music.mood import mood_of


@pytest.mark.parametrize(
    ("dark", "bright"),
    [("grief", "joy"), ("villain", "hero"), ("horror", "tender"), ("eerie", "hope")],
)
def test_valence_orders_words(dark: str, bright: str) -> None:
    assert mood_of([dark]).valence < mood_of([bright]).valence


@pytest.mark.parametrize(
    ("calm", "driven"),
    [("tender", "chase"), ("lonely", "battle"), ("mystery", "heroic"), ("peaceful", "joy")],
)
def test_arousal_orders_words(calm: str, driven: str) -> None:
    assert mood_of([calm]).arousal < mood_of([driven]).arousal


def test_words_add_up() -> None:
    assert mood_of(["tender"]).minor is False
    assert mood_of(["tender", "grief"]).valence == -1
    assert mood_of(["wonder", "danger"]).tension > mood_of(["wonder"]).tension


def test_phrases_are_read_word_by_word() -> None:
    assert mood_of(["a furious chase at night"]) == mood_of(["furious", "chase", "night"])


def test_the_background_counts_less() -> None:
    assert mood_of(["joy"], ["grief"]).valence > mood_of(["joy", "grief"]).valence
    assert mood_of([], ["grief"]).minor is True


def test_what_nobody_understands_is_listed() -> None:
    mood = mood_of(["tender", "zorgon"])
    assert mood.unknown == ("zorgon",)
    assert mood.valence == mood_of(["tender"]).valence
