"""`lay`: drawings and shots on music that was there first."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image
from tests.small_film import small_film
from tests.small_project import again, cue_in, map_of_bars, small_project, write_map
from tests.workflow.test_recut import edit, map_file, quiet

from scorestage.adapters.formats.edl import write_edl
from scorestage.adapters.machines.film import probe, read_frames
from scorestage.errors import InputError
from scorestage.production import CutEvent
from scorestage.timebase import FRAMES_24, FilmTime
from scorestage.workflow.editorial import edit_of, read_cut_list
from scorestage.workflow.exchange import Counting
from scorestage.workflow.lay import LayWish, keep_as_picture, laid_list, tell_laying, write_laid
from scorestage.workflow.lay_given import LayFiles, lay_given
from scorestage.workflow.recut_music import Grid


def boards(folder: Path, names: tuple[str, ...]) -> Path:
    folder.mkdir()
    for number, name in enumerate(names):
        Image.new("RGB", (64, 36), (60 * number + 30, 40, 200 - 50 * number)).save(folder / name)
    return folder


PANELS = ("p1.png", "p2_6s.png", "p3.png")


def test_drawings_begin_on_bars_and_are_a_film_with_its_list(tmp_path: Path) -> None:
    files = LayFiles(boards(tmp_path / "b", PANELS), map_file(tmp_path / "map.toml"))
    _, found = lay_given(None, "", files, LayWish(land=("card 3 = bar 6",)), quiet)
    told = tell_laying(found)["cards"]
    assert [one["on"] for one in told][2] == "bar 6"
    assert [one["in_frames"] % 48 for one in told] == [0, 0, 0]
    assert told[-1]["out_frames"] == 7 * 48
    for name in ("a.otio", "a.edl", "a.fcpxml", "a.pdf", "a.csv", "a.mp4"):
        write_laid(found, tmp_path / name)
    back = read_cut_list(tmp_path / "a.otio", Counting(FRAMES_24)).cut
    assert [one.record_in_frames - 86400 for one in back.picture] == [
        one["in_frames"] for one in told
    ]
    assert [one.words for one in back.markers][2] == "p3 = bar 6"
    facts = probe(tmp_path / "a.mp4")
    assert facts.frame_count == 7 * 48 and facts.has_sound
    reds = [int(picture[360, 640, 0]) for _, _, picture in read_frames(tmp_path / "a.mp4")]
    third = told[2]["in_frames"]
    assert reds[third] > reds[third - 1] + 30


def test_shots_stand_no_longer_than_they_are(tmp_path: Path) -> None:
    path = edit(tmp_path / "scene.edl", (60, 60, 60, 60))
    music = map_file(tmp_path / "map.toml")
    with pytest.raises(InputError, match="240 frames at most"):
        lay_given(None, "", LayFiles(path, music, rate="24"), LayWish(), quiet)
    wish = LayWish(Grid.BEATS, handles=40)
    _, found = lay_given(None, "", LayFiles(path, music, rate="24"), wish, quiet)
    assert all(one.frames <= 100 for one in found.layout.laid)


def turned(event: CutEvent, speed: int, **told: Fraction) -> CutEvent:
    return replace(event, speed=Fraction(speed), **told)


def test_reversed_and_frozen_shots_show_what_they_showed(tmp_path: Path) -> None:
    path = edit(tmp_path / "scene.edl", (60, 60, 60, 60))
    files = LayFiles(path, map_file(tmp_path / "map.toml"), rate="24")
    _, found = lay_given(None, "", files, LayWish(Grid.BEATS, handles=40), quiet)
    picture = found.cards.picture
    assert picture is not None
    shots = list(picture.shots)
    first, second = shots[0].events[0], shots[1].events[0]
    back = turned(first, -1, entry_frames=first.source_out_frames)
    shots[0] = replace(shots[0], events=(back,))
    shots[1] = replace(shots[1], events=(turned(second, 0),))
    held = replace(found.cards, picture=replace(picture, shots=tuple(shots)))
    one, other = laid_list(replace(found, cards=held)).picture[:2]
    assert one.source_at(one.record_in_frames, found.rate) == first.source_out_frames
    assert one.source_out_frames == first.source_out_frames
    assert one.source_out_frames - one.source_in_frames == one.frames
    assert one.source_in_frames == one.source_at(one.record_out_frames, found.rate)
    assert other.source_in_frames == second.source_in_frames
    assert other.source_out_frames - other.source_in_frames == other.frames
    assert other.source_at(other.record_out_frames, found.rate) == second.source_in_frames


def test_tracks_that_are_not_laid_are_told(tmp_path: Path) -> None:
    path = edit(tmp_path / "scene.edl", (60, 60, 60, 60))
    cut = read_cut_list(path, Counting(FRAMES_24)).cut
    sound = replace(cut.picture[0], track="A1")
    (tmp_path / "both.edl").write_bytes(
        write_edl(replace(cut, events=(*cut.events, sound))).content
    )
    music = map_file(tmp_path / "map.toml")
    for name, told in (("scene.edl", False), ("both.edl", True)):
        files = LayFiles(tmp_path / name, music, rate="24")
        _, found = lay_given(None, "", files, LayWish(Grid.BEATS, handles=40), quiet)
        notes = write_laid(found, tmp_path / f"{name}.otio")
        assert any("track A" in one for one in notes) == told


def test_a_film_is_laid_by_its_shots(tmp_path: Path) -> None:
    film = small_film(tmp_path / "film.mp4")
    wish = LayWish(Grid.BEATS, handles=0)
    music = map_file(tmp_path / "map.toml")
    _, found = lay_given(None, "", LayFiles(film, music), wish, quiet)
    write_laid(found, tmp_path / "laid.mp4")
    assert probe(tmp_path / "laid.mp4").frame_count == 7 * 48


def test_what_was_laid_becomes_the_picture_of_a_project(tmp_path: Path) -> None:
    job = small_project(tmp_path / "wick", picture=False)
    cue = cue_in(job, 0, 12)
    write_map(job, cue, map_of_bars(FilmTime(0)))
    files = LayFiles(boards(tmp_path / "b", PANELS))
    kept, found = lay_given(job.folder.root, cue.number, files, LayWish(), quiet)
    assert kept is not None
    keep_as_picture(kept, found, "")
    now = again(job)
    assert now.production.current_picture is not None
    assert now.production.current_picture.frames == 6 * 48
    cut = edit_of(now)
    assert cut is not None and [one.source.clip for one in cut.picture] == ["p1", "p2_6s", "p3"]


@pytest.mark.parametrize("words", ["card 9 = bar 1", "card 2", "x = bar 2", "card 2 = bar 80"])
def test_what_cannot_be_read_is_an_error(tmp_path: Path, words: str) -> None:
    files = LayFiles(boards(tmp_path / "b", PANELS), map_file(tmp_path / "map.toml"))
    with pytest.raises(InputError):
        lay_given(None, "", files, LayWish(land=(words,)), quiet)
