"""Logs: one line an event on standard error, without tokens and without what people wrote."""

from __future__ import annotations

import logging
import secrets

log = logging.getLogger("policybot")


def start_logging(level: int = logging.INFO) -> None:
    """Send the log to standard error; to be called once, by commands that serve."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # httpx logs every address it calls at INFO, and the bot's token is a part of the address.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("httpcore").setLevel(logging.WARNING)


def report_fault(where: str, error: BaseException) -> str:
    """Log an unexpected error with its traceback; give the reference id to tell a person."""
    reference = secrets.token_hex(4)  # 8 characters: short enough to be read out on the phone
    log.error("fault %s in %s", reference, where, exc_info=error)
    return reference
