"""The page as a parser sees it: whole, closed to the outside, and deaf to hostile text."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from tests.adapters.formats.report.small_report import cue, hit, picture, report

from scorestage.adapters.formats.report import Link, Report, html_of

VOID = {"meta", "img", "link", "br", "hr", "input", "path", "use", "circle", "ellipse"}
HOSTILE = "</title></style><script>alert(1)</script> \"x\" 'y' onload=z & {{ 7*7 }} {% raw %}"


class Page(HTMLParser):
    """Every tag with its attributes, every text, and whatever was not closed."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(content.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.faults.append(f"{tag} has an attribute twice")
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def all(self, tag: str, css_class: str = "") -> list[dict[str, str]]:
        return [
            attributes
            for name, attributes in self.tags
            if name == tag and (not css_class or css_class in attributes.get("class", "").split())
        ]

    @property
    def words(self) -> str:
        return " ".join(text for tag, text in self.texts if tag not in ("style", "script"))


def assert_sound(page: Page) -> None:
    """Everything is closed, ids are unique, and no address leads off the page's own folder."""
    assert not page.faults and not page.open
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(ids)) == len(ids) and not any(re.search(r"\s", one) for one in ids)
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes), tag
        for name in attributes.keys() & {"src", "href", "xlink:href", "data", "action"}:
            address = attributes[name]
            if address.startswith("#"):
                assert unquote(address[1:]) in ids
            elif name == "src":
                assert address.startswith("data:")
            else:
                assert not re.match(r"[a-z]+:|//", address)
    assert len(page.all("script")) == 1


@pytest.mark.parametrize(
    "made_up",
    [
        report(),
        report(cues=(), notes=("There are no cues yet.",), dialogue=(), shots=()),
        report(strip=(), shots=(), dialogue=(), cues=(cue(share_in=0.0, share_out=0.0),)),
        Report("", "", (), (), (), (), (), ()),
        report(cues=(cue(audio=b"", page_png=b"", tempos=(), links=(), facts=(), chance=""),)),
        report(cues=tuple(cue(f"1m{number:02}") for number in range(1, 41))),
    ],
)
def test_every_page_is_sound(made_up: Report) -> None:
    page = Page(html_of(made_up))
    assert_sound(page)
    for one in made_up.cues:
        assert one.number in page.words and (one.title or "untitled") in page.words
    for note in made_up.notes:
        assert note in page.words


def test_what_a_director_looks_for() -> None:
    page = Page(html_of(report()))
    words = page.words
    for told in ("Wick", "Storm", "door slams", "he falls", "bar 2, beat 3", "−0.31", "+1.90"):
        assert told in words
    assert "1 of 2 hits" in words and "no hits" in words and "nobody speaks" in words
    assert [one["href"] for one in page.all("a") if "film/" in one["href"]] == ["film/review.mp4"]
    assert len(page.all("audio")) == 2 and len(page.all("svg", "chart")) == 2
    assert len(page.all("b", "missed")) == 1 and len(page.all("td", "missed")) == 1


def test_cues_and_hits_stand_where_they_are_in_the_film() -> None:
    """Cue 1m01 fills 10 to 30 % of the film; its hits lie at 12 and 22.5 %."""
    page = Page(html_of(report()))
    blocks = [one["style"] for one in page.all("a") if "width" in one.get("style", "")]
    assert blocks == ["left:10.000%;width:20.000%", "left:50.000%;width:10.000%"]
    marks = [one["style"] for one in page.all("b") if "style" in one]
    assert marks == ["left:12.000%", "left:22.500%"]
    assert [one["style"] for one in page.all("i", "beam")] == ["left:12.000%"]  # met ones only
    assert [one["style"] for one in page.all("u")] == ["left:40.000%;width:5.000%"]


def test_pictures_and_sound_are_inside() -> None:
    page = Page(html_of(report()))
    sources = [one["src"] for one in page.all("img")]
    held = [base64.b64decode(one.split(",", 1)[1]) for one in sources]
    assert held.count(picture("JPEG")) == 1 and held.count(picture("JPEG", 10)) == 2
    assert held.count(picture("PNG")) == 2 and len(held) == 5
    assert base64.b64decode(page.all("audio")[0]["src"].split(",", 1)[1]) == b"sound"
    assert all(one.get("alt") for one in page.all("img"))


def test_hostile_text_is_only_text() -> None:
    evil = cue(
        "1m01 ALT",
        title=HOSTILE,
        why=(HOSTILE,),
        facts=((HOSTILE, HOSTILE),),
        hits=(hit(1, HOSTILE, where=HOSTILE, timecode=HOSTILE),),
        chance=HOSTILE,
        page_alt=HOSTILE,
        start_timecode=HOSTILE,
        length=HOSTILE,
        warnings=(HOSTILE,),
        links=(Link(HOSTILE, "a b#c?\"d'<e>%.pdf", HOSTILE), Link("js", "javascript:alert(1)")),
        audio_type='audio/mp4" onplay="alert(1)',
    )
    made_up = report(title=HOSTILE, subtitle=HOSTILE, cues=(evil,), notes=(HOSTILE,))
    page = Page(html_of(made_up))
    assert_sound(page)
    assert [text for tag, text in page.texts if tag in ("h1", "title", "h2")] == [
        f"{HOSTILE} – score",
        *(HOSTILE, HOSTILE, HOSTILE),  # the film's heading, the cue's, the hit's on the chart
    ]
    links = [unquote(one["href"]) for one in page.all("a")]
    assert "a b#c?\"d'<e>%.pdf" in links and "javascript:alert(1)" in links
    assert "49" not in page.words
    assert page.all("section")[0]["id"] == "1m01-ALT"


def test_a_title_that_names_the_typeface_does_not_take_its_place() -> None:
    content = html_of(report(title="/* typeface */")).decode()
    assert Page(content.encode()).words.count("/* typeface */") == 2
    assert content.index("@font-face") < content.index("<title>")


def test_no_script_but_our_own_may_run() -> None:
    page = Page(html_of(report()))
    (policy,) = [one["content"] for one in page.all("meta") if "http-equiv" in one]
    assert policy.startswith("default-src 'none';") and "unsafe-inline'; script" in policy
    (script,) = re.findall(r"<script>(.*)</script>", html_of(report()).decode(), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy


def test_the_player_knows_where_the_cue_begins_in_its_sound() -> None:
    section = Page(html_of(report())).all("section")[0]
    assert (section["data-seconds"], section["data-lead"]) == ("20.0", "0.25")
    assert (section["data-in"], section["data-out"]) == ("0.1", "0.3")


def test_the_same_report_gives_the_same_page() -> None:
    assert html_of(report()) == html_of(report())
