"""What real files say of their speed, some of them mended to lie."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path

import pytest
from tests.shared_material import shared
from tests.small_film import small_film

from scorestage.adapters.machines.film.evidence import rate_evidence
from scorestage.errors import FilmError
from scorestage.production.rate_truth import rate_doubts
from scorestage.timebase import RATES


def with_timecode_track(film: Path, scale: int, lasting: int, flags: int = 0) -> Path:
    """The film with its timecode track counting at another rate."""
    content = bytearray(film.read_bytes())
    at = content.rfind(b"tmcd")
    content[at + 16 : at + 28] = struct.pack(">III", flags, scale, lasting)
    mended = film.with_name(f"mended{film.suffix}")
    mended.write_bytes(content)
    return mended


@pytest.mark.parametrize("name", ["23.976", "24", "25", "29.97 drop"])
@pytest.mark.parametrize("suffix", [".mov", ".mp4"])
def test_an_honest_film_agrees_with_itself(tmp_path: Path, name: str, suffix: str) -> None:
    rate = RATES[name]
    evidence = rate_evidence(small_film(tmp_path / f"film{suffix}", rate, frames=30))
    assert evidence.rate == rate and evidence.frames == 30
    assert evidence.label_rate == rate.frames_per_second
    assert evidence.label_drop is rate.drop
    assert rate_doubts(evidence, rate) == ()


def test_a_timecode_track_of_another_rate_is_seen(tmp_path: Path) -> None:
    film = small_film(tmp_path / "film.mov", RATES["23.976"], frames=30)
    evidence = rate_evidence(with_timecode_track(film, 24, 1))
    assert evidence.label_rate == 24
    assert [one.kind for one in rate_doubts(evidence)] == ["timecode"]


def test_a_drop_flag_that_is_not_in_the_label_is_seen(tmp_path: Path) -> None:
    film = small_film(tmp_path / "film.mov", RATES["29.97"], frames=30)
    evidence = rate_evidence(with_timecode_track(film, 30000, 1001, flags=1))
    assert evidence.label_drop is True


def test_lengths_of_picture_and_sound_are_told(tmp_path: Path) -> None:
    evidence = rate_evidence(small_film(tmp_path / "film.mov", RATES["25"], frames=50))
    assert evidence.picture_seconds == 2
    assert evidence.sound_seconds is not None
    assert abs(evidence.sound_seconds - 2) < Fraction(1, 20)


def test_a_real_trailer_agrees_with_itself() -> None:
    evidence = rate_evidence(shared("films/big-buck-bunny-opening.mp4"))
    assert evidence.rate == RATES["24"]
    assert rate_doubts(evidence, RATES["24"]) == ()


def test_what_is_no_film_is_an_error(tmp_path: Path) -> None:
    other = tmp_path / "notes.mov"
    other.write_text("no film")
    with pytest.raises(FilmError):
        rate_evidence(other)
