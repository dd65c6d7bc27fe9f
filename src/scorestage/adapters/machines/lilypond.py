"""LilyPond, called as a program: from a source to pages as PDF."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from scorestage.adapters.machines.children import Finished, run_child
from scorestage.engraving import BookSource
from scorestage.errors import MachineError, Where

TIME_LIMIT_SECONDS = 300.0
"""What any source may take; long ones may take longer."""
_SECONDS_A_LETTER = 1 / 300
_VERSION_SECONDS = 20.0
_VERSION = re.compile(r"LilyPond (\d+\.\d+\.\d+)")
_SOURCE = "cue.ly"
_BACKENDS = (("-dbackend=cairo", "--pdf"), ("--pdf",))
"""Cairo first: it halves the time; older builds have only the other one."""

_MESSAGE = re.compile(
    rf"^(?:.*{re.escape(_SOURCE)}:(?P<line>\d+):\d+: )?"
    r"(?P<kind>fatal error|error|programming error|warning): (?P<what>.+)$",
    re.MULTILINE,
)
_NO_GLYPH = re.compile(r"no glyph for character U\+([0-9A-F]{4,6})")
_CROWDING = re.compile(
    r"compressing over-full page by (?P<spaces>[\d.]+) staff-spaces"
    r"|Layout output to `(?P<file>[^']+)'"
)
_OF_NO_USE = re.compile(
    r"compressing over-full page|page \d+ has been compressed|cyclic dependency"
)
"""How full a page is, told otherwise; how LilyPond came by the shape of a slur, which it drew."""
_BEARABLE_SPACES = 3.0
"""What a page can be compressed by, in staff spaces, before something touches."""
_BAR_REMARK = re.compile(r"% bar (?P<bar>\d+[A-Z]*), (?P<player>.*)$")


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something LilyPond said about the source: how grave, what, and at which bar of whom."""

    kind: str
    what: str
    where: Where

    @property
    def is_error(self) -> bool:
        """Whether LilyPond gave up something."""
        return self.kind.endswith("error") and self.kind != "programming error"

    def __str__(self) -> str:
        place = str(self.where)
        return f"{place}: {self.what}" if place else self.what


@dataclass(frozen=True, slots=True)
class Engraved:
    """The files made, in the order of the source, and what LilyPond warned of.

    `crowded` are the names of files with a page on which more stands than it has room for.
    """

    files: tuple[Path, ...]
    warnings: tuple[str, ...]
    crowded: frozenset[str] = frozenset()


def lilypond_program() -> Path:
    """The program: from the `lilypond` wheel, else found on the PATH.

    Raises `MachineError` where there is none.
    """
    if find_spec("lilypond") is not None:
        program = Path(str(import_module("lilypond").executable()))
        if program.exists():
            return program
    found = shutil.which("lilypond")
    if found is None:
        raise MachineError(
            "LilyPond, which prints the pages, is not installed",
            do="pip install lilypond==2.24.3 on Intel and AMD machines, elsewhere install "
            "LilyPond 2.24 or later and put it on the PATH; scores as MusicXML need no LilyPond",
        )
    return Path(found)


def has_lilypond() -> bool:
    """Whether LilyPond is here."""
    try:
        lilypond_program()
    except MachineError:
        return False
    return True


@cache
def lilypond_version() -> str:
    """The program's version: `2.24.3`."""
    told = run_child(
        [lilypond_program(), "--version"],
        cwd=Path.cwd(),
        time_limit_seconds=_VERSION_SECONDS,
        environment=_english_environment(),
    )
    found = _VERSION.search(told.said)
    return found[1] if found else "of unknown version"


