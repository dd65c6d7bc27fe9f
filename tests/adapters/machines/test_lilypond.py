"""Pages really printed, and looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engraving.small_cue import (
    FLUTE,
    LOS_ANGELES,
    PIANO,
    note,
    small_edition,
    small_map,
    small_score,
    staff,
)
from tests.engraving.small_cue import (
    player as named_player,
)
from tests.engraving.test_crossings import end as glide_end

from scorestage.adapters.machines import lilypond
from scorestage.adapters.machines.lilypond import engrave, lilypond_program, read_complaints
from scorestage.adapters.machines.pages import page_images, page_sizes_mm, page_words
from scorestage.engraving import BookSource, PageKind, PrintedFile, book_source, score_source
from scorestage.errors import MachineError, ScorestageError
from scorestage.music import Line, Score
from scorestage.production import Hit
from scorestage.timebase import BarGrid, FilmTime, Meter, Tempo, TempoMap

HOSTILE = (
    'Say "when" \\ #(exit 3) $(getpid) %{ {}',
    '"} \\score { c\'1 } #(call-with-output-file "owned" (lambda (p) (display 1 p)))',
    '\\include "/etc/passwd" \\markup { \\bold',
    "Ænima — “Größe” ♯♭ ½ … 100 %",
    "#'(a . b) #{ #} \\\\ \\\" '",
    "tab\tand\nnew line\r\x07 and \ud800 nothing",
)


@pytest.fixture(scope="module")
def needs_lilypond() -> None:
    """Skips where there is no LilyPond."""
    try:
        lilypond_program()
    except ScorestageError as fault:
        pytest.skip(str(fault))


@pytest.fixture(scope="module")
def printed(needs_lilypond: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with all pages of the small cue."""
    folder = tmp_path_factory.mktemp("pages")
    source = book_source(small_score(), small_map(), small_edition())
    done = engrave(source, folder)
    assert done.warnings == ()
    assert [file.name for file in done.files] == [file.name for file in source.files]
    yield folder


def _parts(folder: Path) -> dict[str, Path]:
    source = book_source(small_score(), small_map(), small_edition())
    return {file.player: folder / file.name for file in source.files if file.player}


def test_nothing_but_the_pages_is_left(printed: Path) -> None:
    names = {file.name for file in printed.iterdir()}
    assert len(names) == 8 and all(name.endswith(".pdf") for name in names)


def test_the_score_is_tabloid_and_the_parts_nine_by_twelve_inches(printed: Path) -> None:
    sheets = {"score.pdf": LOS_ANGELES.score_paper}
    for file in printed.iterdir():
        paper = sheets.get(file.name, LOS_ANGELES.part_paper)
        for width, height in page_sizes_mm(file):
            assert width == pytest.approx(float(paper.width_mm), abs=0.2)
            assert height == pytest.approx(float(paper.height_mm), abs=0.2)


def test_the_score_tells_cue_film_times_hits_and_bars(printed: Path) -> None:
    pages = page_words(printed / "score.pdf")
    assert len(pages) == 1
    said = pages[0]
    for word in ("1m01", "Rain on Fifth", "The Long Way Home", "v2", "Score in C", "Page 1 of 1"):
        assert word in said
    for word in ("Music by Ada Composer", "Orchestrated by Bo Orchestrator"):
        assert word in said
    for clock in ("0:00.00", "0:02.00", "0:04.00", "0:06.00", "0:07.50", "0:09.45", "0:14.45"):
        assert clock in said
    for hit in ("0:02.50", "Maya turns", "door slams", "(12-0)", "(15-0)", "rit.", "Calmly"):
        assert hit in said
    assert set(range(101, 109)) <= _bar_numbers(said)
    for name in ("Flute 1", "Clarinet 1", "Horn 1", "Tuba", "Percussion", "Piano", "Violins I"):
        assert name in said


def test_every_part_has_every_bar_of_the_score(printed: Path) -> None:
    for player, file in _parts(printed).items():
        said = " ".join(page_words(file))
        if player == "tuba":
            assert "TACET" in said and "bars 101–108" in said
            continue
        assert set(range(101, 109)) <= _bar_numbers(said), player


def _bar_numbers(said: str) -> set[int]:
    """The bars named on a page, also as `13–16`."""
    found: set[int] = set()
    for first, last in re.findall(r"(?<![\d:.,+-])(\d+)(?:–(\d+))?(?![\d:.,+-])", said):
        found |= set(range(int(first), int(last or first) + 1))
    return found


def test_parts_name_player_key_and_cue(printed: Path) -> None:
    parts = _parts(printed)
    clarinet = page_words(parts["clarinet1"])[0]
    assert "Clarinet 1" in clarinet and "in B" in clarinet and "Rain on Fifth" in clarinet
    assert "7 desks" in page_words(parts["violinsi"])[0]
    assert "pizz." in page_words(parts["violinsi"])[0]
    assert "Bass drum" in page_words(parts["percussion"])[0]


