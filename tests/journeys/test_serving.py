"""`policybot serve`: HTTP and Telegram from one process, until it is told to stop."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.reloading.status import read_status
from tests.channels.fake_bot_api import FakeBotApi
from tests.journeys.product import ROOT, environment, run

STARTED = re.compile(r"listening on (http://127\.0\.0\.1:\d+)")
PATIENCE = 30.0  # seconds; a start takes about 1 s on an idle machine


@dataclass
class Service:
    """A running service: its process, its address and its log so far."""

    process: asyncio.subprocess.Process
    address: str
    log: list[str]

    async def stop(self) -> int:
        """Send SIGTERM and give the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


@asynccontextmanager
async def serving(data: Path, **settings: str) -> AsyncIterator[Service]:
    """Run `policybot serve` on a free port."""
    ours = {"POLICYBOT_PORT": "0", "POLICYBOT_DATA": str(data), **settings}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "serve"),
        cwd=ROOT,
        env=environment(**ours),
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr
    log: list[str] = []
    try:
        async with asyncio.timeout(PATIENCE):
            while not (match := STARTED.search(log[-1] if log else "")):
                line = await process.stderr.readline()
                assert line, log
                log.append(line.decode())
        reader = asyncio.create_task(_read(process.stderr, log))
        yield Service(process, match[1], log)
        await reader
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _read(stream: asyncio.StreamReader, log: list[str]) -> None:
    log.extend([line.decode() async for line in stream])


async def test_http_answers_and_stops_cleanly(tmp_path: Path) -> None:
    """The API answers with the object of the terminal; SIGTERM ends the service with 0."""
    async with serving(tmp_path) as service, httpx.AsyncClient(trust_env=False) as client:
        health = await client.get(f"{service.address}/healthz")
        asked = {"question": "一级能效冰箱补多少", "date": "2026-11-02"}
        answer = (await client.post(f"{service.address}/api/v1/ask", json=asked)).json()
        again = {"question": "那洗衣机呢", "conversation": answer["conversation"]}
        follow = (await client.post(f"{service.address}/api/v1/ask", json=again)).json()
        assert await service.stop() == 0
    assert health.json() == {"status": "ok"}
    assert answer["outcome"] == "answered"
    assert "20%" in answer["text"]
    assert "一级能效洗衣机补多少" in follow["text"]
    assert not any("一级能效" in line for line in service.log)


async def test_telegram_and_http_run_side_by_side(tmp_path: Path) -> None:
    """With a token, a citizen in a chat gets the cited answer and a button unfolds more."""
    async with FakeBotApi() as api:
        settings = {"TELEGRAM_TOKEN": api.token, "TELEGRAM_BASE_URL": api.base_url}
        async with serving(tmp_path, **settings) as service:
            api.push_message("财产登记几天办好")
            (sent,) = await api.wait_for_sent(1)
            async with httpx.AsyncClient(trust_env=False) as client:
                health = await client.get(f"{service.address}/healthz")
            assert await service.stop() == 0
    assert "2个工作日" in sent.plain
    assert "出处：" in sent.plain
    assert sent.buttons
    assert health.status_code == 200
    assert not any(api.token in line for line in service.log)
    assert not any("财产登记" in line for line in service.log)


async def test_http_serves_on_while_telegram_is_away(tmp_path: Path) -> None:
    """A Bot API that nothing answers for costs nothing but the chats behind it."""
    settings = {"TELEGRAM_TOKEN": "1:nobody", "TELEGRAM_BASE_URL": "http://127.0.0.1:9"}
    async with serving(tmp_path, **settings) as service:
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await _until_answered(client, service.address)
        assert await service.stop() == 0
    assert answer["outcome"] == "answered"


async def _until_answered(client: httpx.AsyncClient, address: str) -> dict[str, str]:
    """Ask until the server takes connections, which it does once Telegram has been tried."""
    asked = {"question": "一级能效冰箱补多少"}
    response = await client.post(f"{address}/api/v1/ask", json=asked, timeout=PATIENCE)
    found: dict[str, str] = json.loads(response.text)
    return found


