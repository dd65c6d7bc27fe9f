"""The look at a film: the same as frame by frame, once, and after any interruption."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from tests.small_film import CUTS, small_film

from scorestage.adapters.machines.film import probe, read_frames
from scorestage.adapters.machines.look import parts, passing_look, read_look, take_look, taking
from scorestage.spotting import WORKING_SIZE_PX, PictureIndex, PictureIndexBuilder

FRAMES = 220
PART = 48


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_film(tmp_path_factory.mktemp("film") / "film.mp4", frames=FRAMES)


def same(one: PictureIndex, other: PictureIndex) -> bool:
    ours, theirs = one.to_arrays(), other.to_arrays()
    return all(np.array_equal(ours[name], theirs[name]) for name in ours)


def test_it_measures_what_the_painted_frames_show(film: Path) -> None:
    """Against the slower way over red, green and blue, which the detectors were made with."""
    facts = probe(film)
    builder = PictureIndexBuilder(facts.rate)
    for _, at, pixels in read_frames(film, WORKING_SIZE_PX):
        builder.add(at, pixels)
    painted, look = builder.finish(), passing_look(film)
    assert np.array_equal(look.start_numerators, painted.start_numerators)
    assert np.abs(look.signatures.astype(int) - painted.signatures).max() <= 6
    assert np.abs(look.light - painted.light).max() < 4
    assert np.abs(look.tints.astype(int) - painted.tints).max() <= 8
    assert set(CUTS[:2]) <= set(np.flatnonzero(look.change > 0.2).tolist())
    assert np.abs(look.change - painted.change)[24:-24].max() < 0.05


def test_the_kept_look_is_the_passing_one_and_is_taken_once(
    film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares: list[float] = []
    look = take_look(film, tmp_path, progress=shares.append, part_frames=PART)
    assert len(look) == FRAMES and same(look, passing_look(film))
    assert shares == sorted(shares) and shares[-1] == 1
    assert not list(tmp_path.glob("part-*"))
    monkeypatch.setattr(taking, "read_planes", lambda *args: pytest.fail("decoded again"))
    assert same(take_look(film, tmp_path), look)


@pytest.mark.parametrize("parts_done", [1, 3])
def test_killed_it_goes_on_where_it_stopped(
    film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts_done: int
) -> None:
    whole = take_look(film, tmp_path / "whole", part_frames=PART)
    written: list[int] = []
    write = parts.write_part

    def stops(folder: Path, number: int, part: object) -> None:
        if number == parts_done:
            raise KeyboardInterrupt
        written.append(number)
        write(folder, number, part)  # type: ignore[arg-type]

    monkeypatch.setattr(parts, "write_part", stops)
    with pytest.raises(KeyboardInterrupt):
        take_look(film, tmp_path / "killed", part_frames=PART)
    assert read_look(tmp_path / "killed", whole.rate) is None
    monkeypatch.setattr(parts, "write_part", lambda *args: (written.append(args[1]), write(*args)))
    resumed = take_look(film, tmp_path / "killed", part_frames=PART)
    assert same(resumed, whole)
    assert written == list(range(-(-FRAMES // PART)))


def test_parts_of_another_film_are_not_gone_on_from(film: Path, tmp_path: Path) -> None:
    other = small_film(tmp_path / "other.mp4", frames=60)
    folder = tmp_path / "look"
    take_look(film, tmp_path / "whole", part_frames=PART)
    taken = list(taking._seen(film, probe(film), None, PART))
    folder.mkdir()
    parts.write_part(folder, 0, taken[0])
    assert same(take_look(other, folder), passing_look(other))


def test_a_half_written_part_is_taken_again(film: Path, tmp_path: Path) -> None:
    pieces = list(taking._seen(film, probe(film), None, PART))
    for number in (0, 1, 2):
        parts.write_part(tmp_path, number, pieces[number])
    broken = tmp_path / "part-000001.npz"
    broken.write_bytes(broken.read_bytes()[:400])
    assert same(take_look(film, tmp_path, part_frames=PART), passing_look(film))


def variable(path: Path, pauses: tuple[int, ...]) -> list[Fraction]:
    """A film whose frames stand for so many milliseconds each; the times they come on."""
    starts, at = [], 0
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=1000, options={"bf": "2"})
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for number, pause in enumerate(pauses):
            grey = np.full((36, 64, 3), 40 + 3 * number % 200, np.uint8)
            frame = av.VideoFrame.from_ndarray(grey, format="rgb24")
            frame.pts, frame.time_base = at, Fraction(1, 1000)
            starts.append(Fraction(at, 1000))
            at += pause
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return starts


def test_a_variable_rate_keeps_each_frames_exact_time(tmp_path: Path) -> None:
    pauses = (40, 40, 33, 100, 40, 7, 250, 40, 41, 42, 40, 13, 40, 90, 40, 40)
    film = tmp_path / "variable.mkv"
    starts = variable(film, pauses)
    look = take_look(film, tmp_path / "look")
    assert [look.at(n).seconds for n in range(len(look))] == starts
    shutil.rmtree(tmp_path / "look")
    pieces = list(taking._seen(film, probe(film), None, 5))
    (tmp_path / "look").mkdir()
    parts.write_part(tmp_path / "look", 0, pieces[0])
    assert same(take_look(film, tmp_path / "look"), look)
