"""Options, levels and assignments of a cue: kept, told side by side, and on a page."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.workflow.test_orchestrate_alone import wish, written

from scorestage.adapters.formats.musicxml import read_score
from scorestage.errors import InputError
from scorestage.orchestration import OPTIONS
from scorestage.workflow.account import account_answer, marked, option_answer, proof_words
from scorestage.workflow.orchestrate_alone import (
    ScoringWish,
    alone_page,
    orchestrate_file,
    write_alone,
)
from scorestage.workflow.scoring_options import options_of_file


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_options_stand_side_by_side(tmp_path: Path) -> None:
    rows = options_of_file(wish(written(tmp_path, "lament")))
    assert [row.option for row in rows] == list(OPTIONS)
    assert all(row.faults == 0 for row in rows)
    told = option_answer(rows[1])
    assert set(told["bars_apart"]) == set(OPTIONS) - {"lush"}
    assert told["people"] >= told["players"] > 0


def test_the_answer_names_the_carriers_of_each_note_and_the_reason_of_all_others(
    tmp_path: Path,
) -> None:
    made = orchestrate_file(wish(written(tmp_path, "adventure")))
    told = account_answer(made.account, made.score)
    assert told["proof"]["lost"] == told["proof"]["unexplained"] == 0
    assert told["proof"]["coverage"]["Melody"]["at_pitch"] == "1"
    for note in told["sketch_notes"]:
        assert note["carried_by"], note
        assert all(one["rule"] and one["why"] for one in note["carried_by"])
    carried = sum(one["kind"] == "sketch" for n in told["sketch_notes"] for one in n["carried_by"])
    assert carried >= len(told["sketch_notes"]) - 2
    assert {one["kind"] for one in told["added_notes"]} >= {"doubling", "percussion"}
    assert any(one["role"] == "Melody" and one["weight_trumpets"] > 0 for one in told["balance"])
    assert "0 lost" in proof_words(made.account, made.score)


def test_the_page_is_one_file_that_fetches_nothing_and_escapes_titles(tmp_path: Path) -> None:
    made = orchestrate_file(wish(written(tmp_path, "lament")))
    from dataclasses import replace

    html = alone_page(replace(made, title="<script>alert(1)</script>"), "lush", "full")
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    assert "<script>alert" not in html
    for _, attributes in tags.found:
        assert not {"src", "href"} & set(attributes)
    assert "http" not in html.replace("http-equiv", "")
    buttons = {a["data-t"] for tag, a in tags.found if tag == "button"}
    assert buttons
    assert buttons == {a["id"] for tag, a in tags.found if tag == "template"}


def test_marks_say_in_the_score_what_each_entry_does(tmp_path: Path) -> None:
    made = orchestrate_file(wish(written(tmp_path, "adventure"), "studio-orchestra"))
    score = marked(made.score, made.account)
    words = [one.text for line in score.lines for staff in line.staves for one in staff.words]
    assert "[tune]" in words
    assert any("8v" in one and "tune:" in one for one in words)
    target = tmp_path / "marked.musicxml"
    write_alone(made, target, marks=True)
    back = read_score(target.read_bytes()).score
    again = [one.text for line in back.lines for staff in line.staves for one in staff.words]
    assert again.count("[tune]") == words.count("[tune]")


def test_a_wish_is_refused_where_nobody_knows_the_word() -> None:
    with pytest.raises(InputError, match="no option"):
        ScoringWish("huge").settings(1)
    assert not ScoringWish().asked
