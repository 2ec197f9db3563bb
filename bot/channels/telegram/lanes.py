"""Work of one chat in order, of many chats at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Work = Callable[[], Awaitable[None]]


class Lanes:
    """Does the work of each lane in order and that of different lanes side by side.

    A lane that waits (for a flooded chat, say) holds one slot only, however much stands in it.
    Work must not raise: whoever adds it catches its errors.
    """

    def __init__(self, at_once: int, most_waiting: int) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._room = asyncio.Semaphore(most_waiting)
        self._lanes: dict[str, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def add(self, key: str, work: Work) -> None:
        """Put work at the end of a lane; waits while too much is waiting in all lanes."""
        await self._room.acquire()
        lane = self._lanes.get(key)
        if lane is not None:
            lane.append(work)
            return
        lane = self._lanes[key] = deque([work])
        task = asyncio.create_task(self._empty(key, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Wait until all lanes are empty, at most so long; what is left then is cut off."""
        if not self._tasks:
            return
        _, unfinished = await asyncio.wait(self._tasks, timeout=seconds)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)

    async def _empty(self, key: str, lane: deque[Work]) -> None:
        try:
            while lane:
                async with self._slots:
                    await lane.popleft()()
                self._room.release()
        finally:
            del self._lanes[key]
