"""Staff set the thresholds of their own knowledge with one command."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.loading import CALIBRATION, load
from tests.journeys.product import run
from tests.unit.knowledge.staff_files import OFFICE, Files, write_files

ASKS = [
    f"{item}{way}" for item in ("养老保险", "医疗保险") for way in ["怎么交", "交多少", "几月交"]
]
MORE_ASKS = [f"{number}岁{ask}" for number in (20, 30, 40, 50, 60, 70, 80) for ask in ASKS]


def folder_with(asks: list[str], folder: Path) -> Path:
    """Write a knowledge folder of one document with these asks."""
    document = (
        "title: 居民保险缴费办法\nwording: 摘编\nsource: {publisher: 某县人民政府网}\nsections:\n"
        f"  - heading: 缴费\n    asks: [{', '.join(asks)}]\n"
        "    text: 居民养老保险、医疗保险每年9月交，一年交400元，在村级服务点交。\n"
    )
    files: Files = {"office.yaml": OFFICE, "documents/insurance.yaml": document}
    return write_files(folder, files)


def test_calibrating_writes_what_the_loader_reads(tmp_path: Path) -> None:
    """The trade-off is shown, and the thresholds serve from the next start on."""
    folder = folder_with(MORE_ASKS, tmp_path)
    done = run("calibrate", "--knowledge", str(folder), POLICYBOT_DATA=str(tmp_path / "var"))
    assert done.returncode == 0, done.stderr
    assert "█" in done.stdout
    corpus = load(folder)
    assert 0 < corpus.calibration.refuse_below <= corpus.calibration.answer_from
    written = (folder / CALIBRATION).read_text("utf-8")
    assert f"refuse_below: {corpus.calibration.refuse_below:.2f}" in written
    assert f"knowledge: {load(folder, calibrated=False).digest[:12]}" in written


def test_too_few_asks_set_no_threshold(tmp_path: Path) -> None:
    """The command says what is missing, and leaves the folder as it was."""
    folder = folder_with(ASKS, tmp_path)
    done = run("calibrate", "--knowledge", str(folder), POLICYBOT_DATA=str(tmp_path / "var"))
    assert done.returncode == 2
    assert "asks" in done.stderr
    assert not (folder / CALIBRATION).exists()
