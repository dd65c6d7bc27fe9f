"""Who prints: by wish, else by what is installed."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.engraving.small_cue import small_edition, small_map, small_score

from scorestage.adapters.machines import lilypond, verovio_pages
from scorestage.adapters.machines.engravers import Engraver, engraver_for, print_part
from scorestage.engraving import BookSource
from scorestage.errors import MachineError


@pytest.mark.parametrize(
    ("has_lilypond", "has_verovio", "printer"),
    [
        (True, True, Engraver.LILYPOND),
        (False, True, Engraver.VEROVIO),
        (True, False, Engraver.LILYPOND),
        (False, False, Engraver.LILYPOND),
    ],
)
def test_lilypond_prints_where_it_is_else_verovio(
    monkeypatch: pytest.MonkeyPatch, has_lilypond: bool, has_verovio: bool, printer: Engraver
) -> None:
    monkeypatch.setattr(lilypond, "has_lilypond", lambda: has_lilypond)
    monkeypatch.setattr(verovio_pages, "has_verovio", lambda: has_verovio)
    assert engraver_for(Engraver.AUTOMATIC) is printer
    assert engraver_for(Engraver.VEROVIO) is Engraver.VEROVIO


def test_where_nobody_can_print_both_ways_out_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(lilypond, "has_lilypond", lambda: False)
    monkeypatch.setattr(verovio_pages, "has_verovio", lambda: False)
    cue = small_score(), "flute1", small_map(), small_edition()
    with pytest.raises(MachineError, match=r"neither LilyPond nor Verovio.*pip install verovio"):
        print_part(*cue, Engraver.AUTOMATIC, tmp_path)


@pytest.mark.skipif(find_spec("verovio") is None, reason="Verovio is not installed")
def test_without_lilypond_the_pages_are_verovios(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(lilypond, "has_lilypond", lambda: False)
    cue = small_score(), "flute1", small_map(), small_edition()
    printed = print_part(*cue, Engraver.AUTOMATIC, tmp_path)
    assert printed.maker.startswith("Verovio ")
    [(file, content)] = printed.files
    assert file.player == "flute1" and content.startswith(b"%PDF")


def test_lilypond_says_its_version(tmp_path: Path) -> None:
    cue = small_score(), "flute1", small_map(), small_edition()
    assert print_part(*cue, Engraver.LILYPOND, tmp_path).maker == "LilyPond 2.24.3"


def test_pages_that_are_too_full_are_made_again_with_more_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told: list[str] = []

    def crowded(source: BookSource, into: Path) -> lilypond.Engraved:
        told.append(source.text)
        into.mkdir(parents=True)
        file = into / source.files[0].name
        file.write_bytes(f"%PDF {len(told)}".encode())
        return lilypond.Engraved((file,), (), frozenset({file.name} if len(told) < 3 else ()))

    monkeypatch.setattr(lilypond, "engrave", crowded)
    cue = small_score(), "flute1", small_map(), small_edition()
    printed = print_part(*cue, Engraver.LILYPOND, tmp_path)
    most = [re.findall(r"max-systems-per-page = (\d+)", text) for text in told]
    first = int(most[0][0])
    assert most == [[str(first)], [str(first - 1)], [str(first - 2)]]
    assert printed.files[0][1] == b"%PDF 3" and printed.warnings == ()


def test_pages_that_stay_too_full_are_given_and_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def crowded(source: BookSource, into: Path) -> lilypond.Engraved:
        into.mkdir(parents=True)
        file = into / source.files[0].name
        file.write_bytes(b"%PDF")
        return lilypond.Engraved((file,), (), frozenset({file.name}))

    monkeypatch.setattr(lilypond, "engrave", crowded)
    cue = small_score(), "flute1", small_map(), small_edition()
    printed = print_part(*cue, Engraver.LILYPOND, tmp_path)
    assert printed.files[0][1] == b"%PDF"
    assert printed.warnings == ("pages are crowded: part-01-flute1",)
