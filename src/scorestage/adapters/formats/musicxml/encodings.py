"""Bytes in any encoding as a tree, opened safely: no entities, no outside files, bounded size."""

from __future__ import annotations

import codecs
import re
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from scorestage.errors import FormatError, Where

_DECLARED = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_CHUNK = 1 << 20


class RefusedError(Exception):
    """A file that asks for what is never done: entities of its own, outside files."""


class _RootReachedError(Exception):
    """The prolog has been read to its end."""


def tree_of(content: bytes, name: str, expected: str) -> Element:
    """The root element; entities and outside references are refused, never followed.

    Raises `FormatError` with the line for what is not well-formed XML.
    """
    try:
        _guard_prolog(content)
        return _built(content)
    except RefusedError as fault:
        do = "save it again as plain MusicXML"
        raise FormatError(str(fault), Where(file=name), do) from None
    except (ParseError, expat.ExpatError, ValueError, LookupError) as fault:
        again = _decoded(content)
        if again is not None and again != content:
            return tree_of(again, name, expected)
        raise _told(fault, name, expected) from None


def _told(fault: Exception, name: str, expected: str) -> FormatError:
    code, position = getattr(fault, "code", None), getattr(fault, "position", None)
    line = position[0] if position is not None else getattr(fault, "lineno", None)
    why = expat.ErrorString(code) if isinstance(code, int) else str(fault)
    return FormatError(f"not well-formed XML: {why}", Where(file=name, line=line), expected)


def _built(content: bytes) -> Element:
    parser = XMLParser(target=TreeBuilder())
    for start in range(0, len(content), _CHUNK):
        parser.feed(content[start : start + _CHUNK])
    root: Element = parser.close()
    return root


def _guard_prolog(content: bytes) -> None:
    """Refuses entities before anything is built; they can only stand before the root element."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise RefusedError("it defines entities, a risk refused")

    def reached(*_: object) -> None:
        raise _RootReachedError

    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    parser.StartElementHandler = reached
    try:
        parser.Parse(content, True)
    except _RootReachedError:
        return


def _decoded(content: bytes) -> bytes | None:
    """The content as UTF-8, where it is in another encoding than it says or than expat knows."""
    text = _text_of(content)
    if text is None:
        return None
    declared = _DECLARED.match(text)
    if declared is not None:
        text = text[: declared.start(1)] + "UTF-8" + text[declared.end(1) :]
    return text.encode("utf-8")


def _text_of(content: bytes) -> str | None:
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
        (codecs.BOM_UTF8, "utf-8-sig"),
    ):
        if content.startswith(mark):
            return _as_text(content, encoding)
    if content.startswith(b"<\0"):
        return _as_text(content, "utf-16-le")
    if content.startswith(b"\0<"):
        return _as_text(content, "utf-16-be")
    declared = _DECLARED.match(content[:200].decode("latin-1").lstrip())
    one_byte = declared is not None and not declared[1].lower().startswith(("utf-16", "utf-32"))
    encodings = [declared[1]] if declared is not None and one_byte else []
    for encoding in (*encodings, "utf-8", "cp1252", "latin-1"):
        text = _as_text(content, encoding)
        if text is not None:
            return text
    return None


def _as_text(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding).lstrip("\ufeff \t\r\n")
    except (UnicodeError, LookupError):
        return None
