"""What the pages of an account have in common: their face, and a bar's reasons at a click."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scorestage.music import Role

COLOURS = {
    Role.MELODY: "#c8452f",
    Role.COUNTER: "#d98a2b",
    Role.HARMONY: "#3f7f5c",
    Role.RHYTHM: "#7a5ba6",
    Role.BASS: "#2d5d94",
    Role.COLOUR: "#b5578c",
    Role.ACCENT: "#4a4a4a",
}
STYLE = """
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
SCRIPT = """
const why=document.getElementById('why');let last=null;
function show(b){const t=document.getElementById(b.dataset.t);if(!t)return;
if(last)last.classList.remove('on');b.classList.add('on');last=b;
why.replaceChildren(t.content.cloneNode(true));}
document.querySelectorAll('td button').forEach(b=>{b.addEventListener('click',()=>show(b));
b.addEventListener('focus',()=>show(b));});
"""


def head(title: str, subtitle: str, what: str) -> str:
    """The page's beginning; titles may be anybody's, they are escaped."""
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>{escape(title)}: {escape(what)}</title><style>{STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1><p class='sub'>{escape(subtitle)}</p>"
    )


def facts(told: Sequence[tuple[str, str, str]]) -> str:
    """Figures in a row: number, words, and `wrong` for one that should be 0."""
    cells = "".join(
        f"<div class='{kind}'><b>{escape(number)}</b><span>{escape(words)}</span></div>"
        for number, words, kind in told
    )
    return f"<div class='facts'>{cells}</div>"


def reasons(name: str, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """What a bar shows at a click: a table, kept out of sight till then."""
    top = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows
    )
    return (
        f"<template id='{name}'><h3>{escape(title)}</h3>"
        f"<table><tr>{top}</tr>{body}</table></template>"
    )


def foot(asks: str) -> str:
    """Where the reasons appear; `asks` says what to click before anything was."""
    return f"<div id='why'><span class='none'>{escape(asks)}</span></div>"


def end() -> str:
    """The page's end, with what makes it answer."""
    return f"<script>{SCRIPT}</script></body></html>"
