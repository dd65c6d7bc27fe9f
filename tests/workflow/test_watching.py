"""One look and one listen: kept by the film's content, mended when damaged, read as notes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.small_film import CUTS, small_film
from tests.small_project import again, cue_in

from scorestage.adapters.machines.look import taking
from scorestage.errors import InputError, ProjectError
from scorestage.production import Cue
from scorestage.spotting import Footage, Moment, MomentKind, Speech
from scorestage.timebase import FRAMES_24, FilmRange, FilmTime
from scorestage.workflow import watching
from scorestage.workflow.job import Job
from scorestage.workflow.new import Beginning, new_project
from scorestage.workflow.watching import (
    film_footage,
    footage_of,
    keep_shots,
    kept_shots,
    moments_in,
    notes_of,
    with_words,
)

SRT = "1\n00:00:01,000 --> 00:00:02,000\nWho is there?\n\n2\n00:00:03,000 --> 00:00:03,500\nMe.\n"
FRAMES = 192
CUT = FRAMES_24.time_of(CUTS[0])


def quiet(share: float, name: str) -> None:
    """Nobody looks."""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_film(tmp_path_factory.mktemp("film") / "film.mp4", frames=FRAMES)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="module")
def footage(film: Path, index: Path) -> Footage:
    return footage_of(film, index, quiet)[0]


@pytest.fixture
def job(tmp_path: Path, film: Path) -> Iterator[Job]:
    yield new_project(tmp_path / "wick", Beginning(picture=film))


def said(footage: Footage) -> list[tuple[FilmTime, str]]:
    return [(one.range.start, one.words) for one in footage.speech]


def test_the_whole_film_is_watched_with_progress(film: Path, footage: Footage) -> None:
    shares: list[tuple[float, str]] = []
    watched, facts = footage_of(film, None, lambda share, name: shares.append((share, name)))
    assert facts.frame_count == FRAMES
    assert shares == sorted(shares, key=lambda one: one[0]) and 0 <= shares[0][0] < 1
    assert {name for _, name in shares} == {
        *("watching the picture", "listening to the sound", "listening for voices")
    }
    for name, array in watched.picture.to_arrays().items():
        assert np.array_equal(array, footage.picture.to_arrays()[name]), name


def test_a_film_is_watched_once(
    film: Path, index: Path, footage: Footage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same content under another name is known; what is kept equals what was seen."""

    def refuses(*args: object, **named: object) -> None:
        raise AssertionError("watched again")

    copy = tmp_path / "other name.mp4"
    copy.write_bytes(film.read_bytes())
    monkeypatch.setattr(taking, "read_planes", refuses)
    monkeypatch.setattr(watching, "sound_chunks", refuses)
    again_seen, _ = footage_of(copy, index, quiet)
    assert footage.sound is not None and again_seen.sound is not None
    for one, other in (
        (footage.picture.to_arrays(), again_seen.picture.to_arrays()),
        (footage.sound.to_arrays(), again_seen.sound.to_arrays()),
    ):
        assert one.keys() == other.keys()
        assert all(np.array_equal(one[name], other[name]) for name in one)
    assert footage.speech == again_seen.speech
    assert moments_in(footage) == moments_in(again_seen)


@pytest.mark.parametrize("damage", ["empty", "cut short", "flipped", "no archive"])
@pytest.mark.parametrize("part", ["*.npz", "*.look/signatures.npy", "*.look/look.json"])
def test_a_damaged_index_is_made_again(
    film: Path, index: Path, footage: Footage, tmp_path: Path, damage: str, part: str
) -> None:
    shutil.copytree(index, tmp_path, dirs_exist_ok=True)
    (kept,) = tmp_path.glob(part)
    content = bytearray(kept.read_bytes())
    if damage == "flipped":
        middle = len(content) // 2
        content[middle : middle + 64] = bytes(byte ^ 0xFF for byte in content[middle : middle + 64])
    broken = {"empty": b"", "cut short": content[:300], "no archive": b"x" * 500}
    kept.write_bytes(broken.get(damage, bytes(content)))
    seen, _ = footage_of(film, tmp_path, quiet)
    assert moments_in(seen) == moments_in(footage)


