"""What a file says about itself, and which parts it brackets together."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml.facts_in import text_in
from scorestage.adapters.formats.musicxml.loss_report import Tally
from scorestage.adapters.formats.musicxml.trees import sign_of
from scorestage.music import PartGroup, Sign

_OWN_FIELDS = "scorestage:"
_ABOUT = ("production", "cue", "version", "title")
_MOST_CREDITS = 200


def header_of(root: Element, losses: Tally, *, ours: bool) -> tuple[Sign, ...]:
    """Work and movement numbers, creators, rights, sources and credits, in the file's order.

    The title, the subtitle and the first composer have places of their own.
    """
    losses.part = losses.measure = ""
    found: list[Sign] = []
    for path in ("work/work-number", "movement-number"):
        told = text_in(root.find(path))
        if told:
            found.append(Sign(path.rpartition("/")[2], " ".join(told.split())))
    identification = root.find("identification")
    for element in identification if identification is not None else ():
        if element.tag == "encoding":
            continue
        sign = sign_of(element, losses, "identification")
        if sign is not None and element.tag == "miscellaneous":
            kept = [one for one in sign.inner if not one.detail("name").startswith(_OWN_FIELDS)]
            sign = Sign("miscellaneous", inner=tuple(kept))
        if sign is not None and (sign.text or sign.inner):
            found.append(sign)
    found = _without_first_composer(found)
    for element in root.findall("credit")[:_MOST_CREDITS]:
        sign = sign_of(element, losses)
        if sign is not None and any(one.name != "credit-type" for one in sign.inner):
            found.append(sign)
    return tuple(found)


def about_of(fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Whose score it is, as a file of ours says it; `fields` by their whole names.

    >>> about_of({"scorestage:cue": "1m01", "scorestage:title": "Rain", "other": "?"})
    (('cue', '1m01'), ('title', 'Rain'))
    """
    told = ((name, " ".join(fields.get(_OWN_FIELDS + name, "").split())) for name in _ABOUT)
    return tuple((name, text) for name, text in told if text)


def _without_first_composer(signs: list[Sign]) -> list[Sign]:
    for sign in signs:
        if sign.name == "creator" and sign.detail("type", "composer") == "composer":
            return [one for one in signs if one is not sign]
    return signs


def groups_of(root: Element, players: Mapping[str, str], losses: Tally) -> tuple[PartGroup, ...]:
    """The brackets of the part list, in the order in which they begin; `players` by part id."""
    begun: dict[str, tuple[int, str, Sign]] = {}
    found: list[tuple[int, PartGroup]] = []
    last = ""
    waiting: list[str] = []
    starts: dict[str, str] = {}
    for place, element in enumerate(root.find("part-list") or ()):
        if element.tag == "score-part":
            last = players.get(element.get("id", ""), last)
            for number in waiting:
                starts[number] = last
            waiting = []
            continue
        if element.tag != "part-group":
            continue
        number = element.get("number", "1")
        if element.get("type") == "stop":
            if number in begun and number in starts:
                order, _, sign = begun.pop(number)
                found.append((order, PartGroup(starts.pop(number), last, sign)))
            else:
                losses.add("bracket without a beginning", path="part-list/part-group")
            continue
        drawn = _group_sign(element, losses)
        if number in begun:
            losses.add("bracket without an end", path="part-list/part-group")
        if drawn is not None:
            begun[number] = (place, number, drawn)
            waiting.append(number)
    losses.add("bracket without an end", len(begun), path="part-list/part-group")
    return tuple(group for _, group in sorted(found, key=lambda one: one[0]))


def _group_sign(element: Element, losses: Tally) -> Sign | None:
    sign = sign_of(element, losses, "part-list")
    return Sign("part-group", inner=sign.inner) if sign is not None else None
