"""What is read out of the catalogue's facts, for instruments that say much and for those that
say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sketches import adventure

from scorestage.adapters.catalogue import load_ensemble, load_instrument, names
from scorestage.music import Dynamic, Pitch, Role
from scorestage.orchestration import Severity, orchestrate
from scorestage.orchestration.practice import (
    IMPOSSIBLE,
    Colour,
    breath_seconds,
    colour,
    key_cost,
    strength,
    suit,
)


@pytest.mark.parametrize("name", names("instruments"))
def test_every_key_has_a_price_and_none_outside_the_range(name: str) -> None:
    instrument = load_instrument(name)
    wide = instrument.professional
    for key in range(128):
        cost = key_cost(instrument, key, 0.0)
        inside = wide is not None and wide.low.midi <= key <= wide.high.midi
        assert (cost < IMPOSSIBLE) is inside


def test_rimskys_equation() -> None:
    """At forte one trumpet is two horns, or four woodwinds; at piano they are alike."""
    loud, soft = Dynamic.F.level, Dynamic.P.level
    trumpet = strength(load_instrument("trumpet-c"), 1, loud)
    assert trumpet == 2 * strength(load_instrument("horn"), 1, loud)
    assert trumpet == 4 * strength(load_instrument("oboe"), 1, loud)
    assert strength(load_instrument("oboe"), 1, soft) == strength(
        load_instrument("trumpet-c"), 1, soft
    )


def test_registers_cost_where_they_cannot() -> None:
    flute = load_instrument("flute")
    assert key_cost(flute, 62, Dynamic.FF.level) > key_cost(flute, 62, Dynamic.P.level) + 1
    oboe = load_instrument("oboe")
    assert key_cost(oboe, 59, Dynamic.PPP.level) > key_cost(oboe, 59, Dynamic.F.level) + 1


def test_breaths_shorten_with_loudness() -> None:
    tuba = load_instrument("tuba")
    assert breath_seconds(tuba, -3) == 9
    assert breath_seconds(tuba, 2) == 4


def test_an_instrument_that_says_little_is_taken_by_its_kind(tmp_path: Path) -> None:
    (tmp_path / "instruments").mkdir()
    (tmp_path / "ensembles").mkdir()
    for name, low, high in (("high-pipe", "C4", "C6"), ("deep-pipe", "C2", "C4")):
        (tmp_path / "instruments" / f"{name}.toml").write_text(
            f'id = "{name}"\nname = "{name}"\nabbreviation = "P."\nfamily = "woodwind"\n'
            f'professional = ["{low}", "{high}"]\n'
            "sustain_f_seconds = 8\nsustain_p_seconds = 12\n",
            encoding="utf-8",
        )
    (tmp_path / "ensembles" / "pipes.toml").write_text(
        'id = "pipes"\nname = "Pipes"\n'
        + "".join(
            f'[[players]]\nid = "{one}"\ninstruments = ["{kind}-pipe"]\n'
            for one, kind in (("a", "high"), ("b", "high"), ("c", "deep"))
        ),
        encoding="utf-8",
    )
    deep = load_instrument("deep-pipe", tmp_path)
    assert colour(deep) is Colour.WOODWIND
    assert suit(deep, Role.BASS) > suit(load_instrument("high-pipe", tmp_path), Role.BASS)
    written = adventure()
    result = orchestrate(written.sketch, load_ensemble("pipes", tmp_path), written.tempo_map)
    assert [fault for fault in result.faults if fault.severity is Severity.WRONG] == []
    bass = {one.player for one in result.reasons if one.rule == "bass.carrier"}
    assert bass == {"c"}


def test_a_whistle_is_asked_for_its_own_scale_first() -> None:
    whistle = load_instrument("tin-whistle")
    inside, outside = Pitch.parse("F#5").key, Pitch.parse("F5").key
    assert key_cost(whistle, inside, 0.0) + 10 < key_cost(whistle, outside, 0.0) < IMPOSSIBLE
    flute = load_instrument("flute")
    assert abs(key_cost(flute, inside, 0.0) - key_cost(flute, outside, 0.0)) < 1
