"""Fingerprints: one hash over everything a product is made from, the code included."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path


def fingerprint(*parts: object) -> str:
    """A SHA-256 over values (dataclasses, exact numbers, text, bytes, containers) and files.

    A `Path` stands for the content of the file, or for its absence.

    >>> fingerprint("a", 1) == fingerprint("a", 1), fingerprint("a", 1) == fingerprint("a", 2)
    (True, False)
    """
    digest = hashlib.sha256()
    for part in parts:
        _feed(digest, part)
    return digest.hexdigest()


def _feed(digest: hashlib._Hash, part: object) -> None:
    if isinstance(part, Path):
        digest.update(b"file")
        if part.is_file():
            with part.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return
    if isinstance(part, bytes):
        digest.update(b"bytes%d:" % len(part) + part)
    elif isinstance(part, Enum):
        _feed(digest, (type(part).__name__, part.value))
    elif part is None or isinstance(part, str | int | Fraction | bool | float):
        text = f"{type(part).__name__}:{part!s}".encode()
        digest.update(b"%d:" % len(text) + text)
    elif is_dataclass(part):
        digest.update(type(part).__name__.encode())
        for field in fields(part):
            if field.compare:
                _feed(digest, field.name)
                _feed(digest, getattr(part, field.name))
    elif isinstance(part, dict):
        _feed(digest, sorted(part.items()))
    elif isinstance(part, frozenset | set):
        _feed(digest, sorted(part))
    elif isinstance(part, tuple | list):
        digest.update(b"(%d" % len(part))
        for one in part:
            _feed(digest, one)
    else:
        raise TypeError(f"{type(part).__name__} has no fingerprint")


@cache
def code_of(*rooms: str) -> str:
    """The fingerprint of code and data in rooms of the package (`"sync"`, `"adapters/formats"`).

    The versions of the libraries that shape a result are in it.
    """
    spec = importlib.util.find_spec("scorestage")
    if spec is None or spec.origin is None:
        return "unknown"
    package = Path(spec.origin).parent
    digest = hashlib.sha256()
    for room in sorted(set(rooms)):
        place = package / room
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for path in files:
            if path.suffix in (".py", ".toml", ".html", ".css", ".js") and path.is_file():
                digest.update(path.relative_to(package).as_posix().encode())
                digest.update(path.read_bytes())
    for library in ("numpy", "scipy", "av", "pillow"):
        digest.update(importlib.metadata.version(library).encode())
    return digest.hexdigest()
