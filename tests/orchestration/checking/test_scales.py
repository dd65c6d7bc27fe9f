"""Whistles and pipes have the notes of one scale."""

from __future__ import annotations

from tests.composing.cues import request
from tests.orchestration.checking.passages import kinds, solo

from scorestage.adapters.catalogue import load_ensemble, names
from scorestage.composing import compose
from scorestage.orchestration import FaultKind, Severity, orchestrate
from scorestage.orchestration.checking.scales import SCALES


def test_every_scale_is_of_an_instrument_there_is() -> None:
    assert set(SCALES) <= set(names("instruments"))


def test_a_jig_in_d_lies_on_the_whistle_and_one_in_e_flat_does_not() -> None:
    """The Irish Washerwoman's turn, in G (with its C natural) and a semitone up."""
    assert kinds(solo("tin-whistle", "D5:1/2 C6:1/2 B5:1/2 G5:1/2 D5:1/2 F#5:1/2")) == []
    found = kinds(solo("tin-whistle", "Eb5:1/2 Db6:1/2 C6:1/2 Ab5:1/2"), only=FaultKind.SCALE)
    assert found
    assert {one.severity for one in found} == {Severity.WARNING}
    assert "is not in the scale of" in found[0].text
    assert found[0].repair


def test_highland_pipes_have_no_chromatic_scale() -> None:
    scale = [one for one in kinds(solo("highland-pipes", "Bb4:1 B4:1 C5:1")) if one.kind == "scale"]
    assert len(scale) == 1
    assert "B4" in scale[0].text


def test_an_irish_band_is_given_what_lies_on_its_pipes() -> None:
    asked = request("tender", meters=("3/4",) * 8, theme_meter="3/4", bpm=80, seed=2)
    sketch = compose(asked).sketch
    result = orchestrate(sketch, load_ensemble("irish-band"), asked.tempo_map)
    assert {one.key % 12 for strand in sketch.strands for n in strand.staff.notes
            for one in n.sounding} - set(SCALES["tin-whistle"])  # fmt: skip
    assert not [one for one in result.faults if one.kind is FaultKind.SCALE]
