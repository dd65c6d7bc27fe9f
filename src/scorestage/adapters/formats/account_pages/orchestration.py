"""orchestration.html: players by bars, coloured by role, with the reason of every note at a click.

One file, nothing fetched, no outside script.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scorestage.adapters.formats.account_pages import face
from scorestage.music import Role, Score
from scorestage.orchestration import (
    Account,
    Kind,
    LineBalance,
    PlayedNote,
    Way,
    balance_of,
    differences,
    shares_of,
    tune_margins,
)
from scorestage.timebase import Beat

_NAMES = {
    Role.MELODY: "tune",
    Role.COUNTER: "counter-melody",
    Role.HARMONY: "harmony",
    Role.RHYTHM: "rhythm",
    Role.BASS: "bass",
    Role.COLOUR: "colour",
    Role.ACCENT: "accents",
}


def orchestration_page(
    title: str,
    subtitle: str,
    account: Account,
    score: Score,
    faults: Sequence[str] = (),
    ways: Sequence[Way] = (),
) -> str:
    """The whole page as HTML text; titles and words may be anybody's, they are escaped."""
    balance = balance_of(account, score)
    parts = [
        face.head(title, subtitle, "orchestration"),
        _facts(account, balance, faults),
        _keys(),
        _grid(account, score),
        face.foot("Click a bar of a player to read who put it there and why."),
        _differences(account, score),
        _ways(account, ways),
        _balance(account, balance),
        _faults(faults),
        face.end(),
    ]
    return "".join(parts)


