"""What `theme ledger` answers: plain values, and the picture as a page or an image."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.theme_chart import chart_of, chart_page
from scorestage.adapters.machines.theme_image import chart_image
from scorestage.adapters.store import write_bytes
from scorestage.errors import InputError
from scorestage.thematics.ledger import Ledger, Statement, ThemeStory
from scorestage.workflow.job import Job


def ledger_answer(job: Job, ledger: Ledger) -> dict[str, Any]:
    """The ledger as plain values: `cues[]`, `themes[] {…, cells, statements, notes}`."""

    def when(seconds: Fraction | None) -> dict[str, Any]:
        if seconds is None:
            return {"at_seconds": None}
        return {"at_seconds": str(seconds), "at_seconds_float": float(seconds)}

    return {
        "film": job.production.title,
        "film_seconds": str(ledger.film_seconds),
        "film_seconds_float": float(ledger.film_seconds),
        "cues": [{"cue": number, **when(start)} for number, start in ledger.cues],
        "themes": [_story_answer(one, ledger) for one in ledger.themes],
    }


def _story_answer(one: ThemeStory, ledger: Ledger) -> dict[str, Any]:
    drought = one.longest_drought
    return {
        "theme": one.theme,
        "title": one.title,
        "stands_for": one.stands_for,
        "cells": {number: count for (number, _), count in zip(ledger.cues, one.cells, strict=True)},
        "sounding_seconds": str(one.seconds),
        "sounding_seconds_float": float(one.seconds),
        "first": None if one.first is None else _statement_answer(one.first),
        "first_whole": None if one.first_whole is None else _statement_answer(one.first_whole),
        "hints_before_whole": one.hints_before,
        "longest_drought": None
        if drought is None
        else {
            "start_seconds": str(drought.start_seconds),
            "seconds": str(drought.seconds),
            "seconds_float": float(drought.seconds),
            "after_cue": drought.after_cue,
            "before_cue": drought.before_cue,
        },
        "notes": list(one.notes),
        "statements": [_statement_answer(each) for each in one.statements],
    }


def _statement_answer(one: Statement) -> dict[str, Any]:
    return {
        "cue": one.cue,
        "bar": one.bar,
        "at_seconds": str(one.start_seconds),
        "at_seconds_float": float(one.start_seconds),
        "end_seconds": str(one.end_seconds),
        "end_seconds_float": float(one.end_seconds),
        "scope": str(one.scope),
        "transformations": list(one.transformations),
        "likeness": one.likeness,
        "known_by": one.known_by,
        "players": list(one.players),
    }


def write_picture(job: Job, ledger: Ledger, target: Path) -> None:
    """The ledger as a picture: `.html` (with its notes) or `.png`.

    Raises `InputError` for another ending.
    """
    suffix = target.suffix.lower()
    chart = chart_of(ledger_answer(job, ledger))
    if suffix == ".html":
        write_bytes(target, chart_page(chart).encode("utf-8"))
    elif suffix == ".png":
        write_bytes(target, chart_image(chart))
    else:
        raise InputError(f"{target.name} is no picture", do="write .html or .png")
