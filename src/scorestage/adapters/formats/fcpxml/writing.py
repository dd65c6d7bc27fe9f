"""A cut list as FCPXML 1.9: V1 as the storyline, everything else connected to it."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from scorestage.adapters.cut_exchange import as_shown, layers_of, media_changes
from scorestage.adapters.formats.fcpxml.story import MISSING, told
from scorestage.adapters.session import Exported
from scorestage.production import CutEvent, CutList, CutMarker, CutSource, TransitionKind
from scorestage.production.cut_list import shows_picture
from scorestage.timebase import FrameRate

_VERSION = "1.9"


def write_fcpxml(cut: CutList) -> Exported:
    """The project as XML; says what was not carried."""
    cut, misfits = as_shown(cut)
    writer = _Writer(cut)
    content = writer.document()
    lost = tuple(f"{kind} ({count})" for kind, count in sorted(writer.lost.items()) if count)
    return Exported(
        content, lost + misfits, ("media are relinked by name where their paths are not there",)
    )


class _Writer:
    def __init__(self, cut: CutList) -> None:
        self.cut = cut
        self.rate = cut.rate
        marked = [one.at_frames.__floor__() for one in cut.markers]
        first = cut.first_frame if cut.start_frames is None else cut.start_frames
        self.origin = min([first, *marked])
        self.end = max([cut.last_frame, *(frame + 1 for frame in marked)])
        self.lost: Counter[str] = Counter()
        self.assets: dict[CutSource, str] = {}
        self.formats: dict[Fraction, str] = {}
        self.hosts: list[tuple[int, int, Element, Fraction]] = []

    def document(self) -> bytes:
        root = Element("fcpxml", version=_VERSION)
        resources = SubElement(root, "resources")
        self._format(resources, self.rate)
        for event in self.cut.events:
            if not _plain_black(event):
                self._asset(resources, event)
        event_element = SubElement(SubElement(root, "library"), "event", name="scorestage")
        project = SubElement(event_element, "project", name=_clean(self.cut.title))
        sequence = SubElement(
            project,
            "sequence",
            format=self.formats[self.rate.frames_per_second],
            duration=self._seconds(self.end - self.origin),
            tcStart=self._seconds(self.origin),
            tcFormat="DF" if self.rate.drop else "NDF",
        )
        spine = SubElement(sequence, "spine")
        layers = layers_of(self.cut)
        main = next((events for track, events in layers if track == "V1"), ())
        self._storyline(spine, main)
        lanes = self._lanes([one for one in layers if one[1] is not main])
        for lane, events in lanes:
            for one in events:
                self._connected(one, lane)
        for marker in self.cut.markers:
            self._marker(marker)
        self._ordered(spine)
        self.lost["lines kept from an EDL"] += sum(len(one.remarks) for one in self.cut.events)
        indent(root, " ")
        head = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n'
        return head + tostring(root, encoding="unicode").encode() + b"\n"

    def _seconds(self, frames: Fraction | int, rate: FrameRate | None = None) -> str:
        return told(frames / (rate or self.rate).frames_per_second)

    def _format(self, resources: Element, rate: FrameRate) -> str:
        held = self.formats.get(rate.frames_per_second)
        if held is None:
            held = self.formats[rate.frames_per_second] = f"r{len(self.formats) + 1}"
            SubElement(
                resources, "format", id=held, frameDuration=told(1 / rate.frames_per_second),
                width="1920", height="1080",
            )  # fmt: skip
        return held

    def _asset(self, resources: Element, event: CutEvent) -> None:
        source = event.source
        if source in self.assets:
            return
        rate = source.rate or self.rate
        form = self._format(resources, rate)
        uses = [one for one in self.cut.events if one.source == source]
        ends = [one.source_at(one.record_out_frames, self.rate) for one in uses]
        ends += [at for one in uses for at in (one.source_in_frames, one.source_out_frames)]
        ends += [one.entry_frames for one in uses if one.entry_frames is not None]
        first, last = Fraction(min(ends).__floor__()), Fraction(max(ends).__ceil__())
        if source.media_in_frames is not None and source.media_in_frames <= min(ends):
            first = source.media_in_frames
        if source.media_out_frames is not None and source.media_out_frames >= max(ends):
            last = source.media_out_frames
        last = max(first + 1, last)
        self.lost.update(media_changes(source, first, last))
        name = self.assets[source] = f"a{len(self.assets) + 1}"
        seen = any(one.is_picture for one in uses)
        asset = SubElement(
            resources, "asset", id=name, name=_clean(source.clip or source.name), format=form,
            start=self._seconds(first, rate),
            duration=self._seconds(last - first, rate),
        )  # fmt: skip
        asset.set("hasVideo" if seen else "hasAudio", "1")
        path = source.file or f"{MISSING}{source.name}"
        SubElement(asset, "media-rep", kind="original-media", src=_url(path))
        if source.reel:
            metadata = SubElement(asset, "metadata")
            key = "com.apple.proapps.studio.reel"
            SubElement(metadata, "md", key=key, value=_clean(source.reel))

    def _storyline(self, spine: Element, events: tuple[CutEvent, ...]) -> None:
        """V1 with gaps from the first frame to the last."""
        reached = self.origin
        for index, event in enumerate(events):
            later = events[index + 1] if index + 1 < len(events) else None
            change = event.transition
            start = event.record_in_frames + (change.before_frames if change else 0)
            end = event.record_out_frames
            if later is not None and later.record_in_frames == end and later.transition:
                end += later.transition.before_frames
            if start > reached:
                self._gap(spine, reached, start)
            if change is not None:
                name = change.name or ("Wipe" if change.kind is TransitionKind.WIPE else "")
                SubElement(
                    spine, "transition", name=_clean(name or "Cross Dissolve"),
                    offset=self._seconds(event.record_in_frames),
                    duration=self._seconds(change.frames),
                )  # fmt: skip
                self.lost["keys and codes of wipes"] += bool(
                    change.code or change.kind is TransitionKind.KEY
                )
                self.lost["the shot that a transition leaves, as told"] += (
                    change.from_frames is not None
                )
            if _plain_black(event):
                self._gap(spine, start, end)
            else:
                self._hosted(spine, event, start, end, 0)
            reached = max(start, end)
        if self.end > reached or not events:
            self._gap(spine, reached, max(self.end, reached + 1))

    def _gap(self, spine: Element, first: int, last: int) -> None:
        if last <= first:
            return
        gap = SubElement(
            spine, "gap", name="Gap", offset=self._seconds(first), start="0s",
            duration=self._seconds(last - first),
        )  # fmt: skip
        self.hosts.append((first, last, gap, Fraction(0)))

    def _hosted(self, parent: Element, event: CutEvent, start: int, end: int, lane: int) -> Element:
        """A clip from `start` to `end`; what hangs on it counts in its own seconds."""
        source = event.source
        rate = (source.rate or self.rate).frames_per_second
        entry = event.source_in_frames if event.entry_frames is None else event.entry_frames
        per = event.per_frame(self.rate)
        at = (entry + (start - event.record_in_frames) * per * event.speed) / rate
        local = at if event.speed == 1 else Fraction(0)
        clip = SubElement(
            parent, "asset-clip", ref=self.assets[source], name=_clean(source.clip or source.name),
            offset=self._seconds(start), start=told(local), duration=self._seconds(end - start),
        )  # fmt: skip
        if event.speed != 1:
            length = (end - start) / self.rate.frames_per_second
            held = SubElement(clip, "timeMap")
            SubElement(held, "timept", time="0s", value=told(at), interp="linear")
            to = told(at + length * event.speed)
            SubElement(held, "timept", time=told(length), value=to, interp="linear")
        if lane:
            clip.set("lane", str(lane))
            if not event.is_picture:
                clip.set("srcEnable", "audio")
        else:
            self.hosts.append((start, end, clip, local))
        return clip

    def _lanes(
        self, layers: list[tuple[str, tuple[CutEvent, ...]]]
    ) -> list[tuple[int, tuple[CutEvent, ...]]]:
        """Lanes by the tracks' own numbers where they are free, else the next one."""
        taken: set[int] = set()
        found = []
        for track, events in layers:
            seen = shows_picture(track)
            number = int(track[1:]) if track[1:].isdecimal() and len(track) < 4 else 0
            lane = (number - 1 if number else -1) if seen else -number
            if lane in taken or not lane:
                self.lost["clips on tracks of other names, or over each other"] += len(events)
                step = 1 if seen else -1
                lane = step
                while lane in taken:
                    lane += step
            taken.add(lane)
            found.append((lane, events))
        return found

    def _host(self, frame: Fraction | int) -> tuple[int, Element, Fraction]:
        for first, last, element, local in self.hosts:
            if first <= frame < last:
                return first, element, local
        first, _, element, local = self.hosts[-1]
        return first, element, local

    def _connected(self, event: CutEvent, lane: int) -> None:
        if _plain_black(event) or not event.frames:
            self.lost["black and empty clips on other tracks"] += 1
            return
        first, host, local = self._host(event.record_in_frames)
        start, end = event.record_in_frames, event.record_out_frames
        clip = self._hosted(host, event, start, end, lane)
        clip.set("offset", told(local + (start - first) / self.rate.frames_per_second))
        self.lost["transitions of connected clips"] += event.transition is not None

    def _marker(self, marker: CutMarker) -> None:
        at = marker.at_frames
        first, host, local = self._host(at)
        made = SubElement(
            host, "marker", start=told(local + (at - first) / self.rate.frames_per_second),
            duration=self._seconds(marker.frames), value=_clean(marker.words),
        )  # fmt: skip
        if marker.note:
            made.set("note", _clean(marker.note))
        self.lost["colours of markers"] += bool(marker.colour)
        self.lost["tracks of markers"] += marker.track not in ("", "V1")
        self.lost["who set a marker"] += bool(marker.who)

    def _ordered(self, spine: Element) -> None:
        """Children in the order of the format: retiming, then what is connected, then markers."""
        order = {"timeMap": 0, "asset-clip": 1, "marker": 2}
        for item in spine:
            item[:] = sorted(item, key=lambda child: order.get(child.tag, 1))


def _plain_black(event: CutEvent) -> bool:
    return event.source.black and not event.source.file


def _url(path: str) -> str:
    """An address: paths without a root are relative to the file."""
    plain = path.replace("\\", "/")
    if "://" in plain or plain.startswith("./"):
        return quote(plain, safe="/:%")
    return quote(plain, safe="/:") if plain.startswith("/") else "./" + quote(plain, safe="/")


def _clean(text: str) -> str:
    return "".join(sign if sign >= " " and sign not in "\ufffe\uffff" else " " for sign in text)
