"""Sound fonts are read whole, and damaged ones refused with the reason."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.machines.playing import one_tone
from tests.adapters.machines.soundfont_maker import MadeSample, MadeZone, make_soundfont, sine

from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_file import read_soundfont
from scorestage.adapters.machines.sf2_fonts import bundled_soundfont
from scorestage.adapters.machines.sf2_zones import regions_of
from scorestage.errors import MachineError
from scorestage.mockup.performance import Performance, PlayedNote


def _saved(folder: Path, content: bytes) -> Path:
    path = folder / "font.sf2"
    path.write_bytes(content)
    return path


def test_the_bundled_font_is_general_midi() -> None:
    font = read_soundfont(bundled_soundfont())
    assert all((0, program) in font.presets for program in range(128))
    assert (128, 0) in font.presets
    for bank, program in font.presets:
        assert regions_of(font, bank, program)


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    pcm = sine(440, 0.1)
    sample = MadeSample(pcm, (10, 400), 44_100, 69, -7, "A4")
    font = read_soundfont(
        _saved(
            tmp_path,
            make_soundfont([sample], [[MadeZone({48: 30}, 0)]], {(3, 9): [MadeZone({52: -5}, 0)]}),
        )
    )
    header = font.sample(0)
    assert font.name == "made to order"
    assert font.presets == {(3, 9): "p9"}
    assert (header.name, header.rate_hz, header.root_key) == ("A4", 44_100, 69)
    assert (header.loop_start, header.loop_end, header.correction_cents) == (10, 400, -7)
    assert np.array_equal(font.read_points(header.start, header.end), pcm / np.float32(32768))
    assert font.preset_bags(3, 9)[0].generators == {52: -5, 41: 0}


def test_24_bit_fonts_keep_their_low_bytes(tmp_path: Path) -> None:
    content = one_tone()
    at = content.index(b"smpl")
    (size,) = struct.unpack("<I", content[at + 4 : at + 8])
    low = b"sm24" + struct.pack("<I", size // 2) + b"\x80" * (size // 2) + b"\0" * (size // 2 % 2)
    end = at + 8 + size
    listed = content.index(b"LIST", content.index(b"INFO"))
    grown = bytearray(content[:end] + low + content[end:])
    for place in (4, listed + 4):
        (old,) = struct.unpack("<I", grown[place : place + 4])
        grown[place : place + 4] = struct.pack("<I", old + len(low))
    plain = read_soundfont(_saved(tmp_path, content)).read_points(0, 100)
    fine = read_soundfont(_saved(tmp_path, bytes(grown))).read_points(0, 100)
    assert np.allclose(fine - plain, 0.5 / 32768, atol=1e-9)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\4\0\0\0sfbk", b"x" * 100, b"\0" * 4096])
def test_what_is_no_sound_font_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(MachineError, match="sound font") as caught:
        read_soundfont(_saved(tmp_path, content))
    assert "font.sf2" in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="cannot be read"):
        read_soundfont(tmp_path / "none.sf2")
    with pytest.raises(MachineError, match="cannot be read"):
        read_soundfont(tmp_path)


def test_a_font_cut_anywhere_is_refused(tmp_path: Path) -> None:
    content = one_tone(sample=MadeSample(sine(1000, 0.01), (0, 48)))
    for end in range(0, len(content) - 1, 7):
        with pytest.raises(MachineError):
            Sf2Synth(_saved(tmp_path, content[:end]))


def test_a_compressed_font_says_so(tmp_path: Path) -> None:
    content = bytearray(one_tone())
    at = content.index(b"shdr") + 8 + 44
    content[at : at + 2] = struct.pack("<H", 0x11)
    with pytest.raises(MachineError, match="compressed"):
        regions_of(read_soundfont(_saved(tmp_path, bytes(content))), 0, 0)


def test_damage_in_the_tables_never_ends_in_anything_but_a_machine_error(tmp_path: Path) -> None:
    content = one_tone(sample=MadeSample(sine(1000, 0.01), (0, 48)))
    tables = content.index(b"pdta")
    rng = random.Random(7)
    refused = 0
    note = PlayedNote(0, 4800, 0, False, 60, 100)
    for _ in range(300):
        hurt = bytearray(content)
        for _ in range(rng.randint(1, 4)):
            hurt[rng.randrange(tables, len(hurt))] = rng.randrange(256)
        try:
            sound = Sf2Synth(_saved(tmp_path, bytes(hurt))).render(
                Performance("p", "", (note,)), 9600
            )
        except MachineError:
            refused += 1
        else:
            assert sound.shape == (9600, 2)
            assert np.isfinite(sound).all()
    assert 0 < refused < 300
