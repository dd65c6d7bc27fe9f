"""A score whose every word is code for somebody: each verb of score files takes it as words."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from scorestage.adapters.machines.engravers import Engraver
from scorestage.errors import FormatError, InputError
from scorestage.workflow.check_alone import check_file
from scorestage.workflow.convert import convert_file, read_music
from scorestage.workflow.engrave import PageWish, engrave_file
from scorestage.workflow.preview import preview_file
from scorestage.workflow.reduce import ReduceTo, reduce_file, write_reduced


def code(mark: Path) -> str:
    """Words that would make the file `mark` if LilyPond ever read them as its own."""
    call = f'#(open-output-file "{mark}")'
    return f'{call} " }} {call} \\markup {{ % ${{0}} {call}'


@pytest.fixture
def evil(tmp_path: Path) -> tuple[Path, Path]:
    """The score, and the file that must never come to be."""
    mark = tmp_path / "owned"
    said, quoted = escape(code(mark)), quoteattr(code(mark))
    shown = "<direction><direction-type><{0}>{1}</{0}></direction-type></direction>"
    bar = (
        "<attributes><divisions>1</divisions></attributes>"
        + shown.format("words", said)
        + shown.format("rehearsal", said)
        + "<harmony><root><root-step>C</root-step></root>"
        + f"<kind text={quoted}>major</kind></harmony>"
        + "<note><pitch><step>C</step><octave>5</octave></pitch><duration>4</duration>"
        + f"<type>whole</type><lyric><text>{said}</text></lyric></note>"
    )
    source = tmp_path / "evil.musicxml"
    source.write_text(
        f"<score-partwise version='4.0'><work><work-title>{said}</work-title></work>"
        f"<identification><creator type='composer'>{said}</creator></identification>"
        f"<part-list><score-part id='P1'><part-name>{said}</part-name></score-part></part-list>"
        f"<part id='P1'><measure number='1'>{bar}</measure></part></score-partwise>"
    )
    return source, mark


def test_code_in_words_is_never_run(evil: tuple[Path, Path], tmp_path: Path) -> None:
    source, mark = evil
    out = tmp_path / "out"
    wish = PageWish(production=code(mark), cue=code(mark), copyright=code(mark))
    made = engrave_file(source, out, parts=True, engraver=Engraver.LILYPOND, wish=wish)
    assert {path.parent for path in made.files} == {out} and all(map(Path.is_file, made.files))
    convert_file(source, out / "again.musicxml")
    convert_file(source, out / "again.mid")
    convert_file(source, out / "again.ly")
    assert read_music(out / "again.musicxml").title == read_music(source).title
    check_file(source)
    write_reduced(reduce_file(source, ReduceTo.PIANO), out / "piano.musicxml")
    if find_spec("verovio") is not None:
        preview_file(source, out / "evil.html", PageWish())
    assert not mark.exists()
    assert {path.name for path in tmp_path.iterdir()} == {"evil.musicxml", "out"}


@pytest.mark.parametrize("name", ["cut.musicxml", "cut.mxl", "cut.mid"])
@pytest.mark.parametrize("content", [b"", b"MThd\0\0\0\6\0", b"PK\3\4abc", b"<score-partwise><pa"])
def test_empty_and_truncated_files_are_refused(content: bytes, name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_bytes(content)
    with pytest.raises(FormatError):
        engrave_file(source, tmp_path / "out")
    with pytest.raises(FormatError):
        convert_file(source, tmp_path / "again.musicxml")
    with pytest.raises(FormatError):
        check_file(source)
    with pytest.raises(FormatError):
        reduce_file(source, ReduceTo.PIANO)
    with pytest.raises(FormatError):
        preview_file(source, tmp_path / "x.html", PageWish())
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_score_too_large_is_refused_at_once_with_the_passages_to_ask_for(
    evil: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = "<note><rest measure='yes'/><duration>4</duration></note>"
    bars = "".join(f"<measure number='{number}'>{whole}</measure>" for number in range(1, 41))
    source = tmp_path / "long.musicxml"
    source.write_text(
        "<score-partwise version='4.0'><part-list><score-part id='P1'><part-name>Oboe</part-name>"
        f"</score-part></part-list><part id='P1'>{bars}</part></score-partwise>"
    )
    monkeypatch.setattr("scorestage.workflow.engrave.MOST_AT_ONCE", 20)
    with pytest.raises(InputError, match="40 bars on 1 staves") as refused:
        engrave_file(source, tmp_path / "out")
    assert refused.value.do.endswith("--bars 1-10")
    assert not (tmp_path / "out").exists()
    made = engrave_file(
        *(source, tmp_path / "out"),
        engraver=Engraver.LILYPOND,
        wish=PageWish(bars="31-40"),
    )
    assert [path.suffix for path in made.files] == [".pdf"]
