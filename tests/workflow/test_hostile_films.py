"""Odd films through the verbs: one clear line and status 2, or the right boundaries."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.drawn_clips import cut, scene
from tests.hostile_films import Strange, strange_film
from tests.small_film import small_film
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import ScorestageError
from scorestage.workflow.analyse import analyse_film, tell_analysis

CUT = 31
ODD = {
    "turned.mp4": Strange(degrees=90),
    "squeezed.mp4": Strange(aspect=Fraction(64, 45), options={"bf": "3"}),
    "fields.mp4": Strange(options={"x264-params": "interlaced=1:tff=1"}),
    "offset.ts": Strange(container={"output_ts_offset": "36000"}, sound_codec="aac"),
    "alpha.mov": Strange(codec="qtrle", pixels="argb"),
    "ten.mxf": Strange(codec="mpeg2video", bit_rate=4_000_000, timecode="10:00:00:00"),
}


def quiet(share: float, name: str) -> None:
    """Nobody looks."""


@pytest.mark.parametrize("name", ODD)
def test_the_cut_is_where_it_is(name: str, tmp_path: Path) -> None:
    pictures = cut((scene(1, 160, 96), CUT), (scene(2, 160, 96), 40))
    sound = np.random.default_rng(1).normal(0, 0.05, 142_000).astype(np.float32)
    film = strange_film(tmp_path / name, pictures, ODD[name], sound)
    answer = tell_analysis(analyse_film(film, quiet))
    assert [(one["kind"], one["frame"]) for one in answer["shots"]] == [("cut", CUT)]
    assert answer["frames"] == 71
    if ODD[name].timecode:
        assert answer["shots"][0]["timecode"] == "10:00:01:07"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_film(tmp_path_factory.mktemp("good") / "good.mp4", frames=48)


def bad(folder: Path, good: Path) -> list[Path]:
    """Empty, cut short, text, sound only, zeros; and a film that is not there."""
    made = [folder / name for name in ("empty.mp4", "short.mp4", "words.mov", "nothing.mkv")]
    for path, content in zip(
        made, (b"", good.read_bytes()[:4_000], b"FADE IN:\n" * 900, bytes(9_000)), strict=True
    ):
        path.write_bytes(content)
    heard = folder / "heard.wav"
    with wave.open(str(heard), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(bytes(9_600))
    return [*made, heard, folder / "missing.mov"]


def refused(arguments: Sequence[str]) -> ScorestageError:
    result = CliRunner().invoke(app, list(arguments))
    assert isinstance(result.exception, ScorestageError), (arguments, result.output)
    return result.exception


def test_every_verb_refuses_what_is_no_film(tmp_path: Path, good: Path) -> None:
    project = tmp_path / "project"
    made = CliRunner().invoke(app, ["new", str(project), "--picture", str(good)])
    assert made.exit_code == 0, made.output
    before = sorted(project.rglob("*"))
    for number, film in enumerate(bad(tmp_path, good)):
        other = tmp_path / f"new{number}"
        for arguments in (
            ["analyse", str(film), "--json"],
            ["compare", str(good), str(film)],
            ["compare", str(film), str(good)],
            ["new", str(other), "--picture", str(film)],
            ["--project", str(project), "picture", "add", str(film)],
        ):
            fault = refused(arguments)
            assert fault.do and fault.exit_status == 2, arguments
        assert not other.exists() or not any(other.iterdir())
    assert sorted(project.rglob("*")) == before


def test_spot_tells_that_the_film_went_bad(tmp_path: Path, good: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(good.read_bytes())
    project = tmp_path / "project"
    assert CliRunner().invoke(app, ["new", str(project), "--picture", str(film)]).exit_code == 0
    film.write_bytes(good.read_bytes()[:5_000])
    assert "film.mp4" in str(refused(["--project", str(project), "spot"]))
    assert not list(project.glob("cues/*"))
