"""Final Draft (FDX): a screenplay as XML, with page lengths and numbers of its scenes."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from scorestage.adapters.cut_xml import root_of
from scorestage.adapters.format import Format
from scorestage.errors import FormatError, InputError, Where
from scorestage.production.screenplay import (
    Screenplay,
    ScriptKind,
    ScriptLine,
    ScriptScene,
    read_eighths,
    speaker,
)

_KINDS = {
    "action": ScriptKind.ACTION,
    "general": ScriptKind.ACTION,
    "cast list": ScriptKind.ACTION,
    "character": ScriptKind.CHARACTER,
    "parenthetical": ScriptKind.PARENTHETICAL,
    "dialogue": ScriptKind.DIALOGUE,
    "singing": ScriptKind.LYRIC,
    "lyrics": ScriptKind.LYRIC,
    "transition": ScriptKind.TRANSITION,
    "shot": ScriptKind.SHOT,
    "new act": ScriptKind.CENTRED,
    "end of act": ScriptKind.CENTRED,
}
_SPOKEN = (ScriptKind.DIALOGUE, ScriptKind.LYRIC, ScriptKind.PARENTHETICAL)


def read_fdx(content: bytes, name: str = "screenplay") -> Screenplay:
    """The scenes of a screenplay; `FormatError` for what is no Final Draft script or means harm."""
    root = root_of(content, name, "FinalDraft")
    body = root.find("Content")
    if body is None:
        raise FormatError("the file holds no script", Where(file=name), "save it as a script")
    scenes: list[tuple[Element | None, list[ScriptLine]]] = [(None, [])]
    who = ""
    for paragraph, beside in _paragraphs(body):
        kind_text = (paragraph.get("Type") or "Action").strip().lower()
        words = _text_of(paragraph)
        if kind_text == "scene heading":
            scenes.append((paragraph, _notes_of(paragraph)))
            who = ""
            continue
        scenes[-1][1].extend(_notes_of(paragraph))
        if not words:
            continue
        kind = _KINDS.get(kind_text, ScriptKind.ACTION)
        if kind is ScriptKind.CHARACTER:
            who = speaker(words)
        elif kind not in _SPOKEN:
            who = ""
        if kind is ScriptKind.PARENTHETICAL:
            words = words.removeprefix("(").removesuffix(")").strip()
        scenes[-1][1].append(ScriptLine(kind, words, who, beside and bool(who)))
    found = [_scene(heading, lines) for heading, lines in scenes if heading is not None or lines]
    return Screenplay(*_title_page(root), tuple(found))


def _paragraphs(body: Element) -> list[tuple[Element, bool]]:
    """Paragraphs in order; those of two who speak at once come out of their frame."""
    found: list[tuple[Element, bool]] = []
    for paragraph in body.findall("Paragraph"):
        pair = paragraph.find("DualDialogue")
        if pair is None:
            found.append((paragraph, False))
            continue
        count = 0
        for one in pair.findall("Paragraph"):
            count += (one.get("Type") or "").strip().lower() == "character"
            found.append((one, count > 1))
    return found


def _scene(heading: Element | None, lines: list[ScriptLine]) -> ScriptScene:
    if heading is None:
        return ScriptScene("", "", tuple(lines))
    facts = heading.find("SceneProperties")
    number = heading.get("Number") or (facts.get("Number") if facts is not None else "") or ""
    length = facts.get("Length") if facts is not None else None
    page = (facts.get("Page") if facts is not None else None) or ""
    words = _text_of(heading)
    if heading.find("OmittedScene") is not None:
        words = words or "OMITTED"
    return ScriptScene(
        " ".join(words.split()),
        number.strip(),
        tuple(lines),
        _eighths(length),
        int(page) if page.isdecimal() and len(page) < 6 else None,
    )


def _eighths(length: str | None) -> int | None:
    try:
        return read_eighths(length) or None if length else None
    except InputError:
        return None


def _text_of(paragraph: Element) -> str:
    """Its printed words; runs of one paragraph belong together."""
    runs = [one.text or "" for one in paragraph.findall("Text")]
    return " ".join("".join(runs).split())


def _notes_of(paragraph: Element) -> list[ScriptLine]:
    notes = []
    for note in paragraph.iter("ScriptNote"):
        words = " ".join(" ".join(_text_of(one) for one in note.iter("Paragraph")).split())
        if words:
            notes.append(ScriptLine(ScriptKind.NOTE, words))
    return notes


def _title_page(root: Element) -> tuple[str, str, str]:
    """Title, author and draft: Final Draft keeps the page as lines, the title standing first."""
    page = root.find("TitlePage/Content")
    if page is None:
        return "", "", ""
    lines = [words for one in page.findall("Paragraph") if (words := _text_of(one))]
    title = lines[0] if lines else ""
    by = [at for at, line in enumerate(lines) if line.lower().endswith("by")]
    author = lines[by[0] + 1] if by and by[0] + 1 < len(lines) else ""
    draft = next((line for line in lines if "draft" in line.lower()), "")
    return title, author, draft


FORMAT = Format("fdx", "Final Draft screenplay", (".fdx",), read_script=read_fdx)
