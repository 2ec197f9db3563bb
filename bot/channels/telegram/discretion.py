"""Keeps what people wrote, and the token, out of the log."""

from __future__ import annotations

import logging

ABOVE_ALL_LEVELS = logging.CRITICAL + 1  # the highest level that the library uses is CRITICAL


class WithheldError(Exception):
    """Stands in the log for an error whose message may quote a person: its type and place."""


def without_message(error: BaseException) -> WithheldError:
    """Give an error's type, traceback and causes without their messages, for the log."""
    stand_in = WithheldError(f"{type(error).__name__} (message withheld: it may quote a person)")
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        stand_in.__cause__ = without_message(cause)
    return stand_in.with_traceback(error.__traceback__)


def silence_library_log() -> None:
    """Let python-telegram-bot log nothing: this room logs every fault itself.

    The library prints whole updates and answers of the server in its warnings, and the token
    in the messages of its errors.
    """
    logging.getLogger("telegram").setLevel(ABOVE_ALL_LEVELS)
