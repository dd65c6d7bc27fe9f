"""The smallest words of a LilyPond source: strings, pitches, durations.

Everything a person typed passes through `quoted` (or `remark`), so no title can become code.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable
from fractions import Fraction

from scorestage.errors import MusicError
from scorestage.music import Pitch
from scorestage.music.written import NoteValue

NAME_LETTERS = 20
_MOST_NAME_LINES = 4
_SIGNS = {
    Fraction(-2): "eses",
    Fraction(-3, 2): "eseh",
    Fraction(-1): "es",
    Fraction(-1, 2): "eh",
    Fraction(0): "",
    Fraction(1, 2): "ih",
    Fraction(1): "is",
    Fraction(3, 2): "isih",
    Fraction(2): "isis",
}
_VALUES = {
    NoteValue.BREVE: r"\breve",
    NoteValue.WHOLE: "1",
    NoteValue.HALF: "2",
    NoteValue.QUARTER: "4",
    NoteValue.EIGHTH: "8",
    NoteValue.SIXTEENTH: "16",
    NoteValue.THIRTY_SECOND: "32",
    NoteValue.SIXTY_FOURTH: "64",
    NoteValue.HUNDRED_TWENTY_EIGHTH: "128",
    NoteValue.TWO_HUNDRED_FIFTY_SIXTH: "256",
    NoteValue.FIVE_HUNDRED_TWELFTH: "512",
    NoteValue.THOUSAND_TWENTY_FOURTH: "1024",
}


def plain(text: str) -> str:
    """`text` on one line, without control characters or halves of surrogate pairs.

    >>> plain("a\\nb\\x00c")
    'a bc'
    """
    spaced = " ".join(text.split())
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))


def quoted(text: str) -> str:
    r"""`text` as a LilyPond (and Scheme) string: only `"` and the backslash mean anything there.

    >>> print(quoted('say "hi" #(exit) %{'))
    "say \"hi\" #(exit) %{"
    """
    return '"' + plain(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def quoted_list(texts: Iterable[str]) -> str:
    """A list of strings for Scheme."""
    return f"#'({' '.join(map(quoted, texts))})"


def shortened(text: str, letters: int) -> str:
    """`text` cut to about `letters`, between words where it can be.

    >>> shortened("The Long Way Home", 12)
    'The Long …'
    """
    kept = plain(text)
    if len(kept) <= letters:
        return kept
    cut = kept[: letters - 1]
    return (cut.rpartition(" ")[0] or cut) + " …"


def lines_of(text: str, letters: int, most: int = 3) -> list[str]:
    """`text` in lines of at most `letters`; what does not fit into `most` lines is cut with `…`.

    >>> lines_of("he sees her, and the car that follows", 16, 2)
    ['he sees her, and', 'the car that …']
    """
    lines = textwrap.wrap(plain(text), letters)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), letters)]


def name_lines(name: str, letters: int = NAME_LETTERS) -> list[str]:
    """A player's name in short lines, rather broken after a slash than elsewhere.

    >>> name_lines("Clarinet 2 / Bass Clarinet"), name_lines("Fl. 1")
    (['Clarinet 2 /', 'Bass Clarinet'], ['Fl. 1'])
    """
    if len(plain(name)) <= letters:
        return [plain(name)]
    pieces = plain(name).split(" / ")
    slashed = [f"{piece} /" for piece in pieces[:-1]] + pieces[-1:]
    return [line for piece in slashed for line in lines_of(piece, letters)][:_MOST_NAME_LINES]


def remark(text: str) -> str:
    """`text` as a comment to the end of the line, in ASCII letters only.

    >>> remark("bar 12, Flöte %{ 1")
    '% bar 12, Flte  1'
    """
    kept = "".join(sign for sign in plain(text) if sign.isascii() and sign not in '%{}\\"#')
    return f"% {kept}"


def file_stem(text: str) -> str:
    """`text` as the safe stem of a file name: small letters, digits and hyphens.

    >>> file_stem("Violins II (div. a 3)"), file_stem("../../etc")
    ('violins-ii-div-a-3', 'etc')
    """
    flat = unicodedata.normalize("NFKD", text).lower()
    kept = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in flat)
    return "-".join(kept.split())[:48] or "x"


def number(amount: Fraction | int) -> str:
    """An exact length of paper or staff as a decimal LilyPond reads.

    >>> number(Fraction(1397, 10)), number(8)
    ('139.7', '8')
    """
    return f"{float(amount):.4f}".rstrip("0").rstrip(".")


def pitch_word(pitch: Pitch) -> str:
    """A pitch in LilyPond's Dutch names, absolute: middle C is `c'`.

    Raises `MusicError` for an alteration that has no sign.

    >>> pitch_word(Pitch.parse("Bb3")), pitch_word(Pitch.parse("F#5"))
    ('bes', "fis''")
    """
    sign = _SIGNS.get(Fraction(pitch.alter))
    if sign is None:
        raise MusicError(
            f"there is no accidental for {pitch}", do="use quarter tones, semitones or whole tones"
        )
    octave = pitch.octave - 3
    return pitch.step.lower() + sign + ("'" * octave if octave > 0 else "," * -octave)


def value_word(value: NoteValue, dots: int = 0) -> str:
    """A notated value: `4.` is a dotted quarter.

    >>> value_word(NoteValue.QUARTER, 1)
    '4.'
    """
    return _VALUES[value] + "." * dots


def scaled_whole(quarters: Fraction) -> str:
    """A length of `quarters` told as a multiple of the whole note, for skips and bar rests.

    >>> scaled_whole(Fraction(7, 2)), scaled_whole(Fraction(4))
    ('1*7/8', '1')
    """
    wholes = quarters / 4
    if wholes == 1:
        return "1"
    return f"1*{wholes.numerator}" + (f"/{wholes.denominator}" if wholes.denominator > 1 else "")


def skip(quarters: Fraction) -> str:
    """Silence that prints nothing.

    >>> skip(Fraction(3))
    's1*3/4'
    """
    return "s" + scaled_whole(quarters)
