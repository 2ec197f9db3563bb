"""The command line: every command, and the one place where errors become words and exits."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from bot.cli.ask import ask, chat
from bot.cli.calibrate import calibrate
from bot.cli.changes import changes
from bot.cli.check import check
from bot.cli.confirm import confirm
from bot.cli.evaluate import evaluate
from bot.cli.explain import explain
from bot.cli.import_ import import_
from bot.cli.keeping import new, retire, reviewed
from bot.cli.review import review
from bot.cli.serve import serve
from bot.cli.status import status
from bot.errors import KnowledgeError, PolicyBotError, SettingsError

commands = typer.Typer(
    name="policybot",
    help="政策问答：回答附依据、出处和效力。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    ask,
    chat,
    explain,
    check,
    serve,
    status,
    confirm,
    evaluate,
    calibrate,
    changes,
    review,
    new,
    retire,
    reviewed,
):
    commands.command()(command)
commands.command("import")(import_)  # a word that Python keeps for itself

EXIT_FAULT = 1
EXIT_SETTINGS = 2


def run() -> int:
    """Run a command and give its exit code; a person reads one line an error, no traceback.

    What is wrong with the words of a command typer says itself, with the usage, and exits.
    """
    _speak_utf8()
    try:
        commands()
    except PolicyBotError as error:
        _report(error)
        return EXIT_SETTINGS if isinstance(error, SettingsError) else EXIT_FAULT
    except BrokenPipeError:
        sys.stderr.close()  # or Python complains about the pipe once more on its way out
        return EXIT_FAULT
    except OSError as error:
        print(f"读写出错：{error.strerror}", file=sys.stderr)
        return EXIT_FAULT
    return 0


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
