"""Final Draft: what a production draft holds, and what harm a file may mean."""

from __future__ import annotations

import pytest

from scorestage.adapters.formats.fdx import read_fdx
from scorestage.adapters.formats.fountain import read_fountain
from scorestage.errors import FormatError
from scorestage.production import ScriptKind

DRAFT = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5"><Content>
<Paragraph Type="Scene Heading" Number="12A">
  <SceneProperties Length="1 3/8" Page="4" Title=""><SceneArcBeats><CharacterArcBeat Name="WICK">
  <Paragraph><Text>not printed</Text></Paragraph></CharacterArcBeat></SceneArcBeats>
  </SceneProperties>
  <Text>INT. LIGHTHOUSE</Text><Text Style="Bold"> - NIGHT</Text></Paragraph>
<Paragraph Type="Action"><ScriptNote><Paragraph><Text>lamp theme?</Text></Paragraph></ScriptNote>
  <Text>Rain &amp; wind.</Text></Paragraph>
<Paragraph><DualDialogue>
  <Paragraph Type="Character"><Text>ÉLODIE (V.O.)</Text></Paragraph>
  <Paragraph Type="Parenthetical"><Text>(beat)</Text></Paragraph>
  <Paragraph Type="Dialogue"><Text>Who?</Text></Paragraph>
  <Paragraph Type="Character"><Text>WICK</Text></Paragraph>
  <Paragraph Type="Dialogue"><Text>Me.</Text></Paragraph>
</DualDialogue></Paragraph>
<Paragraph Type="Scene Heading" Number="13"><OmittedScene><Paragraph Type="Action">
  <Text>gone</Text></Paragraph></OmittedScene><Text>OMITTED</Text></Paragraph>
</Content><TitlePage><Content>
<Paragraph><Text>The Lamp</Text></Paragraph><Paragraph><Text>written by</Text></Paragraph>
<Paragraph><Text>M. Zhou</Text></Paragraph></Content></TitlePage></FinalDraft>"""


def test_a_production_draft() -> None:
    play = read_fdx(DRAFT.encode())
    assert (play.title, play.author) == ("The Lamp", "M. Zhou")
    first, second = play.scenes
    assert (first.heading, first.number) == ("INT. LIGHTHOUSE - NIGHT", "12A")
    assert (first.told_eighths, first.told_page) == (11, 4)
    assert [(ln.kind.value, ln.words, ln.who, ln.beside) for ln in first.lines] == [
        ("note", "lamp theme?", "", False),
        ("action", "Rain & wind.", "", False),
        ("character", "ÉLODIE (V.O.)", "ÉLODIE", False),
        ("parenthetical", "beat", "ÉLODIE", False),
        ("dialogue", "Who?", "ÉLODIE", False),
        ("character", "WICK", "WICK", True),
        ("dialogue", "Me.", "WICK", True),
    ]
    assert second.is_omitted and second.lines == ()


def test_the_same_words_as_fountain() -> None:
    told = "INT. LIGHTHOUSE - NIGHT #12A#\n\nRain & wind.\n\n"
    told += "ÉLODIE (V.O.)\n(beat)\nWho?\n\nWICK ^\nMe.\n"
    one, other = read_fountain(told.encode()).scenes[0], read_fdx(DRAFT.encode()).scenes[0]
    printed = tuple(line for line in other.lines if line.kind is not ScriptKind.NOTE)
    assert (one.heading, one.number, one.lines) == (other.heading, other.number, printed)


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><FinalDraft><Content><Paragraph>&a;</Paragraph></Content>'
        "</FinalDraft>",
        '<!DOCTYPE x SYSTEM "file:///etc/passwd"><FinalDraft>&x;</FinalDraft>',
        "<Other/>",
        "<FinalDraft/>",
        "no xml",
        "<FinalDraft>" + "<a>" * 300 + "</a>" * 300 + "</FinalDraft>",
    ],
)
def test_harm_is_refused(content: str) -> None:
    with pytest.raises(FormatError):
        read_fdx(content.encode())


def test_an_unreadable_length_is_left_to_counting() -> None:
    told = DRAFT.replace("1 3/8", "soon").replace('Page="4"', 'Page="x"')
    scene = read_fdx(told.encode()).scenes[0]
    assert scene.told_eighths is None and scene.told_page is None


def test_a_note_on_a_heading_is_of_its_own_scene() -> None:
    heading = (
        '<Paragraph Type="Scene Heading"><ScriptNote><Paragraph><Text>{0} theme</Text></Paragraph>'
        "</ScriptNote><Text>INT. {0}</Text></Paragraph>"
    )
    body = heading.format("HUT") + heading.format("SHIP")
    play = read_fdx(f"<FinalDraft><Content>{body}</Content></FinalDraft>".encode())
    assert [(one.heading, [line.words for line in one.lines]) for one in play.scenes] == [
        ("INT. HUT", ["HUT theme"]),
        ("INT. SHIP", ["SHIP theme"]),
    ]
