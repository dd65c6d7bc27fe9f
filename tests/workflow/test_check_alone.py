"""`check SCORE`: files of anybody's, with and without a map."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.orchestration.checking.passages import solo
from tests.shared_material import shared
from tests.sketches import FOUR

from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import write_score
from scorestage.errors import InputError
from scorestage.music import Score
from scorestage.orchestration import Severity
from scorestage.timebase import BarGrid, FilmTime, Tempo, TempoMap
from scorestage.workflow.check_alone import check_file
from scorestage.workflow.faults import chosen, fault_facts, refuse_unknown_words

GRID = BarGrid.regular(4, FOUR)
SLOW = TempoMap.steady(FilmTime(0), Tempo(60), GRID)
REPEATED = " ".join(["C3:1/4"] * 8)


@pytest.fixture
def score(tmp_path: Path) -> Path:
    """A bassoon that repeats sixteenths, and an oboe below its lowest note in bar 2."""
    oboe = solo("oboe", "C5:4 r:1 A3:1", name="Oboe 1")
    bassoon = solo("bassoon", REPEATED, name="Fagott")
    path = tmp_path / "tune.musicxml"
    path.write_bytes(write_score(Score(GRID, (oboe, bassoon)), SLOW, title="tune"))
    return path


def test_a_file_is_checked_by_part_names(score: Path) -> None:
    checked = check_file(score)
    grave = [one for one in checked.faults if one.severity is Severity.ERROR]
    (fault,) = grave
    facts = fault_facts(fault, checked.score.grid)
    assert {key: facts[key] for key in ("bar", "bar_index", "beat", "kind", "severity")} == {
        "bar": "2", "bar_index": 1, "beat": "2", "kind": "range", "severity": "error",
    }  # fmt: skip
    assert facts["message"] == "A3 is not on the Oboe (Bb3 to A6)"
    assert facts["repair"] == "write it an octave higher (A4)"
    assert [one["instruments"] for one in checked.players] == [["oboe"], ["bassoon"]]


def test_the_map_says_how_fast_it_is(score: Path, tmp_path: Path) -> None:
    """Sixteenths at 60 are four a second; at 200 more than thirteen."""
    assert not any(one.kind == "speed" for one in check_file(score).faults)
    fast = TempoMap.steady(FilmTime(0), Tempo(200), GRID)
    map_file = tmp_path / "map.mid"
    whole = Score(GRID, (solo("oboe", "C5:4 C5:4 C5:4 C5:4", name="Oboe"),))
    map_file.write_bytes(write_midi(whole, fast, title="map"))
    checked = check_file(score, map_file)
    (speed,) = [one for one in checked.faults if one.kind == "speed"][:1]
    assert "13.3 repeated notes a second" in speed.text
    assert checked.tempo == "map.mid"
    short = tmp_path / "short.mid"
    bar = Score(BarGrid.regular(1, FOUR), (solo("oboe", "C5:4", name="Oboe"),))
    short.write_bytes(write_midi(bar, TempoMap.steady(FilmTime(0), Tempo(60), bar.grid), title="s"))
    with pytest.raises(InputError, match="the map ends after"):
        check_file(score, short)


def test_midi_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "tune.mid"
    path.write_bytes(write_midi(Score(GRID, (solo("oboe", "A3:1", name="Oboe"),)), SLOW, title="t"))
    assert any(one.kind == "range" for one in check_file(path).faults)


def test_kinds_and_severities_are_chosen_and_unknown_ones_refused() -> None:
    facts = [{"severity": "error", "kind": "range"}, {"severity": "advice", "kind": "entry"}]
    assert chosen(facts, "warning") == facts[:1]
    assert chosen(facts, "", ("entry",)) == facts[1:]
    with pytest.raises(InputError, match="no severity"):
        refuse_unknown_words("bad", ())
    with pytest.raises(InputError, match="no kind of fault"):
        refuse_unknown_words("", ("rnage",))


def test_a_score_nobody_has(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such score"):
        check_file(tmp_path / "none.mxl")


@pytest.mark.parametrize("name", ["brahms-3-3", "bach-bminor-05"])
def test_masterpieces_have_no_errors_and_few_warnings(name: str) -> None:
    checked = check_file(shared(f"scores/{name}.mxl"))
    errors = [str(one) for one in checked.faults if one.severity is Severity.ERROR]
    warnings = [str(one) for one in checked.faults if one.severity is Severity.WARNING]
    assert errors == []
    assert len(warnings) <= checked.note_count / 1000