def _facts(account: Account, balance: Sequence[LineBalance], faults: Sequence[str]) -> str:
    kinds = shares_of(account)
    margins = sorted(tune_margins(tuple(balance)).values())
    middle = margins[len(margins) // 2] if margins else 0.0
    told = [
        (str(len(account.notes)), "notes in the sketch", ""),
        (str(len(account.lost)), "of them lost", "wrong" if account.lost else ""),
        (f"{float(account.coverage(Role.MELODY)):.0%}", "of the tune at pitch", ""),
        (f"{float(account.coverage(Role.BASS)):.0%}", "of the bass at pitch", ""),
        *((str(count), kind.value, "") for kind, count in kinds.items()),
        (f"{middle:+.1f} dB", "tune over the rest (median)", ""),
        (str(len(faults)), "remarks", ""),
    ]
    return face.facts(told)


def _keys() -> str:
    keys = "".join(
        f"<span><i style='background:{colour}'></i>{_NAMES[role]}</span>"
        for role, colour in face.COLOURS.items()
    )
    full = "<span><i style='background:#555'></i>carries</span>"
    pale = "<span><i style='background:#555;opacity:.38'></i>doubles or adds</span>"
    return f"<div class='keys'>{keys}{full}{pale}</div>"


def _grid(account: Account, score: Score) -> str:
    bars = account.grid.bars
    cells: dict[tuple[str, int], list[PlayedNote]] = {}
    for one in account.played:
        cells.setdefault((one.player, account.grid.index_at(one.at)), []).append(one)
    letters = {account.grid.index_at(m.at) for m in score.marks if m.kind == "rehearsal"}
    head = "".join(f"<th>{escape(str(bar.label))}</th>" for bar in bars)
    rows = [f"<thead><tr><th class='who'></th>{head}</tr></thead><tbody>"]
    templates = []
    family = None
    for number, line in enumerate(score.lines):
        new = " class='new'" if line.player.instrument.family != family else ""
        family = line.player.instrument.family
        rows.append(f"<tr{new}><th class='who'>{escape(line.player.name)}</th>")
        for bar in range(len(bars)):
            here = cells.get((line.player.id, bar), [])
            mark = " class='let'" if bar in letters else ""
            name = f"t{number}-{bar}"
            rows.append(f"<td{mark}>{_cell(here, name)}</td>")
            if here:
                templates.append(
                    _template(name, line.player.name, str(bars[bar].label), here, account)
                )
        rows.append("</tr>")
    table = f"<div class='scroll'><table class='grid'>{''.join(rows)}</tbody></table></div>"
    return table + "".join(templates)


def _cell(here: Sequence[PlayedNote], name: str) -> str:
    if not here:
        return ""
    found: dict[tuple[Role, bool], None] = {}
    for one in here:
        found[one.role, one.kind not in (Kind.SKETCH, Kind.AGAIN)] = None
    roles = {role for role, adds in found if not adds}
    shown = [(role, adds) for role, adds in found if not adds or role not in roles]
    stripes = "".join(
        f"<i style='background:{face.COLOURS[role]}'{' class=add' if adds else ''}></i>"
        for role, adds in shown
    )
    title = "; ".join(dict.fromkeys(f"{_NAMES[one.role]}: {one.why}" for one in here))
    return f"<button data-t='{name}' title='{escape(title, quote=True)}'>{stripes}</button>"


def _template(
    name: str, player: str, bar: str, here: Sequence[PlayedNote], account: Account
) -> str:
    rows = []
    for one in sorted(here, key=lambda note: (note.at, -note.key)):
        beat = account.grid.position(one.at).beat
        of = account.notes[one.of] if one.of is not None else None
        source = f"{of.strand} {of.pitch}" if of is not None else "–"
        shift = f"{one.octaves:+d} 8ve" if one.octaves else ""
        rows.append((str(beat), one.pitch, source, shift, one.kind.value, one.rule, one.why))
    heads = ("beat", "plays", "of the sketch", "", "kind", "rule", "why")
    return face.reasons(name, f"{player}, bar {bar}", heads, rows)


def _balance(account: Account, balance: Sequence[LineBalance]) -> str:
    """Weights by bar, and how far the tune stands above what goes with it."""
    margins = tune_margins(tuple(balance))
    by_bar: dict[int, dict[Role, LineBalance]] = {}
    for one in balance:
        by_bar.setdefault(one.bar_index, {})[one.role] = one
    roles = [role for role in face.COLOURS if any(role in here for here in by_bar.values())]
    head = "".join(f"<th class='num'>{_NAMES[role]}</th>" for role in roles)
    rows = []
    for bar, here in sorted(by_bar.items()):
        cells = "".join(
            f"<td class='num'>{here[role].weight:g}</td>" if role in here else "<td></td>"
            for role in roles
        )
        margin = f"{margins[bar]:+.1f}" if bar in margins else ""
        label = escape(str(account.grid.bars[bar].label))
        rows.append(f"<tr><td>{label}</td>{cells}<td class='num'>{margin}</td></tr>")
    return (
        "<h2>Balance</h2><p class='sub'>Weights after Rimsky-Korsakov: one trumpet at forte is 1. "
        "The last column: how many dB the tune stands above the strongest layer under it.</p>"
        f"<table class='plain'><tr><th>bar</th>{head}<th class='num'>tune, dB</th></tr>"
        f"{''.join(rows)}</table>"
    )


def _differences(account: Account, score: Score) -> str:
    """What of the sketch is played otherwise; with the notes above it is the sketch."""
    rows = []
    for one in differences(account, score):
        note = account.notes[one.note]
        told = (_place(account, note.at), note.strand, note.pitch, one.change.value)
        cells = "".join(f"<td>{escape(text)}</td>" for text in (*told, one.player, one.why))
        rows.append(f"<tr>{cells}</tr>")
    if not rows:
        return ""
    heads = ("bar, beat", "line", "note", "is", "by", "why")
    return _table("Differences from the sketch", heads, rows)


def _ways(account: Account, ways: Sequence[Way]) -> str:
    """Bow, mute, level and instrument that the sketch does not ask for."""
    rows = []
    for one in ways:
        told = (_place(account, one.at), one.player, one.what, one.why)
        rows.append("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in told) + "</tr>")
    return _table("Ways of playing put in", ("bar, beat", "who", "what", "why"), rows)


def _table(title: str, heads: Sequence[str], rows: Sequence[str]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{one}</th>" for one in heads)
    told = f"<summary>{len(rows)}</summary><table class='plain'><tr>{head}</tr>{''.join(rows)}"
    return f"<h2>{title}</h2><details>{told}</table></details>"


def _place(account: Account, at: Beat) -> str:
    grid = account.grid
    return f"{grid.bars[grid.index_at(at)].label}, {grid.position(at).beat}"


def _faults(faults: Sequence[str]) -> str:
    if not faults:
        return ""
    told = "".join(f"<li>{escape(one)}</li>" for one in faults)
    return f"<h2>To look at</h2><ul>{told}</ul>"
