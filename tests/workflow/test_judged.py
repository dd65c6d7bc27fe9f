"""A small production judged from outside: what is heard, seen and read in its files."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from tests.judging import ears, pages, verdicts
from tests.judging.project import JudgedCue, judged_cues
from tests.small_film import small_film

from scorestage.production import HitKind
from scorestage.timebase import FilmTime
from scorestage.workflow.build import build_project
from scorestage.workflow.cues import add_cue, add_hit, drop_hit
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project

KINDS = ("MusicXML", "MIDI", "click", "mock-up", "stage film")


@pytest.fixture(scope="module")
def cue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JudgedCue]:
    """Twelve seconds for solo piano with an accent, a stop, and a start after it."""
    room = tmp_path_factory.mktemp("judged")
    root = room / "project"
    film = small_film(room / "film.mp4")
    job = new_project(root, Beginning(picture=film, ensemble="piano-solo", style="adventure"))
    number = add_cue(job, FilmTime(1), FilmTime(13), title="Opening").number
    for seconds, kind in (("4", HitKind.ACCENT), ("15/2", HitKind.STOP), ("11", HitKind.ACCENT)):
        words, streamer = f"at {seconds}", seconds == "4"
        at = FilmTime(seconds)
        add_hit(Job.open(root), number, at, words=words, kind=kind, weight=5, streamer=streamer)
    assert not build_project(root, only=KINDS, workers=1).report.failures
    (found,) = judged_cues(root)
    yield found


def test_caught_hits_are_heard_on_their_frames_and_not_by_chance(cue: JudgedCue) -> None:
    met, caught, chance = verdicts.judge_hits(cue, shifts=60)
    assert met == caught >= 2
    assert chance < 0.5


def test_sound_shares_start_and_length_and_is_never_silent(cue: JudgedCue) -> None:
    told = verdicts.judge_sound(cue)
    assert (told["lengths"], told["stamps off"], told["not 24 bit, 48 kHz"]) == (1, 0, 0)
    assert told["stems - mix"] == told["last 50 ms"] == 0
    assert 0.2 < told["peak"] < 10 ** (-3 / 20)
    assert told["click off samples"] <= 1


def test_midi_and_pages_are_the_same_music(cue: JudgedCue) -> None:
    assert verdicts.judge_midi(cue)["drift ms"] < 1
    assert verdicts.judge_midi(cue)["hits unmarked"] == 0
    assert not any(verdicts.judge_pages(cue).values())


def test_streamers_arrive_on_their_frames(cue: JudgedCue) -> None:
    told = verdicts.judge_film(cue)
    assert told["arrivals not as wanted"] == []
    assert told["pre-roll s"] >= 10
    assert told["click off samples"] <= 1
    assert abs(told["likeness to the mock-up"]) < 0.2


def test_one_hit_less_changes_what_is_around_it_and_only_that(cue: JudgedCue) -> None:
    folder = cue.root / "cues" / cue.id
    hit = next(one for one in cue.hits if one["words"] == "at 11")

    def state() -> tuple[bytes, list[pages.Sounding], ears.Sound]:
        (part,) = pages.read_parts(folder / "score.musicxml").values()
        sound = ears.read_sound(cue.audio("mockup")).mono
        return (folder / "map.toml").read_bytes(), part.notes, sound

    old_map, old_notes, old_sound = state()
    drop_hit(Job.open(cue.root), cue.number, str(hit["id"]))
    build_project(cue.root, only=("mock-up",), workers=1)
    new_map, new_notes, new_sound = state()
    assert new_map == old_map
    changed = {note[0] for note in set(old_notes) ^ set(new_notes)}
    assert changed and max(abs(bar - int(str(hit["bar_index"]))) for bar in changed) <= 1
    first = round((6 - float(cue.file_start)) * 48_000)
    assert np.abs(old_sound[:first] - new_sound[:first]).max() < 1e-6
    assert np.abs(old_sound[first:] - new_sound[first:]).max() > 1e-3
