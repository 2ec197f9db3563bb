"""`python -m bot` and the command `policybot`."""

from __future__ import annotations

import sys

EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells expect


def main() -> None:
    """Run a command; Ctrl-C ends it quietly, also while its libraries are still loaded."""
    try:
        from bot.cli.main import run

        sys.exit(run())
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)


if __name__ == "__main__":
    main()
