"""Finished pages by the mark of what they are made of: an unchanged part is not engraved again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.store.atomic import write_bytes

PAGES = ".pages"
"""The folder below the build folder; all of it can be thrown away."""

_MOST_KEPT = 3000


@dataclass(frozen=True, slots=True)
class PageShelf:
    """A folder of pages; what lies there longest unasked for goes first."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        """What lies there under this mark."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            path.touch()
        except OSError:
            return None
        return content if content.startswith(b"%PDF") else None

    def put(self, key: str, content: bytes) -> None:
        """Keep pages under a mark."""
        write_bytes(self._path(key), content)

    def tidy(self) -> None:
        """Throw away what nobody has asked for longest, where there is too much."""
        if not self.folder.is_dir():
            return
        held = sorted(self.folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)
        for path in held[: max(0, len(held) - _MOST_KEPT)]:
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.pdf"