def test_pages_have_ink_between_their_margins(printed: Path) -> None:
    margin_mm = float(LOS_ANGELES.score_paper.margin_mm)
    image = page_images(printed / "score.pdf", dpi=60, pages=[0])[0].convert("L")
    left, top, right, bottom = image.point(lambda grey: 255 if grey < 128 else 0).getbbox() or (
        0,
        0,
        0,
        0,
    )
    margin_px = margin_mm / 25.4 * 60
    assert left >= margin_px - 2 and right <= image.width - margin_px + 2
    assert top >= margin_px - 2 and bottom <= image.height - margin_px + 2
    assert right - left > 0.9 * (image.width - 2 * margin_px)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_stays_a_title(needs_lilypond: None, title: str, tmp_path: Path) -> None:
    score = replace(small_score(), lines=small_score().lines[:1])
    named = replace(score.lines[0], player=replace(score.lines[0].player, name=title))
    edition = replace(
        small_edition(),
        title=title,
        production=title,
        version=title,
        composer=title,
        orchestrator=title,
        hits=(Hit("h", FilmTime(101), title),),
    )
    source = score_source(replace(score, lines=(named,)), small_map(), edition)
    done = engrave(source, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["score.pdf"]
    assert done.files[0].read_bytes().startswith(b"%PDF")
    words = re.findall(r"[A-Za-z]{4,}", title)[:2]
    said = page_words(done.files[0])[0].replace("\r\n", "")
    assert all(word in said for word in words)


def test_a_fault_is_told_with_its_bar_and_player(needs_lilypond: None, tmp_path: Path) -> None:
    music = "{\nzis4 | % bar 7, Oboe 1\n}"
    text = rf'\version "2.24.0" \book {{ \bookOutputName "score" \score {{ {music} }} }}'
    source = BookSource(text, (PrintedFile("score.pdf", PageKind.SCORE),))
    with pytest.raises(MachineError, match="Oboe 1, bar 7: LilyPond could not print this"):
        engrave(source, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_takes_too_long_is_ended(needs_lilypond: None, tmp_path: Path) -> None:
    source = score_source(small_score(), small_map(), small_edition())
    with pytest.raises(MachineError, match="took more than"):
        engrave(source, tmp_path, time_limit_seconds=0.05)
    assert list(tmp_path.iterdir()) == []


def test_no_lilypond_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lilypond, "find_spec", lambda _name: None)
    monkeypatch.setattr(lilypond.shutil, "which", lambda _name: None)
    with pytest.raises(MachineError, match=r"not installed \(pip install lilypond==2\.24\.3"):
        lilypond_program()


def test_one_on_the_path_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lilypond, "find_spec", lambda _name: None)
    monkeypatch.setattr(lilypond.shutil, "which", lambda _name: "/opt/bin/lilypond")
    assert lilypond_program() == Path("/opt/bin/lilypond")


def test_complaints_are_read_with_kind_and_place() -> None:
    said = "\n".join(
        (
            "cue.ly:1:3: warning: barcheck failed at: 1/4",
            "warning: no glyph for character U+6771 in font `/somewhere/C059-Bold.otf'",
            "programming error: something odd",
            "fatal error: failed files: cue.ly",
        )
    )
    found = list(read_complaints(said, "c4 | % bar 12A, Flute 1"))
    assert [str(complaint) for complaint in found] == [
        "Flute 1, bar 12A: barcheck failed at: 1/4",
        "no font here has the character '東' (U+6771)",
        "something odd",
        "failed files: cue.ly",
    ]
    assert [complaint.is_error for complaint in found] == [False, False, False, True]


@pytest.mark.usefixtures("needs_lilypond")
def test_a_glissando_from_staff_to_staff_over_a_page_keeps_the_page_whole(tmp_path: Path) -> None:
    """From every bar's end into the next, so that some lead over the end of a page."""
    bars = 24
    grid = BarGrid.regular(bars, Meter(4, 4))
    harp = replace(PIANO, name="Harp")
    starts, stops = (glide_end("glissando", kind) for kind in ("start", "stop"))
    low = [note(f"e{bar}", 4 * bar + 3, 1, "E2", signs=starts) for bar in range(bars - 1)]
    high = [note(f"a{bar}", 4 * bar, 1, "E6", signs=stops) for bar in range(1, bars)]
    winds = [named_player(f"flute{place}", replace(FLUTE, name="Flute")) for place in range(24)]
    lines = [Line(one, (staff(note(one.id, 0, 4 * bars, "C5")),)) for one in winds]
    score = Score(grid, (*lines, Line(named_player("harp", harp), (staff(*high), staff(*low)))))
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(96), grid)
    made = engrave(score_source(score, tempo_map, small_edition()), tmp_path)
    assert len(page_sizes_mm(made.files[0].read_bytes())) > 1
    assert made.crowded == frozenset() and made.warnings == ()
