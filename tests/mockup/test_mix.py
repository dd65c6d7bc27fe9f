"""Stems and mix: equal, additive, never clipped, ended as the cue ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scorestage.adapters.formats.wav import read_wav, write_wav
from scorestage.mockup.loudness import loudness_lufs, true_peak_dbfs
from scorestage.mockup.mix import CEILING_DBFS, Ends, Mix, mix, stems_of, usual_gain_db
from scorestage.mockup.performance import Audio, Curve, Performance, PlayedNote
from scorestage.production import WayIn, WayOut

RATE = 48_000


class SineSynth:
    """A synthesiser of plain tones."""

    def render(self, performance: Performance, length_samples: int) -> Audio:
        out = np.zeros((length_samples, 2), np.float32)
        for note in performance.notes:
            t = np.arange(note.length_samples) / RATE
            hz = 440 * 2 ** ((note.key - 69) / 12)
            tone = 0.2 * 10 ** (note.gain_db / 20) * np.sin(2 * np.pi * hz * t)
            out[note.start_samples : note.end_samples] += tone[:, None].astype(np.float32)
        return out

    def attack_seconds(self, program: int, key: float, velocity: int, drum: bool = False) -> float:
        return 0.0

    def loudness_db(self, program: int, key: float, velocity: int, drum: bool = False) -> float:
        return -20.0

    def section_strings(self) -> tuple[tuple[int, float], ...]:
        return ((48, 0.0),)


def _player(name: str, stem: str, key: float, gain_db: float = 0.0) -> Performance:
    note = PlayedNote(RATE, 2 * RATE, 0, False, key, 80, gain_db)
    return Performance(name, name, (note,), Curve((0,), (0.0,)), 0.1, 6.0, stem)


def _stems(gain_db: float = 0.0) -> dict[str, Audio]:
    players = (
        _player("a", "strings", 60, gain_db),
        _player("b", "strings", 64, gain_db),
        _player("c", "brass", 67, gain_db),
        _player("d", "woodwind", 72, gain_db),
    )
    return stems_of(players, SineSynth(), 10 * RATE)


def test_stems_in_the_order_of_a_delivery() -> None:
    assert list(_stems()) == ["strings", "woodwind", "brass"]


def test_stems_add_up_to_the_mix_to_the_last_bit(tmp_path: Path) -> None:
    made = mix(_stems())
    total = sum(stem.astype(np.float64) for stem in made.stems.values())
    assert np.array_equal(total, made.mix)
    files = []
    for name, sound in {**made.stems, "mix": made.mix}.items():
        write_wav(tmp_path / f"{name}.wav", sound, RATE)
        files.append(read_wav(tmp_path / f"{name}.wav")[0].astype(np.float64))
    assert np.array_equal(sum(files[:-1]), files[-1])


@pytest.mark.parametrize("gain_db", [-30.0, 0.0, 30.0])
def test_never_above_the_ceiling_whatever_comes_in(gain_db: float) -> None:
    made = mix(_stems(gain_db))
    assert true_peak_dbfs(made.mix) <= CEILING_DBFS
    assert made.true_peak_dbfs == true_peak_dbfs(made.mix)
    assert made.loudness_lufs == pytest.approx(loudness_lufs(made.mix, RATE))


def test_one_gain_for_all_where_nothing_tops() -> None:
    stems = _stems()
    made = mix(stems)
    gain = 10 ** (made.gain_db / 20)
    for name, stem in stems.items():
        assert np.allclose(made.stems[name][: 9 * RATE], stem[: 9 * RATE] * gain, atol=2e-7)


def test_one_loud_stroke_changes_only_what_is_around_it() -> None:
    stems = {name: np.tile(stem[RATE : 3 * RATE], (10, 1)) for name, stem in _stems().items()}
    struck = {name: stem.copy() for name, stem in stems.items()}
    stroke = np.exp(-np.arange(RATE) / 6_000) * np.sin(np.arange(RATE) / 30)
    struck["brass"][10 * RATE : 11 * RATE] += 20 * stroke[:, None].astype(np.float32)
    usual = usual_gain_db(stems)
    plain, made = mix(stems), mix(struck, gain_db=usual)
    assert plain.gain_db == usual
    assert true_peak_dbfs(made.mix) <= CEILING_DBFS
    assert np.array_equal(plain.mix[: 9 * RATE], made.mix[: 9 * RATE])
    assert np.array_equal(plain.mix[14 * RATE :], made.mix[14 * RATE :])
    assert np.abs(made.mix[10 * RATE : 11 * RATE]).max() > 2 * np.abs(plain.mix).max()


def test_a_soft_cue_stays_softer_than_a_loud_one_but_is_heard() -> None:
    soft, loud = mix(_stems(-40.0)), mix(_stems(-10.0))
    difference = loud.loudness_lufs - soft.loudness_lufs
    assert 8 < difference < 20


def test_a_player_with_a_room_of_their_own_makes_a_stem_with_a_tail() -> None:
    made = mix(_stems())
    after = made.mix[round(3.2 * RATE) : round(3.4 * RATE)]
    much_after = made.mix[6 * RATE : round(6.2 * RATE)]
    assert np.abs(after).max() > 1e-3
    assert np.abs(much_after).max() < 1e-4


def test_a_cut_is_silence_from_its_sample_on() -> None:
    cut = 2 * RATE + 17
    made = mix(_stems(), Ends(way_out=WayOut.CUT, last_samples=cut))
    whole = mix(_stems())
    assert not made.mix[cut:].any()
    assert np.abs(made.mix[cut - 1_000 : cut - 480]).max() > 0.02
    scale = 10 ** ((made.gain_db - whole.gain_db) / 20)
    assert np.allclose(made.mix[: cut - 480], whole.mix[: cut - 480] * scale, atol=1e-5)
    for stem in made.stems.values():
        assert not stem[cut:].any()


def test_a_button_is_over_within_a_frame_or_two() -> None:
    cut = 2 * RATE
    made = mix(_stems(), Ends(way_out=WayOut.BUTTON, last_samples=cut))
    assert np.abs(made.mix[cut - 480 : cut]).max() > 0.02
    assert not made.mix[cut + round(0.06 * RATE) :].any()


def _level(made: Mix, seconds: float) -> float:
    start = round(seconds * RATE)
    part = made.mix[start : start + 4_800].astype(np.float64)
    return float(10 * np.log10((part**2).mean())) - made.gain_db


def test_a_fade_goes_down_to_silence_at_the_end_of_the_cue() -> None:
    made = mix(_stems(), Ends(way_out=WayOut.FADE, last_samples=3 * RATE))
    whole = mix(_stems())
    falls = [_level(made, at) - _level(whole, at) for at in (1.0, 1.5, 2.0, 2.5, 2.8)]
    assert falls == sorted(falls, reverse=True)
    assert falls[0] > -6
    assert falls[-1] < -15
    assert not made.mix[3 * RATE :].any()


def test_sneaking_out_stays_in_the_room_until_its_last_second() -> None:
    made = mix(_stems(), Ends(way_out=WayOut.SNEAK, last_samples=3 * RATE))
    whole = mix(_stems())
    falls = [_level(made, at) - _level(whole, at) for at in (1.2, 1.6, 2.0)]
    assert falls == sorted(falls, reverse=True)
    assert falls[-1] > -9
    assert not made.mix[3 * RATE :].any()


def test_sneaking_in_takes_a_while() -> None:
    made = mix(_stems(), Ends(WayIn.SNEAK, WayOut.RING_OFF, RATE))
    whole = mix(_stems())
    rises = [_level(made, at) - _level(whole, at) for at in (1.0, 1.6, 2.2, 2.8)]
    assert rises == sorted(rises)
    assert -8 < rises[0] < -4
    # notes that are started early for a slow attack come in as softly
    late = mix(_stems(), Ends(WayIn.SNEAK, WayOut.RING_OFF, RATE + 2_400))
    early = late.mix[RATE + 2_200 : RATE + 2_600].astype(np.float64)
    assert np.abs(np.diff(early, axis=0)).max() < 0.03 * np.abs(late.mix).max()
    assert rises[-1] > -4


def test_the_file_ends_in_silence() -> None:
    endless = {"synth": np.full((5 * RATE, 2), 0.1, np.float32)}
    made = mix(endless)
    assert made.mix[-1].max() == 0
    assert made.mix[round(4.4 * RATE)].max() > 0.01


def test_stems_must_be_equally_long() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        mix({"a": np.zeros((10, 2), np.float32), "b": np.zeros((11, 2), np.float32)})
    with pytest.raises(ValueError, match="no stem"):
        mix({})


def test_silence_is_mixed_as_silence() -> None:
    made = mix({"strings": np.zeros((RATE, 2), np.float32)})
    assert made.gain_db == 0
    assert not made.mix.any()
