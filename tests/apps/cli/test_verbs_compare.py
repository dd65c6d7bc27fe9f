"""`compare` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conform.recuts import invented, recut
from typer.testing import CliRunner

from scorestage.adapters.formats.edl import write_edl
from scorestage.apps.cli.main import app


def test_changes_are_told_as_a_table_and_as_json(tmp_path: Path) -> None:
    old = invented(12, 4)
    made = recut(old, 4, 3)
    for name, cut in (("old.edl", old), ("new.edl", made.cut)):
        (tmp_path / name).write_bytes(write_edl(cut).content)
    words = ["compare", str(tmp_path / "old.edl"), str(tmp_path / "new.edl")]
    shown = CliRunner().invoke(app, words)
    assert shown.exit_code == 0
    for kind, _, _ in made.expected:
        assert str(kind).replace("_", " ") in shown.stdout
    told = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    wanted = {"kind", "old_in_frames", "old_out_frames", "new_in_frames", "new_out_frames", "speed",
              "confidence"}  # fmt: skip
    assert all(wanted <= set(one) for one in told["changes"])
    same = CliRunner().invoke(app, ["compare", words[1], words[1]])
    assert "nothing changed" in same.stdout
