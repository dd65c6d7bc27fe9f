"""Jumps in a score gone through as players do: da capo, segno, coda, fine, each with its words."""

import pytest

from scorestage.adapters.formats.musicxml import read_score
from scorestage.songs.jumps import is_jump
from scorestage.songs.unrolling import played_order

_NOTE = (
    "<note><pitch><step>C</step><octave>5</octave></pitch><duration>4</duration>"
    "<type>whole</type></note>"
)


def bar(number: int, before: str = "", after: str = "", note: str = _NOTE) -> str:
    first = (
        "<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time>"
        "</attributes>"
    )
    return (
        f'<measure number="{number}">{first if number == 1 else ""}{before}{note}{after}</measure>'
    )


def words(text: str, sound: str = "") -> str:
    told = f"<sound {sound}/>" if sound else ""
    return f"<direction><direction-type><words>{text}</words></direction-type>{told}</direction>"


def glyph(name: str, sound: str = "") -> str:
    told = f"<sound {sound}/>" if sound else ""
    return f"<direction><direction-type><{name}/></direction-type>{told}</direction>"


def edge(side: str, inner: str) -> str:
    return f'<barline location="{side}">{inner}</barline>'


def order(*bars: str) -> str:
    """The bars as played, a letter each."""
    xml = (
        '<score-partwise version="4.0"><part-list><score-part id="P1"><part-name>V</part-name>'
        f'</score-part></part-list><part id="P1">{"".join(bars)}</part></score-partwise>'
    )
    played = played_order(read_score(xml.encode(), "jump.musicxml").score)
    return "".join("ABCDEFGHIJ"[at] for at in played)


BACK = edge("right", '<bar-style>light-heavy</bar-style><repeat direction="backward"/>')
FORWARD = edge("left", '<bar-style>heavy-light</bar-style><repeat direction="forward"/>')
DOUBLE = edge("right", "<bar-style>light-light</bar-style>")


def test_da_capo_al_fine_leaves_repeats_out() -> None:
    told = order(
        bar(1), bar(2, after=BACK), bar(3, after=words("Fine", 'fine="yes"')),
        bar(4, after=words("D.C. al Fine", 'dacapo="yes"')),
    )  # fmt: skip
    assert told == "ABABCDABC"


def test_da_capo_by_words_alone() -> None:
    assert order(bar(1), bar(2, after=words("Fine")), bar(3, after=words("Da Capo al Fine"))) == (
        "ABCAB"
    )


def test_dal_segno_al_coda_as_a_notation_program_writes_it() -> None:
    told = order(
        bar(1),
        bar(2, before=glyph("segno", 'segno="segno"')),
        bar(3, after=words("To Coda", 'tocoda="coda"')),
        bar(4, after=words("D.S. al Coda", 'dalsegno="segno"')),
        bar(5, before=glyph("coda", 'coda="coda"')),
        bar(6),
    )
    assert told == "ABCDBCEF"


def test_two_coda_signs_without_any_sound() -> None:
    told = order(
        bar(1), bar(2, before=glyph("segno")), bar(3, after=glyph("coda")),
        bar(4, after=words("D.S. al Coda")), bar(5, before=glyph("coda")),
    )  # fmt: skip
    assert told == "ABCDBCE"


def test_a_jump_that_stands_over_the_bar_it_closes() -> None:
    told = order(
        bar(1), bar(2), bar(3, before=words("D.C. al Coda"), after=DOUBLE),
        bar(4, before=words("Coda")), bar(5),
    )  # fmt: skip
    assert told == "ABCABCDE"


def test_after_a_leap_the_last_ending_is_taken() -> None:
    first = (
        edge("left", '<ending number="1" type="start"/>'),
        edge("right", '<ending number="1" type="stop"/><repeat direction="backward"/>'),
    )
    last = (
        edge("left", '<ending number="2" type="start"/>'),
        edge("right", '<ending number="2" type="discontinue"/>'),
    )
    told = order(
        bar(1, before=FORWARD), bar(2, *first), bar(3, last[0], last[1]),
        bar(4, after=words("D.C.", 'dacapo="yes"')),
    )  # fmt: skip
    assert told == "ABACDACD"
    with_repeats = order(
        bar(1, before=FORWARD), bar(2, *first), bar(3, last[0], last[1]),
        bar(4, after=words("D.C. con repetizione", 'dacapo="yes"')),
    )  # fmt: skip
    assert with_repeats == "ABACDABACD"


def test_a_coda_without_a_way_to_it_is_played_in_turn() -> None:
    assert order(bar(1), bar(2, before=words("Coda"))) == "AB"
    assert order(bar(1), bar(2, after=words("Fine")), bar(3)) == "ABC"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("D. S. al Coda", True), ("dal segno", True), ("DC al Fine", True), ("To Coda ⊕", True),
        ("Finely", False), ("Coda alla Marcia", False), ("dolce", False),
        ("Washington D.C.", False), ("ad libitum", False),
    ],
)  # fmt: skip
def test_words_that_send_a_player_elsewhere(text: str, told: bool) -> None:
    assert is_jump(text) is told
