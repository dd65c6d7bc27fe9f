"""`map` from the command line: what is asked reaches the file and the answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import FitError, InputError, ScorestageError


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def taps(folder: Path) -> Path:
    path = folder / "taps.csv"
    rows = [f"{2 + 0.6 * n + 0.01 * (n % 3 - 1):.3f}" for n in range(33)]
    path.write_text("at\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_taps_become_a_map_with_every_beat_beside_its_tap(tmp_path: Path) -> None:
    out = tmp_path / "map.toml"
    answer = json.loads(run("map", "tap", str(taps(tmp_path)), "--json", "-o", str(out)))
    assert answer["tempos"][0]["law"] == "constant"
    assert answer["bars"][2]["bar"] == "3" and answer["bars"][2]["bar_index"] == 2
    beat = answer["beats"][5]
    assert (beat["bar"], beat["beat"], beat["quarters"]) == ("2", "2", "5")
    off = beat["at_seconds_float"] - beat["played_at_seconds_float"]
    assert off == pytest.approx(beat["off_seconds_float"])
    assert 0 < beat["confidence"] <= 1 and answer["kept"] is None
    shown = run("map", "show", str(out))
    assert "9 bars" in shown and "1 beat 1" in shown


def test_hits_are_listed_with_their_frames(tmp_path: Path) -> None:
    hits = tmp_path / "hits.csv"
    hits.write_text("id,at\nslam,8.07\n", encoding="utf-8")
    told = run("map", "tap", str(taps(tmp_path)), "--hits", str(hits))
    assert "slam" in told and "MISSED" not in told and "away from the take" in told


def test_a_map_pulled_down_and_up_is_the_map_it_was(tmp_path: Path) -> None:
    first, down, up = (tmp_path / f"{name}.toml" for name in ("map", "down", "up"))
    run("map", "tap", str(taps(tmp_path)), "-o", str(first))
    run("map", "pull", str(first), "--down", "-o", str(down))
    run("map", "pull", str(down), "--up", "-o", str(up))
    plain = [path.read_text(encoding="utf-8").splitlines()[1:] for path in (first, down, up)]
    assert plain[0] == plain[2] != plain[1]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("map", "pull", "--down"), InputError),
        (("map", "pull", "1m01"), InputError),
        (("map", "pull", "1m01", "--down", "--up"), InputError),
        (("map", "tap", "gone.csv"), InputError),
        (("map", "follow", "gone.wav"), InputError),
        (("map", "overdub", "gone.wav", "--click", "loud"), InputError),
        (("map", "show", "gone.toml"), InputError),
    ],
)
def test_what_cannot_be_is_one_clear_error(words: tuple[str, ...], fault: type) -> None:
    with pytest.raises(fault):
        run(*words)
    assert issubclass(fault, ScorestageError) and fault.exit_status == 2
    assert FitError.exit_status == 2
