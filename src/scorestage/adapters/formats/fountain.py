"""Fountain: a screenplay as plain text (fountain.io, syntax 1.1)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from scorestage.adapters.format import Format
from scorestage.errors import FormatError, Where
from scorestage.production.screenplay import (
    Screenplay,
    ScriptKind,
    ScriptLine,
    ScriptScene,
    speaker,
)

_LONGEST_LINE = 4000
_LONGEST_NAME = 200
MOST_BYTES = 16 * 1024 * 1024
_HEADING = re.compile(
    r"(?:INT\.?\s*/\s*EXT|EXT\.?\s*/\s*INT|I\s*/\s*E|INT|EXT|EST)[.\s]", re.IGNORECASE
)
_NUMBER_BEFORE = re.compile(r"([A-Z]{0,2}\d{1,4}[A-Z]{0,2})\s*[.):]?\s+(?=\S)")
"""A scene's number where shooting scripts print it, before the heading; Fountain has it behind."""
_NUMBER = re.compile(r"\s*#([\w.\-]{1,12})#\s*$")
_NOTE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_TITLE_KEY = re.compile(r"([A-Za-z][A-Za-z ]{0,40}):\s*(.*)")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|_)(?=\S)(.+?)(?<=\S)(?<!\\)\1")
_BREAK = re.compile(r"={3,}\s*$")
_TITLE_KEYS = frozenset(
    {
        *("title", "credit", "author", "authors", "source", "notes", "draft", "draft date"),
        *("date", "contact", "copyright", "revision"),
    }
)


def read_fountain(content: bytes, name: str = "screenplay") -> Screenplay:
    """The scenes of a screenplay; `FormatError` for what is no text.

    >>> play = read_fountain("INT. HUT - NIGHT #3A#\\n\\nÉLODIE (O.S.)\\nWho is there?".encode())
    >>> play.scenes[0].number, play.scenes[0].lines[1].who, play.scenes[0].lines[1].words
    ('3A', 'ÉLODIE', 'Who is there?')
    """
    where = Where(file=name)
    if len(content) > MOST_BYTES:
        raise FormatError(f"larger than {MOST_BYTES // 2**20} MB", where)
    text = _decoded(content, name).replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise FormatError("this is no text", where, "export the screenplay as Fountain or FDX")
    lines = _without_boneyard(text).split("\n")
    titles, first = _title_page(lines)
    reading = _Reading()
    reading.read(_joined_notes(lines[first:]))
    scenes = tuple(reading.scenes())
    author = titles.get("author") or titles.get("authors", "")
    draft = titles.get("draft date") or titles.get("draft") or titles.get("revision", "")
    return Screenplay(titles.get("title", ""), author, draft, scenes)


@dataclass(slots=True)
class _Reading:
    """Lines of the text, one after another, into paragraphs of scenes."""

    headings: list[tuple[str, str]] = field(default_factory=lambda: [("", "")])
    bodies: list[list[ScriptLine]] = field(default_factory=lambda: [[]])
    who: str = ""
    beside: bool = False

    def read(self, lines: list[str]) -> None:
        """Take in all lines; blank lines part paragraphs."""
        after_blank = True
        for at, raw in enumerate(lines):
            line = raw.strip()
            if not line:
                # two spaces keep a blank line inside what is said
                self.who = self.who if raw.startswith("  ") else ""
                after_blank = not self.who
                continue
            follows = lines[at + 1].strip() if at + 1 < len(lines) else ""
            self._line(line, follows, after_blank)
            after_blank = False

    def scenes(self) -> list[ScriptScene]:
        """What was read, scene by scene."""
        found = [
            ScriptScene(heading, number, tuple(body))
            for (heading, number), body in zip(self.headings, self.bodies, strict=True)
        ]
        printed = any(line.kind is not ScriptKind.NOTE for line in found[0].lines)
        return found if printed or (len(found) == 1 and found[0].lines) else found[1:]

    def _line(self, line: str, follows: str, after_blank: bool) -> None:
        line = self._notes_out(line)
        if not line or (line.startswith("#") and not self.who) or _BREAK.match(line):
            self.who = ""
            return
        if line.startswith("=") and not self.who:
            return
        if self.who:
            self._said(line)
        elif heading := _heading_of(line, after_blank):
            self.headings.append(_numbered(heading))
            self.bodies.append([])
        elif after_blank and _is_character(line, follows):
            self.who = speaker(_plain(line.removeprefix("@").rstrip("^ ")))
            self.beside = line.endswith("^")
            cue = _plain(line.removeprefix("@").rstrip("^ ")).strip()
            self._put(ScriptKind.CHARACTER, cue)
        else:
            self._put(*_printed(line, after_blank and not follows))

    def _said(self, line: str) -> None:
        if line.startswith("(") and line.endswith(")"):
            self._put(ScriptKind.PARENTHETICAL, line[1:-1].strip())
            return
        sung = line.startswith("~")
        kind = ScriptKind.LYRIC if sung else ScriptKind.DIALOGUE
        words = _plain(line.removeprefix("~").strip())
        body = self.bodies[-1]
        last = body[-1]
        if last.kind is kind and kind is ScriptKind.DIALOGUE:
            body[-1] = ScriptLine(kind, f"{last.words} {words}", last.who, last.beside)
        else:
            self._put(kind, words)

    def _put(self, kind: ScriptKind, words: str) -> None:
        spoken = kind in (ScriptKind.DIALOGUE, ScriptKind.LYRIC, ScriptKind.PARENTHETICAL)
        of_talk = spoken or kind is ScriptKind.CHARACTER
        who = self.who if of_talk else ""
        beside = self.beside and bool(who)
        self.bodies[-1].append(ScriptLine(kind, words, who, beside))

    def _notes_out(self, line: str) -> str:
        if len(line) > _LONGEST_LINE:
            return line
        for note in _NOTE.findall(line):
            self.bodies[-1].append(ScriptLine(ScriptKind.NOTE, " ".join(note.split())))
        return _NOTE.sub("", line).strip()