def engrave(source: BookSource, into: Path, *, time_limit_seconds: float | None = None) -> Engraved:
    """Print `source` and put its PDF files into the folder `into`, all of them or none.

    Where no time limit is told it goes by the length of the source, with room for a machine that
    is busy otherwise. It works in a passing folder inside `into`, which is best a room of the
    caller's own.

    Raises `MachineError`, with bar and player where LilyPond names a line of music.
    """
    program = lilypond_program()
    if time_limit_seconds is None:
        time_limit_seconds = TIME_LIMIT_SECONDS + _SECONDS_A_LETTER * len(source.text)
    into.mkdir(parents=True, exist_ok=True)
    names = [file.name for file in source.files]
    with tempfile.TemporaryDirectory(prefix=".pages-", dir=into) as folder:
        room = Path(folder)
        (room / _SOURCE).write_text(source.text, encoding="utf-8")
        finished = _printed(program, room, names, time_limit_seconds)
        complaints = tuple(read_complaints(finished.said, source.text))
        if finished.status or any(not (room / name).is_file() for name in names):
            raise _failure(complaints, finished)
        files = _moved(room, names, into)
    said = (str(one) for one in complaints if not _OF_NO_USE.search(one.what))
    return Engraved(files, tuple(dict.fromkeys(said)), crowded_files(finished.said))


def crowded_files(said: str) -> frozenset[str]:
    """The files of which LilyPond said, before it wrote them, that a page is much too full.

    >>> told = "warning: compressing over-full page by 9.5 staff-spaces"
    >>> sorted(crowded_files(told + "\\nLayout output to `horn.pdf'...\\nLayout output to `b.pdf'"))
    ['horn.pdf']
    """
    found = set()
    most = 0.0
    for match in _CROWDING.finditer(said):
        if match["file"]:
            if most > _BEARABLE_SPACES:
                found.add(match["file"])
            most = 0.0
        else:
            most = max(most, float(match["spaces"]))
    return frozenset(found)


def _printed(program: Path, room: Path, names: list[str], time_limit_seconds: float) -> Finished:
    """Run the program with the first backend it has."""
    finished = Finished(1, "")
    for backend in _BACKENDS:
        finished = run_child(
            [program, "-dno-point-and-click", *backend, _SOURCE],
            cwd=room,
            time_limit_seconds=time_limit_seconds,
            environment=_english_environment(),
        )
        if "airo" not in finished.said or all((room / name).is_file() for name in names):
            break
    return finished


def _english_environment() -> dict[str, str]:
    """Messages in English, so that they can be read."""
    kept = {key: text for key, text in os.environ.items() if key not in ("LC_ALL", "LANGUAGE")}
    return kept | {"LC_MESSAGES": "C"}


def read_complaints(said: str, text: str) -> Iterator[Complaint]:
    """The warnings and errors in what LilyPond said about the source `text`.

    >>> said = "cue.ly:2:8: warning: barcheck failed at: 1/4"
    >>> print(*read_complaints(said, "{\\n c'4 | % bar 12, Flute 1\\n}"))
    Flute 1, bar 12: barcheck failed at: 1/4
    """
    lines = text.splitlines()
    for match in _MESSAGE.finditer(said):
        where = Where()
        if match["line"] and int(match["line"]) <= len(lines):
            remark = _BAR_REMARK.search(lines[int(match["line"]) - 1])
            if remark:
                where = Where(bar=remark["bar"], player=remark["player"].strip() or None)
        yield Complaint(match["kind"], _plainly(match["what"].strip()), where)


def _plainly(what: str) -> str:
    """A message without paths of this machine."""
    glyph = _NO_GLYPH.match(what)
    if glyph:
        return f"no font here has the character {chr(int(glyph[1], 16))!r} (U+{glyph[1]})"
    return what


def _failure(complaints: tuple[Complaint, ...], finished: Finished) -> MachineError:
    errors = [complaint for complaint in complaints if complaint.is_error]
    if errors:
        return MachineError(f"LilyPond could not print this: {errors[0].what}", errors[0].where)
    last = [line for line in finished.said.splitlines() if line.strip()][-1:]
    told = f": {last[0].strip()}" if last else ""
    return MachineError(f"LilyPond ended with status {finished.status}{told}")


def _moved(room: Path, names: list[str], into: Path) -> tuple[Path, ...]:
    """Put the finished files in place; each appears whole or not at all."""
    waiting = [into / f".{name}.new" for name in names]
    for name, place in zip(names, waiting, strict=True):
        shutil.move(room / name, place)
    files = tuple(into / name for name in names)
    for place, file in zip(waiting, files, strict=True):
        place.replace(file)
    return files
