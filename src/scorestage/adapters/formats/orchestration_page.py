"""orchestration.html: players by bars, coloured by role, with the reason of every note at a click.

One file, nothing fetched, no outside script.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

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

_COLOURS = {
    Role.MELODY: "#c8452f",
    Role.COUNTER: "#d98a2b",
    Role.HARMONY: "#3f7f5c",
    Role.RHYTHM: "#7a5ba6",
    Role.BASS: "#2d5d94",
    Role.COLOUR: "#b5578c",
    Role.ACCENT: "#4a4a4a",
}
_NAMES = {
    Role.MELODY: "tune",
    Role.COUNTER: "counter-melody",
    Role.HARMONY: "harmony",
    Role.RHYTHM: "rhythm",
    Role.BASS: "bass",
    Role.COLOUR: "colour",
    Role.ACCENT: "accents",
}
_STYLE = """
:root{--ink:#22201c;--dim:#7c766c;--line:#e2ddd3;--page:#faf8f3;--cell:30px}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);
font:14px/1.45 "Source Sans 3","Segoe UI",system-ui,sans-serif;padding:28px 34px 60px}
h1{font:600 26px/1.2 Georgia,serif;margin:0}h2{font:600 17px Georgia,serif;margin:30px 0 8px}
.sub{color:var(--dim);margin:2px 0 18px}.facts{display:flex;flex-wrap:wrap;gap:8px 26px;
margin:0 0 16px}
.facts b{display:block;font:600 20px Georgia,serif}.facts span{color:var(--dim);font-size:12px}
.wrong b{color:#b3261e}.keys{display:flex;flex-wrap:wrap;gap:4px 16px;
color:var(--dim);margin:6px 0 10px}
.keys i{display:inline-block;width:13px;height:13px;border-radius:3px;margin-right:5px;
vertical-align:-2px}.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:6px;
background:#fff}
table.grid{border-collapse:separate;border-spacing:0}.grid th,.grid td{height:24px;padding:0}
.grid thead th{font:600 11px sans-serif;color:var(--dim);
min-width:var(--cell);
border-bottom:1px solid var(--line)}.grid th.who{position:sticky;left:0;background:#fff;z-index:1;
text-align:right;padding:0 10px;font-weight:500;white-space:nowrap;
border-right:1px solid var(--line)}
.grid tr.new th,.grid tr.new td{border-top:1px solid var(--line)}
.grid td{border-right:1px solid #f3f0e9;min-width:var(--cell)}
.grid td.let{border-left:2px solid #a89f8f}
.grid td button{all:unset;display:flex;width:100%;height:20px;cursor:pointer;border-radius:3px;
overflow:hidden;margin:2px 0}.grid td button:hover,.grid td button:focus-visible,.grid td button.on{
outline:2px solid var(--ink)}.grid td i{flex:1}.grid td i.add{opacity:.38}
#why{position:sticky;bottom:0;background:#fff;border:1px solid var(--line);border-top:3px solid
var(--ink);border-radius:6px;padding:12px 16px;margin-top:14px;max-height:46vh;overflow:auto}
#why h3{margin:0 0 6px;font:600 15px Georgia,serif}#why table,table.plain{border-collapse:collapse}
#why td,#why th,.plain td,.plain th{padding:2px 14px 2px 0;text-align:left;vertical-align:top}
#why th,.plain th{color:var(--dim);font-weight:500;font-size:12px}
.num{text-align:right!important;font-variant-numeric:tabular-nums}.none{color:var(--dim)}
"""
_SCRIPT = """
const why=document.getElementById('why');let last=null;
function show(b){const t=document.getElementById(b.dataset.t);if(!t)return;
if(last)last.classList.remove('on');b.classList.add('on');last=b;
why.replaceChildren(t.content.cloneNode(true));}
document.querySelectorAll('td button').forEach(b=>{b.addEventListener('click',()=>show(b));
b.addEventListener('focus',()=>show(b));});
"""


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
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>",
        f"<title>{escape(title)}: orchestration</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1><p class='sub'>{escape(subtitle)}</p>",
        _facts(account, balance, faults),
        _keys(),
        _grid(account, score),
        "<div id='why'><span class='none'>Click a bar of a player to read who put it there and "
        "why.</span></div>",
        _differences(account, score),
        _ways(account, ways),
        _balance(account, balance),
        _faults(faults),
        f"<script>{_SCRIPT}</script></body></html>",
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
    cells = "".join(
        f"<div class='{kind}'><b>{escape(number)}</b><span>{escape(words)}</span></div>"
        for number, words, kind in told
    )
    return f"<div class='facts'>{cells}</div>"


def _keys() -> str:
    keys = "".join(
        f"<span><i style='background:{colour}'></i>{_NAMES[role]}</span>"
        for role, colour in _COLOURS.items()
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
        f"<i style='background:{_COLOURS[role]}'{' class=add' if adds else ''}></i>"
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
        told = (str(beat), one.pitch, source, shift, one.kind.value, one.rule, one.why)
        rows.append("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in told) + "</tr>")
    heads = ("beat", "plays", "of the sketch", "", "kind", "rule", "why")
    head = "".join(f"<th>{one}</th>" for one in heads)
    return (
        f"<template id='{name}'><h3>{escape(player)}, bar {escape(bar)}</h3>"
        f"<table><tr>{head}</tr>{''.join(rows)}</table></template>"
    )


def _balance(account: Account, balance: Sequence[LineBalance]) -> str:
    """Weights by bar, and how far the tune stands above what goes with it."""
    margins = tune_margins(tuple(balance))
    by_bar: dict[int, dict[Role, LineBalance]] = {}
    for one in balance:
        by_bar.setdefault(one.bar_index, {})[one.role] = one
    roles = [role for role in _COLOURS if any(role in here for here in by_bar.values())]
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
