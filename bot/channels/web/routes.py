"""HTTP → question, answer → JSON: the public API, version 1, and the health check.

The only door of fastapi. Every refusal is `{"error": {"code", "message"}}` with a message in
Chinese that names the remedy; an unexpected error gives its reference id and nothing else.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import __version__
from bot.channels.explanations import explained_object
from bot.channels.web.objects import AnswerObject, AskRequest, ErrorObject, ExplainedObject
from bot.channels.wire import answer_object
from bot.models.questions import Asker, Question
from bot.ports import Answering, Clock
from bot.telemetry import report_fault

LARGEST_BODY = 64 * 1024  # bytes; a question of 10,000 hanzi, escaped as \uXXXX, has 60,000
CONVERSATION_BYTES = 12  # random bytes of a new conversation's id: nobody can guess another's

ERRORS: tuple[tuple[int | str, str], ...] = (
    (400, "请求体不能读"),
    (413, "请求太大"),
    (422, "请求的内容不对"),
    (500, "服务出错，附编号"),
)
INSIDE = frozenset({"body", "query"})  # where pydantic says that a field stands
REASONS = {
    "bool_parsing": "请写 1 或 0",
    "json_invalid": "请求体不是有效的JSON，请检查引号、逗号和括号",
    "missing": "缺少必填字段",
    "string_type": "应为字符串",
    "extra_forbidden": "没有这个字段",
    "string_pattern_mismatch": "只能用字母、数字、- 和 _，最多64个",
    "string_too_long": "太长",
    "date_from_datetime_parsing": "不是有效日期，请写成 YYYY-MM-DD",
    "date_parsing": "不是有效日期，请写成 YYYY-MM-DD",
    "date_type": "不是有效日期，请写成 YYYY-MM-DD",
    "model_attributes_type": '请求体应为JSON对象，如 {"question": "一级能效冰箱补多少"}',
}


ExplainParameter = Annotated[
    bool, Query(description="1：附上 explanation，说明为什么这样回答；给工作人员和开发者看")
]


class BodyCap:
    """Refuses a body over the cap before anything parses it; plain ASGI, no buffering of more."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read at most the cap, then hand the body on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = b""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > LARGEST_BODY:
                refusal = _refusal(413, "too_large", "请求太大，问题请控制在500字以内")
                await refusal(scope, receive, send)
                return
        await self._app(scope, _replayed(body, receive), send)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Give the body once, then whatever the connection says next."""
    messages = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def next_message() -> Message:
        return next(messages, None) or await receive()

    return next_message


def create_api(answering: Answering, clock: Clock) -> FastAPI:
    """Build the HTTP application around the one door of answering."""
    api = FastAPI(
        title="policybot",
        version=__version__,
        description="政策问答接口：回答附依据、出处和效力。",
        docs_url=None,  # its pages load scripts from a CDN, which many offices cannot reach
        redoc_url=None,
        redirect_slashes=False,
    )
    api.add_middleware(BodyCap)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http_error)
    api.add_exception_handler(Exception, _fault)

    @api.get("/healthz", summary="存活检查")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    refusals = {status: {"model": ErrorObject, "description": text} for status, text in ERRORS}

    @api.post(
        "/api/v1/ask",
        response_model=ExplainedObject | AnswerObject,
        responses=refusals,
        summary="提问",
    )
    def ask(asked: AskRequest, explain: ExplainParameter = False) -> dict[str, Any]:
        conversation = asked.conversation or secrets.token_urlsafe(CONVERSATION_BYTES)
        question = Question(asked.question, Asker("web", conversation), clock.now())
        if explain:
            return explained_object(answering.explain(question, asked.date_))
        return answer_object(answering.ask(question, asked.date_))

    return api


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # what it is registered for
    reasons = []
    for one in error.errors():
        field = ".".join(
            str(part) for part in one["loc"] if isinstance(part, str) and part not in INSIDE
        )
        reason = REASONS.get(one["type"], "格式不对")
        reasons.append(f"{field}：{reason}" if field and one["type"] != "json_invalid" else reason)
    return _refusal(422, "invalid_request", "；".join(reasons))


async def _http_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101  # what it is registered for
    messages = {404: "没有这个地址", 405: "不支持这种请求方法，提问请用 POST"}
    message = messages.get(error.status_code, "请求体不能读，请检查编码和格式")
    return _refusal(error.status_code, "http_error", message, error.headers)


async def _fault(request: Request, error: Exception) -> JSONResponse:
    reference = report_fault(request.url.path, error)
    return _refusal(500, "internal_error", f"抱歉，出了点问题（编号 {reference}），请稍后再试")


def _refusal(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    content = {"error": {"code": code, "message": message}}
    return JSONResponse(content, status_code=status, headers=headers)
