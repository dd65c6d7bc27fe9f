"""Files of strangers: opened safely, and every fault told with its line."""

from __future__ import annotations

import io
import zipfile

import pytest

from scorestage.adapters.formats.musicxml import document_in, read_score
from scorestage.errors import FormatError

SCORE = b"""<?xml version="1.0" encoding="UTF-8"?>
<score-partwise version="4.0">
<part-list><score-part id="P1"><part-name>Flute</part-name></score-part></part-list>
<part id="P1">
<measure number="1">
<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time>
</attributes><note><pitch><step>C</step><octave>5</octave></pitch><duration>4</duration></note>
</measure>
</part>
</score-partwise>
"""
CONTAINER = b'<container><rootfiles><rootfile full-path="%s"/></rootfiles></container>'
NO_SCORES = (
    b"",
    b"no music at all",
    b"<html><body/></html>",
    b"\x00\x01\x02",
    b"<opus/>",
    b"PK\x03\x04junk",
    b"<score-partwise><part-list/></score-partwise>",
    SCORE[: len(SCORE) // 2],
)


def packed(files: dict[str, bytes]) -> bytes:
    """The files in an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def message(content: bytes) -> str:
    """What a person is told about a file that cannot be read."""
    with pytest.raises(FormatError) as fault:
        read_score(content, "theme.musicxml")
    assert fault.value.exit_status == 2
    return str(fault.value)


def note_count(content: bytes) -> int:
    return len(list(read_score(content).score.notes()))


def test_a_plain_score_is_read() -> None:
    assert note_count(SCORE) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_other_encodings_are_read(encoding: str) -> None:
    plain = SCORE.decode().replace("Flute", "Flöte").replace("UTF-8", encoding)
    assert read_score(plain.encode(encoding)).score.lines[0].player.name == "Flöte"


def test_a_compressed_score_is_found_by_its_container() -> None:
    files = {
        "META-INF/container.xml": CONTAINER % b"deep/score.xml",
        "a.xml": b"<nothing/>",
        "deep/score.xml": SCORE,
    }
    assert note_count(packed(files)) == 1


def test_without_a_container_the_score_is_found_all_the_same() -> None:
    assert note_count(packed({"my score.musicxml": SCORE})) == 1


def test_a_timewise_score_is_turned_round() -> None:
    note = b"<note><pitch><step>C</step><octave>5</octave></pitch><duration>4</duration></note>"
    measure = b'<measure number="%d"><part id="P1">%s</part></measure>'
    timewise = (
        b"<score-timewise><part-list><score-part id='P1'><part-name>Oboe</part-name></score-part>"
        b"</part-list>" + measure % (1, note) + measure % (2, note) + b"</score-timewise>"
    )
    score = read_score(timewise).score
    assert [note.onset.quarters for _, note in score.notes()] == [0, 4]


def test_broken_xml_is_told_with_its_line() -> None:
    assert "theme.musicxml, line 7" in message(SCORE.replace(b"<pitch>", b"<pitch"))


@pytest.mark.parametrize(
    ("good", "bad", "line"),
    [
        (b"<duration>4<", b"<duration>four<", 7),
        (b"<duration>4<", b"<duration>1e999999999<", 7),
        (b"<step>C<", b"<step>H<", 7),
        (b"<octave>5<", b"<octave>high<", 7),
        (b"<divisions>1<", b"<divisions>0<", 6),
        (b"<beats>4<", b"<beats>four<", 6),
    ],
)
def test_a_fault_in_the_music_is_told_with_line_part_and_bar(
    good: bytes, bad: bytes, line: int
) -> None:
    found = message(SCORE.replace(good, bad))
    assert f"line {line}, part Flute, bar 1" in found


@pytest.mark.parametrize("content", NO_SCORES)
def test_what_is_no_score_is_refused_by_name(content: bytes) -> None:
    assert "theme.musicxml" in message(content)


def with_doctype(inside: bytes) -> bytes:
    """The score behind a document type of its own."""
    head, _, rest = SCORE.partition(b"?>")
    return head + b"?><!DOCTYPE score-partwise" + inside + b">" + rest


def test_entities_are_never_expanded() -> None:
    bomb = b' [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]'
    assert "risk refused" in message(with_doctype(bomb).replace(b"Flute", b"&b;"))


def test_nothing_outside_the_file_is_read() -> None:
    outside = b' [<!ENTITY a SYSTEM "file:///etc/hostname">]'
    assert "risk refused" in message(with_doctype(outside).replace(b"Flute", b"&a;"))


def test_the_usual_document_type_is_harmless() -> None:
    usual = b' PUBLIC "-//Recordare//DTD MusicXML" "http://localhost:9/none.dtd"'
    assert note_count(with_doctype(usual)) == 1


def test_an_archive_is_never_unpacked_beyond_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_in, "MOST_BYTES", 100_000)
    bomb = packed({"score.musicxml": b"<score-partwise>" + b" " * 10_000_000})
    assert len(bomb) < 100_000
    assert "unpacks to more than" in message(bomb)


def test_a_path_out_of_the_archive_leads_nowhere() -> None:
    files = {"META-INF/container.xml": CONTAINER % b"../../etc/passwd", "x.txt": b""}
    assert "holds no score" in message(packed(files))


def test_an_archive_of_thousands_of_files_is_refused() -> None:
    assert "too many files" in message(packed({f"{at}.xml": b"" for at in range(2100)}))
