"""Names of tracks and patches, as people write them."""

from __future__ import annotations

import pytest

from scorestage.music import Articulation, Technique
from scorestage.takedown import ORDINARY, playing_of


@pytest.mark.parametrize(
    ("name", "technique", "rest"),
    [
        ("Violins 1 leg", None, "Violins 1"),
        ("Violins_pizz", Technique.PIZZICATO, "Violins"),
        ("Celli col legno", Technique.COL_LEGNO, "Celli"),
        ("Vla - sul pont", Technique.SUL_PONTICELLO, "Vla"),
        ("Flute 1 (flutter tongue)", Technique.FLUTTER, "Flute 1"),
        ("Soprano 2 solo (sic)", None, "Soprano 2 solo (sic)"),
        ("Horns a4 sus", None, "Horns a4"),
        ("Harp", None, "Harp"),
    ],
)
def test_the_way_of_playing_and_the_name_are_told_apart(
    name: str, technique: Technique | None, rest: str
) -> None:
    playing, left = playing_of(name)
    assert playing.technique is technique and left == rest


def test_short_trembling_muted_and_bound() -> None:
    assert playing_of("Vlns spicc")[0].staccato and playing_of("Vlns spicc")[0].words == "spicc."
    assert playing_of("Strings Tremolo con sord")[0].tremolo == 3
    assert playing_of("Strings Tremolo con sord")[0].mute
    assert not playing_of("Strings senza sord")[0].mute
    assert playing_of("Vc legato")[0].slurred
    assert Articulation.MARCATO in playing_of("Tbn marc")[0].articulations
    assert playing_of("Vln trill half")[0].trill == 1


@pytest.mark.parametrize("name", ["Harmonium", "Harmonica", "Marching Drum", "Stacy", "Tremulant"])
def test_a_name_that_begins_like_a_way_of_playing_is_left_alone(name: str) -> None:
    assert playing_of(name) == (ORDINARY, name)


@pytest.mark.parametrize("name", ["VC SPICC", "Vlns Spiccati", "Celli kurz", "Tpts Staccatos"])
def test_short_in_any_spelling(name: str) -> None:
    assert playing_of(name)[0].staccato
