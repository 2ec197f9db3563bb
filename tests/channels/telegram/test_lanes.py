"""Work of one lane is done in order, that of many lanes at once."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.channels.telegram.lanes import Lanes


async def test_a_lane_keeps_its_order_and_no_more_than_so_many_work_at_once() -> None:
    """Each lane is one after the other, and all lanes together hold the limit."""
    lanes, done, working, most = Lanes(3, 100), [], 0, 0

    async def work(lane: str, number: int) -> None:
        nonlocal working, most
        working += 1
        most = max(most, working)
        await asyncio.sleep(0.001 * (3 - number % 3))
        working -= 1
        done.append((lane, number))

    for number in range(9):
        for lane in "abcdef":
            await lanes.add(lane, partial(work, lane, number))
    await lanes.finish(5)

    assert most == 3
    for lane in "abcdef":
        assert [number for each, number in done if each == lane] == list(range(9))


async def test_adding_waits_while_too_much_is_waiting() -> None:
    """Memory is bounded: what cannot be taken yet stays where it is kept safely."""
    lanes, gate = Lanes(1, 2), asyncio.Event()

    async def work() -> None:
        await gate.wait()

    await lanes.add("a", work)
    await lanes.add("b", work)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(lanes.add("c", work), 0.05)

    gate.set()
    await asyncio.wait_for(lanes.add("c", work), 1)
    await lanes.finish(1)


async def test_finishing_cuts_off_what_takes_too_long() -> None:
    """Whoever stops does not wait for ever, and nothing runs on afterwards."""
    lanes, cut_off = Lanes(1, 10), []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cut_off.append(True)
            raise

    await lanes.add("a", work)
    await lanes.add("a", work)
    await lanes.add("b", work)
    await lanes.finish(0.05)

    assert cut_off == [True]
    await lanes.finish(0.05)
