"""One TOML file of the project: read with line numbers, changed without losing anything.

What a person wrote besides (comments, order, unknown keys) survives, because changes are made in
the document that was read.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT

from scorestage.adapters.store.atomic import write_text
from scorestage.errors import ProjectError, ScorestageError, Where

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\")\s*=")
_NEAR = 0.74


@dataclass(slots=True)
class TomlFile:
    """A TOML document with the file it came from."""

    path: Path
    document: tomlkit.TOMLDocument
    text: str = ""

    @classmethod
    def read(cls, path: Path) -> TomlFile:
        """Read `path`; raises `ProjectError` with the line of a fault."""
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise ProjectError("the file is not UTF-8 text", Where(file=path)) from None
        except OSError as fault:
            raise ProjectError(f"cannot be read: {fault.strerror}", Where(file=path)) from None
        try:
            tomllib.loads(text)
            return cls(path, tomlkit.parse(text), text)
        except tomllib.TOMLDecodeError as fault:
            line = re.search(r"line (\d+)", str(fault))
            what = re.sub(r"\s*\(at .*\)", "", str(fault))
            number = int(line[1]) if line else max(1, text.count("\n"))
            raise ProjectError(
                f"not valid TOML: {what}", Where(file=path, line=number), "mend this line"
            ) from None

    @classmethod
    def read_or_new(cls, path: Path) -> TomlFile:
        """Read `path`, or begin a new file where there is none."""
        return cls.read(path) if path.exists() else cls(path, tomlkit.document())

    def write(self) -> None:
        """Write it whole, if it differs from what was read."""
        text = tomlkit.dumps(self.document)
        if text != self.text or not self.path.exists():
            write_text(self.path, text)
            self.text = text

    def line_of(self, table: str, index: int, key: str) -> int | None:
        """The line where `key` stands in the `index`-th table named `table` (empty: the top)."""
        here, count, start = "", 0, None
        seen: dict[str, int] = {}
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := _HEADER.match(line):
                here = header[2]
                count = seen.get(here, -1) + 1
                seen[here] = count
                if here == table and count == index:
                    start = number
            elif here == table and count == index and _key_in(line) == key:
                return number
        return start


Reader = Callable[[Any], Any]
Writer = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a table: how its value is read and written, and what it is when left out.

    `attribute` is the name in the value, where it differs from the key. `required` keys have no
    default.
    """

    key: str
    read: Reader
    write: Writer
    default: Any = None
    required: bool = False
    attribute: str = ""

    @property
    def name(self) -> str:
        """The name in the value."""
        return self.attribute or self.key


@dataclass(frozen=True, slots=True)
class TableShape:
    """What a table of the project may hold; what it does not name is kept as it stands."""

    fields: tuple[Field, ...]

    def read(
        self, file: TomlFile, table: Mapping[str, Any], name: str = "", index: int = 0
    ) -> dict[str, Any]:
        """The values of `table` by attribute name; faults carry file and line."""
        self._refuse_misspelt(file, table, name, index)
        found: dict[str, Any] = {}
        for field in self.fields:
            if field.key not in table:
                if field.required:
                    where = Where(file=file.path, line=file.line_of(name, index, field.key))
                    raise ProjectError(f"{field.key!r} is missing", where, f"add {field.key} = …")
                found[field.name] = field.default
                continue
            try:
                found[field.name] = field.read(_plain(table[field.key]))
            except (ValueError, TypeError, KeyError, ScorestageError) as fault:
                where = Where(file=file.path, line=file.line_of(name, index, field.key))
                what = fault.what if isinstance(fault, ScorestageError) else str(fault)
                do = fault.do if isinstance(fault, ScorestageError) else ""
                raise ProjectError(f"{field.key}: {what}", where, do) from None
        return found

    def write(self, table: Any, value: object) -> None:
        """Put the attributes of `value` into `table`; defaults are left out."""
        for field in self.fields:
            current = getattr(value, field.name)
            if current == field.default and not field.required:
                if field.key in table and field.read(_plain(table[field.key])) != current:
                    del table[field.key]
                continue
            if field.key in table:
                try:
                    if field.read(_plain(table[field.key])) == current:
                        continue
                except (ValueError, TypeError, KeyError, ScorestageError):
                    pass
            table[field.key] = field.write(current)

    def _refuse_misspelt(
        self, file: TomlFile, table: Mapping[str, Any], name: str, index: int
    ) -> None:
        known = [field.key for field in self.fields]
        for key in table:
            if key in known:
                continue
            near = difflib.get_close_matches(key, [k for k in known if k not in table], 1, _NEAR)
            if near:
                where = Where(file=file.path, line=file.line_of(name, index, key))
                raise ProjectError(f"unknown key {key!r}", where, f"did you mean {near[0]!r}?")


def tables(file: TomlFile, name: str) -> list[Mapping[str, Any]]:
    """The tables `[[name]]` of the file in order; `ProjectError` where it is something else."""
    found = file.document.get(name, [])
    if not isinstance(found, list | AoT):
        where = Where(file=file.path, line=file.line_of(name, 0, ""))
        raise ProjectError(f"{name!r} must be a list of tables", where, f"write [[{name}]]")
    return list(found)


def write_tables(
    file: TomlFile, name: str, shape: TableShape, values: Iterable[object], key: str = "id"
) -> None:
    """Bring the tables `[[name]]` to `values`, matched by `key`; the rest is kept."""
    wanted = list(values)
    existing = list(file.document.get(name) or [])
    old_keys = [str(table.get(key)) for table in existing]
    if old_keys == [str(getattr(value, key)) for value in wanted]:
        for table, value in zip(existing, wanted, strict=True):
            shape.write(table, value)
        return
    old = dict(zip(old_keys, existing, strict=True))
    blocks = []
    for value in wanted:
        table = old.get(str(getattr(value, key)), tomlkit.table())
        shape.write(table, value)
        blocks.append(f"[[{name}]]\n{table.as_string().strip()}\n")
    if blocks:
        file.document[name] = tomlkit.parse("\n".join(blocks))[name]
    elif name in file.document:
        del file.document[name]


def _key_in(line: str) -> str | None:
    found = _KEY.match(line)
    return found[1].strip('"') if found else None


def _plain(item: Any) -> Any:
    return item.unwrap() if hasattr(item, "unwrap") else item
