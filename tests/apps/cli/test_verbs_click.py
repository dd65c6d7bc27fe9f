"""`click` and `calc` from the command line: what is asked reaches the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.judging import ears
from typer.testing import CliRunner

from scorestage.apps.cli.main import app
from scorestage.errors import ScorestageError


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_click_from_a_tempo(tmp_path: Path) -> None:
    path = tmp_path / "click.wav"
    words = ("--bpm", "12-0", "--bars", "4", "--meter", "3/4", "--warning", "3", "--rate", "25")
    answer = json.loads(run("click", *words, "--sample-rate", "96000", "-o", str(path), "--json"))
    sound = ears.read_sound(path)
    onsets = ears.clicks_of(sound.mono, sound.rate_hz)
    take = answer["takes"][0]
    assert list(onsets) == [click["sample"] for click in take["clicks"]]
    assert len(onsets) == 3 + 12 and onsets[1] - onsets[0] == 96_000 * 12 // 25
    assert (answer["files"][0]["bits"], answer["files"][0]["sample_rate_hz"]) == (24, 96_000)
    assert sound.stamp_samples == take["start_samples"]
    kinds = [click["kind"] for click in take["clicks"]]
    assert kinds == ["warning"] * 3 + ["downbeat", "beat", "beat"] * 4


def test_a_fit_s_answer_is_clicked(tmp_path: Path) -> None:
    """The clicks of a ramped candidate lie where its beats are told to lie."""
    hits = tmp_path / "hits.csv"
    hits.write_text("id,at\na,3.1\nb,7.77\nc,11.4\n", encoding="utf-8")
    words = ("--hits", str(hits), "--start", "0", "--end", "14", "--bpm", "80:130")
    fitted = run("fit", *words, "--top", "2", "--json")
    (tmp_path / "fit.json").write_text(fitted, encoding="utf-8")
    beats = [
        beat["at_seconds_float"]
        for beat in json.loads(fitted)["candidates"][1]["beats"]
        if not beat.get("free")
    ]
    chosen = ("--map", str(tmp_path / "fit.json"), "--choose", "2", "--warning", "0", "--json")
    clicks = json.loads(run("click", *chosen))["takes"][0]["clicks"]
    pairs = zip([c["at_seconds_float"] for c in clicks], beats, strict=True)
    assert max(abs(a - b) for a, b in pairs) < 1e-9


def test_a_map_made_for_another_rate_is_told(tmp_path: Path) -> None:
    hits = tmp_path / "hits.csv"
    hits.write_text("id,at\na,3.1\n", encoding="utf-8")
    words = ("--hits", str(hits), "--start", "0", "--end", "14", "--rate", "25", "--json")
    (tmp_path / "fit.json").write_text(run("fit", *words), encoding="utf-8")
    chosen = ("--map", str(tmp_path / "fit.json"))
    assert json.loads(run("click", *chosen, "--rate", "25", "--json"))["notes"] == []
    (note,) = json.loads(run("click", *chosen, "--rate", "24", "--json"))["notes"]
    assert "made for 25 frames a second, not for 24" in note
    assert note in run("click", *chosen, "--rate", "24")
    shown = json.loads(run("import", str(tmp_path / "fit.json"), "--rate", "24", "--json"))
    assert note in shown["notes"]


@pytest.mark.parametrize(
    "words",
    [
        ("click", "--bpm", "nan", "--bars", "4"),
        ("click", "--bpm", "96"),
        ("click", "1m01", "--bpm", "96", "--bars", "4"),
        ("click", "--bpm", "96", "--bars", "4", "--bits", "8"),
        ("click", "--bpm", "96", "--bars", "4", "--map", "x.mid"),
        ("click", "--bpm", "96", "--bars", "4", "--house", "nowhere"),
        ("calc", "click", "96", "--rate", "0"),
        ("calc", "time", "5", "--gauge", "70"),
        ("calc", "book", "96", "--beats", "-1"),
        ("calc", "sum", "39+14", "plus"),
    ],
)
def test_bad_input_ends_with_status_two(words: tuple[str, ...]) -> None:
    with pytest.raises(ScorestageError) as fault:
        run(*words)
    assert fault.value.exit_status == 2