async def test_an_address_in_use_is_a_wrong_setting(tmp_path: Path) -> None:
    """A second service on the same port ends with 2 and names the setting."""
    async with serving(tmp_path) as service:
        port = service.address.rsplit(":", 1)[1]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "serve"),
            cwd=ROOT,
            env=environment(POLICYBOT_PORT=port, POLICYBOT_DATA=str(tmp_path)),
            stderr=asyncio.subprocess.PIPE,
        )
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert await service.stop() == 0
    assert process.returncode == 2
    assert "POLICYBOT_PORT" in errors.decode()


async def test_staff_edit_while_citizens_ask(tmp_path: Path) -> None:
    """Saved, broken, taken away and confirmed: the web and the chat always answer."""
    knowledge = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", knowledge)
    file = knowledge / "documents" / "yiyang" / "yiyang-time-limits.yaml"
    data, text = tmp_path / "var", file.read_text("utf-8")
    async with FakeBotApi() as api:
        settings = {
            "TELEGRAM_TOKEN": api.token,
            "TELEGRAM_BASE_URL": api.base_url,
            "POLICYBOT_KNOWLEDGE": str(knowledge),
        }
        async with serving(data, **settings) as service:
            file.write_text(text.replace("2个工作日", "4个工作日"), "utf-8")
            await _until_told(service.address, "4个工作日")
            api.push_message("财产登记几天办好")
            (sent,) = await api.wait_for_sent(1)
            assert "4个工作日" in sent.plain

            file.write_text(text.replace("wording:", "wording："), "utf-8")
            await _until_status(data, "有问题")
            assert "4个工作日" in (await _asked(service.address))["text"]

            file.unlink()
            await _until_status(data, "文件不见了")
            assert "4个工作日" in (await _asked(service.address))["text"]
            taken = await asyncio.to_thread(_command, data, "confirm", file.stem)
            assert file.name in taken.stdout
            await _until_told(service.address, "4个工作日", told=False)

            refused = await asyncio.to_thread(_command, data, "confirm", file.stem)
            assert refused.returncode == 1
            assert await service.stop() == 0
    stopped = await asyncio.to_thread(_command, data, "status")
    assert "没有运行" in stopped.stdout
    assert "没有上线的改动：无" in stopped.stdout


def _command(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(*arguments, POLICYBOT_DATA=str(data))


async def _until_status(data: Path, words: str) -> None:
    """Wait until a change is held for another reason than before; `policybot status` says it."""
    before = _reasons(data)
    async with asyncio.timeout(PATIENCE):
        while _reasons(data) in ((), before):
            await asyncio.sleep(0.02)
    assert words in (await asyncio.to_thread(_command, data, "status")).stdout


def _reasons(data: Path) -> tuple[str, ...]:
    status = read_status(data)
    return tuple(one.withheld.reason for one in status.report.held) if status else ()


async def _asked(address: str) -> dict[str, str]:
    async with httpx.AsyncClient(trust_env=False) as client:
        asked = {"question": "财产登记几天办好"}
        response = await client.post(f"{address}/api/v1/ask", json=asked, timeout=PATIENCE)
    assert response.status_code == 200
    found: dict[str, str] = response.json()
    return found


async def _until_told(address: str, words: str, *, told: bool = True) -> None:
    """Ask until an answer says it, or no longer says it; every answer on the way is whole."""
    async with asyncio.timeout(PATIENCE):
        while (words in (await _asked(address))["text"]) is not told:
            await asyncio.sleep(0.02)


async def test_a_data_folder_serves_one_service(tmp_path: Path) -> None:
    """A second service with the same data folder ends with 2; two would undo each other's work."""
    async with serving(tmp_path) as service:
        second = await asyncio.to_thread(
            run, "serve", POLICYBOT_PORT="0", POLICYBOT_DATA=str(tmp_path)
        )
        assert await service.stop() == 0
    assert second.returncode == 2
    assert "POLICYBOT_DATA" in second.stderr
