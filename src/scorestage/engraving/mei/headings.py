"""What stands at the head of every page, as lines that a page painter sets."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.engraving.booktext import list_letters
from scorestage.engraving.edition import Edition
from scorestage.engraving.ink import lines_of, name_lines, plain, shortened

_TITLE_LETTERS = 24
_PRODUCTION_LETTERS = 40
_SIDE_LETTERS = 36
_PART_NAME_LETTERS = 18


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of a page's head, its size in points; `numbered` ones say `Page 1 of 4`."""

    text: str
    size_points: float
    bold: bool = False
    italic: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a page: lines at the left, in the middle, at the right, and below them all."""

    left: tuple[HeadLine, ...]
    centre: tuple[HeadLine, ...]
    right: tuple[HeadLine, ...]
    below: tuple[HeadLine, ...] = ()


def score_heading(edition: Edition, kind: str, tacet: str = "", instruments: str = "") -> Heading:
    """The head of every page of a score: cue, kind and version; production and title; by whom."""
    left = [
        HeadLine(edition.cue_number, 24, bold=True),
        HeadLine(kind, 10, bold=True),
        *_lines(edition.version, _SIDE_LETTERS, 10),
        *_lines(tacet, _SIDE_LETTERS, 10, italic=True),
    ]
    number = HeadLine("", 11, bold=True, numbered=True)
    below = _lines(instruments, list_letters(edition.house.score_paper), 8)
    right = (*_credits(edition, 11), number)
    return Heading(_said(left), _middle(edition, 12, 21), right, below)


def part_heading(
    edition: Edition, player: str, transposition: str, copies: str, set_up: str = ""
) -> Heading:
    """The head of a part's first page."""
    left = [
        *(HeadLine(line, 20, bold=True) for line in name_lines(player, _PART_NAME_LETTERS)),
        HeadLine(transposition, 13, italic=True),
        HeadLine(copies, 10),
        *_lines(set_up, _SIDE_LETTERS, 10),
    ]
    right = [
        HeadLine(edition.cue_number, 20, bold=True),
        *_lines(edition.version, _SIDE_LETTERS, 10),
        *_credits(edition, 10),
    ]
    return Heading(_said(left), _middle(edition, 11, 18), _said(right))


def next_heading(edition: Edition, player: str) -> Heading:
    """The head of a part's later pages: whose, which cue, which page."""
    cue = f"{edition.cue_number}  {shortened(edition.title, 2 * _TITLE_LETTERS)}".strip()
    return Heading(
        (HeadLine(shortened(player, 2 * _PART_NAME_LETTERS), 14, bold=True),),
        (HeadLine(cue, 12, bold=True),),
        (
            HeadLine("", 11, bold=True, numbered=True),
            *_lines(edition.version, _SIDE_LETTERS, 10),
        ),
    )


def _middle(
    edition: Edition, production_points: float, title_points: float
) -> tuple[HeadLine, ...]:
    return (
        *_lines(edition.production, _PRODUCTION_LETTERS, production_points, italic=True),
        *_lines(edition.title, _TITLE_LETTERS, title_points, bold=True),
    )


def _credits(edition: Edition, size_points: float) -> tuple[HeadLine, ...]:
    composer, orchestrator = plain(edition.composer), plain(edition.orchestrator)
    told = [f"Music by {composer}"] if composer else []
    told += [f"Orchestrated by {orchestrator}"] if orchestrator else []
    told += [plain(edition.copyright)] if edition.copyright else []
    return tuple(line for text in told for line in _lines(text, _SIDE_LETTERS, size_points))


def _lines(
    text: str, letters: int, size_points: float, *, bold: bool = False, italic: bool = False
) -> tuple[HeadLine, ...]:
    return tuple(HeadLine(line, size_points, bold, italic) for line in lines_of(text, letters))


def _said(lines: list[HeadLine]) -> tuple[HeadLine, ...]:
    """Those lines that say something."""
    return tuple(line for line in lines if line.text or line.numbered)
