"""Staff turn office files into drafts with one command."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.product import run
from tests.unit.knowledge.importing.office_files import NOTICE, docx_of
from tests.unit.knowledge.staff_files import write_folder


def test_an_import_tells_what_to_check_and_what_comes_next(tmp_path: Path) -> None:
    """Good files become drafts, a bad one is named in a line and does not stop the others."""
    knowledge = write_folder(tmp_path / "knowledge")
    (tmp_path / "通知.docx").write_bytes(docx_of(NOTICE, "页眉"))
    (tmp_path / "旧.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1"))
    done = run(
        *("import", str(tmp_path / "旧.doc"), str(tmp_path / "通知.docx")),
        *("--topic", "appliances", "--knowledge", str(knowledge)),
    )
    assert done.returncode == 1
    assert done.stderr.startswith("旧.doc：这是旧版 Office 文件，")
    assert done.stderr.count("\n") == 1
    written = list((knowledge / "drafts" / "appliances").glob("*.yaml"))
    assert len(written) == 1
    for said in ("覆盖 100%", str(written[0]), "页眉", "待核对", "effective_from", "documents"):
        assert said in done.stdout
    checked = run("check", "--knowledge", str(knowledge))
    assert checked.returncode == 0, checked.stdout


def test_a_wrong_topic_is_refused_in_a_line(tmp_path: Path) -> None:
    """A topic that leads elsewhere is a wrong setting; nothing is written."""
    knowledge = write_folder(tmp_path / "knowledge")
    done = run("import", "a.docx", "--topic", "../x", "--knowledge", str(knowledge))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert not (knowledge / "drafts").exists()
