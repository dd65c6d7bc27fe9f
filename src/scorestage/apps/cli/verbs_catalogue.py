"""`catalogue`: instruments, ensembles, styles and houses to choose from, and each in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.music import Ensemble, Instrument

catalogue = typer.Typer(no_args_is_help=True, help="What there is to choose from.")
JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(catalogue, name="catalogue")


@catalogue.command("styles")
def catalogue_styles(context: typer.Context, json: bool = JSON) -> None:
    """Musical styles."""
    _list(context, "styles", json)


@catalogue.command("houses")
def catalogue_houses(context: typer.Context, json: bool = JSON) -> None:
    """Houses: copying and stage styles."""
    _list(context, "houses", json)


@catalogue.command("ensembles")
def catalogue_ensembles(context: typer.Context, json: bool = JSON) -> None:
    """Ensembles, from one player to a hundred."""
    from scorestage.apps.cli import say
    from scorestage.workflow.catalogue import ensembles_listed
    from scorestage.workflow.library import libraries_at

    found = ensembles_listed(libraries_at(context.obj))
    if json:
        say.as_json({"ensembles": found})
        return
    say.table(("id", "players", "what"), [(e["id"], e["players"], e["description"]) for e in found])


@catalogue.command("instruments")
def catalogue_instruments(
    context: typer.Context,
    family: str = typer.Option("", help="woodwind, brass, percussion, plucked, strings …"),
    tradition: str = typer.Option("", help="Where it is at home: China, Ireland, baroque …"),
    json: bool = JSON,
) -> None:
    """Instruments in score order, with what they reach."""
    from scorestage.apps.cli import say
    from scorestage.workflow.catalogue import instruments_listed
    from scorestage.workflow.library import libraries_at

    found = instruments_listed(libraries_at(context.obj), family, tradition)
    if json:
        say.as_json({"instruments": found})
        return
    heads = ("id", "name", "family", "sounds", "written", "at home in")
    say.table(heads, [tuple(one.values()) for one in found])


@catalogue.command("show")
def catalogue_show(
    context: typer.Context,
    name: str = typer.Argument(help="An instrument or ensemble: id, name or another name of it."),
    json: bool = JSON,
) -> None:
    """All that is known of one instrument or ensemble."""
    from scorestage.apps.cli import say
    from scorestage.music import Ensemble
    from scorestage.workflow.catalogue import ensemble_answer, found, instrument_answer
    from scorestage.workflow.library import libraries_at

    one = found(name, libraries_at(context.obj))
    if isinstance(one, Ensemble):
        if json:
            say.as_json(ensemble_answer(one))
        else:
            _tell_ensemble(one)
    elif json:
        say.as_json(instrument_answer(one))
    else:
        _tell_instrument(one)


def _list(context: typer.Context, kind: str, json: bool) -> None:
    from scorestage.apps.cli import say
    from scorestage.workflow.library import libraries_at, listed

    found = listed(kind, libraries_at(context.obj))
    if json:
        say.as_json({kind: found})
        return
    say.table(("id", "name", "what"), [tuple(one.values()) for one in found])


def _tell_ensemble(one: Ensemble) -> None:
    from scorestage.apps.cli import say

    print(f"{one.name} ({one.id}): {one.head_count} players")
    say.paragraph(one.description)
    if one.serves:
        say.paragraph(f"suits: {', '.join(one.serves)}")
    rows = [
        (
            player.id,
            player.name,
            player.count,
            player.desks if player.desks > 1 else "",
            ", ".join(held.name for held in player.instruments),
            player.person,
        )
        for player in one.players
    ]
    say.table(("player", "name", "people", "desks", "instruments", "who"), rows, indent=2)


def _tell_instrument(one: Instrument) -> None:
    from scorestage.apps.cli import say

    print(f"{one.name} ({one.id}), {one.abbreviation}: {one.family}")
    if one.tradition:
        print(f"  at home in: {one.tradition}")
    if one.aliases:
        say.paragraph(f"also: {', '.join(one.aliases)}", indent=2, hang=6)
    say.paragraph(one.registers, indent=2)
    if one.limits:
        say.paragraph(one.limits, indent=2)
    for line in _pages_lines(one):
        say.paragraph(line, indent=2, hang=4)
    _tell_registers(one)
    if one.drums:
        print("\nstrokes")
        strokes = [(drum.id, drum.name, drum.staff_step, drum.notehead) for drum in one.drums]
        say.table(("id", "name", "on the staff", "note head"), strokes, indent=2)
    if one.techniques:
        print("\nways of playing")
        for way in sorted(one.techniques, key=lambda way: way.word):
            taken = f" ({way.on_seconds} s on, {way.off_seconds} s off)" if way.on_seconds else ""
            words = f"{way.word}: {way.name}{taken}. {way.notation}. Mock-up: {way.playback}"
            say.paragraph(words, indent=2, hang=4)


def _pages_lines(one: Instrument) -> list[str]:
    """On the page, in time, in the sound set: a line for each that is known."""
    shift = one.written_shift.semitones
    where = "lower" if shift > 0 else "higher"
    written = f"; sounds {abs(shift)} semitones {where} than written"
    lines = [f"clefs: {', '.join(one.clefs)}, {one.staves} staff{written if shift else ''}"]
    wide, easy = one.written_professional, one.written_comfortable
    sounding, lying = one.professional, one.comfortable
    if wide and easy and sounding and lying:
        lines.append(
            f"sounding: {sounding.low} to {sounding.high}, well {lying.low} to {lying.high}"
        )
        if shift:
            lines.append(f"written: {wide.low} to {wide.high}, well {easy.low} to {easy.high}")
    speed = [f"repeated {one.repeat_notes_per_second}"]
    if one.double_notes_per_second:
        speed.append(f"double-tongued or tremolo {one.double_notes_per_second}")
    if one.scale_notes_per_second:
        speed.append(f"scales {one.scale_notes_per_second}")
    lines.append(f"notes a second: {', '.join(speed)}")
    for name, loud, soft in (
        ("breath", one.sustain_f_seconds, one.sustain_p_seconds),
        ("bow", one.bow_f_seconds, one.bow_p_seconds),
    ):
        if loud:
            lines.append(f"one {name}: {loud} s at f, {soft} s at p")
    changes = (("to take it up", one.change_seconds), ("to change sticks", one.stick_seconds))
    told = [f"{seconds} s {what}" for what, seconds in changes if seconds]
    if told:
        lines.append(f"needs: {', '.join(told)}")
    if one.open_strings:
        lines.append(f"open strings: {' '.join(str(pitch) for pitch in one.open_strings)}")
    stand_in = f"; {one.stand_in} stands in for it" if one.stand_in else ""
    lines.append(f"General MIDI {one.midi_program + 1}{stand_in}; MusicXML {one.musicxml_sound}")
    return lines


def _tell_registers(one: Instrument) -> None:
    from scorestage.apps.cli import say

    if not one.bands:
        return
    shift = one.written_shift
    rows = [
        (
            band.name,
            f"{band.low}–{band.high}",
            f"{band.low.moved(shift)}–{band.high.moved(shift)}",
            f"{band.softest}–{band.loudest}",
            band.colour,
        )
        for band in one.bands
    ]
    print("\nregisters")
    say.table(("register", "sounds", "written", "dynamics", "colour"), rows, indent=2)
