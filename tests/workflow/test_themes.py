"""Themes of the composer's own and of the system's making, there and back on disk."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.small_project import again, small_project

from scorestage.errors import InputError, ProjectError
from scorestage.music import Theme
from scorestage.timebase import Beat
from scorestage.workflow.job import Job
from scorestage.workflow.themes import (
    ThemeWish,
    add_theme,
    ensure_theme,
    load_theme,
    load_themes,
    make,
    theme_file,
    theme_score,
)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return small_project(tmp_path / "wick", picture=False)


def music(theme: Theme) -> list[tuple[object, ...]]:
    return [(note.onset, note.length, note.pitches) for note in theme.notes]


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_a_theme_comes_back_as_it_was_made(job: Job, seed: int) -> None:
    made = make(job, ThemeWish(title="Lamp", stands_for="the keeper", mode="minor", seed=seed))
    back = load_theme(again(job), "main")
    assert music(back) == music(made) and back.chords == made.chords
    for name in ("title", "stands_for", "key", "mode", "meter", "motif_notes", "made_by"):
        assert getattr(back, name) == getattr(made, name), name
    assert again(job).production.themes == ("main",) and back.mode == "minor"


def test_the_same_wish_gives_the_same_theme(job: Job, tmp_path: Path) -> None:
    first = make(job, ThemeWish())
    other = small_project(tmp_path / "other", picture=False)
    assert theme_file(make(other, ThemeWish())) == theme_file(first)
    assert music(make(other, ThemeWish(seed=job.production.seed + 1))) != music(first)


def test_one_theme_is_made_where_there_is_none_and_only_then(job: Job) -> None:
    made = ensure_theme(job)
    assert made.production.themes == ("main",)
    assert ensure_theme(made) is made


def test_a_composers_own_theme(job: Job, tmp_path: Path) -> None:
    """Written as MusicXML under the title Tune, taken in from a file of another name."""
    tune = replace(make(job, ThemeWish(seed=4)), title="Tune")
    (tmp_path / "Überfahrt 2.musicxml").write_bytes(theme_file(tune))
    added = add_theme(again(job), tmp_path / "Überfahrt 2.musicxml", what="the sea").theme
    assert (added.id, added.title, added.stands_for) == ("uberfahrt-2", "Tune", "the sea")
    assert music(added) == music(tune)
    main, sea = load_themes(again(job))
    assert (main.id, sea.id) == ("main", "uberfahrt-2") and music(sea) == music(tune)
    named = add_theme(again(job), tmp_path / "Überfahrt 2.musicxml", "sea", "La mer").theme
    assert (named.id, named.title) == ("sea", "La mer")


def test_names_without_latin_letters_do_not_write_over_each_other(job: Job, tmp_path: Path) -> None:
    content = theme_file(make(job, ThemeWish()))
    for name in ("海.musicxml", "空.musicxml"):
        (tmp_path / name).write_bytes(content)
        add_theme(again(job), tmp_path / name)
    assert again(job).production.themes == ("main", "theme1", "theme2")


def test_a_pickup_stays_before_the_first_bar(job: Job) -> None:
    theme = make(job, ThemeWish())
    late = replace(theme, notes=tuple(one for one in theme.notes if one.onset >= Beat(0)))
    early = replace(late.notes[0], id="up", onset=Beat("-1/2"), length=late.notes[0].length)
    early = replace(early, length=type(early.length)("1/2"))
    score = theme_score(replace(late, notes=(early, *late.notes)))
    assert score.grid.pickup.quarters == early.length.quarters
    assert theme_score(late).grid.pickup.quarters == 0
    assert len(score.grid.bars) == theme.length.quarters / theme.meter.length.quarters


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('key = "H"', "key: 'H4' is no pitch"),
        ('mode = "blue"', "mode: 'blue' is no mode"),
        ("motif_notes = 0", "motif_notes: 0 is less than 1"),
        ('motif_notes = "4"', "must be a whole number"),
        ('titel = "x"', "did you mean 'title'"),
    ],
)
def test_a_fault_in_a_theme_is_told_with_its_line(job: Job, line: str, told: str) -> None:
    make(job, ThemeWish())
    path = job.folder.theme_file("main", ".toml")
    key = line.split(" ")[0]
    kept = [one for one in path.read_text().splitlines() if not one.startswith(f"{key} =")]
    if key == "titel":
        kept = [one for one in kept if not one.startswith("title =")]
    path.write_text("\n".join([*kept, line, ""]))
    with pytest.raises(ProjectError, match=told) as caught:
        load_theme(again(job), "main")
    assert caught.value.where.line == len(kept) + 1 and caught.value.where.file == path


def test_a_theme_that_is_not_there(job: Job, tmp_path: Path) -> None:
    make(job, ThemeWish())
    with pytest.raises(InputError, match=r"no such file \(themes: main\)"):
        load_theme(again(job), "hero")
    with pytest.raises(InputError, match="no such file"):
        add_theme(job, tmp_path / "missing.mid")
    with pytest.raises(ProjectError, match="cannot be an id"):
        add_theme(job, job.folder.theme_file("main", ".musicxml"), "../../escaped")
    assert not (tmp_path / "escaped.toml").exists()


def test_a_persons_words_in_a_theme_file_stay(job: Job) -> None:
    make(job, ThemeWish())
    path = job.folder.theme_file("main", ".toml")
    path.write_text(path.read_text() + '# never in the brass\nscene = "blue hour"\n')
    make(again(job), ThemeWish(title="Second try", seed=8))
    text = path.read_text()
    assert "# never in the brass" in text and tomllib.loads(text)["scene"] == "blue hour"
    assert load_theme(again(job), "main").title == "Second try"
