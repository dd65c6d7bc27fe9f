"""WAV files: to the bit, whole or not at all, stamped so that others read the stamp."""

from __future__ import annotations

import struct
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.io import wavfile
from wavinfo import WavInfoReader

from scorestage.adapters.formats.wav import (
    BroadcastStamp,
    SampleFormat,
    read_wav,
    read_wav_blocks,
    read_wav_header,
    write_wav,
)
from scorestage.errors import FormatError, MusicError

STAMP = BroadcastStamp(
    start_samples=172_812_345,
    description="1m01 v2 Opening",
    originator="scorestage",
    originator_reference="ref-1",
    origination_date="2026-01-31",
    origination_clock="10:11:12",
    coding_history="A=PCM,F=48000,W=24,M=stereo\r\n",
)


def _noise(length: int, channels: int, bits: int) -> np.ndarray:
    full = 1 << (bits - 1)
    whole = np.random.default_rng(1).integers(-full, full, (length, channels))
    return (whole / full).astype(np.float32)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate_hz", [48_000, 96_000])
@pytest.mark.parametrize("sample_format", SampleFormat)
def test_what_is_written_is_read_back_to_the_bit(
    tmp_path: Path, sample_format: SampleFormat, rate_hz: int, channels: int
) -> None:
    path = tmp_path / "a.wav"
    sound = _noise(1_001, channels, min(sample_format.bits, 24))
    assert write_wav(path, sound, rate_hz, sample_format) == 1_001
    again, header = read_wav(path)
    assert np.array_equal(again, sound)
    assert (header.rate_hz, header.channels, header.bits) == (rate_hz, channels, sample_format.bits)
    assert header.is_float == (sample_format is SampleFormat.FLOAT_32)
    assert header.stamp is None


@pytest.mark.parametrize("sample_format", SampleFormat)
def test_another_reader_reads_the_same(tmp_path: Path, sample_format: SampleFormat) -> None:
    path = tmp_path / "a.wav"
    sound = _noise(777, 2, 16)
    write_wav(path, sound, 48_000, sample_format)
    rate_hz, theirs = wavfile.read(path)
    scale = {SampleFormat.PCM_16: 1 << 15, SampleFormat.PCM_24: 1 << 31, SampleFormat.FLOAT_32: 1}
    assert rate_hz == 48_000
    assert np.array_equal(theirs / scale[sample_format], sound)


def test_the_stamp_as_others_read_it(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_wav(path, _noise(480, 2, 24), 48_000, SampleFormat.PCM_24, STAMP)
    found = WavInfoReader(str(path))
    assert found.bext.time_reference == 172_812_345
    assert found.bext.version == 1
    assert found.bext.description == "1m01 v2 Opening"
    assert found.bext.originator == "scorestage"
    assert found.bext.originator_ref == "ref-1"
    assert found.bext.originator_date == "2026-01-31"
    assert found.bext.originator_time == "10:11:12"
    assert found.bext.coding_history.startswith("A=PCM")
    assert (found.fmt.bits_per_sample, found.fmt.sample_rate) == (24, 48_000)
    assert found.data.frame_count == 480
    assert read_wav_header(path).stamp == STAMP


def test_what_ascii_lacks_is_marked_and_long_text_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    stamp = BroadcastStamp(0, description="Café " + "x" * 300)
    write_wav(path, _noise(10, 1, 16), 48_000, SampleFormat.PCM_16, stamp)
    description = WavInfoReader(str(path)).bext.description
    assert description.startswith("Caf? x")
    assert len(description) == 256


def test_blocks_give_the_same_file_as_the_whole(tmp_path: Path) -> None:
    sound = _noise(300_001, 2, 24)
    write_wav(tmp_path / "a.wav", sound, 48_000)
    write_wav(tmp_path / "b.wav", (sound[i : i + 7_777] for i in range(0, 300_001, 7_777)), 48_000)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    blocks = list(read_wav_blocks(tmp_path / "a.wav", block_samples=50_000))
    assert [len(block) for block in blocks] == [50_000] * 6 + [1]
    assert np.array_equal(np.concatenate(blocks), sound)


def test_an_odd_number_of_bytes_is_padded(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_wav(path, _noise(3, 1, 24), 48_000)
    raw = path.read_bytes()
    assert len(raw) % 2 == 0
    assert struct.unpack("<I", raw[4:8])[0] == len(raw) - 8
    with wave.open(str(path)) as file:
        assert file.getnframes() == 3


@pytest.mark.parametrize("sample_format", [SampleFormat.PCM_16, SampleFormat.PCM_24])
def test_clipping_is_an_error_and_leaves_the_old_file(
    tmp_path: Path, sample_format: SampleFormat
) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"old")
    loud = np.full((10, 2), 1.1, np.float32)
    with pytest.raises(MusicError, match=r"\+0\.83 dB of full scale"):
        write_wav(path, loud, 48_000, sample_format)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_full_scale_downward_is_allowed(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", np.full((4, 1), -1.0, np.float32), 48_000)
    assert (read_wav(tmp_path / "a.wav")[0] == -1).all()


def test_what_is_no_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MusicError, match="NaN"):
        write_wav(tmp_path / "a.wav", np.full((4, 1), np.nan, np.float32), 48_000)
    assert not list(tmp_path.iterdir())


def test_a_failing_source_leaves_nothing_behind(tmp_path: Path) -> None:
    def blocks():  # type: ignore[no-untyped-def]
        yield np.zeros((10, 2), np.float32)
        raise RuntimeError("the synthesiser stopped")

    with pytest.raises(RuntimeError):
        write_wav(tmp_path / "a.wav", blocks(), 48_000)
    with pytest.raises(FormatError, match="no sound"):
        write_wav(tmp_path / "a.wav", iter(()), 48_000)
    assert not list(tmp_path.iterdir())


def test_silence_of_no_length_is_a_file(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", np.zeros((0, 2), np.float32), 48_000)
    sound, header = read_wav(tmp_path / "a.wav")
    assert sound.shape == (0, 2)
    assert header.length_samples == 0


def test_files_that_are_no_wav_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    for content in (b"", b"RIFF", b"RIFF\0\0\0\0WAVE", b"\0" * 1000, b"ID3" + b"x" * 99):
        path.write_bytes(content)
        with pytest.raises(FormatError):
            read_wav(path)
    with pytest.raises(FormatError, match="cannot be read"):
        read_wav(tmp_path / "none.wav")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_ends_in_a_format_error_or_in_sound(data: st.DataObject) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.wav"
        write_wav(path, _noise(50, 2, 24), 48_000, SampleFormat.PCM_24, STAMP)
        raw = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 6))):
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(bytes(raw[: data.draw(st.integers(0, len(raw)))]))
        try:
            sound, header = read_wav(path)
        except FormatError:
            return
        assert sound.shape == (header.length_samples, header.channels)


def test_extensible_and_double_files_of_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    sound = _noise(100, 2, 16).astype(np.float64)
    wavfile.write(path, 44_100, sound)
    again, header = read_wav(path)
    assert header.bits == 64
    assert np.allclose(again, sound)
    body = struct.pack("<HHIIHHHHI", 0xFFFE, 1, 48_000, 96_000, 2, 16, 22, 16, 4)
    body += b"\1\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71"
    chunks = b"fmt " + struct.pack("<I", len(body)) + body + b"data\4\0\0\0\0\0\0\x40"
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    assert read_wav(path)[0].tolist() == [[0.0], [0.5]]
