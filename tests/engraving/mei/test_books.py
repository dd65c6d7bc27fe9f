"""The MEI of a cue, read by Verovio: the same notes at the same places; what stands over them."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from fractions import Fraction
from importlib.util import find_spec
from xml.etree.ElementTree import fromstring

import mido
import pytest
from tests.engraving.small_cue import GRID, LOS_ANGELES, small_edition, small_map, small_score
from tests.golden_text import assert_golden

from scorestage.engraving import PageKind
from scorestage.engraving.lines import written_line
from scorestage.engraving.mei import mei_books, mei_part, mei_score
from scorestage.errors import MusicError
from scorestage.music import Line, Pitch, Score

_MEI = "{http://www.music-encoding.org/ns/mei}"
needs_verovio = pytest.mark.skipif(find_spec("verovio") is None, reason="Verovio is not installed")


def plain_score() -> Score:
    """The small cue without grace notes and tremolos, which Verovio plays out."""
    lines = tuple(
        replace(
            line,
            staves=tuple(
                replace(
                    staff,
                    voices=tuple(
                        replace(
                            voice,
                            notes=tuple(replace(n, grace=(), tremolo=0) for n in voice.notes),
                        )
                        for voice in staff.voices
                    ),
                )
                for staff in line.staves
            ),
        )
        for line in small_score().lines
    )
    return replace(small_score(), lines=lines)


def heard(mei: str) -> set[tuple[Fraction, int]]:
    """What Verovio plays of it: quarter notes from the start, and MIDI keys."""
    import verovio

    toolkit = verovio.toolkit()
    assert toolkit.loadData(mei)
    played = mido.MidiFile(file=io.BytesIO(base64.b64decode(toolkit.renderToMIDI())))
    found = set()
    for track in played.tracks:
        at = 0
        for message in track:
            at += message.time
            if message.type == "note_on" and message.velocity:
                found.add((Fraction(at, played.ticks_per_beat), message.note))
    return found


def meant(score: Score, line: Line) -> set[tuple[Fraction, int]]:
    """The heads of a part as written, where they begin."""
    return {
        (bar.start.quarters + event.onset, head.pitch.midi)
        for staff in written_line(line, score.grid, concert=False)
        for bar in staff.bars
        for voice in bar.voices
        for event in voice.events
        for head in event.pitches
        if isinstance(head.pitch, Pitch) and not head.tie_stop
    }


@needs_verovio
@pytest.mark.parametrize("player", ["flute1", "clarinet1", "horn1", "piano", "violinsi"])
def test_verovio_plays_every_note_of_a_part_where_it_stands(player: str) -> None:
    score = plain_score()
    book = mei_part(score, player, small_map(), small_edition())
    assert heard(book.mei) == meant(score, score.line_of(player))


def texts(mei: str, name: str) -> list[str]:
    return ["".join(one.itertext()) for one in fromstring(mei).iter(f"{_MEI}{name}")]


def test_a_score_tells_times_hits_tempos_letters_and_bar_numbers() -> None:
    book = mei_score(small_score(), small_map(), small_edition())
    said = texts(book.mei, "tempo")
    assert [text for text in said if re.fullmatch(r"10\d", text)] == [f"10{i}" for i in range(1, 9)]
    assert "0:04.00" in texts(book.mei, "dir")
    tempos = " ".join(said)
    assert "0:02.50 Maya turns" in tempos and "0:06.00 door slams" in tempos
    assert "(12-0)" in tempos and "= 96" in tempos and "rit." in tempos and "Calmly" in tempos
    assert texts(book.mei, "reh") == ["A"]
    assert book.file.kind is PageKind.SCORE
    assert [line.text for line in book.first.left] == ["1m01", "Score in C", "v2"]


def test_tall_signatures_leave_room_and_small_ones_do_not() -> None:
    edition = small_edition()
    tall = mei_score(small_score(), small_map(), edition)
    assert tall.signatures and 'meter.count="2+2"' in tall.mei
    house = replace(LOS_ANGELES, large_time_signatures=False)
    small = mei_score(small_score(), small_map(), replace(edition, house=house))
    assert not small.signatures and 'meter.count="4"' in small.mei


def test_parts_have_long_rests_and_silent_players_a_tacet_sheet() -> None:
    books = {
        book.file.player: book for book in mei_books(small_score(), small_map(), small_edition())
    }
    assert 'num="3"' in books["violinsi"].mei and "106–108" in books["violinsi"].mei
    assert books["tuba"].file.kind is PageKind.TACET
    assert not books["tuba"].mei and books["tuba"].tacet.startswith("bars 101–108")
    assert [line.text for line in books["clarinet1"].first.left] == ["Clarinet 1", "in B♭"]
    assert [line.text for line in books["violinsi"].first.left] == ["Violins I", "7 desks"]
    assert books["horn1"].file.name == "part-03-horn1.pdf"


def test_bar_numbers_only_where_the_house_wants_them() -> None:
    house = replace(LOS_ANGELES, bar_number_every_bar=False)
    book = mei_score(small_score(), small_map(), replace(small_edition(), house=house))
    assert "label-" not in book.mei


def test_a_title_is_text_and_nothing_else() -> None:
    edition = replace(small_edition(), title='<b>&"x"</b>]]>')
    root = fromstring(mei_score(small_score(), small_map(), edition).mei)
    title = root.find(f".//{_MEI}title")
    assert title is not None and title.text == '1m01 <b>&"x"</b>]]>'


def test_what_cannot_be_printed_is_said() -> None:
    with pytest.raises(MusicError, match="no bar or no player"):
        mei_score(Score(GRID, ()), small_map(), small_edition())
    with pytest.raises(MusicError, match="no player 'kazoo'"):
        mei_part(small_score(), "kazoo", small_map(), small_edition())


def test_the_score_and_a_part_are_told_as_blessed() -> None:
    score = mei_score(small_score(), small_map(), small_edition())
    assert_golden("engraving/score.mei", score.mei)
    part = mei_part(small_score(), "clarinet1", small_map(), small_edition())
    assert_golden("engraving/part-clarinet1.mei", part.mei)
