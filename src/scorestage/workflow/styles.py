"""`style`: the styles to be had, and all that is known of one."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.styles import load_style
from scorestage.music.harmony import mode_family
from scorestage.music.style import Style


def styles_listed(libraries: tuple[Path, ...]) -> list[dict[str, object]]:
    """Every style in alphabetical order: id, name, period, place, tempo, meters, what it is."""
    return [_row(load_style(name, *libraries)) for name in names("styles", *libraries)]


def _row(style: Style) -> dict[str, object]:
    return {
        "id": style.id,
        "name": style.name,
        "period": style.about.period,
        "place": style.about.place,
        "bpm": [style.bpm_low, style.bpm_wish, style.bpm_high],
        "meters": [str(meter) for meter in style.meters],
        "description": style.description,
    }


def style_answer(name: str, libraries: tuple[Path, ...]) -> dict[str, object]:
    """All that is known of a style; raises `CatalogueError` for one that nobody has."""
    style = load_style(name, *libraries)
    about = style.about
    return {
        **_row(style),
        "forces": list(about.forces),
        "ensembles": list(about.ensembles),
        "scales": about.scales,
        "modes": list(style.modes),
        "own_modes": style.own_modes,
        "gaps": list(style.gaps),
        "forms": about.forms,
        "theme_forms": list(style.forms),
        "idioms": {
            "calm": list(style.idioms_calm),
            "moving": list(style.idioms_moving),
            "driving": list(style.idioms_driving),
        },
        "manner": style.manner,
        "counter_melody": style.counter_melody,
        "one_tune": style.one_tune,
        "harmony": _harmony(style),
        "dynamics": [str(style.softest), str(style.normal), str(style.loudest)],
        "melody": [str(style.melody.low), str(style.melody.high)],
        "hear": list(about.hear),
        "sources": list(about.sources),
        "cautions": list(about.cautions),
    }


def _harmony(style: Style) -> dict[str, object]:
    harmony = style.harmony
    minor = all(mode_is_minor(mode) for mode in style.modes)
    major = not any(mode_is_minor(mode) for mode in style.modes)
    phrases = [
        *(() if minor else harmony.progressions_major),
        *(() if major else harmony.progressions_minor),
    ]
    return {
        "plain": harmony.plain,
        "symbols": harmony.symbols,
        "progressions": [" ".join(phrase) for phrase in phrases],
        "bars_per_chord": harmony.modules_per_chord,
        "classes": list(harmony.classes),
    }


def mode_is_minor(mode: str) -> bool:
    """Whether a mode has a minor third."""
    return mode_family(mode) == "minor"
