"""`theme share`: themes of one film put where the other films of a series find them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.store import write_bytes
from scorestage.adapters.theme_file import read_theme_file
from scorestage.errors import InputError
from scorestage.music import Theme
from scorestage.thematics import of_notes
from scorestage.thematics.ledger import LedgerTheme
from scorestage.workflow.job import Job, user_library
from scorestage.workflow.themes import load_themes, theme_file


@dataclass(frozen=True, slots=True)
class FollowedTheme:
    """A theme of this film, or one of another film of the series from the user's library."""

    theme: Theme
    facts: LedgerTheme


def share_theme(job: Job, theme_id: str) -> Path:
    """Put a theme into the person's own library, where other films of a series find it."""
    theme = next((one for one in load_themes(job) if one.id == theme_id), None)
    if theme is None:
        known = ", ".join(job.production.themes) or "none"
        raise InputError(f"there is no theme {theme_id!r}", do=f"themes: {known}")
    film = job.production.title
    name = hashlib.sha256(f"{film}|{theme_id}".encode()).hexdigest()[:12]
    target = user_library() / "themes" / f"{name}.musicxml"
    facts = {
        "film": film, "id": theme.id, "title": theme.title, "stands_for": theme.stands_for,
        "key": theme.key, "mode": theme.mode,
    }  # fmt: skip
    write_bytes(target, theme_file(theme))
    write_bytes(target.with_suffix(".json"), json.dumps(facts, indent=1).encode())
    return target


def shared_themes(film: str) -> list[FollowedTheme]:
    """Themes that other films than this one have shared, with the film in their id."""
    found = []
    for path in sorted((user_library() / "themes").glob("*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        music = path.with_suffix(".musicxml")
        if facts["film"] == film or not music.exists():
            continue
        read = read_theme_file(music.name, music.read_bytes())
        theme = of_notes(
            read.notes, read.meter, theme_id=facts["id"], title=facts["title"], key=read.key
        )
        told = LedgerTheme(
            f"{facts['film']}: {facts['id']}", facts["title"], facts["stands_for"], facts["film"]
        )
        found.append(FollowedTheme(theme, told))
    return found
