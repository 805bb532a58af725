"""The MCP door: the same tools in process, over stdio, and over HTTP with tokens."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import mcp as sdk
import pytest
import uvicorn
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from privacy.access.model import Caller
from privacy.access.tokens import issue, revoke
from privacy.opened import OpenZone
from privacy.zones.model import Purpose
from serving.acts import Acts
from serving.mcp.http import build_http_app
from serving.mcp.server import build_server
from serving.query import CustomerQueries

HANDLE = "mia.lang@example.org"
Run = Callable[[Callable[[Client], Coroutine[Any, Any, Any]]], Any]


@pytest.fixture
def in_process(zone: OpenZone, ai_agent: Caller) -> Run:
    """Run a conversation with a server in this process."""

    def run(talk: Callable[[Client], Coroutine[Any, Any, Any]]) -> Any:
        async def whole() -> Any:
            async with Client(build_server(zone, ai_agent, Purpose.SERVICE)) as client:
                return await talk(client)

        return asyncio.run(whole())

    return run


async def four_questions(client: Client) -> dict[str, Any]:
    """Ask with every tool once; gives the structured answers."""
    found = await client.call_tool("find_customer", {"handle": HANDLE})
    assert not found.is_error, found
    about = {"customer_id": found.structured_content["customer_id"]}
    answers = {"find_customer": found.structured_content}
    for tool, arguments in (
        ("get_context", about),
        ("list_open", about),
        ("page_timeline", about | {"limit": 3}),
    ):
        result = await client.call_tool(tool, arguments)
        assert not result.is_error, result
        answers[tool] = result.structured_content
    return answers


def check(answers: dict[str, Any], mia: str) -> None:
    assert answers["find_customer"] == {"customer_id": mia, "matched": "email"}
    assert answers["get_context"]["last_reason"] == "delivery"
    assert "last_rating" not in answers["get_context"]
    assert [t["thread_id"] for t in answers["list_open"]["threads"]] == ["t_sooner", "t_later"]
    ids = [entry["entry_id"] for entry in answers["page_timeline"]["entries"]]
    assert ids == ["i_00129", "i_00128", "i_00127"]


def test_the_folder_named_mcp_does_not_hide_the_package() -> None:
    assert Path(sdk.__file__).parent.parent.name == "site-packages"
    code = "import serving.mcp.server, mcp; print(mcp.__file__)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "site-packages" in told.stdout


def test_every_tool_answers_in_structure(in_process: Run, mia: str) -> None:
    check(in_process(four_questions), mia)


def test_there_are_four_tools_each_described_and_read_only(in_process: Run) -> None:
    async def talk(client: Client) -> list[Any]:
        return (await client.list_tools()).tools

    tools = in_process(talk)
    assert {tool.name for tool in tools} == {
        "find_customer",
        "get_context",
        "page_timeline",
        "list_open",
    }
    for tool in tools:
        assert tool.description, tool.name
        assert tool.annotations.read_only_hint, tool.name
        assert tool.output_schema["properties"], tool.name
        for name, field in tool.input_schema["properties"].items():
            assert field["description"], f"{tool.name}.{name}"


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("find_customer", {"handle": "nobody@example.org"}, "Nobody by that handle or id"),
        ("find_customer", {"handel": HANDLE}, "documented form: handle"),
        ("find_customer", {"handle": [HANDLE]}, "documented form: handle"),
        ("find_customer", {"handle": HANDLE, "kind": HANDLE}, "kind must be one of"),
        ("get_context", {"customer_id": HANDLE}, "Nobody by that handle or id"),
        ("page_timeline", {"customer_id": "c_x", "limit": 1000}, "limit must be 1 to 100"),
        ("page_timeline", {"customer_id": "c_x", "limit": HANDLE}, "documented form: limit"),
    ],
)
def test_what_goes_wrong_is_told_without_repeating_it(
    in_process: Run,
    caplog: pytest.LogCaptureFixture,
    tool: str,
    arguments: dict[str, Any],
    said: str,
) -> None:
    async def talk(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    with caplog.at_level(logging.DEBUG):
        result = in_process(talk)
    assert result.is_error
    assert said in result.content[0].text
    assert "example.org" not in result.content[0].text
    assert "example.org" not in caplog.text


def test_what_nobody_foresaw_is_told_under_a_reference_only(
    in_process: Run, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, mia: str
) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError(f"could not read {HANDLE}")

    async def talk(client: Client) -> Any:
        return await client.call_tool("get_context", {"customer_id": mia})

    monkeypatch.setattr(CustomerQueries, "context", fails)
    with caplog.at_level(logging.DEBUG):
        result = in_process(talk)
    assert "urn:c360:occurrence:" in result.content[0].text
    assert HANDLE not in result.content[0].text + caplog.text


def test_a_withdrawal_closes_the_tools_at_the_next_call(
    zone: OpenZone, in_process: Run, officer: Caller, mia: str
) -> None:
    async def talk(client: Client) -> list[bool]:
        before = await client.call_tool("get_context", {"customer_id": mia})
        acts = Acts(zone, officer, Purpose.ACCOUNTABILITY)
        acts.withdraw(mia, [Purpose.SERVICE], method="letter")
        after = await client.call_tool("get_context", {"customer_id": mia})
        assert "No consent" in after.content[0].text
        return [before.is_error, after.is_error]

    assert in_process(talk) == [False, True]


# --- over HTTP ----------------------------------------------------------------------------------


@contextmanager
def served(zone: OpenZone) -> Iterator[str]:
    """Serve on a free port of loopback; gives the endpoint's URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = build_http_app(zone, host="127.0.0.1", port=port)
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@asynccontextmanager
async def connected(url: str, headers: dict[str, str]) -> Any:
    async with (
        httpx2.AsyncClient(headers=headers) as http,
        Client(streamable_http_client(url, http_client=http)) as client,
    ):
        yield client


