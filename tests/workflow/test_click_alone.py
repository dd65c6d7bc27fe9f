"""Click files by themselves: onsets measured in the WAV by ears that share nothing with it."""

from __future__ import annotations

import csv
import io
import time
from fractions import Fraction
from pathlib import Path

import mido
import numpy as np
import pytest
from tests.judging import ears
from wavinfo import WavInfoReader

from scorestage.errors import InputError
from scorestage.workflow.click_alone import ClickWish, PlainMusic, make_clicks, plain_music
from scorestage.workflow.click_takes import CountOff, SoundWish

AT_97 = PlainMusic(bpm="97.3", bars=8, at="10")


def heard(path: Path) -> tuple[ears.Heard, list[int]]:
    sound = ears.read_sound(path)
    return sound, [int(at) for at in ears.clicks_of(sound.mono, sound.rate_hz)]


@pytest.mark.parametrize("rate_hz", [48_000, 96_000])
@pytest.mark.parametrize("bits", [16, 24])
@pytest.mark.parametrize("house", ["los-angeles", "london"])
def test_onsets_lie_within_half_a_sample(
    rate_hz: int, bits: int, house: str, tmp_path: Path
) -> None:
    path = tmp_path / "click.wav"
    music = plain_music(PlainMusic(bpm="97.3", bars=8, at="10", house=house))
    told = make_clicks(music, ClickWish(), SoundWish(rate_hz, bits), [path])
    sound, onsets = heard(path)
    assert (sound.rate_hz, sound.bits) == (rate_hz, bits)
    begins = Fraction(told["takes"][0]["file_start_seconds"])
    exact = [(10 - begins + n * 60 / Fraction("97.3")) * rate_hz for n in range(-8, 32)]
    assert len(onsets) == len(exact)
    assert max(abs(at - due) for at, due in zip(onsets, exact, strict=True)) <= Fraction(1, 2)
    peaks = [float(np.abs(sound.mono[at : at + 400]).max()) for at in onsets]
    assert (max(peaks) > 1.3 * min(peaks)) == (house == "london")
    assert np.abs(sound.mono).max() < 0.9


def test_the_stamp_is_the_file_start_on_the_timecode(tmp_path: Path) -> None:
    path = tmp_path / "click.wav"
    music = plain_music(PlainMusic(bpm="120", bars=2, rate="29.97 drop", at="01:00:00;00"))
    told = make_clicks(music, ClickWish(), SoundWish(), [path])
    take = told["takes"][0]
    assert WavInfoReader(str(path)).bext.time_reference == take["start_samples"]
    sound, onsets = heard(path)
    first = 172799827 - 8 * 24_000
    assert abs(take["start_samples"] + onsets[0] - first) <= 1
    assert take["file_start_timecode"].endswith(";00")
    assert onsets[0] >= sound.rate_hz


def test_sixteen_bits_are_dithered_or_said_not_to_be(tmp_path: Path) -> None:
    """Triangular noise has a variance of a sixth of a step squared, and half a tone is no tone."""
    silent, noisy = tmp_path / "plain.wav", tmp_path / "dithered.wav"
    music = plain_music(AT_97)
    plain = make_clicks(music, ClickWish(), SoundWish(bits=16, dither=False), [silent])
    told = make_clicks(music, ClickWish(), SoundWish(bits=16), [noisy])
    assert plain["files"][0]["dither"] == "none" and "triangular" in told["files"][0]["dither"]
    quiet = ears.read_sound(silent).mono[:40_000] * 2**15
    noise = ears.read_sound(noisy).mono[:40_000] * 2**15
    assert not quiet.any()
    assert set(np.unique(noise)) <= {-1.0, 0.0, 1.0}
    assert abs(np.mean(noise**2) - (1 / 6 + 1 / 12)) < 0.01
    assert abs(noise.mean()) < 0.01
    assert make_clicks(music, ClickWish(), SoundWish(bits=16), [silent])["files"]
    assert silent.read_bytes() == noisy.read_bytes()


