"""Wrong settings are named, with a remedy and without secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import read_settings


@pytest.mark.parametrize(
    ("name", "value"),
    [("POLICYBOT_PORT", "eighty"), ("POLICYBOT_PORT", "70000"), ("POLICYBOT_HOST", "")],
)
def test_a_wrong_setting_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The message names the setting and its value, in Chinese."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert raised.value.name == name
    assert repr(value) in str(raised.value)
    assert "请" in raised.value.remedy


def test_a_settings_file_in_another_encoding_is_a_wrong_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A `.env` that an editor saved as GBK ends in a message."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes("POLICYBOT_PORT=8000 # 端口\n".encode("gbk"))
    with pytest.raises(SettingsError, match="UTF-8"):
        read_settings()
