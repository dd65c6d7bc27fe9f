"""Who tells the changes of shot, and where the choice is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.small_film import small_film

from scorestage.adapters.machines import transnet
from scorestage.adapters.machines.film import probe
from scorestage.errors import InputError, MachineError
from scorestage.spotting import MomentKind, ShotMarks
from scorestage.timebase import FRAMES_24
from scorestage.workflow import shot_detector
from scorestage.workflow.analyse import analyse_film, tell_analysis
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project
from scorestage.workflow.settings import ProductionChange, change_production
from scorestage.workflow.spot import spot_film
from scorestage.workflow.watching import film_footage


def quiet(share: float, words: str) -> None:
    """Nobody looks."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A network that marks a cut after frame 49; the films it was asked about."""
    films: list[Path] = []

    def marks(film: Path, facts: object, progress: object) -> ShotMarks:
        films.append(film)
        count = getattr(facts, "frame_count", 0)
        curve = np.zeros(count, np.float32)
        curve[49] = 0.75
        return ShotMarks("TransNetV2", curve, np.zeros(count, np.float32))

    monkeypatch.setattr(shot_detector, "need_transnet", lambda: "1.0")
    monkeypatch.setattr(shot_detector, "transnet_marks", marks)
    return films


def test_an_unknown_or_absent_detector_is_told_before_the_film_is_watched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(InputError, match="own or transnetv2"):
        analyse_film(Path("no such film.mp4"), quiet, None, "eyes")
    monkeypatch.setattr(transnet, "find_spec", lambda name: None)
    with pytest.raises(MachineError, match="uv sync --extra transnetv2"):
        analyse_film(Path("no such film.mp4"), quiet, None, "transnetv2")


def test_the_network_tells_the_cuts_and_is_asked_once(tmp_path: Path, asked: list[Path]) -> None:
    film = small_film(tmp_path / "film.mp4")
    own = tell_analysis(analyse_film(film, quiet))
    assert own["detector"] == "own"
    assert [one["frame"] for one in own["shots"] if one["kind"] == "cut"] == [96, 180]
    for _ in range(2):
        told = tell_analysis(analyse_film(film, quiet, tmp_path / "seen", "transnetv2"))
        cuts = [(one["frame"], one["confidence"]) for one in told["shots"] if one["kind"] == "cut"]
        assert cuts == [(50, 0.75)]
    assert told["detector"] == "transnetv2"
    assert told["dialogue"] == own["dialogue"] and told["music"] == own["music"]
    assert asked == [film]
    (kept,) = (tmp_path / "seen").glob("*.transnetv2.npz")
    kept.write_bytes(b"broken off")
    analyse_film(film, quiet, tmp_path / "seen", "transnetv2")
    assert len(asked) == 2


def test_the_choice_stays_with_the_production(tmp_path: Path, asked: list[Path]) -> None:
    film = small_film(tmp_path / "film.mp4")
    job = new_project(tmp_path / "job", Beginning(picture=film))
    outcome = spot_film(job, detector="transnetv2")
    assert outcome.job.production.detector == "transnetv2"
    again = spot_film(Job.open(tmp_path / "job"))
    assert len(asked) == 1 and again.job.cues() == outcome.job.cues()
    facts = probe(film)
    shots = shot_detector.job_moments(again.job, film_footage(again.job), facts)
    cuts = [FRAMES_24.nearest_frame(m.at) for m in shots if m.kind is MomentKind.CUT]
    assert cuts == [50]
    back = change_production(again.job, ProductionChange(detector="own"))
    assert back.production.detector == ""
    assert "detector" not in (tmp_path / "job" / "production.toml").read_text()
