"""The language server that editors such as VS Code run for YAML, spoken to as an editor does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VARIABLE = "YAML_LANGUAGE_SERVER"  # names the program where it is not on the PATH
SETTINGS = {
    "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
}
Message = dict[str, Any]


def program() -> str | None:
    """Find the server: `npm install -g yaml-language-server`, or where `VARIABLE` says."""
    return os.environ.get(VARIABLE) or shutil.which("yaml-language-server")


@dataclass
class LanguageServer:
    """A running server with the documents that were opened in it."""

    process: subprocess.Popen[bytes]
    sent: int = 0
    faults: dict[str, list[Message]] = field(default_factory=dict)  # by document, as they come

    def open(self, path: Path) -> list[Message]:
        """Open a file and give what the server finds wrong with it."""
        uri = path.as_uri()
        self.faults.pop(uri, None)
        text = path.read_text("utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self.faults:
            self._take(self._read())
        return self.faults[uri]

    def hover(self, path: Path, line: int, column: int) -> str:
        """Give what is shown where the pointer rests; line and column count from 0."""
        shown = self._at("textDocument/hover", path, line, column)
        return str(shown["contents"]["value"]) if shown else ""

    def completions(self, path: Path, line: int, column: int) -> dict[str, str]:
        """Give what can be written at a place, each with what is said of it."""
        found = self._at("textDocument/completion", path, line, column)
        return {item["label"]: str(item.get("documentation", "")) for item in found["items"]}

    def _at(self, method: str, path: Path, line: int, column: int) -> Any:
        place = {"line": line, "character": column}
        return self.ask(method, {"textDocument": {"uri": path.as_uri()}, "position": place})

    def ask(self, method: str, parameters: Message) -> Any:
        """Send a request and wait for what comes back; answer what the server asks meanwhile."""
        self.sent += 1
        self._write({"id": self.sent, "method": method, "params": parameters})
        while True:
            message = self._read()
            if message.get("id") == self.sent and "method" not in message:
                return message.get("result")
            self._take(message)

    def _take(self, message: Message) -> None:
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self.faults[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "workspace/configuration":
            wanted = [SETTINGS.get(item["section"]) for item in message["params"]["items"]]
            self._write({"id": message["id"], "result": wanted})
        elif "id" in message:
            self._write({"id": message["id"], "result": None})

    def tell(self, method: str, parameters: Message) -> None:
        """Send what wants no answer."""
        self._write({"method": method, "params": parameters})

    def _write(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self) -> Message:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        read: Message = json.loads(self.process.stdout.read(length))
        return read


@contextmanager
def running(folder: Path) -> Iterator[LanguageServer]:
    """Run the server for a folder, until the block ends."""
    name = program()
    assert name
    with subprocess.Popen(
        [name, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        server = LanguageServer(process)
        configured = {"workspace": {"configuration": True}}
        parts = {"textDocument": {"hover": {"contentFormat": ["markdown"]}}}
        capabilities = {**configured, **parts}
        start = {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities}
        server.ask("initialize", start)
        server.tell("initialized", {})
        server.tell("workspace/didChangeConfiguration", {"settings": SETTINGS})
        try:
            yield server
        finally:
            process.kill()
