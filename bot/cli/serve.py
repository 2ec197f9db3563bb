"""`policybot serve`: HTTP, and Telegram where a token is set, until it is told to stop."""

from __future__ import annotations

import asyncio

from bot.app import serve as run_service
from bot.cli.options import KnowledgeOption, settings_with
from bot.telemetry import start_logging


def serve(*, knowledge: KnowledgeOption = None) -> None:
    """启动服务：HTTP 接口；设置了 TELEGRAM_TOKEN 时还有 Telegram。"""
    start_logging()
    asyncio.run(run_service(settings_with(knowledge)))
