"""The only reader of the environment: every setting of policybot, typed, with its default."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

REMEDIES = {
    "int_parsing": "请写整数",
    "string_too_short": "请写本机的地址，如 127.0.0.1",
    "less_than_equal": "请写 0 到 65535 之间的整数",
    "greater_than_equal": "请写 0 到 65535 之间的整数",
}
SECRETS = ("TELEGRAM_TOKEN", "TELEGRAM_PROXY")  # a proxy's address may carry a password


class Settings(BaseSettings):
    """Settings from the environment and from a file `.env` in the working folder."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True)

    knowledge: Path = Field(Path("knowledge"), validation_alias="POLICYBOT_KNOWLEDGE")
    data: Path = Field(Path("var"), validation_alias="POLICYBOT_DATA")
    host: str = Field("127.0.0.1", min_length=1, validation_alias="POLICYBOT_HOST")
    port: int = Field(8000, ge=0, le=65535, validation_alias="POLICYBOT_PORT")
    telegram_token: SecretStr = Field(SecretStr(""), validation_alias="TELEGRAM_TOKEN")
    telegram_proxy: SecretStr = Field(SecretStr(""), validation_alias="TELEGRAM_PROXY")
    telegram_base_url: str = Field("", validation_alias="TELEGRAM_BASE_URL")


def read_settings() -> Settings:
    """Read the settings once, at the start of a command.

    Raises `SettingsError` for the first setting that is wrong, its value masked if secret.
    """
    try:
        return Settings()
    except UnicodeDecodeError as error:
        raise SettingsError(".env", "", "文件编码不是 UTF-8，请另存为 UTF-8") from error
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        value = "***" if name in SECRETS else str(first["input"])
        raise SettingsError(name, value, REMEDIES.get(first["type"], "请改成有效的值")) from error
