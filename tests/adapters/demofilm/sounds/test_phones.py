"""The table of speech sounds."""

from __future__ import annotations

from scorestage.adapters.demofilm.sounds.phones import LEXICON, PHONES, spoken


def test_every_word_is_made_of_known_sounds_and_has_a_vowel() -> None:
    for word, names in LEXICON.items():
        sounds = [phone for name in names.split() for phone in PHONES[name]]
        assert any(phone.stressed for phone in sounds), word


def test_formants_rise_and_times_are_those_of_speech() -> None:
    for name, sounds in PHONES.items():
        assert 20 <= sum(phone.long_ms for phone in sounds) <= 220, name
        for phone in sounds:
            for formants in (phone.formants_hz, phone.glide_hz):
                if formants:
                    assert 200 <= formants[0] < formants[1] < formants[2] <= 3500, name


def test_punctuation_stays_with_its_word() -> None:
    assert [mark for _, mark in spoken("Well, hello, little light.")] == [",", ",", "", "."]
