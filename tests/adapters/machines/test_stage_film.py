"""The stage film measured from its own pixels and sound."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.sync.houses import PLAIN

from scorestage.adapters.machines.film import (
    FilmWriter,
    Picture,
    SoundTrack,
    probe,
    read_frames,
    read_sound,
)
from scorestage.adapters.machines.stage_film import StageFilm, write_stage_film
from scorestage.adapters.machines.stage_patches import colour_of
from scorestage.errors import FilmError
from scorestage.production import Hit
from scorestage.sync import Goal, StageClock, click_strokes, cue_timeline, plan_stage
from scorestage.timebase import (
    FRAMES_24,
    FRAMES_25,
    BarGrid,
    FilmTime,
    FrameRate,
    Meter,
    Tempo,
    TempoMap,
)

WIDTH, HEIGHT = 320, 180
LENGTH_FRAMES = 24 * 9
BLIP_FRAME = 100
CUE = TempoMap.steady(FilmTime("4.5"), Tempo(150), BarGrid.regular(2, Meter(4, 4)))
HIT = Hit("door", FRAMES_24.time_of(140), streamer=True)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine seconds of dim grey that drifts, with a blip of sound at frame 100."""
    path = tmp_path_factory.mktemp("source") / "grey.mov"
    sound = np.zeros((LENGTH_FRAMES * 2000, 2), np.float32)
    sound[BLIP_FRAME * 2000 : BLIP_FRAME * 2000 + 480] = 0.5
    track = SoundTrack("Production", pcm=True)
    with FilmWriter(path, WIDTH, HEIGHT, FRAMES_24, [track], crf=12) as film:
        film.write_sound(0, sound)
        for frame in range(LENGTH_FRAMES):
            film.write_frame(np.full((HEIGHT, WIDTH, 3), 50 + frame // 8, np.uint8))
    return path


def _film(rate: FrameRate = FRAMES_24) -> StageFilm:
    timeline = cue_timeline(CUE, 4, rate, 86400)
    plan = plan_stage(CUE, timeline, (HIT,), PLAIN, rate)
    clock = StageClock(CUE, timeline, rate, 4, 86400)
    return StageFilm("1m01  The Gate", plan, clock, click_strokes(CUE, 4), PLAIN)


@pytest.fixture(scope="module")
def stage(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dest = tmp_path_factory.mktemp("stage") / "stage.mov"
    write_stage_film(dest, _film(), source)
    return dest


def _leading_edge(pixels: Picture, colour: str) -> float | None:
    """The right border of the streamer of `colour` above the strip, 0 to 1, or None."""
    upper = pixels[: HEIGHT // 4].astype(int)
    near = np.abs(upper - np.array(colour_of(colour))).max(axis=2) < 40
    columns = np.flatnonzero(near.mean(axis=0) > 0.8)
    return None if not len(columns) else (int(columns[-1]) + 1) / WIDTH


def test_the_film_begins_ten_seconds_before_the_first_warning_click(stage: Path) -> None:
    film, facts = _film(), probe(stage)
    first_click = film.clock.timeline.first_click
    assert (first_click - FRAMES_24.time_of(film.first_frame)).seconds >= 10
    assert facts.frame_count == film.end_frame - film.first_frame
    assert facts.start_timecode is not None
    assert facts.start_timecode.frames == 86400 + film.first_frame
    assert facts.track_titles == ("Click", "Production sound")
    assert facts.rate == FRAMES_24


def test_streamers_reach_the_edge_on_their_frame_and_punches_follow(stage: Path) -> None:
    film = _film()
    shown = {number + film.first_frame: pixels for number, _, pixels in read_frames(stage)}
    goals = {streamer.goal: streamer for streamer in film.plan.streamers}
    assert set(goals) == {Goal.WARNING, Goal.DOWNBEAT, Goal.HIT, Goal.CUT_OFF}
    assert goals[Goal.HIT].hit_frame == 140
    for streamer in goals.values():
        arrived = _leading_edge(shown[streamer.hit_frame], streamer.colour)
        assert arrived is not None
        assert arrived >= 1 - 2 / WIDTH
        before = _leading_edge(shown[streamer.hit_frame - 1], streamer.colour)
        assert before is not None
        assert before < 1 - 1 / 60
        assert _leading_edge(shown[streamer.hit_frame + 1], streamer.colour) is None
        for back in (12, 24, 36):
            edge = _leading_edge(shown[streamer.hit_frame - back], streamer.colour)
            assert edge == pytest.approx(1 - back / 48, abs=0.02)
        punch = shown[streamer.hit_frame + 1][70:80, WIDTH // 2 - 5 : WIDTH // 2 + 5].mean((0, 1))
        assert np.abs(punch - np.array(colour_of(streamer.colour))).max() < 30
        gone = shown[streamer.hit_frame + 2][70:80, WIDTH // 2 - 5 : WIDTH // 2 + 5].mean((0, 1))
        assert gone.std() < 6


def test_where_there_is_no_picture_it_is_black_and_elsewhere_the_film(stage: Path) -> None:
    film = _film()
    for number, _, pixels in read_frames(stage):
        frame = number + film.first_frame
        if film.plan.on_screen(frame) or film.plan.flash(frame):
            continue
        level = float(pixels[:100].mean())
        expected = 50 + frame // 8 if 0 <= frame < LENGTH_FRAMES else 0
        assert abs(level - expected) < 4


def test_bar_and_beat_are_drawn_and_change_on_the_click(stage: Path) -> None:
    film = _film()
    strips = {
        number + film.first_frame: pixels[-24:, 125:195].astype(int)
        for number, _, pixels in read_frames(stage)
    }
    clicks = [FRAMES_24.nearest_frame(click.time) for click in CUE.clicks()]
    assert strips[clicks[0]].max() > 200

    def clear(frame: int) -> bool:
        """Whether no streamer passes behind the digits."""
        return all(not 0.35 < place.edge < 0.75 for place in film.plan.on_screen(frame))

    compared = 0
    for click, following in pairwise(clicks):
        if not all(map(clear, (click + 1, following - 1, following))):
            continue
        compared += 1
        within = np.abs(strips[following - 1] - strips[click + 1]).mean()
        across = np.abs(strips[following] - strips[following - 1]).mean()
        assert across > 4 * within + 1
    assert compared >= 2


def test_the_click_is_on_its_sample_and_the_dialogue_in_its_place(stage: Path) -> None:
    film = _film()
    start = FRAMES_24.time_of(film.first_frame)
    click = read_sound(stage, 48_000, 1, track=0)[:, 0]
    loud = np.flatnonzero(np.abs(click) > 0.05)
    onsets = [at for index, at in enumerate(loud) if index == 0 or at - loud[index - 1] > 480]
    wanted = [round((stroke.at - start).seconds * 48_000) for stroke in film.strokes]
    assert [int(onset) for onset in onsets] == wanted
    dialogue = read_sound(stage, 48_000, 2, track=1)
    first = int(np.flatnonzero(np.abs(dialogue[:, 0]) > 0.1)[0])
    assert abs(first - (BLIP_FRAME - film.first_frame) * 2000) <= 1
    length = (film.end_frame - film.first_frame) * 2000
    assert len(click) == len(dialogue) == length


def test_without_a_picture_the_stage_film_is_black_with_everything_on_it(tmp_path: Path) -> None:
    film, heard = _film(), list[tuple[int, int]]()
    short = replace(film, house=replace(PLAIN, pre_roll_seconds=Fraction(0)))
    dest = tmp_path / "black.mp4"
    count = write_stage_film(dest, short, progress=lambda done, of: heard.append((done, of)))
    facts = probe(dest)
    assert facts.frame_count == count == short.end_frame - short.first_frame
    assert heard[-1] == (count, count)
    assert facts.track_titles == ("Click", "Production sound")
    green = next(one for one in film.plan.streamers if one.goal is Goal.DOWNBEAT)
    at = FRAMES_24.time_of(green.hit_frame - short.first_frame)
    _, _, pixels = next(read_frames(dest, start=at))
    assert (pixels[50, -4:-1] > 40).any()


def test_a_film_of_another_rate_is_refused(source: Path, tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="runs at 24 frames a second, the cue at 25"):
        write_stage_film(tmp_path / "no.mp4", _film(FRAMES_25), source)
    assert not list(tmp_path.iterdir())
