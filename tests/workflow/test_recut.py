"""`recut` on files and in a project: what is asked for lands, what is written reads back."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.conform.recuts import butted
from tests.shared_material import shared
from tests.small_film import CUTS, small_film
from tests.small_project import cue_in, map_of_bars, small_project, write_map
from tests.written_project import written_project

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.formats.edl import write_edl
from scorestage.adapters.formats.wav import write_wav
from scorestage.adapters.machines.film import probe, read_frames, read_sound
from scorestage.adapters.store.map_file import map_text
from scorestage.errors import InputError
from scorestage.production import CutEvent, CutList, CutSource
from scorestage.sync import click_track
from scorestage.sync.click import click_strokes
from scorestage.timebase import FRAMES_24, BarGrid, FilmClock, FilmTime, Meter, Tempo, TempoMap
from scorestage.workflow.compose import SKETCH
from scorestage.workflow.conform_apply import undo
from scorestage.workflow.editorial import edit_of, read_cut_list
from scorestage.workflow.exchange import Counting
from scorestage.workflow.job import Job
from scorestage.workflow.recut import Recutting, RecutWish, recut
from scorestage.workflow.recut_answers import tell_recutting
from scorestage.workflow.recut_apply import apply_recut
from scorestage.workflow.recut_given import RecutFiles, recut_given
from scorestage.workflow.recut_write import write_recut

BARS = 7


def quiet(share: float, name: str) -> None:
    """Nobody looks."""


def edit(path: Path, lengths: tuple[int, ...] = (52, 60, 44, 70, 40, 66)) -> Path:
    """An EDL of shots with an hour in front."""
    events, at = [], 86400
    for number, frames in enumerate(lengths, start=1):
        source = CutSource(f"A{number:03}", f"shot-{number}")
        low = Fraction(2000 * number)
        events.append(CutEvent(at, at + frames, source, low, low + frames, number=f"{number:03}"))
        at += frames
    path.write_bytes(write_edl(CutList("scene", FRAMES_24, tuple(events))).content)
    return path


def map_file(path: Path) -> Path:
    """Bars of two seconds: a downbeat every 48 frames."""
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(120), BarGrid.regular(BARS, Meter(4, 4)))
    path.write_text(map_text(tempo_map, FilmClock(FRAMES_24, 86400)), encoding="utf-8")
    return path


def cut_to(tmp_path: Path, wish: RecutWish, **files: object) -> Recutting:
    given = RecutFiles(edit(tmp_path / "scene.edl"), map=map_file(tmp_path / "map.toml"), rate="24")
    picture, music, hits = recut_given(None, "", replace(given, **files), quiet)
    return recut(picture, music, wish, hits)


HANDLED = RecutWish(handles=24)


def test_a_cut_lands_where_it_was_asked_to(tmp_path: Path) -> None:
    wish = replace(HANDLED, land=("cut 3 = bar 3", "cut 5 = bar 5 beat 3"))
    found = cut_to(tmp_path, wish)
    way = found.chosen(1)
    assert [one.after_frame for one in way.landed] == [96, 216]
    assert all(one.is_met and one.after_off_frames == 0 for one in way.landed)
    assert [one.before_frame for one in way.landed] == [112, 226]


def test_the_picture_may_lead(tmp_path: Path) -> None:
    found = cut_to(tmp_path, replace(HANDLED, land=("cut 3 = bar 3",), lead=2))
    assert found.chosen(1).landed[0].after_frame == 94


def test_without_a_wish_cuts_are_proposed_and_worth_their_price(tmp_path: Path) -> None:
    found = cut_to(tmp_path, HANDLED)
    best = found.chosen(1)
    assert sum(one.is_met for one in best.landed) > sum(one.is_met for one in found.before.landed)
    assert best.points < found.before.points
    weak = cut_to(tmp_path, replace(HANDLED, strength=0.0)).chosen(1)
    assert all(one.is_nothing for one in weak.changes)


def test_dialogue_is_kept_whole(tmp_path: Path) -> None:
    """Somebody speaks over shot 2 from 2.5 s to 4.4 s: nothing of that is cut or retimed."""
    titles = tmp_path / "said.srt"
    titles.write_text("1\n00:00:02,500 --> 00:00:04,400\nHush.\n")
    wish = replace(HANDLED, land=("cut 3 = bar 3",))
    found = cut_to(tmp_path, wish, subtitles=titles)
    way = found.chosen(1)
    second = way.changes[1]
    assert not second.stretched_frames
    assert 52 + second.head_frames <= 60 and 112 + second.tail_frames >= 106
    assert way.landed[0].is_met


@pytest.mark.parametrize("seed", range(4))
def test_no_way_cuts_a_word_or_moves_it_from_its_lips(tmp_path: Path, seed: int) -> None:
    """Speech anywhere: in the list written, all that is left of its picture lies in one sync."""
    chance = random.Random(seed)
    said = sorted(chance.sample(range(6, 320, 40), 4))
    spans = [(at, at + chance.randint(12, 36)) for at in said]
    titles = tmp_path / "said.srt"
    stamp = "00:00:{:02},{:03}".format
    lines = [
        f"{n}\n{stamp(*_clock(low))} --> {stamp(*_clock(high))}\nHush.\n"
        for n, (low, high) in enumerate(spans, start=1)
    ]
    titles.write_text("\n".join(lines))
    found = cut_to(tmp_path, replace(HANDLED, strength=6.0), subtitles=titles)
    before = _shown(tmp_path / "scene.edl")
    for number in range(1, len(found.ways) + 1):
        write_recut(found, number, tmp_path / "new.edl")
        now = _shown(tmp_path / "new.edl")
        names = [name for name, _ in now]
        assert names == sorted(names)
        place = {picture: frame for frame, picture in enumerate(now)}
        for low, high in spans:
            kept = {
                frame: place[before[frame]] for frame in range(low, high) if before[frame] in place
            }
            assert len({new - old for old, new in kept.items()}) == 1
            if len({before[frame][0] for frame in range(low, high)}) == 1:
                assert len(kept) == high - low


def _clock(frame: int) -> tuple[int, int]:
    return frame // 24, round(frame % 24 * 1000 / 24)


def _shown(path: Path) -> list[tuple[str, Fraction]]:
    """What each frame of a list shows: the reel, and its source frame."""
    cut = read_cut_list(path, Counting(FRAMES_24)).cut
    return [
        (event.source.reel, event.source_at(frame, FRAMES_24))
        for event in sorted(cut.events, key=lambda one: one.record_in_frames)
        if event.is_picture
        for frame in range(event.record_in_frames, event.record_out_frames)
    ]


def test_what_cannot_be_had_is_said_with_what_binds(tmp_path: Path) -> None:
    titles = tmp_path / "said.srt"
    titles.write_text("1\n00:00:00,100 --> 00:00:04,600\nHush.\n")
    found = cut_to(tmp_path, replace(HANDLED, land=("cut 3 = bar 2",)), subtitles=titles)
    assert not found.ways
    told = tell_recutting(found, 1)["conflicts"][0]
    assert told["off_frames"] > 0 and any("dialogue" in one for one in told["reasons"])
    near = cut_to(
        tmp_path, replace(HANDLED, land=("cut 3 = bar 2",), nearest=True), subtitles=titles
    )
    assert near.ways and near.conflicts


@pytest.mark.parametrize(
    "words",
    ["cut 3", "cut 99 = bar 1", "cut 3 = bar 99", "cut 3 = bar 2 beat 9", "hit 4 = bar 1", "x = 2"],
)
def test_what_cannot_be_read_is_an_error(tmp_path: Path, words: str) -> None:
    with pytest.raises(InputError):
        cut_to(tmp_path, replace(HANDLED, land=(words,)))


@pytest.mark.parametrize("name", ["a.otio", "a.edl", "a.fcpxml", "a.xml", "a.aaf"])
def test_each_list_written_reads_back_with_its_cuts(tmp_path: Path, name: str) -> None:
    found = cut_to(tmp_path, replace(HANDLED, land=("cut 3 = bar 3", "cut 5 = bar 5 beat 3")))
    write_recut(found, 1, tmp_path / name)
    back = read_cut_list(tmp_path / name, Counting(FRAMES_24)).cut
    starts = [one.record_in_frames - back.picture[0].record_in_frames for one in back.picture]
    way = found.chosen(1)
    assert starts == [one.first for one in way.placed]
    assert [one.words for one in back.markers] == ["cut 3 = bar 3", "cut 5 = bar 5 beat 3"]


def test_papers_tell_every_change(tmp_path: Path) -> None:
    found = cut_to(tmp_path, replace(HANDLED, land=("cut 3 = bar 3",)))
    for name in ("a.md", "a.csv", "a.xlsx", "a.pdf", "a.json"):
        write_recut(found, 1, tmp_path / name)
    told = json.loads((tmp_path / "a.json").read_text())
    changed = [one for one in found.chosen(1).changes if not one.is_nothing]
    assert len(told["ways"][0]["changes"]) == len(changed) > 0
    assert told["ways"][0]["landings"][0]["off_frames_exact"] == "0"
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").strip().splitlines()
    assert len(lines) == len(changed) + 1
    with pytest.raises(InputError):
        write_recut(found, 1, tmp_path / "a.doc")


def test_a_film_alone_is_cut_by_its_shots_and_shown_with_its_music(tmp_path: Path) -> None:
    film = small_film(tmp_path / "film.mp4")
    tempo_map = map_of_bars(FilmTime("1/2"), 6)
    strokes = click_strokes(tempo_map, 0)
    click = click_track(strokes, FilmTime(0), 15 * 48_000, load_house("los-angeles"))
    write_wav(tmp_path / "music.wav", np.repeat(click[:, None], 2, axis=1), 48_000)
    (tmp_path / "map.toml").write_text(map_text(tempo_map, FilmClock(FRAMES_24, 86400)))
    given = RecutFiles(
        film=film, map=tmp_path / "map.toml", music=tmp_path / "music.wav", listen=False
    )
    picture, music, hits = recut_given(None, "", given, quiet)
    assert [one.first for one in picture.shots][:3] == [0, *CUTS[:2]]
    music = replace(music, sound_at=FilmTime(0))
    found = recut(picture, music, RecutWish(land=("cut 3 = bar 4",)), hits)
    way = found.chosen(1)
    assert way.landed[0].after_frame == 156
    write_recut(found, 1, tmp_path / "preview.mp4")
    facts = probe(tmp_path / "preview.mp4")
    assert facts.frame_count == min(way.frames, 12 + 6 * 48 + 72)
    pictures = [picture[:90] for _, _, picture in read_frames(tmp_path / "preview.mp4")]
    steps = [float(np.abs(a.astype(int) - b).mean()) for a, b in pairwise(pictures)]
    assert int(np.argmax(steps[140:170])) + 141 == 156
    sound = np.abs(read_sound(tmp_path / "preview.mp4", 48_000)).max(axis=1)
    onset = round((0.5 + 3 * 2.0) * 48_000)
    assert sound[onset - 200 : onset + 600].max() > 0.1


def test_a_cue_is_cut_to_with_the_edit_taken_in(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick")
    cue = cue_in(job, 4, 16)
    write_map(job, cue, map_of_bars(FilmTime(4)))
    files = RecutFiles(edit=edit(tmp_path / "scene.edl", (90, 110, 104, 96)))
    picture, music, hits = recut_given(job.folder.root, cue.number, files, quiet)
    found = recut(picture, music, replace(HANDLED, land=("cut 3 = bar 3",)), hits)
    assert found.chosen(1).landed[0].after_frame == 192
    assert [one.number for one in found.task.shots] == [1, 2, 3, 4][1:]


def test_the_cut_becomes_the_picture_and_the_music_stays(tmp_path: Path) -> None:
    job = Job.open(written_project(tmp_path / "wick"))
    cue = job.production.cues[0]
    lengths = (500, 130, 96, 110, 140, 104, 3720)
    files = RecutFiles(edit=edit(tmp_path / "film.edl", lengths))
    picture, music, hits = recut_given(job.folder.root, cue.number, files, quiet)
    assert music.accents
    cut = next(n for n, shot in enumerate(picture.shots) if shot.first > 600)
    place = music.tempo_map.grid.position(
        music.tempo_map.beat_at(picture.at(picture.shots[cut].first))
    )
    words = f"cut {cut + 1} = bar {place.label}"
    found = recut(picture, music, replace(HANDLED, land=(words,), nearest=True), hits)
    before = (job.folder.cue_folder(cue.id) / SKETCH).read_bytes()
    now, _ = apply_recut(job, cue.id, found, 1)
    assert now.picture().id == "v2"
    assert now.folder.map(cue.id, now.clock) == music.tempo_map
    assert (now.folder.cue_folder(cue.id) / SKETCH).read_bytes() == before
    assert edit_of(now) is not None
    undo(now)
    assert Job.open(job.folder.root).production == job.production


def test_a_real_reel_in_seconds(tmp_path: Path) -> None:
    path = shared("editorial/ToD_R4_LOCK3.1_030618_Video.edl")
    read = read_cut_list(path, Counting()).cut
    cut = butted(read)
    reel = tmp_path / "reel.edl"
    reel.write_bytes(write_edl(cut).content)
    files = RecutFiles(
        reel, map=map_file(tmp_path / "map.toml"), rate=cut.rate.name, start="0:60.0"
    )
    picture, music, hits = recut_given(None, "", files, quiet)
    found = recut(picture, music, HANDLED, hits)
    assert found.ways and found.chosen(1).points <= found.before.points


def test_beats_tapped_to_a_recording_are_the_bars_that_cuts_fall_on(tmp_path: Path) -> None:
    """Taps of a player who slows down: the cut lands on the third bar as it was tapped."""
    steps = [Fraction(1, 2) + Fraction(n, 50) for n in range(16)]
    taps = [sum(steps[:n], Fraction(1, 4)) for n in range(len(steps) + 1)]
    table = tmp_path / "taps.csv"
    table.write_text("at\n" + "".join(f"{float(at):.6f}\n" for at in taps))
    write_wav(tmp_path / "take.wav", np.zeros((16 * 48_000, 1), dtype=np.float32), 48_000)
    given = RecutFiles(
        edit(tmp_path / "scene.edl"), map=tmp_path / "take.wav", taps=table, start="01:00:00:00",
        rate="24",
    )  # fmt: skip
    picture, music, hits = recut_given(None, "", given, quiet)
    found = recut(picture, music, replace(HANDLED, land=("cut 3 = bar 3",)), hits)
    (landed,) = found.chosen(1).landed
    assert landed.after_frame == round(taps[8] * 24)
    assert landed.is_met and not found.before.landed[0].is_met


def test_what_stays_off_is_told_with_its_reason(tmp_path: Path) -> None:
    found = cut_to(tmp_path, RecutWish())
    missed = [one for one in found.chosen(1).landed if not one.is_met]
    told = tell_recutting(found, 1)["stays_off"]
    assert [one["what"] for one in told] == [one.place.words for one in missed]
    assert told and all(one["points_more"] or one["against"] or one["reasons"] for one in told)
