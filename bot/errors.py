"""The errors of policybot; a person reads one line, a program reads the attributes.

PolicyBotError
├── SettingsError     a setting is wrong: its name and value (secrets masked); exit 2
├── KnowledgeError    staff files are wrong: every problem of every file at once; exit 1
├── RewriteError      a staff file was not changed: its path, why and what to do by hand
├── EditionError      an index cannot be built or mapped
├── DraftError        a file cannot be imported: which, what is wrong with it, what to do
└── DeliveryError     a channel could not deliver: channel, retry_after in seconds

Finding nothing is an outcome of a question, not an error.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a staff file: where it is, what is wrong and what to do instead.

    `path` is relative to the knowledge folder; `line` and `column` count from 1 (0: the whole
    file); `field` is a path such as `benefits[0].cap`; `what` and `remedy` are Chinese.
    """

    path: str
    line: int
    column: int
    field: str
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        field = f" {self.field}" if self.field else ""
        return f"{place}{field}: {self.what}，{self.remedy}"


class PolicyBotError(Exception):
    """Base of all: `str(error)` is one line, in Chinese, that a person can act on.

    The attributes of an error are what it is made from, in that order, so that it can pass from
    one process to another.
    """

    def __reduce__(self) -> tuple[type[PolicyBotError], tuple[object, ...]]:
        return type(self), tuple(vars(self).values())


class SettingsError(PolicyBotError):
    """A setting is missing or wrong; secrets are masked before they come here."""

    def __init__(self, name: str, value: str, remedy: str) -> None:
        self.name, self.value, self.remedy = name, value, remedy
        super().__init__(f"设置 {name}={value!r} 有误：{remedy}")


class KnowledgeError(PolicyBotError):
    """The knowledge folder has problems; all of them are in `problems`, in order of place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(f"知识文件有{len(problems)}处问题，请用 policybot check 查看")


class RewriteError(PolicyBotError):
    """A command could not change a staff file, which is as it was; `remedy` says what to do."""

    def __init__(self, path: str, cause: str, remedy: str) -> None:
        self.path, self.cause, self.remedy = path, cause, remedy
        super().__init__(f"{path} 没有改动：{cause}，{remedy}")


class EditionError(PolicyBotError):
    """An edition cannot be built from a corpus, or its file cannot be read."""

    def __init__(self, cause: str) -> None:
        self.cause = cause
        super().__init__(f"索引建立失败：{cause}")


class DraftError(PolicyBotError):
    """A file cannot be made into drafts, or a draft cannot be written; the file is left alone."""

    def __init__(self, file: str, what: str, remedy: str) -> None:
        self.file, self.what, self.remedy = file, what, remedy
        super().__init__(f"{file}：{what}，{remedy}")


class DeliveryError(PolicyBotError):
    """A channel could not deliver a reply; `retry_after` is in seconds, None: do not retry."""

    def __init__(self, channel: str, cause: str, retry_after: float | None = None) -> None:
        self.channel, self.cause, self.retry_after = channel, cause, retry_after
        super().__init__(f"{channel} 发送失败：{cause}")