def test_the_cuts_are_found(footage: Footage) -> None:
    cuts = [one.at for one in moments_in(footage) if one.kind is MomentKind.CUT]
    assert cuts == [FRAMES_24.time_of(cut) for cut in CUTS if cut < FRAMES]


def test_subtitles_win_over_what_was_heard(job: Job, footage: Footage) -> None:
    heard = (
        Speech(FilmRange(FilmTime("1.2"), FilmTime("2.2")), 0.9),
        Speech(FilmRange(FilmTime(5), FilmTime(6)), 0.8),
    )
    plain = Footage(footage.picture, footage.sound, heard)
    assert with_words(plain, job) is plain
    (job.folder.root / "talk.srt").write_text(SRT)
    job = job.save(replace(job.production, subtitles="talk.srt"))
    assert said(with_words(plain, job)) == [
        (FilmTime(1), "Who is there?"),
        (FilmTime(3), "Me."),
        (FilmTime(5), ""),
    ]
    told = "1\n00:00:05,000 --> 00:00:06,000\n[rain]\n\n2\n00:00:07,000 --> 00:00:08,000\n♪ la ♪\n"
    (job.folder.root / "talk.srt").write_text(SRT + "\n" + told, encoding="utf-8")
    assert [at for at, _ in said(with_words(plain, job))] == [FilmTime(1), FilmTime(3), FilmTime(5)]
    gone = job.save(replace(job.production, subtitles="lost.srt"))
    with pytest.raises(InputError, match=r"lost\.srt are not there"):
        with_words(plain, gone)


def test_the_index_lies_with_what_can_be_made_again(job: Job) -> None:
    film_footage(job)
    assert list((job.folder.build / ".index").glob("*.npz"))


def seams(job: Job) -> None:
    """A cut at 4 s, a title at 6 s and a sound, which is no seam."""
    found = (("CUT", CUT), ("TITLE", FilmTime(6)), ("SOUND", FilmTime(5)))
    moments = tuple(
        Moment(MomentKind[kind], at, FilmRange(at, at), 1.0, 1.0, "") for kind, at in found
    )
    keep_shots(job, moments)


def test_seams_are_kept_exactly(job: Job) -> None:
    assert kept_shots(job) == ()
    keep_shots(
        job, (Moment(MomentKind.CUT, FilmTime("1001/24000"), FilmRange(CUT, CUT), 1, 1, ""),)
    )
    assert kept_shots(job) == ((FilmTime("1001/24000"), "cut"),)
    seams(job)
    assert kept_shots(job) == ((CUT, "cut"), (FilmTime(6), "title"))


@pytest.mark.parametrize("text", ["[{]", '[{"when": "1"}]', '[{"at": "soon", "kind": "cut"}]', "3"])
def test_a_damaged_list_of_shots_is_told(job: Job, text: str) -> None:
    seams(job)
    (path,) = (job.folder.root / "pictures").glob("*.json")
    path.write_text(text)
    with pytest.raises(ProjectError, match=r"list of shots has a fault.*scorestage spot") as caught:
        kept_shots(job)
    assert caught.value.where.file == path


def test_notes_of_a_cue_are_what_is_seen_and_said_inside(job: Job) -> None:
    """Words come from the subtitles; a cut on the cue's own start is the start."""
    seams(job)
    (job.folder.root / "talk.srt").write_text(SRT)
    spoken = tuple(FilmRange(FilmTime(a), FilmTime(b)) for a, b in ((1, "3.5"), (5, "5.5"), (7, 8)))
    cue = cue_in(job, 2, 7, dialogue=spoken)
    plain = notes_of(again(job), cue)
    assert [(note.at, note.spoken) for note in plain] == [
        (FilmTime(1), True),
        (CUT, False),
        (FilmTime(5), True),
        (FilmTime(6), False),
    ]
    assert plain[0].words == "dialogue until 0:01.50"
    job = again(job)
    job = job.save(replace(job.production, subtitles="talk.srt"))
    assert notes_of(job, cue)[0].words == "“Who is there? Me.” until 0:01.50"
    assert CUT not in [note.at for note in notes_of(job, replace(cue, start=CUT))]
    assert notes_of(job, Cue("c", "1m09")) == ()
