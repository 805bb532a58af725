"""The REST door: its happy paths, its refusals, and what it does not say."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from privacy.access.model import Caller, Role
from privacy.access.tokens import issue, revoke
from privacy.opened import OpenZone
from privacy.zones.model import Purpose
from serving.acts import Acts
from serving.problems import TYPES
from serving.query import CustomerQueries
from serving.rest.app import build_app, document

FIND = "/customers/find"
HANDLE = "mia.lang@example.org"


@pytest.fixture
def client(zone: OpenZone) -> Iterator[TestClient]:
    with TestClient(build_app(zone)) as made:
        yield made


@pytest.fixture
def headers(zone: OpenZone, agent: Caller) -> dict[str, str]:
    token = issue(zone, agent)
    return {"Authorization": f"Bearer {token}", "C360-Purpose": "service"}


def test_a_customer_is_found_and_read(
    client: TestClient, headers: dict[str, str], mia: str
) -> None:
    found = client.post(FIND, json={"handle": HANDLE}, headers=headers)
    assert (found.status_code, found.json()) == (200, {"customer_id": mia, "matched": "email"})

    context = client.get(f"/customers/{mia}/context", headers=headers).json()
    assert (context["country"], context["last_order_at"]) == ("DE", None)
    assert context["open_threads"][0]["opened_at"] == "2026-03-01T09:00:00Z"

    threads = client.get(f"/customers/{mia}/open-threads", headers=headers).json()["threads"]
    assert [thread["thread_id"] for thread in threads] == ["t_sooner", "t_later"]


def test_a_timeline_is_paged_to_its_end(
    client: TestClient, headers: dict[str, str], mia: str
) -> None:
    ids: list[str] = []
    query: dict[str, Any] = {"limit": 50}
    while True:
        page = client.get(f"/customers/{mia}/timeline", params=query, headers=headers).json()
        ids += [entry["entry_id"] for entry in page["entries"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert ids == [f"i_{place:05d}" for place in reversed(range(130))]


def test_the_purpose_may_come_in_the_query_where_no_header_can_be_set(
    client: TestClient, headers: dict[str, str], mia: str
) -> None:
    del headers["C360-Purpose"]
    answer = client.get(f"/customers/{mia}/context?purpose=service", headers=headers)
    assert answer.status_code == 200


def test_compliance_sees_who_looked(
    zone: OpenZone, client: TestClient, headers: dict[str, str], officer: Caller, mia: str
) -> None:
    client.get(f"/customers/{mia}/context", headers=headers)
    theirs = {
        "Authorization": f"Bearer {issue(zone, officer)}",
        "C360-Purpose": "accountability",
    }
    [access] = client.get(f"/customers/{mia}/accesses", headers=theirs).json()["accesses"]
    assert (access["caller_id"], access["action"]) == ("desk-1", "read_context")


def test_answers_are_not_to_be_stored_by_anybody_between(
    client: TestClient, headers: dict[str, str], mia: str
) -> None:
    answer = client.get(f"/customers/{mia}/context", headers=headers)
    assert answer.headers["cache-control"] == "no-store"


def test_health_needs_no_token(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "zone": "eu"}


# --- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer c360_x"])
def test_without_a_valid_token_nothing_is_answered(
    client: TestClient, mia: str, value: str | None
) -> None:
    headers = {"C360-Purpose": "service"} | ({"Authorization": value} if value else {})
    answer = client.get(f"/customers/{mia}/context", headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_expired_token_is_refused(
    zone: OpenZone, client: TestClient, agent: Caller, clock: Any, mia: str
) -> None:
    token = issue(zone, agent, lasts=timedelta(minutes=5))
    headers = {"Authorization": f"Bearer {token}", "C360-Purpose": "service"}
    assert client.get(f"/customers/{mia}/context", headers=headers).status_code == 200
    clock.advance(minutes=6)
    assert client.get(f"/customers/{mia}/context", headers=headers).status_code == 401


def test_a_revoked_token_is_refused_at_the_next_request(
    zone: OpenZone, client: TestClient, headers: dict[str, str], mia: str
) -> None:
    assert client.get(f"/customers/{mia}/context", headers=headers).status_code == 200
    revoke(zone, "desk-1")
    assert client.get(f"/customers/{mia}/context", headers=headers).status_code == 401


@pytest.mark.parametrize("purpose", [None, "", "curiosity", "SERVICE"])
def test_a_request_without_a_known_purpose_is_refused(
    client: TestClient, headers: dict[str, str], mia: str, purpose: str | None
) -> None:
    del headers["C360-Purpose"]
    if purpose is not None:
        headers["C360-Purpose"] = purpose
    answer = client.get(f"/customers/{mia}/context", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/unknown-purpose")
    assert "curiosity" not in answer.text


@pytest.mark.parametrize(
    ("role", "purpose"),
    [(Role.ANALYST, "service"), (Role.AGENT, "marketing"), (Role.COMPLIANCE, "accountability")],
)
def test_a_wrong_role_or_purpose_is_refused(
    zone: OpenZone, client: TestClient, mia: str, role: Role, purpose: str
) -> None:
    token = issue(zone, Caller("x", role))
    headers = {"Authorization": f"Bearer {token}", "C360-Purpose": purpose}
    answer = client.get(f"/customers/{mia}/context", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/access-denied")


def test_a_withdrawal_closes_the_door_at_the_next_request(
    zone: OpenZone, client: TestClient, headers: dict[str, str], officer: Caller, mia: str
) -> None:
    assert client.get(f"/customers/{mia}/context", headers=headers).status_code == 200
    Acts(zone, officer, Purpose.ACCOUNTABILITY).withdraw(mia, [Purpose.SERVICE], method="letter")
    answer = client.get(f"/customers/{mia}/context", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/consent-missing")


def test_someone_erased_gets_the_same_bytes_as_someone_who_never_was(
    zone: OpenZone, client: TestClient, headers: dict[str, str], mia: str
) -> None:
    zone.keyring.destroy([mia])
    erased = client.get(f"/customers/{mia}/context", headers=headers)
    stranger = client.get(f"/customers/c_{'z' * 26}/context", headers=headers)
    assert erased.status_code == 404
    assert (erased.content, erased.headers) == (stranger.content, stranger.headers)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'{"handel": "mia.lang@example.org"}',
        b'{"handle": ["mia.lang@example.org"]}',
        b'{"handle": "mia.lang@example.org", "region": "mia.lang@example.org"}',
        b'{"handle": "mia.lang@example.org", "kind": "mia.lang@example.org"}',
        b'{"handle": "mia.lang@example.org at home", "kind": "phone"}',
        b'{"handle": ""}',
        b'{"handle": "' + b"mia.lang@example.org" * 17 + b'"}',
    ],
)
def test_a_malformed_request_is_refused_without_repeating_it(
    client: TestClient, headers: dict[str, str], body: bytes
) -> None:
    answer = client.post(FIND, content=body, headers=headers | {"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/bad-request")
    assert "mia" not in answer.text


def test_a_body_larger_than_any_needed_is_refused(
    client: TestClient, headers: dict[str, str]
) -> None:
    def parts() -> Iterator[bytes]:
        yield from (b" " * 1000 for _ in range(10))

    for content in (b" " * 10_000, parts()):
        answer = client.post(FIND, content=content, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/docs"), ("GET", "/nowhere"), ("DELETE", FIND)]
)
def test_what_is_not_served_is_a_problem_too(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/no-such-path")


@pytest.mark.parametrize("slug", sorted(TYPES))
def test_every_problem_explains_itself(client: TestClient, slug: str) -> None:
    answer = client.get(f"/problems/{slug}")
    assert (answer.status_code, answer.json()["advice"]) == (200, TYPES[slug].advice)


def test_no_handle_and_no_id_reaches_a_log_whatever_goes_wrong(
    client: TestClient,
    headers: dict[str, str],
    mia: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"could not read {HANDLE}")

    with caplog.at_level(logging.DEBUG):
        client.post(FIND, json={"handle": HANDLE}, headers=headers)
        client.get(f"/customers/{mia}/context", headers=headers)
        client.get(f"/customers/{HANDLE}/context", headers=headers)
        client.get(f"/{HANDLE}?q={HANDLE}", headers=headers)
        monkeypatch.setattr(CustomerQueries, "context", fails)
        answer = client.get(f"/customers/{mia}/context", headers=headers)

    assert answer.status_code == 500
    assert answer.json()["instance"] in caplog.text
    assert HANDLE not in answer.text
    for canary in (HANDLE, mia, "Bearer"):
        assert canary not in "\n".join(
            record.getMessage() for record in caplog.records if not record.name.startswith("httpx")
        )
    assert "GET /customers/{customer_id}/context 200" in caplog.text
    assert "GET (none) 404" in caplog.text


# --- the document -------------------------------------------------------------------------------


def test_every_operation_is_described_and_names_its_refusals() -> None:
    api = document()
    for path, methods in api["paths"].items():
        for method, operation in methods.items():
            place = f"{method} {path}"
            assert operation["description"], place
            for parameter in operation.get("parameters", []):
                assert parameter.get("description") or path.startswith("/problems"), place
            if path.startswith("/customers"):
                assert {"200", "401", "403", "404", "422"} <= operation["responses"].keys(), place


def test_every_field_is_described() -> None:
    for name, schema in document()["components"]["schemas"].items():
        for field, described in schema.get("properties", {}).items():
            if name not in {"Health"}:
                assert described.get("description"), f"{name}.{field}"


def test_no_path_has_a_place_for_a_handle() -> None:
    for path in document()["paths"]:
        assert set(path.split("/")) & {"{handle}", "{email}", "{phone}"} == set()
