"""Keys for singers: brute force agrees, and nothing beyond the voice is offered first."""

import pytest

from scorestage.adapters.catalogue import load_instrument
from scorestage.errors import InputError
from scorestage.music.key import Key
from scorestage.songs.singers import compass_of, keys_for
from tests.song_material import tune_of

TUNE = tune_of("C4:1 E4:1 G4:2 C5:1 E5:1 C5:2").notes


@pytest.mark.parametrize("name", ["soprano", "alto", "tenor", "baritone", "whistler"])
def test_the_best_key_lies_inside_what_is_comfortable(name: str) -> None:
    singer = load_instrument(name)
    best = keys_for(TUNE, Key("C"), singer)[0]
    easy = singer.comfortable
    assert easy is not None
    shifts = range(-24, 25)
    inside = [s for s in shifts if easy.low.key <= 60 + s and 76 + s <= easy.high.key]
    assert best.semitones in inside and best.strained == 0
    assert best.compass.low.key == 60 + best.semitones


def test_each_of_the_twelve_keys_is_offered_once() -> None:
    offers = keys_for(TUNE, Key("C"), load_instrument("tenor"))
    assert sorted(one.semitones % 12 for one in offers) == list(range(12))


def test_the_middle_of_a_tune_weighs_by_time() -> None:
    assert compass_of(tune_of("C4:3 D4:1").notes).middle_midi == 60 + 2 / 4
    with pytest.raises(InputError, match="no tune"):
        compass_of(())