def bearer(token: str, purpose: str | None = "service") -> dict[str, str]:
    headers = {"Authorization": f"Bearer {token}"}
    return headers | ({"C360-Purpose": purpose} if purpose is not None else {})


def test_the_tools_answer_over_http(zone: OpenZone, ai_agent: Caller, mia: str) -> None:
    async def talk(url: str) -> dict[str, Any]:
        async with connected(url, bearer(issue(zone, ai_agent))) as client:
            return await four_questions(client)

    with served(zone) as url:
        check(asyncio.run(talk(url)), mia)


@pytest.mark.parametrize("headers", [{}, bearer("c360_made-up")])
def test_over_http_a_valid_token_is_needed(zone: OpenZone, headers: dict[str, str]) -> None:
    async def status(url: str) -> int:
        async with httpx2.AsyncClient() as http:
            body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
            return (await http.post(url, json=body, headers=headers)).status_code

    with served(zone) as url:
        assert asyncio.run(status(url)) == 401


def test_over_http_a_revoked_token_is_refused_at_the_next_call(
    zone: OpenZone, ai_agent: Caller, mia: str
) -> None:
    async def talk(url: str) -> None:
        async with connected(url, bearer(issue(zone, ai_agent))) as client:
            first = await client.call_tool("get_context", {"customer_id": mia})
            assert not first.is_error
            revoke(zone, "assistant-1")
            with pytest.raises(MCPError):
                await client.call_tool("get_context", {"customer_id": mia})

    with served(zone) as url:
        asyncio.run(talk(url))


@pytest.mark.parametrize(
    ("purpose", "said"),
    [(None, "No such purpose"), ("x", "No such purpose"), ("marketing", "Not allowed")],
)
def test_over_http_each_call_names_its_purpose(
    zone: OpenZone, ai_agent: Caller, mia: str, purpose: str | None, said: str
) -> None:
    async def talk(url: str) -> Any:
        async with connected(url, bearer(issue(zone, ai_agent), purpose)) as client:
            return await client.call_tool("get_context", {"customer_id": mia})

    with served(zone) as url:
        result = asyncio.run(talk(url))
    assert result.is_error
    assert said in result.content[0].text


def test_over_http_two_callers_at_once_are_told_apart(
    zone: OpenZone, ai_agent: Caller, agent: Caller, mia: str
) -> None:
    async def context(url: str, caller: Caller) -> dict[str, Any]:
        async with connected(url, bearer(issue(zone, caller))) as client:
            answer = await client.call_tool("get_context", {"customer_id": mia})
            return answer.structured_content

    async def both(url: str) -> list[dict[str, Any]]:
        return await asyncio.gather(*(context(url, who) for who in [ai_agent, agent] * 3))

    with served(zone) as url:
        answers = asyncio.run(both(url))
    assert ["last_rating" in answer for answer in answers] == [False, True] * 3


# --- over stdio ---------------------------------------------------------------------------------


def test_the_tools_answer_over_stdio(
    zone: OpenZone, policies: Path, ai_agent: Caller, mia: str, tmp_path: Path
) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "C360_HOME": str(zone.layout.home),
        "C360_POLICIES": str(policies),
    }
    arguments = ["mcp", "--zone", "eu", "--purpose", "service", "--caller", "assistant-1"]
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "serving.cli", *arguments],
        env=environment,
        cwd=tmp_path,
    )

    async def talk() -> dict[str, Any]:
        async with Client(server) as client:
            return await four_questions(client)

    check(asyncio.run(talk()), mia)


def test_nothing_a_caller_makes_up_reaches_the_log(
    in_process: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(client: Client) -> None:
        assert (await client.call_tool(HANDLE, {})).is_error
        with pytest.raises(MCPError):
            await client.get_prompt(HANDLE)
        with pytest.raises(MCPError):
            await client.read_resource(f"x://{HANDLE}")

    with caplog.at_level(logging.INFO):
        in_process(talk)
    ours = [record for record in caplog.records if not record.name.startswith("mcp.client")]
    assert not [record for record in ours if HANDLE in caplog.handler.format(record)]
