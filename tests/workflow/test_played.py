"""Maps from taps and takes in a project and without: what is read, kept, met and refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import mido
import numpy as np
import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.adapters.formats.wav import BroadcastStamp, read_wav, write_wav
from scorestage.errors import FitError, FormatError, InputError, ScorestageError
from scorestage.tempofit.played import Follow
from scorestage.timebase import FRAMES_24, Beat, FilmClock, FilmTime, Meter, TempoMap
from scorestage.workflow.cues import add_hit
from scorestage.workflow.fit import FIT, MAP
from scorestage.workflow.map_alone import read_map_alone
from scorestage.workflow.played import (
    PlayedWish,
    Stage,
    follow_map,
    keep_map,
    read_meters,
    stage_of,
    tap_map,
)
from scorestage.workflow.played_answers import tell_played, told_in_words, write_map_file
from scorestage.workflow.played_click import overdub_clicks
from scorestage.workflow.played_files import Origin, read_sound_take, read_taps
from scorestage.workflow.sources import SourceState, refresh

ALONE = Stage(FilmClock(FRAMES_24))
ONE_HOUR = FilmClock(FRAMES_24, 86400)
BEATS = 25
EVERY = Fraction(3, 5)


def times(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def midi(path: Path, seconds: list[float], keys: list[int] | None = None) -> Path:
    """Notes at moments, in a file of 120 bpm."""
    file = mido.MidiFile(ticks_per_beat=960)
    track = mido.MidiTrack()
    file.tracks.append(track)
    before = 0
    for number, at in enumerate(seconds):
        tick = round(at * 1920)
        key = keys[number] if keys else 60
        track.append(mido.Message("note_on", note=key, velocity=90, time=tick - before))
        track.append(mido.Message("note_off", note=key, velocity=0, time=100))
        before = tick + 100
    file.save(path)
    return path


def claps(path: Path, seconds: list[float], stamp: BroadcastStamp | None = None) -> Path:
    random = np.random.default_rng(1)
    sound = np.zeros((round((seconds[-1] + 2) * 48_000), 1), dtype=np.float32)
    wave = random.normal(0, 0.2, 2400) * np.exp(-np.arange(2400) / 500)
    for at in seconds:
        first = round(at * 48_000)
        sound[first : first + 2400, 0] += wave.astype(np.float32)
    write_wav(path, np.clip(sound, -0.9, 0.9), 48_000, stamp=stamp)
    return path


def first_tempo(tempo_map: TempoMap) -> float:
    return float(tempo_map.tempo_at(Beat(0)).bpm)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("seconds.txt", lambda at: f"{at:.4f}"),
        ("clock.csv", lambda at: f"0:{at:07.4f}"),
        ("exact.txt", lambda at: str(Fraction(round(at * 10), 10))),
    ],
)
def test_taps_are_read_in_any_form_of_time(tmp_path: Path, name: str, write) -> None:  # type: ignore[no-untyped-def]
    lines = [write(2 + 0.6 * n) for n in range(BEATS)]
    answer = tap_map(times(tmp_path / name, lines), PlayedWish(), ALONE)
    assert first_tempo(answer.played.tempo_map) == pytest.approx(100, abs=0.05)
    assert float(answer.played.tempo_map.start.seconds) == pytest.approx(2, abs=0.002)


def test_a_table_names_its_column_of_times(tmp_path: Path) -> None:
    lines = ["name,at", *(f"beat {n},{2 + 0.6 * n:.3f}" for n in range(BEATS))]
    answer = tap_map(times(tmp_path / "taps.csv", lines), PlayedWish(), ALONE)
    assert first_tempo(answer.played.tempo_map) == pytest.approx(100, abs=0.05)


def test_timecode_counts_from_the_films_first_frame(tmp_path: Path) -> None:
    lines = [ONE_HOUR.nearest_label(FilmTime(2 + n)) for n in range(BEATS)]
    answer = tap_map(times(tmp_path / "taps.txt", lines), PlayedWish(), Stage(ONE_HOUR))
    assert answer.played.tempo_map.start == FilmTime(2)
    assert first_tempo(answer.played.tempo_map) == 60


def test_notes_and_claps_say_the_same(tmp_path: Path) -> None:
    seconds = [1 + 0.6 * n for n in range(BEATS)]
    for path in (midi(tmp_path / "t.mid", seconds), claps(tmp_path / "t.wav", seconds)):
        answer = tap_map(path, PlayedWish(starts="10"), ALONE)
        assert first_tempo(answer.played.tempo_map) == pytest.approx(100, abs=0.1)
        assert float(answer.played.tempo_map.start.seconds) == pytest.approx(11, abs=0.002)


def test_a_time_stamp_places_a_recording(tmp_path: Path) -> None:
    stamp = BroadcastStamp(3605 * 48_000)
    path = claps(tmp_path / "t.wav", [1 + 0.6 * n for n in range(BEATS)], stamp)
    answer = tap_map(path, PlayedWish(), Stage(ONE_HOUR))
    assert float(answer.played.tempo_map.start.seconds) == pytest.approx(6, abs=0.002)
    assert any("BWF" in remark for remark in answer.remarks)


@pytest.mark.parametrize("suffix", [".toml", ".json", ".mid"])
def test_a_map_is_written_in_any_form_and_read_back(tmp_path: Path, suffix: str) -> None:
    lines = [f"{2 + 0.6 * n:.3f}" for n in range(BEATS)]
    answer = tap_map(times(tmp_path / "taps.txt", lines), PlayedWish(), ALONE)
    path = tmp_path / f"map{suffix}"
    write_map_file(path, answer.played.tempo_map, ALONE.clock, "taps")
    back = read_map_alone(path, ALONE.clock)
    assert abs((back.end - answer.played.tempo_map.end).seconds) < Fraction(1, 1000)
    with pytest.raises(FormatError, match="cannot be written"):
        write_map_file(tmp_path / "map.doc", answer.played.tempo_map, ALONE.clock, "taps")


def test_in_a_project_the_cues_hits_and_end_are_met_and_the_map_is_a_persons(
    tmp_path: Path,
) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 20, 32)
    add_hit(again(job), cue.number, FilmTime(Fraction(2608, 100)), words="slam", weight=5)
    job = again(job)
    seconds = [0.01 * (n % 2) + 0.5 * n for n in range(24)]
    stage = stage_of(job, cue.number, job.clock)
    answer = tap_map(midi(tmp_path / "t.mid", seconds), PlayedWish(), stage)
    assert answer.played.landings[0].caught
    assert abs((answer.played.tempo_map.end - FilmTime(32)).seconds) < Fraction(1, 24)
    path = keep_map(stage, answer, "tap t.mid")
    kept = path.read_bytes()
    assert again(job).folder.map(cue.id, job.clock) is not None
    report = refresh(again(job), again(job).cue(cue.number), FIT)
    assert report.state is SourceState.BY_HAND and path.read_bytes() == kept
    assert (again(job).folder.cue_folder(cue.id) / MAP) == path


def test_a_take_is_followed_by_the_score_it_is_of(tmp_path: Path) -> None:
    keys = [60 + (7 * n) % 12 for n in range(48)]
    written = midi(tmp_path / "score.mid", [0.5 * n for n in range(48)], keys)
    played = midi(tmp_path / "take.mid", [1 + 0.65 * n for n in range(48)], keys)
    answer = follow_map(played, PlayedWish(score=written), ALONE)
    assert answer.confidence == 1.0
    assert first_tempo(answer.played.tempo_map) == pytest.approx(60 / 0.65, abs=0.1)
    told = tell_played(answer, ALONE.clock)
    assert told["bars"][1]["bar"] == "2" and told["beats"][0]["confidence"] > 0.9
    assert told_in_words(answer)


def test_clicks_after_the_recording_lie_on_it_sample_for_sample(tmp_path: Path) -> None:
    stamp = BroadcastStamp(3600 * 48_000)
    random = np.random.default_rng(2)
    seconds = (4 + 0.6 * np.arange(BEATS) + random.normal(0, 0.02, BEATS)).tolist()
    take = claps(tmp_path / "take.wav", seconds, stamp)
    made = overdub_clicks(
        take, PlayedWish(), Stage(ONE_HOUR), (Follow.BEATS, Follow.SPANS), taps=take, count_off=4
    )
    assert [one.click.name for one in made] == ["take_click-exact.wav", "take_click-smooth.wav"]
    sound, header = read_wav(take)
    for one in made:
        click, told = read_wav(one.click)
        assert len(click) == len(sound) and told.rate_hz == header.rate_hz
        assert told.stamp is not None and told.stamp.start_samples == stamp.start_samples
        assert one.tempo_map.is_file()
    exact, _ = read_wav(made[0].click)
    for at in seconds:
        near = np.abs(exact[round((at - 0.01) * 48_000) : round((at + 0.01) * 48_000), 0])
        assert abs(int(np.argmax(near)) - 480) < 48
    assert made[0].clicks == BEATS + 4


@pytest.mark.parametrize(
    ("name", "codec"),
    [("t.mp3", "libmp3lame"), ("t.m4a", "aac"), ("t.flac", "flac"), ("t.opus", "libopus")],
)
def test_claps_in_a_recording_of_any_kind_are_heard_where_they_are(
    name: str, codec: str, tmp_path: Path
) -> None:
    seconds = [1 + 0.6 * n for n in range(BEATS)]
    sound, header = read_wav(claps(tmp_path / "plain.wav", seconds))
    mono = np.ascontiguousarray(sound.mean(axis=1, dtype=np.float32))
    with av.open(str(tmp_path / name), "w") as out:
        stream = out.add_stream(codec, rate=header.rate_hz)
        stream.layout = "mono"
        step = 1152
        for at in range(0, len(mono), step):
            frame = av.AudioFrame.from_ndarray(mono[None, at : at + step], "fltp", "mono")
            frame.sample_rate, frame.pts = header.rate_hz, at
            frame.time_base = Fraction(1, header.rate_hz)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    heard = read_sound_take(tmp_path / name)
    assert heard.header.rate_hz == header.rate_hz
    taps = read_taps(tmp_path / name, ALONE.clock, Origin(FilmTime(0)))
    at = np.array([float(tap.at.seconds) for tap in taps])
    assert len(at) == len(seconds)
    assert np.abs(at - seconds).max() < 0.003
    answer = tap_map(tmp_path / name, PlayedWish(), ALONE)
    assert first_tempo(answer.played.tempo_map) == pytest.approx(100, abs=0.2)


def test_a_file_without_sound_is_no_recording(tmp_path: Path) -> None:
    (tmp_path / "t.mp3").write_bytes(b"ID3" + bytes(400))
    with pytest.raises(ScorestageError):
        read_sound_take(tmp_path / "t.mp3")


def test_a_click_is_not_written_over_what_it_is_made_from(tmp_path: Path) -> None:
    seconds = (1 + 0.6 * np.arange(BEATS)).tolist()
    taps = claps(tmp_path / "take_click-exact.wav", seconds, BroadcastStamp(0))
    take = claps(tmp_path / "take.wav", seconds, BroadcastStamp(0))
    before = taps.read_bytes()
    with pytest.raises(InputError):
        overdub_clicks(take, PlayedWish(), ALONE, (Follow.BEATS,), taps=taps)
    assert taps.read_bytes() == before


def test_meters_are_written_bar_by_bar() -> None:
    assert read_meters("2x4/4, 3/4") == (Meter(4, 4), Meter(4, 4), Meter(3, 4))
    for wrong in ("", "4", "0x4/4", "x4/4"):
        with pytest.raises(InputError):
            read_meters(wrong)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("empty.csv", "", "no taps"),
        ("words.csv", "at\nsoon\n", "no moment"),
        ("two.csv", "1\n2\n", "too few"),
        ("taps.xyz", "1\n2\n3\n", "not read here"),
        ("taps.mid", "1\n2\n3\n", "not a MIDI file"),
        ("taps.wav", "1\n2\n3\n", "WAV"),
        ("nan.csv", "nan\n1\n2\n", "no moment"),
    ],
)
def test_what_is_no_list_of_taps_is_one_clear_error(
    tmp_path: Path, name: str, content: str, fault: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises((InputError, FitError), match=fault):
        tap_map(path, PlayedWish(), ALONE)


@pytest.mark.parametrize(
    "wrong",
    [{"follow": "closely"}, {"jitter_ms": "much"}, {"first_beat": "7"}, {"tap_is": "0"}],
)
def test_wishes_that_cannot_be_are_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    path = times(tmp_path / "t.txt", ["1", "2", "3", "4"])
    with pytest.raises((InputError, FitError)):
        tap_map(path, PlayedWish(**wrong), ALONE)  # type: ignore[arg-type]


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        tap_map(tmp_path / "gone.csv", PlayedWish(), ALONE)
