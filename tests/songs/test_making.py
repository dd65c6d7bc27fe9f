"""Tunes made for words: every syllable its note, stresses on beats, inside the voice, by seed."""

import pytest

from scorestage.adapters.catalogue import load_instrument
from scorestage.adapters.catalogue.styles import load_style
from scorestage.songs.laying import lay_out
from scorestage.songs.making import TuneWish, make_song
from scorestage.songs.setting import beat_stress, set_words
from scorestage.songs.song import Song
from scorestage.timebase import BarGrid
from tests.song_material import keeper

STYLES = ["tender", "bossa", "irish", "tango", "rock", "balkan", "slow-air"]


def made(style: str, seed: int = 1, singer: str = "alto") -> Song:
    voice = load_instrument(singer).comfortable
    assert voice is not None
    return make_song(keeper(), TuneWish(load_style(style), voice, seed))


@pytest.mark.parametrize("style", STYLES)
def test_every_syllable_of_the_first_verse_has_a_note_of_its_own(style: str) -> None:
    song = made(style)
    for part in song.parts:
        assert song.words is not None
        stanza = next(one for one in song.words.stanzas if one.kind == part.kind)
        setting = set_words(part, stanza)
        assert not [one.text for one in setting.misfits if one.kind == "too many"]
        grid = BarGrid.of_meters(part.meters)
        strong = [
            (one.stress, beat_stress(grid, note.onset))
            for note in part.notes
            if (one := setting.syllables.get(note.id)) is not None
        ]
        stressed = [beat for stress, beat in strong if stress == 2]
        weak = [beat for stress, beat in strong if stress == 0]
        assert sum(stressed) / len(stressed) > sum(weak) / len(weak)


@pytest.mark.parametrize("style", STYLES)
def test_the_tune_lies_in_the_voice_and_no_two_notes_overlap(style: str) -> None:
    voice = load_instrument("alto").comfortable
    assert voice is not None
    for part in made(style).parts:
        keys = [note.sounding[0].key for note in part.notes]
        assert voice.low.key - 1 <= min(keys) and max(keys) <= voice.high.key + 1
        for one, other in zip(part.notes, part.notes[1:], strict=False):
            assert one.length.quarters > 0 and one.end <= other.onset


def test_a_seed_gives_the_same_song_and_another_seed_another() -> None:
    assert made("tender", 4) == made("tender", 4)
    assert made("tender", 4).parts != made("tender", 5).parts


def test_the_last_line_comes_home() -> None:
    song = made("tender")
    home = song.key.home.key % 12
    for part in song.parts:
        assert part.notes[-1].sounding[0].key % 12 == home
    assert not [one for one in lay_out(song).misfits if one.kind == "too many"]
