"""Style as a value."""

from __future__ import annotations

from scorestage.music.style import Harmony, Style


def test_the_wished_tempo_follows_arousal_within_the_style() -> None:
    style = Style("x", "X", bpm_low=80, bpm_high=120, bpm_wish=100)
    speeds = [style.bpm_for(arousal) for arousal in (-2, -1, 0, 1, 2)]
    assert speeds == [80, 85, 100, 115, 120]


def test_energy_chooses_idioms() -> None:
    style = Style("x", "X", idioms_calm=("a",), idioms_moving=("b",), idioms_driving=("c",))
    assert [style.idioms(energy)[0] for energy in (-2, 0, 1)] == ["a", "b", "c"]


def test_harmony_is_kept_by_mode_family() -> None:
    harmony = Harmony(progressions_minor=(("i", "iv"),), cadences_minor=(("V", "i"),))
    assert harmony.progressions("dorian") == (("i", "iv"),)
    assert harmony.cadences("phrygian") == (("V", "i"),)
    assert harmony.vamps("lydian") == (("I",),)