def test_sections_and_count_offs_are_files_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "click.wav"
    wish = ClickWish(variants=("all",), count_offs=("eight free to 5", "4:3"))
    music = plain_music(PlainMusic(bpm="70", bars=8, at="01:00:00:00"))
    told = make_clicks(music, wish, SoundWish(), [path])
    names = ["click.wav", "click-rhythm.wav", "click-8-free-to-5.wav", "click-4-free-to-3.wav"]
    assert [Path(one["path"]).name for one in told["files"]] == names
    plain, rhythm, eight = (heard(tmp_path / name)[1] for name in names[:3])
    assert len(rhythm) == 2 * len(plain) - 1
    assert set(plain) <= set(rhythm)
    assert len(eight) == 8 + 16
    starts = [one["start_samples"] for one in told["files"]]
    assert starts[2] + eight[8] == starts[0] + plain[8 + 16]
    gaps = np.diff(eight) - 60 / 70 * 48_000
    assert np.abs(gaps).max() <= 1


def test_what_is_the_same_for_a_section_is_not_made_twice(tmp_path: Path) -> None:
    path = tmp_path / "click.wav"
    told = make_clicks(plain_music(AT_97), ClickWish(variants=("all",)), SoundWish(), [path])
    assert told["same_for"] == ["rhythm"] and len(told["files"]) == 1


def test_the_click_stops_with_the_attack_named(tmp_path: Path) -> None:
    told = make_clicks(plain_music(AT_97), ClickWish(stop="7:3", warning=0), SoundWish(), [])
    last = told["takes"][0]["clicks"][-1]
    assert (last["bar"], last["beat"]) == ("7", "3")
    assert len(told["takes"][0]["clicks"]) == 27


def test_midi_clicks_play_at_the_same_moments(tmp_path: Path) -> None:
    """Played by another library: seconds since the first click agree within half a tick."""
    path, wav = tmp_path / "click.mid", tmp_path / "click.wav"
    wish = ClickWish(accents=True, subdivide_below="70")
    music = plain_music(PlainMusic(bpm="64.5", bars=4, at="10", meter="3/4"))
    make_clicks(music, wish, SoundWish(), [path, wav])
    clock, struck = 0.0, []
    for message in mido.MidiFile(path):
        clock += message.time
        if message.type == "note_on" and message.velocity:
            struck.append((clock, message.note, message.channel, message.velocity))
    onsets = heard(wav)[1]
    assert len(struck) == len(onsets)
    off = [
        (one[0] - struck[0][0]) - (at - onsets[0]) / 48_000
        for one, at in zip(struck, onsets, strict=True)
    ]
    assert max(map(abs, off)) < 0.0006
    assert {one[2] for one in struck} == {9}
    assert {one[1] for one in struck} == {76, 77, 37}
    assert max(one[3] for one in struck if one[1] == 37) < min(
        one[3] for one in struck if one[1] != 37
    )


def test_the_list_says_where_every_click_falls(tmp_path: Path) -> None:
    path = tmp_path / "click.csv"
    make_clicks(plain_music(AT_97), ClickWish(), SoundWish(), [path])
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 40
    assert [row["KIND"] for row in rows[6:10]] == ["warning", "warning", "downbeat", "beat"]
    assert (rows[8]["BAR"], rows[8]["BEAT"], rows[8]["SECONDS"]) == ("1", "1", "10")
    assert Fraction(rows[39]["SECONDS"]) == 10 + 31 * 60 / Fraction("97.3")


def test_a_map_of_another_program_is_clicked_as_it_is(tmp_path: Path) -> None:
    """Two bars of 4/4 at 120, two of 6/8 at 60 dotted quarters, in a MIDI file without notes."""
    file = mido.MidiFile(ticks_per_beat=480)
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("set_tempo", tempo=500_000))
    track.append(mido.MetaMessage("time_signature", numerator=4, denominator=4))
    track.append(mido.MetaMessage("time_signature", numerator=6, denominator=8, time=8 * 480))
    track.append(mido.MetaMessage("set_tempo", tempo=666_667))
    track.append(mido.MetaMessage("end_of_track", time=6 * 480))
    file.tracks.append(track)
    file.save(tmp_path / "map.mid")
    music = plain_music(PlainMusic(map=tmp_path / "map.mid", at="20"))
    told = make_clicks(music, ClickWish(warning=0), SoundWish(), [])
    at = [one["at_seconds_float"] - 20 for one in told["takes"][0]["clicks"]]
    wanted = [*(n / 2 for n in range(8)), *(4 + n * 1.0000005 for n in range(4))]
    assert len(at) == len(wanted)
    assert np.allclose(at, wanted, atol=1e-6)
    longer = plain_music(PlainMusic(map=tmp_path / "map.mid", bars=6))
    assert len(longer.tempo_map.grid.bars) == 6


