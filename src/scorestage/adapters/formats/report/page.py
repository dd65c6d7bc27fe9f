"""The page made of a report: style, script, typeface, pictures and sound inside it."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from scorestage.adapters.formats.report.chart import tempo_chart
from scorestage.adapters.formats.report.filmstrip import lanes, ruler
from scorestage.adapters.formats.report.typeface import typeface_css
from scorestage.adapters.formats.report.values import Report

_SYNC_SPAN_FRAMES = 2.5
"""The sync gauge of a hit shows this many frames either way."""


def html_of(report: Report) -> bytes:
    """The page: one file that needs nothing else and asks nobody else; all text is escaped."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "data": _data_address,
        "path": lambda path: quote(path, safe="/"),
        "anchor": _anchor,
        "percent": lambda share: f"{100 * min(max(share, 0.0), 1.0):.3f}%",
        "gauge": _gauge,
    }
    environment.globals |= {"tempo_chart": tempo_chart, "lanes": lanes, "ruler": ruler}
    script = _text("report.js")
    page = environment.from_string(_text("report.html")).render(
        report=report,
        style=Markup(_text("report.css")),
        typeface=Markup("/* typeface */"),
        script=Markup(script),
        script_hash=_hash(script),
    )
    return page.replace("/* typeface */", typeface_css(page), 1).encode("utf-8")


def _text(name: str) -> str:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").strip("\n")


def _hash(script: str) -> str:
    """What the page's policy knows its own script by; no other one runs."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _anchor(number: str) -> str:
    return number.replace(" ", "-")


def _gauge(off_frames: float) -> float:
    """Where on a gauge of -1 to 1 a hit stands that is so many frames off."""
    return min(max(off_frames / _SYNC_SPAN_FRAMES, -1.0), 1.0)


def _data_address(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
