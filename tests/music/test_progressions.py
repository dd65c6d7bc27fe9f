"""The two-chord classes against Murphy's own notation."""

from __future__ import annotations

import pytest

from scorestage.errors import MusicError
from scorestage.music.harmony import roman
from scorestage.music.key import Key
from scorestage.music.progressions import (
    PROGRESSION_CLASSES,
    class_between,
    classes_for,
    in_bar,
)
from scorestage.timebase import Beat

MURPHY = {
    "heroism": "M2M",
    "space": "M6M",
    "fantastic": "M8M",
    "loss": "M4m",
    "romance": "M5m",
    "wonder": "m5M",
    "mystery": "m2M",
    "dramatic": "m11M",
    "danger": "m6m",
    "evil": "m8m",
    "uncanny": "m4M",
    "mediants": "M4M",
}


@pytest.mark.parametrize("name", PROGRESSION_CLASSES)
@pytest.mark.parametrize("tonic", ["C", "Eb", "A"])
def test_each_class_is_what_its_notation_says(name: str, tonic: str) -> None:
    one, other = PROGRESSION_CLASSES[name]
    key = Key(tonic, "minor" if one == "i" else "major")
    assert class_between(roman(one, key, Beat(0)), roman(other, key, Beat(4))) == MURPHY[name]


def test_only_classes_of_the_mode_are_offered() -> None:
    assert classes_for("minor", ("danger", "loss")) == (("i", "#iv"),)
    assert classes_for("major", ("danger", "loss")) == (("I", "iii"),)


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(MusicError, match="heroism"):
        classes_for("major", ("sparkle",))


def test_seventh_chords_have_no_class() -> None:
    key = Key("C")
    assert class_between(roman("V7", key, Beat(0)), roman("I", key, Beat(4))) == ""
    assert in_bar("ii-V7") == ("ii", "V7")