@pytest.mark.parametrize(
    ("text", "clicks", "bar"),
    [("8:26", 8, "26"), ("eight free to 12A", 8, "12A"), ("4 free into the top", 4, "None")],
)
def test_count_offs_as_they_are_called(text: str, clicks: int, bar: str) -> None:
    found = CountOff.parse(text)
    assert (found.clicks, str(found.bar)) == (clicks, bar)


@pytest.mark.parametrize(
    "call",
    [
        lambda: plain_music(PlainMusic()),
        lambda: plain_music(PlainMusic(bpm="96")),
        lambda: plain_music(PlainMusic(bpm="0", bars=4)),
        lambda: plain_music(PlainMusic(bpm="nan", bars=4)),
        lambda: plain_music(PlainMusic(bpm="96", bars=-4)),
        lambda: plain_music(PlainMusic(bpm="96", bars=4, rate="0")),
        lambda: plain_music(PlainMusic(bpm="96", bars=4, meter="4/5")),
        lambda: plain_music(PlainMusic(map=Path("none.mid"))),
        lambda: SoundWish(rate_hz=47_000),
        lambda: SoundWish(bits=20),
        lambda: CountOff.parse("many to 4"),
        lambda: CountOff.parse("0:4"),
        lambda: make_clicks(plain_music(AT_97), ClickWish(count_offs=("8:99",)), SoundWish(), []),
        lambda: make_clicks(plain_music(AT_97), ClickWish(variants=("harps",)), SoundWish(), []),
        lambda: make_clicks(plain_music(AT_97), ClickWish(patterns=("4/4",)), SoundWish(), []),
        lambda: make_clicks(plain_music(AT_97), ClickWish(warning=-1), SoundWish(), []),
        lambda: make_clicks(plain_music(AT_97), ClickWish(stop="99"), SoundWish(), []),
        lambda: make_clicks(plain_music(AT_97), ClickWish(soft_db="-90"), SoundWish(), []),
    ],
)
def test_what_cannot_be_is_refused(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError):
        call()


def test_nothing_is_written_where_a_target_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not written so"):
        make_clicks(
            plain_music(AT_97), ClickWish(), SoundWish(), [tmp_path / "a.wav", tmp_path / "a.mp3"]
        )
    assert not list(tmp_path.iterdir())


def test_a_count_off_as_midi_begins_before_its_bar(tmp_path: Path) -> None:
    path = tmp_path / "click.mid"
    music = plain_music(PlainMusic(bpm="120", bars=8, at="10"))
    make_clicks(music, ClickWish(count_offs=("4:5",), warning=0), SoundWish(), [path], False)
    clock, struck = 0.0, []
    for message in mido.MidiFile(tmp_path / "click-4-free-to-5.mid"):
        clock += message.time
        if message.type == "note_on" and message.velocity:
            struck.append(clock)
    assert not path.exists()
    assert np.allclose(struck, [6 + n / 2 for n in range(4 + 16)], atol=1e-6)


def test_maps_of_many_tempos_stay_quick(tmp_path: Path) -> None:
    """A beat-by-beat map of over half an hour, as sequencers write them after tapping."""
    file = mido.MidiFile(ticks_per_beat=480)
    track = mido.MidiTrack()
    for number in range(4_000):
        tempo = 500_000 + number % 97
        track.append(mido.MetaMessage("set_tempo", tempo=tempo, time=480 if number else 0))
    track.append(mido.MetaMessage("end_of_track", time=480))
    file.tracks.append(track)
    file.save(tmp_path / "map.mid")
    music = plain_music(PlainMusic(map=tmp_path / "map.mid"))
    began = time.process_time()
    told = make_clicks(music, ClickWish(warning=0, subdivide_below="300"), SoundWish(), [])
    assert time.process_time() - began < 12
    assert len(told["takes"][0]["clicks"]) == 2 * 4_000 - 1
    last = told["takes"][0]["clicks"][-1]["at_seconds_float"]
    assert abs(last - sum((500_000 + n % 97) / 1e6 for n in range(3_999))) < 1e-6
