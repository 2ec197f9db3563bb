"""What a person can use is documented: commands, options, settings, fields, errors, rooms."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel
from typer.main import get_command

from bot import __version__, errors
from bot.cli.main import commands
from bot.knowledge import schema
from bot.models.explanations import Reason, RuleUse
from bot.models.questions import Outcome, Status
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
HANDBOOK = (ROOT / "knowledge" / "README.md").read_text("utf-8")
FILES = (
    "DocumentFields",
    "OfficeFields",
    "SynonymFields",
    "JudgementsFields",
    "CalibrationFields",
)


def _options() -> Iterator[tuple[str, str]]:
    group = get_command(commands)
    assert isinstance(group, typer.core.TyperGroup)
    for name, command in group.commands.items():
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    yield name, option


@pytest.mark.parametrize(("name", "option"), tuple(_options()))
def test_every_option_is_documented(name: str, option: str) -> None:
    """Each option of each command stands in a row of that command in the README."""
    rows = [line for line in README.splitlines() if line.startswith(f"| `policybot {name}")]
    assert any(option in row for row in rows)


def test_every_setting_is_documented() -> None:
    """Each variable that the settings read has its row in the README."""
    names = {str(field.validation_alias) for field in Settings.model_fields.values()}
    documented = set(re.findall(r"^\| `([A-Z_]+)`", README, re.MULTILINE))
    assert names == documented


def test_every_error_is_documented() -> None:
    """Each error of the tree has its row in the README."""
    tree = {
        name
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.PolicyBotError) and kind is not errors.PolicyBotError
    }
    documented = set(re.findall(r"^\| `(\w+Error)`", README, re.MULTILINE))
    assert tree == documented


@pytest.mark.parametrize("word", [*Outcome, *Status, *Reason, *RuleUse])
def test_every_outcome_and_status_is_documented(word: str) -> None:
    """Each value that the API can give for an outcome, a status, a reason or a rule's use."""
    assert f"`{word}`" in README


def _fields(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name
        for kind in _models_in(field.annotation):
            yield from _fields(kind)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


@pytest.mark.parametrize("file", FILES)
def test_every_field_is_in_the_handbook(file: str) -> None:
    """Each field that staff can write stands in the handbook."""
    fields = set(_fields(getattr(schema, file)))
    prose = re.sub(r"```.*?```", "", HANDBOOK, flags=re.DOTALL)
    codes = re.findall(r"`([^`\n]+)`", prose)
    named = {part for code in codes for part in re.split(r"\W+", code)}
    assert fields <= named


def test_every_room_is_on_the_map() -> None:
    """Each package and module at the top of `bot/` stands in bot/README.md."""
    room_map = (ROOT / "bot" / "README.md").read_text("utf-8")
    rooms = {path.name for path in (ROOT / "bot").iterdir() if path.name[0] not in "._"}
    unnamed = {room for room in rooms - {"README.md", "py.typed"} if room not in room_map}
    assert not unnamed


def test_the_changelog_knows_this_version() -> None:
    """The version of the package has its heading in the changelog."""
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    """`.ci/run` finds its one test command in the README, so that the two cannot differ."""
    pattern = r"^    (python3 -m venv .*pytest)$"
    assert len(re.findall(pattern, README, re.MULTILINE)) == 1
    assert "README.md" in (ROOT / ".ci" / "run").read_text("utf-8")
