"""A TOML file of the catalogue, read key by key; every fault names file, line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from fractions import Fraction
from typing import TypeVar

from scorestage.errors import CatalogueError, ScorestageError, Where

SCHEMA = 1

T = TypeVar("T")


class Table:
    """The keys of one table; what nobody asks for is a fault found by `finish`.

    `first_line` is where the table begins in the file, so that faults can name their line.
    """

    def __init__(
        self, keys: Mapping[str, object], file: str, text: str, first_line: int = 1
    ) -> None:
        self._keys = dict(keys)
        self._asked: set[str] = set()
        self._known: set[str] = set()
        self.file = file
        self._text = text
        self._first_line = first_line

    @classmethod
    def of_text(cls, text: str, file: str) -> Table:
        """The file's top table; its `schema` must be one this version knows."""
        try:
            table = cls(tomllib.loads(text), file, text)
        except tomllib.TOMLDecodeError as fault:
            found = re.search(r"at line (\d+)", str(fault))
            line = int(found[1]) if found else None
            raise CatalogueError(
                f"this is not TOML: {fault}", Where(file=file, line=line)
            ) from None
        schema = table.whole("schema", SCHEMA)
        if schema != SCHEMA:
            raise table.fault("schema", f"schema {schema} is not known", f"write schema = {SCHEMA}")
        return table

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        self._known.add(key)
        return key in self._keys

    def string(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there."""
        found = self._get(key, default)
        if not isinstance(found, str):
            raise self.fault(key, f"{key} must be a text in quotes")
        return found

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number; without a default it must be there."""
        found = self._get(key, default)
        if not isinstance(found, int) or isinstance(found, bool):
            raise self.fault(key, f"{key} must be a whole number")
        return found

    def truth(self, key: str, default: bool) -> bool:
        """`true` or `false`."""
        found = self._get(key, default)
        if not isinstance(found, bool):
            raise self.fault(key, f"{key} must be true or false")
        return found

    def exact(self, key: str, default: Fraction | None = None) -> Fraction:
        """An exact number: a whole one, or a text such as `"7/2"` or `"3.5"`."""
        found = self._get(key, default)
        if isinstance(found, Fraction):
            return found
        if isinstance(found, int | str) and not isinstance(found, bool):
            try:
                return Fraction(found)
            except (ValueError, ZeroDivisionError):
                pass
        raise self.fault(key, f"{key} must be an exact number", 'write 7, "7/2" or "3.5"')

    def strings(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        found = self._get(key, default)
        if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
            raise self.fault(key, f"{key} must be a list of texts")
        return tuple(found)

    def wholes(self, key: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """A list of whole numbers."""
        found = self._get(key, default)
        if not isinstance(found, list | tuple) or not all(type(one) is int for one in found):
            raise self.fault(key, f"{key} must be a list of whole numbers")
        return tuple(found)

    def made(self, key: str, make: Callable[[str], T]) -> T:
        """A text turned into something else; its own fault is told as this file's."""
        return self.make(key, self.string(key), make)

    def make(self, key: str, text: str, make: Callable[[str], T]) -> T:
        """`text`, which stands at `key`, turned into something else."""
        try:
            return make(text)
        except ScorestageError as fault:
            raise self.fault(key, fault.what, fault.do) from None
        except ValueError as fault:
            raise self.fault(key, str(fault)) from None

    def table(self, key: str) -> Table:
        """The sub-table `[key]`, empty where it is not written."""
        found = self._get(key, {})
        if not isinstance(found, dict):
            raise self.fault(key, f"{key} must be a table", f"write [{key}]")
        return Table(found, self.file, self._text, self._header_line(f"[{key}]", 0))

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables of the list `[[key]]`."""
        found = self._get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.fault(key, f"{key} must be a list of tables", f"write [[{key}]]")
        return tuple(
            Table(one, self.file, self._text, self._header_line(f"[[{key}]]", index))
            for index, one in enumerate(found)
        )

    def over(self, model: Table, without: Collection[str]) -> Table:
        """This table with the keys that it leaves out taken from `model`, but for `without`."""
        shared = {key: one for key, one in model._keys.items() if key not in without}
        joined = Table({**shared, **self._keys}, self.file, self._text, self._first_line)
        joined._asked |= self._asked
        return joined

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are written."""
        return tuple(self._keys)

    def fault(self, key: str, what: str, do: str = "") -> CatalogueError:
        """A fault at `key`, to be raised."""
        return CatalogueError(what, Where(file=self.file, line=self._line_of(key)), do)

    def finish(self) -> None:
        """Raise for a key that nobody has asked for: most likely a slip of the pen."""
        for key in self._keys:
            if key not in self._asked:
                close = get_close_matches(key, self._asked | self._known, 1)
                hint = f"did you mean {close[0]}?" if close else "remove it"
                raise self.fault(key, f"the key {key!r} is not known here", hint)

    def _get(self, key: str, default: object | None) -> object:
        self._asked.add(key)
        found = self._keys.get(key, default)
        if found is None:
            raise self.fault(key, f"the key {key!r} is missing", f"add {key} = …")
        return found

    def _line_of(self, key: str) -> int:
        pattern = re.compile(rf"\s*(\[+\s*)?\"?{re.escape(key)}\"?\s*[=\]]")
        for number, line in enumerate(self._text.splitlines(), start=1):
            if number >= self._first_line and pattern.match(line):
                return number
        return self._first_line

    def _header_line(self, header: str, index: int) -> int:
        seen = 0
        for number, line in enumerate(self._text.splitlines(), start=1):
            if line.strip().startswith(header):
                if seen == index:
                    return number
                seen += 1
        return self._first_line
