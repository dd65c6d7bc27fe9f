"""What one note asks of a region."""

from __future__ import annotations

from scorestage.adapters.machines.sf2_file import SampleHeader
from scorestage.adapters.machines.sf2_voice import voice_of
from scorestage.adapters.machines.sf2_zones import Region

HEADER = SampleHeader("tone", 0, 1000, 10, 900, 48_000, 60, 0, 1)


def _region(**generators: int) -> Region:
    numbers = {int(name[1:]): amount for name, amount in generators.items()}
    return Region(HEADER, 0, 127, 0, 127, numbers, ())


def test_notes_of_nearly_one_velocity_share_their_waveform() -> None:
    region = _region(g8=9000)
    assert voice_of(region, 60, 100).tone == voice_of(region, 60, 101).tone


def test_another_key_is_another_waveform() -> None:
    region = _region()
    assert voice_of(region, 60, 100).tone != voice_of(region, 60.25, 100).tone


def test_a_fixed_key_ignores_the_key_played() -> None:
    region = _region(g46=48)
    assert voice_of(region, 60, 100).tone == voice_of(region, 72, 100).tone
    assert voice_of(region, 60, 100).tone.cents == -1200


def test_a_loop_of_one_point_is_no_loop() -> None:
    header = SampleHeader("click", 0, 1000, 500, 501, 48_000, 60, 0, 1)
    region = Region(header, 0, 127, 0, 127, {54: 1}, ())
    assert not voice_of(region, 60, 100).tone.looped
    assert voice_of(_region(g54=1), 60, 100).tone.looped


def test_envelope_scales_with_the_key() -> None:
    region = _region(g36=0, g40=100)  # 1 s of decay at key 60, a doubling per octave down
    assert voice_of(region, 60, 100).envelope.decay_seconds == 1.0
    assert voice_of(region, 48, 100).envelope.decay_seconds == 2.0
    assert voice_of(region, 72, 100).envelope.decay_seconds == 0.5


def test_pan_and_hi_hat_class() -> None:
    voice = voice_of(_region(g17=-250, g57=1), 60, 100)
    assert voice.pan == -0.5
    assert voice.exclusive_class == 1
