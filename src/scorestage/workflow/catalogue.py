"""`catalogue`: what is known of an instrument, an ensemble or a way of playing."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from scorestage.adapters.catalogue import load_ensemble, load_instrument, names
from scorestage.errors import CatalogueError
from scorestage.music import (
    Ensemble,
    Family,
    Instrument,
    PitchRange,
    Player,
    PlayingTechnique,
    RegisterBand,
)
from scorestage.orchestration.checking.naming import named, normal

FAMILIES = tuple(str(family) for family in Family)
"""In the order of a score."""


def found(name: str, libraries: tuple[Path, ...]) -> Instrument | Ensemble:
    """The instrument or ensemble with this id or name, or the instrument a part of it is called by.

    Raises `CatalogueError` with what comes near for one that nobody has.
    """
    if name in names("instruments", *libraries):
        return load_instrument(name, *libraries)
    if name in names("ensembles", *libraries):
        return load_ensemble(name, *libraries)
    every = {one: load_instrument(one, *libraries) for one in names("instruments", *libraries)}
    by_name: dict[str, Instrument | Ensemble] = {normal(one.name): one for one in every.values()}
    for one in every.values():
        for alias in one.aliases:
            by_name.setdefault(normal(alias), one)
    for group in names("ensembles", *libraries):
        ensemble = load_ensemble(group, *libraries)
        by_name.setdefault(normal(ensemble.name), ensemble)
    if normal(name) in by_name:
        return by_name[normal(name)]
    read = named(name, "", None, every)
    if read is not None and not read.other:
        return read.instrument
    ids = (*names("instruments", *libraries), *names("ensembles", *libraries))
    close = get_close_matches(name.lower(), ids, 3) or get_close_matches(normal(name), by_name, 3)
    hint = f"did you mean {' or '.join(close)}?" if close else "see `scorestage catalogue`"
    raise CatalogueError(f"there is no instrument or ensemble {name!r}", do=hint)


def instruments_listed(
    libraries: tuple[Path, ...], family: str = "", tradition: str = ""
) -> list[dict[str, str]]:
    """Every instrument in score order: id, name, family, sounding and written range."""
    every = [load_instrument(one, *libraries) for one in names("instruments", *libraries)]
    chosen = [
        one
        for one in sorted(every, key=lambda one: (FAMILIES.index(one.family), one.order, one.id))
        if (not family or one.family == family)
        and (not tradition or tradition.lower() in one.tradition.lower())
    ]
    if not chosen:
        raise CatalogueError(
            f"no instrument is of that kind: {family or tradition}",
            do=f"families: {', '.join(FAMILIES)}",
        )
    return [
        {
            "id": one.id,
            "name": one.name,
            "family": str(one.family),
            "sounds": _ends(one.professional),
            "written": _ends(one.written_professional) if one.professional else "",
            "tradition": one.tradition,
        }
        for one in chosen
    ]


def ensembles_listed(libraries: tuple[Path, ...]) -> list[dict[str, object]]:
    """Every ensemble, the smallest first: id, name, players, what it is."""
    every = [load_ensemble(one, *libraries) for one in names("ensembles", *libraries)]
    return [
        {
            "id": one.id,
            "name": one.name,
            "players": one.head_count,
            "description": one.description,
        }
        for one in sorted(every, key=lambda one: (one.head_count, one.id))
    ]


def _ends(span: PitchRange | None) -> str:
    return f"{span.low}–{span.high}" if span is not None else ""


def instrument_answer(one: Instrument) -> dict[str, object]:
    """All that is known of an instrument, for `--json`; pitches by name, with MIDI keys beside."""
    return {
        "id": one.id,
        "name": one.name,
        "abbreviation": one.abbreviation,
        "aliases": list(one.aliases),
        "family": str(one.family),
        "tradition": one.tradition,
        "order": one.order,
        "clefs": list(one.clefs),
        "staves": one.staves,
        "transposition": {
            "steps": one.transposition.steps,
            "semitones": int(one.transposition.semitones),
        },
        "octave_display": one.octave_display,
        "octave_in_clef": one.octave_in_clef,
        "sounding": _ranges(one.professional, one.comfortable),
        "written": _ranges(one.written_professional, one.written_comfortable),
        "registers": [_register(one, band) for band in one.bands],
        "registers_in_words": one.registers,
        "open_strings": [str(pitch) for pitch in one.open_strings],
        "notes_at_once": one.max_polyphony,
        "repeated_notes_per_second": one.repeat_notes_per_second,
        "double_notes_per_second": one.double_notes_per_second or None,
        "scale_notes_per_second": one.scale_notes_per_second or None,
        "breath_seconds": _lasting(one.sustain_f_seconds, one.sustain_p_seconds),
        "bow_seconds": _lasting(one.bow_f_seconds, one.bow_p_seconds),
        "change_seconds": one.change_seconds or None,
        "stick_seconds": one.stick_seconds or None,
        "weight_f": one.weight_f,
        "weight_p": one.weight_p,
        "suits": dict(one.suits),
        "techniques": [_technique(way) for way in one.techniques],
        "strokes": [
            {"id": drum.id, "name": drum.name, "key": drum.drum_key, "place": drum.staff_step}
            for drum in one.drums
        ],
        "midi_program": one.midi_program,
        "section_program": one.section_program,
        "stand_in": one.stand_in,
        "musicxml_sound": one.musicxml_sound,
        "limits": one.limits,
    }


def _lasting(loud: int, soft: int) -> dict[str, int] | None:
    return {"f": loud, "p": soft} if loud else None


def _ranges(wide: PitchRange | None, easy: PitchRange | None) -> Mapping[str, object] | None:
    if wide is None or easy is None:
        return None
    return {
        "professional": [str(wide.low), str(wide.high)],
        "comfortable": [str(easy.low), str(easy.high)],
        "professional_midi": [wide.low.key, wide.high.key],
        "comfortable_midi": [easy.low.key, easy.high.key],
    }


def _register(one: Instrument, band: RegisterBand) -> dict[str, str]:
    shift = one.written_shift
    return {
        "name": band.name,
        "low": str(band.low),
        "high": str(band.high),
        "written_low": str(band.low.moved(shift)),
        "written_high": str(band.high.moved(shift)),
        "softest": str(band.softest),
        "loudest": str(band.loudest),
        "colour": band.colour,
    }


def _technique(way: PlayingTechnique) -> dict[str, object]:
    return {
        "word": way.word,
        "name": way.name,
        "notation": way.notation,
        "printed": way.printed,
        "cancelled_by": way.cancelled_by,
        "playback": way.playback,
        "midi_program": way.program,
        "on_seconds": way.on_seconds,
        "off_seconds": way.off_seconds,
    }


def ensemble_answer(one: Ensemble) -> dict[str, object]:
    """An ensemble with its players in score order, for `--json`."""
    return {
        "id": one.id,
        "name": one.name,
        "description": one.description,
        "serves": list(one.serves),
        "players": one.head_count,
        "lines": [_player(player) for player in one.players],
    }


def _player(player: Player) -> dict[str, object]:
    return {
        "id": player.id,
        "name": player.name,
        "abbreviation": player.abbreviation,
        "count": player.count,
        "desks": player.desks,
        "person": player.person,
        "instruments": [one.id for one in player.instruments],
        "change_seconds": {one.id: one.change_seconds or None for one in player.instruments[1:]},
    }
