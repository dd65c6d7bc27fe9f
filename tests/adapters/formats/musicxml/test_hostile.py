"""Files made to hurt: each is a clear error or a right score, in bounded time and memory."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.formats.musicxml.encodings import tree_of
from scorestage.errors import FormatError, ScorestageError
from scorestage.workflow.convert import convert_file

NOTE = "<note><pitch><step>C</step><octave>4</octave></pitch><duration>4</duration></note>"
HEAD = (
    "<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time>"
    "</attributes>"
)
BRIEF_SECONDS = 20


def document(bars: int = 1, parts: int = 1, bar: str = NOTE, head: str = HEAD) -> bytes:
    listed = "".join(
        f"<score-part id='P{at}'><part-name>P{at}</part-name></score-part>" for at in range(parts)
    )
    measures = "".join(
        f"<measure number='{at + 1}'>{'' if at else head}{bar}</measure>" for at in range(bars)
    )
    inner = "".join(f"<part id='P{at}'>{measures}</part>" for at in range(parts))
    return f"<score-partwise><part-list>{listed}</part-list>{inner}</score-partwise>".encode()


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE x [<!ENTITY % a SYSTEM 'http://localhost/x.dtd'> %a;]>",
        "<!DOCTYPE x [<!-- <score-partwise> --><!ENTITY a 'ha'>]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(prolog: str, encoding: str) -> None:
    content = (prolog + document(bar="&a;" + NOTE).decode()).encode(encoding)
    with pytest.raises(FormatError, match="entit"):
        read_score(content, "bomb.xml")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("<duration>NaN</duration>", "no number"),
        ("<duration>1e400</duration>", "no number"),
        ("<duration>999999999999999</duration>", "1024"),
    ],
)
def test_lengths_that_are_none_are_refused_with_their_bar(wrong: str, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        read_score(document(2, bar=NOTE.replace("<duration>4</duration>", wrong)), "odd.xml")


@pytest.mark.parametrize("divisions", ["0", "-1", "1e9", "99999999999", "NaN", ""])
def test_divisions_that_are_none_are_refused(divisions: str) -> None:
    head = HEAD.replace("<divisions>1<", f"<divisions>{divisions}<")
    with pytest.raises(FormatError, match="division"):
        read_score(document(head=head), "odd.xml")


def test_very_fine_divisions_are_exact() -> None:
    head = HEAD.replace("<divisions>1<", "<divisions>1000000000<")
    content = document(head=head, bar=NOTE.replace(">4</duration", ">4000000000</duration"))
    (pair,) = read_score(content).score.notes()
    assert pair[1].length.quarters == 4


def test_negative_and_missing_lengths_are_counted() -> None:
    read = read_score(document(2, bar=NOTE.replace(">4</duration", ">-4</duration") + NOTE))
    assert [loss.what for loss in read.report if not loss.layout] == ["note without a length"]


@pytest.mark.parametrize(("bars", "parts"), [(10_000, 1), (10, 200)])
def test_many_bars_and_many_parts_are_read_and_written(bars: int, parts: int) -> None:
    begun = time.process_time()
    score = read_score(document(bars, parts)).score
    assert (len(score.grid.bars), len(score.lines)) == (bars, parts)
    assert read_score(write_score(score)).score == score
    assert time.process_time() - begun < BRIEF_SECONDS


def test_bars_without_length_are_filled() -> None:
    score = read_score(document(3, bar="")).score
    assert [str(bar.meter) for bar in score.grid.bars] == ["4/4"] * 3


@pytest.mark.parametrize("element", ["part", "direction", "note", "notations"])
def test_deep_nesting_does_no_harm(element: str) -> None:
    nested = f"<{element}>" * 100_000 + f"</{element}>" * 100_000
    try:
        score = read_score(document(bar=NOTE + nested)).score
    except FormatError:
        return
    assert sum(1 for _ in score.notes()) == 1


def _archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _container(path: str) -> bytes:
    return f"<container><rootfiles><rootfile full-path='{path}'/></rootfiles></container>".encode()


def test_an_archive_that_unpacks_without_end_is_refused() -> None:
    bomb = b"<score-partwise>" + b" " * (70 * 2**20)
    content = _archive({"META-INF/container.xml": _container("s.xml"), "s.xml": bomb})
    assert len(content) < 2**20
    with pytest.raises(FormatError, match="MB"):
        read_score(content, "bomb.mxl")


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "C:\\x", "s.xml/../../y"])
def test_a_container_leads_nowhere_outside(path: str) -> None:
    content = _archive({"META-INF/container.xml": _container(path), "s.xml": document()})
    assert sum(1 for _ in read_score(content, "odd.mxl").score.notes()) == 1
    alone = _archive({"META-INF/container.xml": _container(path)})
    with pytest.raises(FormatError, match="no score"):
        read_score(alone, "odd.mxl")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("packed", [False, True])
def test_truncated_files_are_refused(part: float, packed: bool) -> None:
    content = _archive({"s.xml": document(50)}) if packed else document(50)
    with pytest.raises(FormatError):
        read_score(content[: int(len(content) * part)], "cut.mxl")


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"MThd\0\0\0\6", b"PK\3\4", b"\0" * 4096, b"<html/>", b"\xff\xfe<", b"{}"],
)
def test_other_files_under_a_score_s_name_are_refused(content: bytes, tmp_path: Path) -> None:
    source = tmp_path / "score.musicxml"
    source.write_bytes(content)
    with pytest.raises(ScorestageError) as fault:
        convert_file(source, tmp_path / "out.musicxml")
    assert "score.musicxml" in str(fault.value)
    assert not (tmp_path / "out.musicxml").exists()


def test_more_text_than_any_score_has_is_refused() -> None:
    with pytest.raises(FormatError, match="MB"):
        tree = b"<a>" + b"x" * (65 * 2**20) + b"</a>"
        read_score(tree, "long.xml")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_every_unicode_encoding_is_read(encoding: str) -> None:
    text = document().decode().replace(">P0<", ">Fl\u00f6te \u266d<")
    assert read_score(text.encode(encoding)).score.lines[0].player.name == "Fl\u00f6te \u266d"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1252", "cp1252"),
        ("Shift_JIS", "shift_jis"),
        ("UTF-8", "cp1252"),
        ("x-odd", "utf-8"),
    ],
)
def test_other_and_wrongly_declared_encodings_are_read(declared: str, encoding: str) -> None:
    name = "\u30d5\u30eb\u30fc\u30c8" if encoding == "shift_jis" else "Fl\u00f6te"
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    content = (head + document().decode().replace(">P0<", f">{name}<")).encode(encoding)
    assert read_score(content).score.lines[0].player.name == name


def test_a_tree_without_harm_is_a_tree() -> None:
    assert tree_of(b"<a><b/></a>", "a", "").tag == "a"


EVIL = (
    '#(system "touch /tmp/owned")',
    '\\include "/etc/passwd"',
    '" } #(display 1) \\markup { "',
    "\\input{/etc/passwd} $x$ %",
    "<script>alert(1)</script>",
    "$(rm -rf ~) `id`",
)


@pytest.mark.parametrize("evil", EVIL)
def test_words_are_only_words(evil: str, tmp_path: Path) -> None:
    """What stands in titles, names, lyrics and words comes back as it was, and as a plain string
    in the LilyPond source."""
    safe = evil.replace("&", "&amp;").replace("<", "&lt;")
    lyric = f"<lyric><text>{safe}</text></lyric></note>"
    words = f"<direction><direction-type><words>{safe}</words></direction-type></direction>"
    content = (
        document(bar=words + NOTE.replace("</note>", lyric))
        .decode()
        .replace("<part-list>", f"<work><work-title>{safe}</work-title></work><part-list>")
        .replace(">P0<", f">{safe}<")
    )
    source = tmp_path / "evil.musicxml"
    source.write_text(content, encoding="utf-8")
    read = read_score(source.read_bytes())
    assert read.title == evil
    again = read_score(write_score(read.score, title=read.title))
    assert again.score == read.score
    convert_file(source, tmp_path / "evil.ly")
    code = _outside_strings((tmp_path / "evil.ly").read_text(encoding="utf-8"))
    for danger in ("owned", "passwd", "display 1", "script", "rm -rf"):
        assert danger not in code


def _outside_strings(source: str) -> str:
    """The code of a LilyPond file without its strings and comments."""
    found, inside, place = [], False, 0
    while place < len(source):
        sign = source[place]
        if inside and sign == "\\":
            place += 2
            continue
        if sign == '"':
            inside = not inside
        elif not inside:
            if sign == "%":
                end = source.find("\n", place)
                place = len(source) if end < 0 else end
                continue
            found.append(sign)
        place += 1
    assert not inside
    return "".join(found)
