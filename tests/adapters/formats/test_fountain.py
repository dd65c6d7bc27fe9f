"""Fountain, sign by sign; published samples agree with their Final Draft twins."""

from __future__ import annotations

import time

import pytest

from scorestage.adapters.formats.fountain import read_fountain
from scorestage.errors import FormatError
from scorestage.production import ScriptKind, ScriptLine

HARD = """Title:
    _**The Lamp**_
Credit: Written by
Author: M. Zhou
Draft date: 5/4/2031

# ACT ONE

= The keeper alone.

INT. LIGHTHOUSE - NIGHT #12A#

Rain. /* not
shot */ A door.

ÉLODIE (V.O.)
Who is *there*?
(beat)
Come _out_!

@McWICK ^
Nobody.

~Sleep, little light,

> THE LAMP <

[[music: the lamp
theme]]

CUT TO:

.SNIPER SCOPE POV

!INT. IS NOT A HEADING
THIS IS SHOUTED ACTION

int/ext car – day

>FADE OUT.
"""


def test_every_sign_of_a_hard_script() -> None:
    play = read_fountain(HARD.encode())
    assert (play.title, play.author, play.draft) == ("The Lamp", "M. Zhou", "5/4/2031")
    first, second, third = play.scenes
    assert (first.heading, first.number) == ("INT. LIGHTHOUSE - NIGHT", "12A")
    assert [(line.kind.value, line.words, line.who) for line in first.lines] == [
        ("action", "Rain.", ""),
        ("action", "A door.", ""),
        ("character", "ÉLODIE (V.O.)", "ÉLODIE"),
        ("dialogue", "Who is there?", "ÉLODIE"),
        ("parenthetical", "beat", "ÉLODIE"),
        ("dialogue", "Come out!", "ÉLODIE"),
        ("character", "McWICK", "MCWICK"),
        ("dialogue", "Nobody.", "MCWICK"),
        ("lyric", "Sleep, little light,", ""),
        ("centred", "THE LAMP", ""),
        ("note", "music: the lamp theme", ""),
        ("transition", "CUT TO:", ""),
    ]
    assert [line.beside for line in first.lines].count(True) == 2
    assert second.heading == "SNIPER SCOPE POV" and [ln.words for ln in second.lines] == [
        "INT. IS NOT A HEADING",
        "THIS IS SHOUTED ACTION",
    ]
    assert (third.setting, third.place, third.hour) == ("INT/EXT", "car", "day")
    assert third.lines == (ScriptLine(ScriptKind.TRANSITION, "FADE OUT."),)


def test_what_stands_before_the_first_heading_is_a_scene_of_its_own() -> None:
    play = read_fountain(b"FADE IN:\n\nA river.\n\nEXT. BANK - DAY\n\nMud.\n")
    assert [scene.heading for scene in play.scenes] == ["", "EXT. BANK - DAY"]


def test_two_spaces_keep_a_pause_inside_what_is_said() -> None:
    play = read_fountain(b"INT. A\n\nWICK\nOne.\n  \nTwo.\n\nHe goes.\n")
    assert [(ln.kind.value, ln.words) for ln in play.scenes[0].lines] == [
        ("character", "WICK"),
        ("dialogue", "One. Two."),
        ("action", "He goes."),
    ]


@pytest.mark.parametrize(
    "content", ["INT. A\n".encode("utf-16"), b"\xef\xbb\xbfINT. A\r\n", b"INT. A\r", b"INT. \xc9"]
)
def test_any_encoding_and_line_end(content: bytes) -> None:
    assert len(read_fountain(content).scenes) == 1


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"a" * (17 * 2**20)])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(FormatError):
        read_fountain(content)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"/*", b"[[" * 2000, b"*" * 4000, b"((((\n@\n"])
def test_odd_ends_end(content: bytes) -> None:
    read_fountain(content)


@pytest.mark.parametrize("sign", ["*", "* a", "[[", "(", "_a ", "@(", "/*", "<", "#"])
def test_endless_lines_cost_nothing(sign: str) -> None:
    started = time.process_time()
    read_fountain((f"INT. A\n\n{sign * 100_000}\n" * 2).encode())
    assert time.process_time() - started < 5


def test_what_is_said_may_begin_with_a_number_sign() -> None:
    play = read_fountain(b"# Act one\n\nINT. A\n\nWICK\nWhich cell?\n#7, on the left.\n\n# Two\n")
    assert [line.words for line in play.scenes[0].lines] == ["WICK", "Which cell? #7, on the left."]


def test_letters_without_capitals_name_nobody_unless_marked() -> None:
    play = read_fountain("INT. A\n\n他走进房间。\n她在等他\n\n@小明\n你好\n".encode())
    assert [(line.kind.value, line.who) for line in play.scenes[0].lines] == [
        ("action", ""),
        ("action", ""),
        ("character", "小明"),
        ("dialogue", "小明"),
    ]


def test_numbers_before_headings_as_shooting_scripts_print_them() -> None:
    text = (
        "1. EXT. HARBOUR - DAWN\n\nGulls.\n\n2A INT. HUT - NIGHT    2A\n\n3) I/E BOAT\n\n"
        "A4. EST. TOWN #A4b#\n\n.5 INT. ATTIC\n\n12 int the dark they wait.\n\n"
        "7 men come in.\nINT. is what he says.\n\nINT. ROOM 2\n"
    )
    play = read_fountain(text.encode())
    assert [(one.number, one.heading) for one in play.scenes] == [
        ("1", "EXT. HARBOUR - DAWN"),
        ("2A", "INT. HUT - NIGHT"),
        ("3", "I/E BOAT"),
        ("A4b", "EST. TOWN"),
        ("5", "INT. ATTIC"),
        ("", "INT. ROOM 2"),
    ]
    assert [line.words for line in play.scenes[4].lines] == [
        "12 int the dark they wait.",
        "7 men come in.",
        "INT. is what he says.",
    ]
