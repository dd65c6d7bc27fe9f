"""A small screenplay of five scenes, and drafts of it."""

from __future__ import annotations

from scorestage.adapters.formats.fountain import read_fountain
from scorestage.production import Screenplay, ScriptScene


def _scene(heading: str, action: str, *said: tuple[str, str]) -> str:
    spoken = "".join(f"\n{who}\n{words}\n" for who, words in said)
    return f"{heading}\n\n{action}\n{spoken}"


HUT = _scene("INT. HUT - NIGHT", "Dark. Wick lies asleep.", ("WICK", "Who is there tonight?"))
BEACH = _scene(
    "EXT. BEACH - DAY",
    "She runs. He runs after her, racing.",
    ("MIRA", "Catch me if you can, old man!"),
)
SHIP = _scene(
    "EXT. SHIP - DAY",
    "A storm.",
    ("CAPTAIN", "All hands to the pumps, now!"),
    ("MATE", "She is going down, captain."),
)
TOWN = _scene(
    "INT. TOWN HALL - DAY",
    "People dance and laugh.",
    ("MAYOR", "A toast to the keeper of the light!"),
)
GRAVE = _scene(
    "EXT. GRAVE - DAWN",
    "Mira weeps at the grave. The coffin.",
    ("MIRA", "Goodbye, my dear old lamp."),
)
ALL = (HUT, BEACH, SHIP, TOWN, GRAVE)


def play(*scenes: str) -> Screenplay:
    """A screenplay of these scenes."""
    return read_fountain("\n\n".join(scenes).encode())


def scenes(*told: str) -> tuple[ScriptScene, ...]:
    """Its scenes."""
    return play(*told).scenes
