"""A new cut as it comes: a film that carries no timecode begins where the last one began."""

from __future__ import annotations

from pathlib import Path

from tests.small_film import small_film

from scorestage.adapters.machines.film import FilmWriter, read_frames
from scorestage.timebase import FRAMES_24
from scorestage.workflow.conform_cut import read_new_cut
from scorestage.workflow.new import Beginning, new_project


def test_a_film_without_timecode_begins_as_the_last_one(tmp_path: Path) -> None:
    old = small_film(tmp_path / "old.mp4", frames=200)
    job = new_project(tmp_path / "wick", Beginning(title="Wick", picture=old))
    new = tmp_path / "new.mp4"
    with FilmWriter(new, 160, 90, FRAMES_24) as film:
        for number, _, picture in read_frames(old):
            if number >= 20:
                film.write_frame(picture)
    cut = read_new_cut(job, new)
    assert job.picture().start_frames == cut.picture.start_frames == 86_400
    assert cut.picture.frames == 180
