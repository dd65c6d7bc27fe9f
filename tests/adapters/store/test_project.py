"""The project folder: what is written is read again, what is wrong is told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorestage.adapters.store import ProjectFolder
from scorestage.errors import ProjectError
from scorestage.production import (
    Brief,
    Credit,
    Cue,
    CueStatus,
    Groove,
    Hit,
    HitKind,
    HitStatus,
    HitWant,
    Layer,
    Note,
    Person,
    PictureVersion,
    Production,
    Reel,
    WayIn,
    WayOut,
)
from scorestage.timebase import RATES, FilmRange, FilmTime, FrameRate

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=0, max_size=20
)
SECONDS = st.fractions(min_value=0, max_value=400, max_denominator=5000)


@st.composite
def hits(draw: st.DrawFn, start: FilmTime, number: int) -> Hit:
    return Hit(
        id=f"h{number}",
        at=FilmTime(start.seconds + draw(SECONDS)),
        words=draw(WORDS),
        kind=draw(st.sampled_from(HitKind)),
        weight=draw(st.integers(1, 5)),
        want=draw(st.sampled_from(HitWant)),
        early_frames=draw(st.fractions(0, 4, max_denominator=8)),
        late_frames=draw(st.fractions(0, 4, max_denominator=8)),
        aim_frames=draw(st.fractions(-3, 3, max_denominator=8)),
        locked=draw(st.booleans()),
        streamer=draw(st.booleans()),
        status=draw(st.sampled_from(HitStatus)),
        why=draw(WORDS),
    )


@st.composite
def cues(draw: st.DrawFn, number: int) -> Cue:
    placed = draw(st.booleans())
    start = FilmTime(draw(SECONDS)) if placed else None
    end = FilmTime(start.seconds + 500) if start is not None else None
    found: tuple[Hit, ...] = ()
    if start is not None:
        found = tuple(draw(hits(start, n)) for n in range(draw(st.integers(0, 3))))
    return Cue(
        id=f"cue{number:03}",
        number=f"1m{number:02}",
        title=draw(WORDS),
        start=start,
        end=end,
        length_seconds=None if placed else draw(st.none() | st.fractions(1, 300)),
        layer=draw(st.sampled_from(Layer)),
        way_in=draw(st.sampled_from(WayIn)),
        way_out=draw(st.sampled_from(WayOut)),
        status=draw(st.sampled_from(CueStatus)),
        tone=tuple(draw(st.lists(WORDS, max_size=2))),
        groove=draw(st.sampled_from(Groove)),
        added_notes=draw(st.booleans()),
        everyone=draw(st.booleans()),
        players=draw(st.sampled_from(((), ("strings", "-db"), ("hn*",)))),
        bpm_wish=draw(st.none() | st.fractions(60, 90, max_denominator=8)),
        breath_percent=draw(st.none() | st.fractions(0, 10, max_denominator=8)),
        ramps=draw(st.sampled_from((None, True, False))),
        fermatas=draw(st.booleans()),
        free_bars=draw(st.booleans()),
        pickups_beats=tuple(draw(st.lists(st.fractions(0, 3, max_denominator=2), max_size=3))),
        start_late_frames=draw(st.none() | st.fractions(0, 5, max_denominator=8)),
        steady=(FilmRange(start, end),) if start is not None and end is not None else (),
        dialogue=(FilmRange(start, end),) if start is not None and end is not None else (),
        why=tuple(draw(st.lists(WORDS, max_size=2))),
        kept=draw(st.booleans()),
        hits=found,
    )


@st.composite
def productions(draw: st.DrawFn) -> Production:
    rate = draw(st.sampled_from(list(RATES.values())))
    picture = PictureVersion("v1", "cut", "film.mp4", "00", rate, 9000, draw(st.integers(0, 99999)))
    with_picture = draw(st.booleans())
    made = [draw(cues(number)) for number in range(1, draw(st.integers(1, 4)))]
    return Production(
        title=draw(WORDS),
        rate=rate,
        picture="v1" if with_picture else "",
        pictures=(picture,) if with_picture else (),
        reels=(Reel(1, 0, 8999, picture.start_frames),) if with_picture else (),
        people=(Person("me", draw(WORDS), "PRS", "1"),),
        credits=(Credit("me", "C", draw(st.fractions(0, 100))),),
        brief=Brief(tone=("tender",), notes=(Note("less of it", "director", "", ""),)),
        seed=draw(st.integers(0, 10**6)),
        cues=tuple(made),
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(production=productions())
def test_what_is_written_is_read_again_and_writing_it_changes_nothing(
    production: Production, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("p") / "film"
    folder = ProjectFolder.create(root, production)
    again = folder.read()
    assert set(again.cues) == set(production.cues)
    assert again == Production(
        **{
            name: getattr(production if name != "cues" else again, name)
            for name in Production.__dataclass_fields__
        }
    )
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    folder.save(again)
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> ProjectFolder:
    cue = Cue(
        "cue001",
        "1m01",
        "Opening",
        FilmTime(1),
        FilmTime(20),
        hits=(Hit("h1", FilmTime(3), "door"), Hit("h2", FilmTime(9), "knock")),
    )
    picture = PictureVersion("v1", "cut", "film.mp4", "00", FrameRate(24), 900, 86400)
    production = Production(
        "Film", FrameRate(24), picture="v1", pictures=(picture,), cues=(cue,), seed=7
    )
    return ProjectFolder.create(tmp_path / "film", production)


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_comments_order_and_unknown_keys_survive_a_change(folder: ProjectFolder) -> None:
    path = folder.root / "cues/cue001/hits.toml"
    _edit(path, '[[hit]]\nid = "h1"', '# my favourite\n[[hit]]\ncolour = "red" # mine\nid = "h1"')
    production = folder.read()
    cue = production.cues[0]
    moved = Hit("h2", FilmTime(10), "knock")
    folder.save_cue(
        Cue(
            **{f: getattr(cue, f) for f in cue.__dataclass_fields__}
            | {"hits": (cue.hits[0], moved)}
        ),
        folder.clock(production),
    )
    text = path.read_text(encoding="utf-8")
    assert 'colour = "red" # mine' in text
    assert 'at = "01:00:10:00"' in text and 'at = "01:00:03:00"' in text


def test_moving_one_hit_changes_one_line(folder: ProjectFolder) -> None:
    path = folder.root / "cues/cue001/hits.toml"
    before = path.read_text(encoding="utf-8").splitlines()
    production = folder.read()
    cue = production.cues[0]
    moved = (Hit("h1", FilmTime("73/24"), "door"), cue.hits[1])
    folder.save_cue(
        Cue(**{f: getattr(cue, f) for f in cue.__dataclass_fields__} | {"hits": moved}),
        folder.clock(production),
    )
    after = path.read_text(encoding="utf-8").splitlines()
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "words"),
    [
        ("production.toml", "seed = 7", "seed = = 7", 7, "not valid TOML"),
        ("production.toml", "seed = 7", "sede = 7", 7, "did you mean 'seed'"),
        ("production.toml", "seed = 7", 'seed = "x"', 7, "whole number"),
        ("production.toml", 'rate = "24"', 'rate = "24.5.1"', 3, "frame rate"),
        ("production.toml", 'picture = "v1"', 'picture = "v9"', 8, "no picture version 'v9'"),
        ("cues/cue001/cue.toml", "01:00:20:00", "01:00:00:12", 6, "ends"),
        ("cues/cue001/cue.toml", "01:00:20:00", "01:00:20:24", 6, "does not exist"),
        ("cues/cue001/cue.toml", '"1m01"', '"first"', 3, "no cue number"),
        ("cues/cue001/hits.toml", 'at = "01:00:09:00"', "at = 9.5", 8, "must be text"),
        ("cues/cue001/hits.toml", 'id = "h2"', 'id = "h1"', 7, "used twice"),
        ("cues/cue001/hits.toml", 'at = "01:00:09:00"', "weight = 9", None, "'at' is missing"),
    ],
)
def test_a_fault_is_told_with_file_and_line(
    folder: ProjectFolder, file: str, old: str, new: str, line: int | None, words: str
) -> None:
    _edit(folder.root / file, old, new)
    with pytest.raises(ProjectError) as told:
        folder.read()
    assert words in str(told.value)
    assert str(told.value.where.file).endswith(file)
    if line is not None:
        assert told.value.where.line == line
    assert told.value.exit_status == 2


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no project here"):
        ProjectFolder.find(tmp_path)


def test_the_nearest_project_upward_is_found(folder: ProjectFolder) -> None:
    assert ProjectFolder.find(folder.root / "cues" / "cue001").root == folder.root


def test_a_project_is_not_made_over_another(folder: ProjectFolder) -> None:
    with pytest.raises(ProjectError, match="already"):
        ProjectFolder.create(folder.root, Production("x", FrameRate(24)))


@pytest.mark.parametrize("bad", ["../x", "a/b", "", ".hidden", "a\\b"])
def test_no_id_leads_out_of_the_project(folder: ProjectFolder, bad: str) -> None:
    with pytest.raises(ProjectError, match="cannot be an id"):
        folder.cue_folder(bad)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('steady = [["1"]]', "list of pairs"),
        ('steady = "1-2"', "list of pairs"),
        ('steady = [["9", "2"]]', "before it starts"),
        ("pickups_beats = 1", "list of numbers"),
        ('ramps = "yes"', "true or false"),
        ('breath_percent = "-1"', "cannot be negative"),
    ],
)
def test_wishes_for_the_tempo_that_cannot_be_read(tmp_path: Path, line: str, told: str) -> None:
    root = tmp_path / "film"
    rate = FrameRate(24)
    cue = Cue("cue001", "1m01", start=FilmTime(0), end=FilmTime(9))
    ProjectFolder.create(root, Production("Wick", rate, cues=(cue,)))
    path = root / "cues/cue001/cue.toml"
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(ProjectError, match=told) as caught:
        ProjectFolder(root).read()
    assert caught.value.where.file == path
