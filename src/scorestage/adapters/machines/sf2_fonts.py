"""Finds the sound font to play with: one named, a good one installed, or pip's."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from scorestage.errors import MachineError, Where

ENVIRONMENT_NAME = "SCORESTAGE_SOUNDFONT"
BUNDLED_NAME = "TimGM6mb.sf2"
_BETTER_NAMES = (
    "MuseScore_General.sf2",
    "MuseScore_General_Full.sf2",
    "FluidR3_GM.sf2",
    "GeneralUser_GS.sf2",
    "GeneralUser GS.sf2",
    "GeneralUser-GS.sf2",
)
_USER_FOLDERS = (
    ".local/share/soundfonts",
    ".local/share/sounds/sf2",
    ".sounds/sf2",
    "Library/Audio/Sounds/Banks",
    "Documents/MuseScore4/SoundFonts",
    "Documents/MuseScore3/SoundFonts",
)
_SYSTEM_FOLDERS = (
    "/usr/share/sounds/sf2",
    "/usr/share/soundfonts",
    "/usr/local/share/sounds/sf2",
    "/usr/local/share/soundfonts",
    "/Library/Audio/Sounds/Banks",
    "C:/soundfonts",
)


def find_soundfont(
    named: Path | None = None,
    environment: Mapping[str, str] | None = None,
    home: Path | None = None,
    system_folders: tuple[str, ...] = _SYSTEM_FOLDERS,
) -> Path:
    """The font to use: `named`, else SCORESTAGE_SOUNDFONT, else a well-known one, else pip's.

    Raises `MachineError` where a font that somebody named does not exist, or where there is none.
    """
    environment = os.environ if environment is None else environment
    asked = named or (Path(environment[ENVIRONMENT_NAME]) if _is_set(environment) else None)
    if asked is not None:
        asked = asked.expanduser()
        if not asked.is_file():
            source = "named" if named else f"named by {ENVIRONMENT_NAME}"
            raise MachineError(
                f"the sound font {source} is not there", Where(file=asked), "check its name"
            )
        return asked
    for folder in _folders(home or Path.home(), system_folders):
        for name in _BETTER_NAMES:
            if (folder / name).is_file():
                return folder / name
    return bundled_soundfont()


def bundled_soundfont() -> Path:
    """TimGM6mb.sf2 as the wheel of `pretty_midi` brings it; the package itself is not imported."""
    spec = find_spec("pretty_midi")
    for place in (spec.submodule_search_locations or ()) if spec is not None else ():
        if (Path(place) / BUNDLED_NAME).is_file():
            return Path(place) / BUNDLED_NAME
    raise MachineError(
        f"no sound font was found, not even {BUNDLED_NAME}",
        do=f"install pretty_midi, or set {ENVIRONMENT_NAME} to an .sf2 file",
    )


def _is_set(environment: Mapping[str, str]) -> bool:
    return bool(environment.get(ENVIRONMENT_NAME, "").strip())


def _folders(home: Path, system_folders: tuple[str, ...]) -> Iterator[Path]:
    yield from (home / folder for folder in _USER_FOLDERS)
    yield from (Path(folder) for folder in system_folders)
