"""Where support is enough: the two thresholds that a calibration sets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibration:
    """Refuse below the first cover (0 to 1), hedge below the second, else answer.

    The defaults serve knowledge that was never calibrated; they are what the shipped documents
    with their `asks` gave.
    """

    refuse_below: float = 0.3
    answer_from: float = 0.42


UNCALIBRATED = Calibration()
NO_THRESHOLDS = Calibration(0.0, 0.0)  # what would be answered if support did not matter
