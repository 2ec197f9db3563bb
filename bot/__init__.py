"""policybot: answers questions about government policy with passage, source and validity."""

from __future__ import annotations

__version__ = "0.1.0"
