"""The command line: every command, and the one place where errors become words and exits."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from bot.cli.ask import ask, chat
from bot.cli.check import check
from bot.cli.evaluate import evaluate
from bot.cli.serve import serve
from bot.errors import KnowledgeError, PolicyBotError, SettingsError

commands = typer.Typer(
    name="policybot",
    help="政策问答：回答附依据、出处和效力。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (ask, chat, check, serve, evaluate):
    commands.command()(command)

EXIT_KNOWLEDGE = 1
EXIT_SETTINGS = 2
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells expect
EXIT_BROKEN_PIPE = 141  # 128 + SIGPIPE, as shells expect


def main() -> None:
    """Run a command; a person reads one line an error, never a traceback."""
    _speak_utf8()
    try:
        commands()
    except PolicyBotError as error:
        _report(error)
        sys.exit(EXIT_SETTINGS if isinstance(error, SettingsError) else EXIT_KNOWLEDGE)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # or Python complains about the pipe once more on its way out
        sys.exit(EXIT_BROKEN_PIPE)


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the locale says; bytes that are not become �."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _report(error: PolicyBotError) -> None:
    print(error, file=sys.stderr)
    if isinstance(error, KnowledgeError):
        for problem in error.problems:
            print(problem, file=sys.stderr)
