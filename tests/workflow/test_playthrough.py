"""`playthrough`: what two hands can play, its pages, its sound, and a film of it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from tests.sketches import adventure
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.formats.wav import read_wav
from scorestage.errors import FormatError, InputError
from scorestage.orchestration import check, orchestrate
from scorestage.timebase import FilmTime
from scorestage.workflow.compose import COMPOSE
from scorestage.workflow.job import Job
from scorestage.workflow.playthrough import of_cue, of_file, play_answer, write_play
from scorestage.workflow.sources import refresh
from scorestage.workflow.themes import ensure_theme


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """A cue of four bars without picture, composed."""
    job = small_project(tmp_path_factory.mktemp("play") / "wick", picture=False)
    cue = cue_in(job, 0, 8)
    write_map(job, cue, map_of_bars(FilmTime(0), 4))
    job = ensure_theme(again(job))
    refresh(job, job.cue(cue.id), COMPOSE)
    return again(job)


def test_a_full_score_is_brought_to_two_hands_without_a_fault(tmp_path: Path) -> None:
    written = adventure()
    made = orchestrate(written.sketch, load_ensemble("small-orchestra"), written.tempo_map)
    file = tmp_path / "full.musicxml"
    file.write_bytes(write_score(made.score, written.tempo_map, title="Adventure"))
    play = of_file(file)
    assert not play.made.faults and len(play.score.lines[0].staves) == 2
    graver = {"polyphony", "span", "leap", "speed", "range"}
    told = check(play.score, play.tempo_map, session=False)
    assert not [fault for fault in told if fault.kind in graver]
    tune = {(note.onset, note.top) for note in made.score.lines[0].notes}
    assert tune and play_answer(play, None)["faults"] == []


def test_a_cue_is_printed_written_and_heard(composed: Job, tmp_path: Path) -> None:
    cue = composed.production.cues[0]
    play = of_cue(composed, cue)
    assert play.source == "sketch" and not play.made.faults
    sheet, sound, xml = (tmp_path / name for name in ("p.pdf", "p.wav", "p.musicxml"))
    for target in (sheet, sound, xml):
        write_play(play, target, composed, cue)
    assert sheet.read_bytes().startswith(b"%PDF") and b"score-partwise" in xml.read_bytes()
    heard, header = read_wav(sound)
    lasts = play.tempo_map.end - play.tempo_map.start
    assert len(heard) == round((lasts.seconds + 5) * 48_000) and header.rate_hz == 48_000
    assert float(np.abs(heard[: 2 * 48_000 - 4_800]).max()) < 0.01
    assert float(np.abs(heard[2 * 48_000 : 4 * 48_000]).max()) > 0.02
    with pytest.raises(FormatError):
        write_play(play, tmp_path / "p.txt", composed, cue)


def test_the_film_is_as_long_as_the_cue_and_its_line_moves(composed: Job, tmp_path: Path) -> None:
    cue = composed.production.cues[0]
    play = of_cue(composed, cue)
    target = tmp_path / "p.mp4"
    write_play(play, target, composed, cue)
    with av.open(str(target)) as film:
        picture = film.streams.video[0]
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(picture)]
    lasts = (play.tempo_map.end - play.tempo_map.start).seconds + 5
    assert abs(len(frames) - lasts * Fraction(play.edition.rate.frames_per_second)) <= 1
    height = frames[0].shape[0]
    strip = [frame[720:height] for frame in frames]
    assert float(np.abs(strip[48].astype(int) - strip[60].astype(int)).mean()) > 0.5
    assert all(int(frame[:700].max()) <= 24 for frame in frames[::24])


def test_a_cue_without_music_is_refused(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick", picture=False)
    cue = cue_in(job, 0, 8)
    with pytest.raises(InputError, match="nothing to play"):
        of_cue(again(job), cue)
    with pytest.raises(InputError):
        of_file(tmp_path / "none.musicxml")