def _heading_of(line: str, after_blank: bool) -> str:
    """The heading in a line; empty where it is none."""
    if line.startswith(".") and len(line) > 1 and line[1] not in ". ":
        return line[1:].strip()
    before = _NUMBER_BEFORE.match(line)
    begins = before is not None and line[before.end() :][:1].isupper()
    plain = line[before.end() :] if before is not None and begins else line
    return line if after_blank and _HEADING.match(plain) else ""


def _numbered(heading: str) -> tuple[str, str]:
    """A heading without its number, and the number: between # as Fountain has it, or before it.

    >>> _numbered("INT. HUT - NIGHT #3A#"), _numbered("3A. INT. HUT - NIGHT   3A")
    (('INT. HUT - NIGHT', '3A'), ('INT. HUT - NIGHT', '3A'))
    """
    behind, number = _NUMBER.search(heading), ""
    if behind is not None:
        heading, number = heading[: behind.start()], behind[1]
    before = _NUMBER_BEFORE.match(heading)
    if before is not None and _HEADING.match(heading, before.end()):
        first = before[1]
        heading = heading[before.end() :].rstrip()
        if heading.endswith((f" {first}", f"\t{first}")):
            heading = heading.removesuffix(first)
        number = number or first
    return _plain(heading), number


def _is_character(line: str, follows: str) -> bool:
    if line.startswith("@"):
        return True
    if len(line) > _LONGEST_NAME:
        return False
    name = re.sub(r"\([^)]*\)", "", line.rstrip("^ ")).strip()
    if line.startswith(("!", ">", "~")) or not follows or not any(map(str.isupper, name)):
        return False
    return name == name.upper() and not name.endswith((".", ":", "!", "?")) and len(name) <= 60


def _printed(line: str, alone: bool) -> tuple[ScriptKind, str]:
    """What a line that nobody speaks is, and its words."""
    if line.startswith("!"):
        return ScriptKind.ACTION, _plain(line[1:].strip())
    if line.startswith(">"):
        if line.endswith("<"):
            return ScriptKind.CENTRED, _plain(line[1:-1].strip())
        return ScriptKind.TRANSITION, _plain(line[1:].strip())
    if line.startswith("~"):
        return ScriptKind.LYRIC, _plain(line[1:].strip())
    if alone and line == line.upper() and line.endswith("TO:"):
        return ScriptKind.TRANSITION, line
    return ScriptKind.ACTION, _plain(line)


def _plain(text: str) -> str:
    """Text without signs of emphasis; a line longer than any typed one is left as it is."""
    if len(text) > _LONGEST_LINE:
        return text.strip()
    for _ in range(3):
        text, changed = _EMPHASIS.subn(r"\2", text)
        if not changed:
            break
    return re.sub(r"\\([*_\\])", r"\1", text).strip()


def _title_page(lines: list[str]) -> tuple[dict[str, str], int]:
    """Keys of the title page, and the line on which the screenplay begins."""
    found: dict[str, list[str]] = {}
    key = ""
    for at, line in enumerate(lines):
        match = _TITLE_KEY.fullmatch(line.rstrip())
        if match and match[1].lower() in _TITLE_KEYS and not line[:1].isspace():
            key = match[1].lower()
            found[key] = [match[2]] if match[2] else []
        elif key and line.strip() and line[:1].isspace():
            found[key].append(line.strip())
        elif not line.strip():
            if found:
                return {key: _plain(" ".join(words)) for key, words in found.items()}, at + 1
        elif not (key and match):
            break
    return ({}, 0) if not found else ({k: _plain(" ".join(v)) for k, v in found.items()}, at)


def _without_boneyard(text: str) -> str:
    """The text without what stands between /* and */; its line ends stay."""
    parts, at = [], 0
    while (start := text.find("/*", at)) >= 0:
        end = text.find("*/", start + 2)
        parts.append(text[at:start])
        hidden = text[start : end if end >= 0 else len(text)]
        parts.append("\n" * hidden.count("\n"))
        at = end + 2 if end >= 0 else len(text)
    return "".join([*parts, text[at:]])


def _joined_notes(lines: list[str]) -> list[str]:
    """Notes that run over several lines on one."""
    found: list[str] = []
    for line in lines:
        opened = found and found[-1].rfind("[[") > found[-1].rfind("]]")
        if opened and line.strip() and len(found[-1]) < _LONGEST_LINE:
            found[-1] += f" {line.strip()}"
        else:
            found.append(line)
    return found


def _decoded(content: bytes, name: str) -> str:
    marked = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FormatError("the screenplay is not text", Where(file=name), "save it as UTF-8")


FORMAT = Format(
    "fountain", "Fountain screenplay", (".fountain", ".spmd"), read_script=read_fountain
)
