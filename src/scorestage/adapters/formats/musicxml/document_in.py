"""Bytes of a stranger's file as a tree of elements: opened safely, timewise turned partwise."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element
from xml.parsers import expat

from scorestage.adapters.formats.musicxml.encodings import tree_of
from scorestage.errors import FormatError, Where

MOST_BYTES = 64 * 1024 * 1024
_MOST_FILES = 2000
_CONTAINER = "META-INF/container.xml"
_EXPECTED = "a MusicXML file (.musicxml, .xml or .mxl) is expected"


class ElementError(Exception):
    """Something wrong in an element; told with its line by `fault_told`."""

    def __init__(self, element: Element, what: str, part: str = "", bar: str = "") -> None:
        super().__init__(what)
        self.element = element
        self.what = what
        self.part = part
        self.bar = bar


def xml_of(content: bytes, name: str) -> bytes:
    """The score inside a compressed file, or the content itself.

    Raises `FormatError` for an archive that is broken, too large, or holds no score.
    """
    if not content.startswith(b"PK"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > _MOST_FILES:
                raise FormatError("the archive holds far too many files", Where(file=name))
            return _member(archive, _root_file(archive, name), name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise FormatError(f"the archive is broken: {fault}", Where(file=name), _EXPECTED) from None


def _root_file(archive: zipfile.ZipFile, name: str) -> str:
    names = archive.namelist()
    if _CONTAINER in names:
        container = parsed(_member(archive, _CONTAINER, name), f"{name}: {_CONTAINER}")
        for element in container.iter():
            path = element.get("full-path", "")
            if element.tag.endswith("rootfile") and path in names:
                return path
    scores = [one for one in names if one.endswith((".musicxml", ".xml"))]
    scores = [one for one in scores if not one.startswith("META-INF/")]
    if not scores:
        raise FormatError("the archive holds no score", Where(file=name), _EXPECTED)
    return min(scores, key=lambda one: (len(PurePosixPath(one).parts), one))


def _member(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """One file of the archive, never unpacked to more than `MOST_BYTES`."""
    with archive.open(path) as stream:
        found = stream.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        told = f"{path} unpacks to more than {MOST_BYTES // 2**20} MB"
        raise FormatError(told, Where(file=name), "unpack and split it")
    return found


def parsed(content: bytes, name: str) -> Element:
    """The root element; entities and outside references are refused, never followed.

    Raises `FormatError` with the line for what is not well-formed XML, or far too large.
    """
    if len(content) > MOST_BYTES:
        told = f"larger than {MOST_BYTES // 2**20} MB"
        raise FormatError(told, Where(file=name), "split it into movements")
    return tree_of(content, name, _EXPECTED)


def partwise(content: bytes, name: str) -> Element:
    """The `<score-partwise>` of a MusicXML file; a timewise score is turned round.

    Raises `FormatError` for anything that is no score.
    """
    root = parsed(content, name)
    if root.tag == "score-timewise":
        return _turned(root)
    if root.tag != "score-partwise":
        kind = "a collection of scores" if root.tag == "opus" else f"<{root.tag}>"
        raise FormatError(f"this is {kind}, not a score", Where(file=name), _EXPECTED)
    return root


def _turned(root: Element) -> Element:
    turned = Element("score-partwise", root.attrib)
    parts: dict[str, Element] = {}
    for child in root:
        if child.tag != "measure":
            turned.append(child)
            continue
        for part in child.findall("part"):
            identifier = part.get("id", "")
            if identifier not in parts:
                parts[identifier] = Element("part", {"id": identifier})
            measure = Element("measure", child.attrib)
            measure.extend(part)
            parts[identifier].append(measure)
    turned.extend(parts.values())
    return turned


def fault_told(fault: ElementError, root: Element, content: bytes, name: str) -> FormatError:
    """The fault with the line its element begins on (none where the tree was turned round)."""
    line = None
    if root.tag == "score-partwise" and not content.lstrip().startswith(b"PK"):
        for place, element in enumerate(root.iter()):
            if element is fault.element:
                line = _line_of(content, place)
                break
    where = Where(
        file=name,
        line=line,
        player=f"part {fault.part}" if fault.part else None,
        bar=fault.bar or None,
    )
    return FormatError(fault.what, where, "correct it in the program that wrote the file")


def _line_of(content: bytes, place: int) -> int | None:
    """The line on which the element that comes `place`-th in the file begins."""
    parser = expat.ParserCreate()
    found: list[int] = []
    seen = 0

    def started(_tag: str, _attributes: dict[str, str]) -> None:
        nonlocal seen
        if seen == place:
            found.append(parser.CurrentLineNumber)
        seen += 1

    parser.StartElementHandler = started
    parser.Parse(content, True)
    return found[0] if found else None
