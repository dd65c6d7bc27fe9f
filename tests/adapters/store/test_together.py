"""Many files at once: the old project or the new one, whole, whenever the program dies."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorestage.adapters.store import atomic, together
from scorestage.adapters.store.together import (
    changing_together,
    finish_changes,
    kept_changes,
    take_back,
)
from scorestage.errors import ProjectError


def project(root: Path) -> Path:
    for name, text in {
        "production.toml": "title = 'a'\n",
        "cues/one/cue.toml": "id = 'one'\n",
        "cues/one/sketch.musicxml": "<a/>\n",
        "cues/two/cue.toml": "id = 'two'\n",
        "build/page.pdf": "pages",
        "film.mp4": "pictures",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def content(root: Path) -> dict[str, bytes]:
    hidden = {".scorestage.lock"}
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "undo" not in path.parts and path.name not in hidden
    }


def change(stage: Path) -> None:
    (stage / "production.toml").write_text("title = 'b'\n", encoding="utf-8")
    (stage / "cues/one/sketch.musicxml").unlink()
    new = stage / "cues/three/cue.toml"
    new.parent.mkdir(parents=True)
    new.write_text("id = 'three'\n", encoding="utf-8")


def test_what_differs_is_changed_and_taken_back_to_the_bytes(tmp_path: Path) -> None:
    root = project(tmp_path)
    before = content(root)
    with changing_together(root, "a new cut") as stage:
        assert not (stage / "film.mp4").exists() and not (stage / "build").exists()
        change(stage)
    after = content(root)
    assert after["production.toml"] == b"title = 'b'\n"
    assert "cues/one/sketch.musicxml" not in after and "cues/three/cue.toml" in after
    assert after["film.mp4"] == before["film.mp4"]
    (kept,) = kept_changes(root)
    assert kept.words == "a new cut" and len(kept.files) == 3
    assert take_back(root) == kept
    assert content(root) == before and not (root / "cues/three").exists()
    assert kept_changes(root) == ()
    with pytest.raises(ProjectError, match="nothing to undo"):
        take_back(root)


def test_changes_are_taken_back_one_by_one(tmp_path: Path) -> None:
    root = project(tmp_path)
    first = content(root)
    for title in "xy":
        with changing_together(root, title) as stage:
            (stage / "production.toml").write_text(title, encoding="utf-8")
    assert take_back(root).words == "y"
    assert (root / "production.toml").read_text(encoding="utf-8") == "x"
    take_back(root)
    assert content(root) == first


def test_work_that_fails_changes_nothing(tmp_path: Path) -> None:
    root = project(tmp_path)
    before = content(root)
    with pytest.raises(RuntimeError), changing_together(root, "fails") as stage:
        change(stage)
        raise RuntimeError
    assert content(root) == before and kept_changes(root) == ()


def test_nothing_changed_keeps_nothing(tmp_path: Path) -> None:
    root = project(tmp_path)
    with changing_together(root, "nothing"):
        pass
    assert kept_changes(root) == ()


def test_a_file_changed_since_is_not_overwritten(tmp_path: Path) -> None:
    root = project(tmp_path)
    with changing_together(root, "a") as stage:
        change(stage)
    (root / "production.toml").write_text("title = 'mine'\n", encoding="utf-8")
    with pytest.raises(ProjectError, match="changed since"):
        take_back(root)
    assert (root / "production.toml").read_text(encoding="utf-8") == "title = 'mine'\n"


@pytest.mark.parametrize("backwards", [False, True])
def test_whoever_dies_leaves_the_old_or_the_new_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backwards: bool
) -> None:
    """Die at every single write, one after the other; then open the project again."""
    outcomes = set()
    for moment in range(1, 30):
        root = project(tmp_path / f"{backwards}{moment}")
        before = content(root)
        if backwards:
            with changing_together(root, "a") as stage:
                change(stage)
        start = content(root)
        writes = 0

        def dying(path: Path, data: bytes, moment: int = moment) -> None:
            nonlocal writes
            writes += 1
            if writes == moment:
                raise KeyboardInterrupt
            atomic.write_bytes(path, data)

        with monkeypatch.context() as patch:
            patch.setattr(together, "write_bytes", dying)
            try:
                if backwards:
                    take_back(root)
                else:
                    with changing_together(root, "a") as stage:
                        change(stage)
                died = False
            except KeyboardInterrupt:
                died = True
        finish_changes(root)
        now = content(root)
        assert set(now) - {".stage"} == set(now)
        whole = {"old"} if now == start else set()
        if now != start:
            assert now == before if backwards else now["production.toml"] == b"title = 'b'\n"
            assert backwards or "cues/three/cue.toml" in now
            whole = {"new"}
        outcomes |= whole
        if not died:
            break
    assert outcomes == {"old", "new"}


def test_the_copy_of_a_program_that_was_killed_goes_with_the_next_command(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / ".stage" / "cues").mkdir(parents=True)
    assert not finish_changes(root)
    assert not (root / ".stage").exists()
    with changing_together(root, "a") as stage:
        finish_changes(root)
        assert (stage / "production.toml").is_file()
