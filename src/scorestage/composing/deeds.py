"""What the music does at a hit, by name: chosen by the hit's kind and weight, or by a person."""

from __future__ import annotations

from enum import StrEnum

from scorestage.composing.frame import Moment
from scorestage.composing.request import CueRequest, stream
from scorestage.errors import InputError, Where
from scorestage.production import HitKind


class Deed(StrEnum):
    """One way of composing a hit."""

    ACCENT = "accent"
    RISER = "riser"
    SILENCE = "silence before"
    STINGER = "stinger"
    HARMONY = "change of harmony"
    TEXTURE = "change of texture"
    START = "start"
    STOP = "stop"
    CATCH = "catch"


_USUAL: dict[HitKind, tuple[Deed, ...]] = {
    HitKind.ACCENT: (Deed.ACCENT,),
    HitKind.CHANGE: (Deed.TEXTURE, Deed.HARMONY),
    HitKind.START: (Deed.START,),
    HitKind.STOP: (Deed.STOP,),
    HitKind.CATCH: (Deed.CATCH,),
}
_STRONG = (Deed.RISER, Deed.ACCENT)
_STRONGEST = (Deed.RISER, Deed.SILENCE, Deed.STINGER)
WORDS: dict[Deed, str] = {
    Deed.ACCENT: "everybody strikes with it",
    Deed.RISER: "a line rushes up and lands on it",
    Deed.SILENCE: "a beat of silence, then everybody",
    Deed.STINGER: "one sharp blow, cut off at once",
    Deed.HARMONY: "the chord turns",
    Deed.TEXTURE: "another way of playing begins",
    Deed.START: "the beat is cleared, a figure enters",
    Deed.STOP: "everything stops",
    Deed.CATCH: "a light touch, high up",
}


def deed_of(request: CueRequest, moment: Moment) -> Deed:
    """What the music does at a hit; raises `InputError` for a deed that nobody knows.

    A person's word counts; else the hit's kind and weight, and a draw of its own, decide.
    """
    asked = dict(request.form.deeds).get(moment.hit.id, "")
    if asked:
        try:
            return Deed(asked)
        except ValueError:
            known = ", ".join(Deed)
            where = Where(cue=request.cue.number)
            raise InputError(
                f"nobody knows what {asked!r} does at the hit {moment.hit.id}", where, known
            ) from None
    hit = moment.hit
    choice = _USUAL[hit.kind]
    if hit.kind is HitKind.ACCENT and hit.weight >= 4:
        choice = _STRONGEST if hit.weight == 5 else _STRONG
    return stream(request.seed, "deed", request.cue.id, hit.id).choice(choice)
