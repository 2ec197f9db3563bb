"""Last days: counted by the calendar, never on a day off, never earlier for a later start."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.deadlines import Deadline, work_out
from bot.answering.workdays import Calendar
from bot.models.documents import TimeLimit, Workdays

CALENDAR = Calendar()
STARTS = st.dates(date(2020, 1, 1), date(2028, 12, 31))
DAYS = st.integers(1, 60)
# From the State Council's notices for 2024 and 2026: the days off around two holidays.
MID_AUTUMN_2024 = {date(2024, 9, 15), date(2024, 9, 16), date(2024, 9, 17)}


def limit(days: int, *, working: bool = True, counted_from: str = "") -> TimeLimit:
    """Make a time limit of so many days."""
    return TimeLimit("财产登记", days, working, "规定", counted_from=counted_from)


def due(days: int, start: date, *, working: bool = True) -> Deadline:
    """Work out a deadline whose start is understood."""
    found = work_out(limit(days, working=working), start, CALENDAR)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2024, 9, 13), 2, date(2024, 9, 18)),  # 14 is worked, 15 to 17 are off
        (date(2024, 9, 30), 5, date(2024, 10, 12)),  # a Saturday that is worked
        (date(2026, 9, 24), 5, date(2026, 10, 9)),
        (date(2026, 11, 22), 2, date(2026, 11, 24)),  # taken in on a Sunday
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday that is worked
    ],
)
def test_holidays_and_days_that_make_up_for_them_are_counted(
    start: date, days: int, last: date
) -> None:
    """The day is the one that the State Council's calendar gives."""
    found = due(days, start)
    assert (found.day, found.known) == (last, True)


def test_the_count_and_what_it_takes_for_granted_are_shown() -> None:
    """Each working day, the holidays between, and that counting starts on the next day."""
    found = due(2, date(2024, 9, 13))
    assert "9月14日（周六，调休上班）、9月18日（周三）" in found.steps[0]
    assert found.steps[1] == "放假不算：9月16日至9月17日"
    assert "受理的次日起算" in found.assumptions[0]
    assert "提交材料不等于受理" in found.assumptions[0]


def test_a_year_that_is_not_announced_gives_no_day() -> None:
    """Only the earliest day is known, and the assumption says by what."""
    found = due(2, date(2026, 12, 30))
    assert not found.known
    assert found.day == date(2027, 1, 4)  # 1 January is off in every year, 2 and 3 a weekend
    assert "2027年放假安排未收录" in found.assumptions[-1]
    assert not due(5, date(2027, 4, 28)).known
    assert due(5, date(2027, 4, 28)).day == date(2027, 5, 5)  # 1 May is a Saturday


def test_the_calendar_of_the_office_goes_before_the_library() -> None:
    """A year that staff wrote down is known, with its days off and its worked weekends."""
    own = Workdays(2027, (date(2027, 1, 4),), (date(2027, 1, 2),), "通知")
    found = work_out(limit(2), date(2026, 12, 31), Calendar((own,)))
    assert found is not None
    assert (found.day, found.known) == (date(2027, 1, 5), True)
    assert "1月2日（周六，调休上班）" in found.steps[0]


def test_a_start_that_is_not_understood_gives_no_day() -> None:
    """自受理之日起 may or may not count the day itself: nothing is made up."""
    assert work_out(limit(5, counted_from="受理之日起"), date(2026, 3, 2), CALENDAR) is None
    stated = work_out(limit(5, counted_from="受理次日"), date(2026, 3, 2), CALENDAR)
    assert stated is not None
    assert stated.day == date(2026, 3, 9)
    assert "没有写明" not in "".join(stated.assumptions)


def test_the_first_day_after_a_holiday_is_the_first_one_worked() -> None:
    """国庆后 is the first working day after it; unknown where the year is not announced."""
    assert CALENDAR.first_after_holiday("国庆", date(2026, 3, 1)) == date(2026, 10, 8)
    assert CALENDAR.first_after_holiday("中秋", date(2026, 3, 1)) == date(2026, 9, 28)
    assert CALENDAR.first_after_holiday("国庆", date(2026, 11, 22)) is None


@given(STARTS, DAYS, st.booleans())
def test_a_deadline_never_falls_on_a_day_off(start: date, days: int, working: bool) -> None:
    """Neither one in working days nor one in calendar days."""
    found = due(days, start, working=working)
    assert CALENDAR.is_worked(found.day)
    assert found.day > start
    assert not any(found.day == day for day in MID_AUTUMN_2024)


@given(STARTS, st.integers(0, 20), DAYS, st.booleans())
def test_a_deadline_never_moves_backwards(
    start: date, later: int, days: int, working: bool
) -> None:
    """Handed in later, it is done on the same day or later."""
    first = due(days, start, working=working)
    assert first.day <= due(days, start + timedelta(days=later), working=working).day


@given(STARTS, DAYS)
def test_as_many_days_are_worked_as_the_limit_says(start: date, days: int) -> None:
    """From the day after the start to the last day, that one counted."""
    last = due(days, start).day
    between = [start + timedelta(days=step) for step in range(1, (last - start).days + 1)]
    assert sum(map(CALENDAR.is_worked, between)) == days
