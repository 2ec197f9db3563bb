"""The front door on Telegram: updates become questions, answers become messages."""

from __future__ import annotations
