"""Words divided by rule: held beside dictionaries' divisions, and by hand."""

import pytest

from scorestage.errors import InputError
from scorestage.songs.dividing import by_hand, divided

# Divisions as Merriam-Webster, Duden and the Accademia's dictionaries print them.
DIVIDED = {
    "en": "won-der-ful beau-ti-ful chil-dren heav-en riv-er an-oth-er na-tion de-li-cious jumped "
    "fields ro-ses stopped run-ning love-ly qui-et morn-ing light-house ta-ble home-ward fire "
    "re-mem-ber to-geth-er strange through peo-ple yes-ter-day lit-tle sci-ence pi-an-o",
    "de": "Lie-be Freu-de schö-ner Göt-ter-fun-ken Toch-ter Brun-nen Schat-ten sü-ßen Lin-den-baum",
    "it": "nes-sun dor-ma prin-ci-pes-sa fred-da stan-za stel-le a-mo-re guar-di",
    "fr": "rê-ve i-ma-ge bon-heur char-mait",
    "es": "mu-cho no-che fue-ra co-ra-zón",
    "la": "glo-ri-a ex-cel-sis De-o Ky-ri-e",
}


@pytest.mark.parametrize("language", DIVIDED)
def test_words_divide_as_dictionaries_have_them(language: str) -> None:
    wanted = DIVIDED[language].split()
    got = ["-".join(divided(one.replace("-", ""), language).syllables) for one in wanted]
    amiss = [(one, other) for one, other in zip(got, wanted, strict=True) if one != other]
    assert len(amiss) <= (1 if language == "en" else 0), amiss


def test_signs_stay_with_their_syllable() -> None:
    assert divided("“morning’s,”").syllables == ("“morn", "ing’s,”")
    assert "".join(divided("heart-broken…").syllables) == "heart-broken…"


def test_small_words_bear_no_stress_and_others_do() -> None:
    assert [divided(word).stresses for word in ("the", "lamp", "away", "river")] == [
        (0,), (2,), (0, 2), (2, 0),
    ]  # fmt: skip


def test_who_divides_by_hand_is_right() -> None:
    assert by_hand(("be", "*gin")).stresses == (0, 2)
    assert by_hand(("fi", "re")).syllables == ("fi", "re")


def test_an_unknown_language_is_told() -> None:
    with pytest.raises(InputError, match="known: en, de"):
        divided("ord", "sv")
