"""`form.toml`: the plan of a cue, which the machine writes and a person changes, each its part.

A person may change single keys, or where sections begin; prints of what the machine wrote tell
which. What they changed is a wish and stays; a key they delete is the plan's again. Keys that
nobody here knows survive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

import tomlkit

from scorestage.adapters.store.provenance import BarPrints
from scorestage.adapters.store.shapes import SCHEMA, as_text, as_whole, as_words
from scorestage.adapters.store.toml_file import Field, TableShape, TomlFile, tables, write_tables
from scorestage.composing.formwish import CueForm, FormHit, FormSection, FormWish, SectionWish
from scorestage.errors import ProjectError, Where
from scorestage.music.barprints import BY_HAND

FORM = "form.toml"
LAYOUT = "layout"
_WISHED = tuple(field.name for field in fields(SectionWish) if field.name != "bar")
"""The keys of a section that a person's word overrules."""


def as_label(raw: Any) -> str:
    """A printed bar: text, or a whole number."""
    return str(as_whole(raw)) if isinstance(raw, int) else as_text(raw)


_SECTION = TableShape(
    (
        Field("bar", as_label, str, required=True),
        Field("to", as_label, str, ""),
        *(
            Field(key, as_text, str, "")
            for key in (
                *("part", "theme", "operation", "partner", "texture", "key", "loudness"),
                "why",
            )
        ),
        Field("energy", as_whole, int, None),
    )
)
_HIT = TableShape(
    (
        Field("hit", as_text, str, required=True),
        *(Field(key, as_text, str, "") for key in ("bar", "beat", "words", "does", "why")),
    )
)
_TOP = TableShape((Field("pinned", as_words, list, ()),))


@dataclass(frozen=True, slots=True)
class FormFile:
    """What a person says in a form file: wishes, and bars that are pinned (`5-8`)."""

    wish: FormWish = field(default_factory=FormWish)
    pinned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Top:
    pinned: tuple[str, ...]


def read_form(path: Path, before: Mapping[str, tuple[str, ...]]) -> FormFile:
    """What a person changed in the file since `before` (prints by section); nothing where it is
    not there. Raises `ProjectError` with the line of what is wrong."""
    if not path.exists():
        return FormFile()
    file = TomlFile.read(path)
    pinned = _TOP.read(file, {"pinned": file.document.get("pinned", [])})["pinned"]
    rows = [
        _SECTION.read(file, table, "section", index)
        for index, table in enumerate(tables(file, "section"))
    ]
    starts = _starts(file, rows, before)
    theirs = before.get(LAYOUT)
    laid_out = theirs != starts if theirs is not None else bool(rows)
    wishes = []
    for row in rows:
        known = dict(one.split("=") for one in before.get(f"section-{row['bar']}", ()))
        asked = {key: _told(row[key]) for key in _WISHED if _is_theirs(row, key, known)}
        if asked:
            wishes.append(SectionWish(row["bar"], **asked))
    deeds = []
    for index, table in enumerate(tables(file, "hit")):
        row = _HIT.read(file, table, "hit", index)
        known = dict(one.split("=") for one in before.get(f"hit-{row['hit']}", ()))
        if row["does"] and known.get("does") != _print(row["does"]):
            deeds.append((row["hit"], row["does"]))
    wish = FormWish(starts if laid_out else (), tuple(wishes), tuple(deeds))
    return FormFile(wish, tuple(pinned))


def _starts(
    file: TomlFile, rows: list[dict[str, Any]], before: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Where the sections begin; a changed end moves the beginning after it, if that stayed."""
    starts = [row["bar"] for row in rows]
    for index, bar in enumerate(starts):
        if bar in starts[:index]:
            where = Where(file=file.path, line=file.line_of("section", index, "bar"), bar=bar)
            raise ProjectError(f"two sections begin at bar {bar}", where, "give each its own bar")
    for index, row in enumerate(rows[:-1]):
        known = dict(one.split("=") for one in before.get(f"section-{row['bar']}", ()))
        following = rows[index + 1]["bar"]
        stayed = f"section-{following}" in before
        ended_elsewhere = "to" in known and known["to"] != _print(row["to"])
        if ended_elsewhere and stayed and row["to"].isdigit():
            starts[index + 1] = str(int(row["to"]) + 1)
    return tuple(starts)


def _is_theirs(
    row: Mapping[str, Any],
    key: str,
    known: Mapping[str, str],
) -> bool:
    """Whether a key of a section is a person's: changed, or new in a section of their own."""
    if row[key] in ("", None):
        return False
    return known.get(key) != _print(_told(row[key]))


def _told(found: Any) -> str:
    return str(found)


def _print(told: str) -> str:
    return blake2b(told.encode(), digest_size=4).hexdigest()


def form_text(path: Path, form: CueForm, pinned: tuple[str, ...]) -> str:
    """The file's text with this plan in it; keys that nobody knows stay."""
    file = TomlFile.read_or_new(path)
    file.document.setdefault("schema", SCHEMA)
    _TOP.write(file.document, _Top(pinned))
    write_tables(file, "section", _SECTION, form.sections, "bar")
    write_tables(file, "hit", _HIT, form.hits, "hit")
    return tomlkit.dumps(file.document)


def form_prints(form: CueForm, wish: FormWish) -> tuple[BarPrints, ...]:
    """What the machine wrote, so that a person's later word is told apart; theirs is marked so."""
    starts = tuple(one.bar for one in form.sections)
    found = [BarPrints(FORM, LAYOUT, (BY_HAND,) if wish.starts else starts)]
    for section in form.sections:
        asked = wish.of(section.bar).asked()
        bars = [f"to={_print(section.to)}"]
        for key in _WISHED:
            told = BY_HAND if key in asked else _print(_told(_value(section, key)))
            bars.append(f"{key}={told}")
        found.append(BarPrints(FORM, f"section-{section.bar}", tuple(bars)))
    deeds = dict(wish.deeds)
    for hit in form.hits:
        told = BY_HAND if hit.hit in deeds else _print(_does(hit))
        found.append(BarPrints(FORM, f"hit-{hit.hit}", (f"does={told}",)))
    return tuple(found)


def _value(section: FormSection, key: str) -> object:
    return getattr(section, key)


def _does(hit: FormHit) -> str:
    return str(hit.does)
