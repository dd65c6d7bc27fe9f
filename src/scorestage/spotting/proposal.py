"""The spotting proposal: cues and hits for a film, each with the evidence it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from scorestage.production import Cue, CueNumber, Hit, Layer, WayIn, WayOut, cue_number
from scorestage.spotting.choosing import CueRules, Stretch, choose_stretches
from scorestage.spotting.footage import Footage
from scorestage.spotting.hits import Candidate, HitRules, candidates_of, choose_hits
from scorestage.spotting.joints import joints_of, whole_film
from scorestage.spotting.moments import Evidence, Moment
from scorestage.spotting.need import Amount, Need, need_of
from scorestage.spotting.room import DENSE_TALK, Room, RoomSpan, room_for_music
from scorestage.spotting.shots import Seam, Shot, seams_of, shots_of
from scorestage.spotting.sound_kinds import Heard, listen
from scorestage.spotting.words import Character, character_of, title_of, tones_of
from scorestage.timebase import FilmRange


@dataclass(frozen=True, slots=True)
class SpottingRules:
    """What the director and the trade ask of a proposal."""

    amount: Amount = Amount.NORMAL
    cues: CueRules = field(default_factory=CueRules)
    hits: HitRules = field(default_factory=HitRules)


@dataclass(frozen=True, slots=True)
class ProposedCue:
    """A cue and what speaks for it: at its start, at its end, and at each hit (by hit id)."""

    cue: Cue
    character: Character
    start: tuple[Evidence, ...]
    end: tuple[Evidence, ...]
    hits: tuple[tuple[str, tuple[Evidence, ...]], ...]


@dataclass(frozen=True, slots=True, eq=False)
class SpottingProposal:
    """What spotting proposes, and all it saw on the way."""

    proposed: tuple[ProposedCue, ...]
    shots: tuple[Shot, ...]
    seams: tuple[Seam, ...]
    moments: tuple[Moment, ...]
    need: Need
    room: Room
    heard: Heard | None = None

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The cues in film order."""
        return tuple(one.cue for one in self.proposed)


def propose(
    footage: Footage, moments: tuple[Moment, ...], rules: SpottingRules | None = None
) -> SpottingProposal:
    """Cues and hits for `footage` on the strength of `moments` (what `watch` found).

    Cues begin and end at joints: fades, cuts to and out of black, changes of scene, titles, after
    the last word and before the first, never inside a word. Unless the amount is none there is at
    least one cue. Ids and numbers count from 1 within this proposal; the caller renumbers.
    """
    wanted = rules or SpottingRules()
    shots = shots_of(footage.picture, moments)
    seams = seams_of(footage.picture, shots)
    need = need_of(footage, shots, moments, wanted.amount)
    heard = listen(footage)
    room = room_for_music(footage, heard)
    kept_dry = room.dry if wanted.amount is not Amount.WALL_TO_WALL else _silences(room)
    joints = joints_of(footage, shots, seams, moments, kept_dry)
    spans = tuple(one.range for one in kept_dry)
    stretches = choose_stretches(footage.picture, joints, need, wanted.amount, wanted.cues, spans)
    whole = whole_film(footage, shots)
    if not stretches and not spans and wanted.amount is not Amount.NONE and whole is not None:
        stretches = (Stretch(*whole, False, False, 0.0),)
    candidates = candidates_of(footage, shots, seams, moments)
    proposed: list[ProposedCue] = []
    taken: set[str] = set()
    for number, stretch in enumerate(stretches, 1):
        place = _place(number, len(stretches))
        one = _proposed(footage, need, stretch, candidates, wanted, number, place, taken)
        taken.add(one.cue.title)
        proposed.append(one)
    source = _source_cues(footage, heard, len(proposed)) if wanted.amount is not Amount.NONE else ()
    return SpottingProposal((*_segued(proposed), *source), shots, seams, moments, need, room, heard)


def _silences(room: Room) -> tuple[RoomSpan, ...]:
    """What stays dry even where music is to be everywhere: silences and music of the scene."""
    return tuple(one for one in room.dry if one.words != DENSE_TALK)


