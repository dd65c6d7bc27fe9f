"""A film analysed by itself: what the answer holds, the same each time, moved with the film."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.drawn_clips import Frame, cut, flat, mixed, scene
from tests.small_film import CUTS, small_film
from tests.spotting.detectors.test_wipes import WAYS, wiped
from tests.spotting.footage_kit import watched

from scorestage.adapters.machines.film import FilmWriter, probe
from scorestage.errors import InputError
from scorestage.spotting import Footage
from scorestage.timebase import FRAMES_24
from scorestage.workflow.analyse import analyse_film, make_proxy, tell_analysis
from scorestage.workflow.watching import moments_in

KINDS = {"cut", "dissolve", "fade_in", "fade_out", "wipe", "flash", "title"}


def quiet(share: float, name: str) -> None:
    """Nobody looks."""


def clip(head: int) -> list[Frame]:
    """Shots with a cut, a dissolve, a wipe, a fade out and in, a flash; `head` frames before."""
    one, two, three, four = scene(11), scene(12), scene(3), scene(8)
    frames = [one(n) for n in range(-head, 50)]
    second, third, fourth = cut((two, 68)), cut((three, 84)), cut((four, 56))
    frames += [*second[:50], *mixed(second[50:], third[:18]), *third[18:68]]
    frames += [*wiped(third[68:], fourth[:16], WAYS["from the left"]), *fourth[16:]]
    frames += mixed([four(56)] * 20, [flat(0)] * 20) + [flat(0)] * 8
    frames += mixed([flat(0)] * 20, [scene(13)(0)] * 20)
    tail = cut((scene(13), 60))
    tail[30] = tail[31] = flat(252)
    return frames + tail


def boundaries(frames: list[Frame]) -> list[tuple[str, int, int, float]]:
    found = moments_in(Footage(watched(frames)))
    return [
        (
            str(one.kind),
            FRAMES_24.nearest_frame(one.span.start),
            FRAMES_24.nearest_frame(one.span.end),
            one.confidence,
        )
        for one in found
    ]


def test_a_second_at_the_head_moves_everything_by_a_second() -> None:
    plain = boundaries(clip(0))
    kinds = [kind for kind, *_ in plain]
    assert kinds == ["cut", "dissolve", "wipe", "fade-out", "fade-in", "flash"]
    assert plain[0][1:3] == (50, 51)
    later = [(kind, first - 24, end - 24, sure) for kind, first, end, sure in boundaries(clip(24))]
    assert [one[:3] for one in later] == [one[:3] for one in plain]
    assert [one[3] for one in later] == pytest.approx([one[3] for one in plain], abs=1e-3)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_film(tmp_path_factory.mktemp("film") / "film.mp4", frames=200)


def told(film: Path, index: Path | None = None) -> dict[str, Any]:
    return tell_analysis(analyse_film(film, quiet, index))


def test_the_answer_is_as_promised(film: Path) -> None:
    answer = told(film)
    assert (answer["rate"], answer["frames"], answer["start_timecode"]) == (
        "24",
        200,
        "01:00:00:00",
    )
    assert {"rate", "frames", "start_timecode", "shots", "dialogue", "curves"} <= answer.keys()
    for one in answer["shots"]:
        assert one["kind"] in KINDS and 0 <= one["confidence"] <= 1
        assert 0 <= one["frame"] < one["end_frame"] <= 200
    cuts = [(one["frame"], one["end_frame"]) for one in answer["shots"] if one["kind"] == "cut"]
    assert cuts == [(cut, cut + 1) for cut in CUTS[:2]]
    (fade,) = (one for one in answer["shots"] if one["kind"] == "fade_in")
    assert fade["frame"] <= 3 and abs(fade["end_frame"] - 24) <= 3


def test_the_same_each_time_and_from_the_index(film: Path, tmp_path: Path) -> None:
    first = told(film)
    assert told(film) == first
    assert told(film, tmp_path) == first
    assert told(film, tmp_path) == first


def test_a_silent_film_is_analysed(tmp_path: Path) -> None:
    path = tmp_path / "silent.mov"
    with FilmWriter(path, 128, 72, FRAMES_24) as out:
        for frame in cut((scene(1), 30), (scene(2), 30)):
            out.write_frame(frame)
    answer = told(path)
    assert [(one["kind"], one["frame"]) for one in answer["shots"]] == [("cut", 30)]
    assert answer["dialogue"] == [] and "level_db" not in answer["curves"]


def test_the_proxy_never_replaces_the_film(film: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="overwrite"):
        make_proxy(film, film)
    make_proxy(film, tmp_path / "small.mp4")
    assert probe(tmp_path / "small.mp4").frame_count == 200