def _source_cues(footage: Footage, heard: Heard | None, count: int) -> tuple[ProposedCue, ...]:
    """Music that sounds in the scene, as cues of the layer source: somebody must clear it."""
    found = []
    for number, one in enumerate(
        (each for each in (heard.music if heard else ()) if each.source >= 0.5), count + 1
    ):
        rate = footage.picture.rate
        first = rate.time_of(rate.nearest_frame(one.range.start))
        last = min(footage.picture.end, rate.time_of(rate.nearest_frame(one.range.end)))
        if last <= first:
            continue
        reasons = "; ".join(map(str, one.evidence[1:]))
        cue = Cue(
            id=f"c{number:02}",
            number=str(CueNumber(1, number, source=True)),
            title=f"Source {number - count}",
            start=first,
            end=last,
            layer=Layer.SOURCE,
            way_in=WayIn.HARD,
            way_out=WayOut.CUT,
            why=(f"music that may sound in the scene, {one.source:.1f} of 1 ({reasons})",),
        )
        character = Character(0, 0, 0, 0, 0)
        found.append(ProposedCue(cue, character, one.evidence[:1], one.evidence[1:2], ()))
    return tuple(found)


def _place(number: int, count: int) -> str:
    if count == 1:
        return "only"
    return "opening" if number == 1 else "closing" if number == count else ""


def _proposed(
    footage: Footage,
    need: Need,
    stretch: Stretch,
    candidates: tuple[Candidate, ...],
    rules: SpottingRules,
    number: int,
    place: str,
    taken: set[str],
) -> ProposedCue:
    entrance, way_out = stretch.first.entrance, stretch.last.exit
    if entrance is None or way_out is None:
        raise AssertionError("a stretch begins at an entrance and ends at an exit")
    span = FilmRange(stretch.first.at, stretch.last.at)
    character = character_of(footage.picture, need, span)
    chosen = choose_hits(candidates, span, rules.hits)
    strongest = sorted(chosen, key=lambda one: (-one.strength, one.at))[:2]
    hits = tuple(_hit(one, f"h{place:02}") for place, one in enumerate(chosen, 1))
    cue = Cue(
        id=f"c{number:02}",
        number=cue_number(1, number),
        title=title_of(character, entrance.words, [one.words for one in strongest], place, taken),
        start=span.start,
        end=span.end,
        way_in=WayIn.SEGUE if stretch.segue_in else entrance.way,
        way_out=WayOut.SEGUE if stretch.segue_out else way_out.way,
        tone=tones_of(character),
        hits=hits,
        dialogue=_dialogue(footage, span),
        why=_reasons(stretch, character, entrance.evidence, way_out.evidence),
    )
    return ProposedCue(
        cue,
        character,
        (entrance.evidence,),
        (way_out.evidence,),
        tuple((hit.id, one.evidence) for hit, one in zip(hits, chosen, strict=True)),
    )


def _hit(one: Candidate, name: str) -> Hit:
    return Hit(
        id=name,
        at=one.at,
        words=one.words,
        kind=one.kind,
        weight=one.weight,
        want=one.want,
        streamer=one.weight >= 5,
        why="; ".join(map(str, one.evidence)),
    )


def _dialogue(footage: Footage, span: FilmRange) -> tuple[FilmRange, ...]:
    """The spoken spans under the cue, cut to it."""
    return tuple(
        FilmRange(max(line.range.start, span.start), min(line.range.end, span.end))
        for line in footage.speech
        if line.range.overlaps(span)
    )


def _reasons(
    stretch: Stretch, character: Character, start: Evidence, end: Evidence
) -> tuple[str, ...]:
    entrance, way_out = stretch.first.entrance, stretch.last.exit
    if entrance is None or way_out is None:
        return ()
    looks = " and ".join(word for word in (character.shade, character.activity) if word)
    reasons = [
        f"in at {entrance.words} ({start})",
        f"out at {way_out.words} ({end})",
        f"the picture is {looks}: light {character.light:.0f} of 255, movement "
        f"{character.motion:.2f}, cutting {character.pace:.2f} of 1",
    ]
    if character.speech > 0:
        reasons.append(f"somebody speaks in {100 * character.speech:.0f} % of it")
    return tuple(reasons)


def _segued(proposed: list[ProposedCue]) -> list[ProposedCue]:
    """The cues, each that runs into the next naming it."""
    named = list(proposed)
    for place, one in enumerate(proposed[:-1]):
        if one.cue.way_out is WayOut.SEGUE:
            following = proposed[place + 1].cue.id
            named[place] = replace(one, cue=replace(one.cue, segue_to=following))
    return named
