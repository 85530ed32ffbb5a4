"""Policies over HTTP: one is checked, tried and published as it is written, by whoever may."""

from __future__ import annotations

from tests.api.http.served import Served
from tests.ledgers import OFFICE


def test_a_policy_is_checked_rehearsed_and_published_and_is_then_what_decisions_cite(
    office: Served,
) -> None:
    director, auditor, roads = (office.as_member(each) for each in ("D-01", "A-01", "R-02"))
    roads.post(f"/v1/cases/{office.as_member('I-02').opened()}/note", {"text": "Seen."})
    text = OFFICE.read_text(encoding="utf-8")
    slip = text.replace('director = "D-01"', 'director = "D-99"')
    line = next(at for at, said in enumerate(text.splitlines(), 1) if said.startswith("director"))
    (problem,) = auditor.post("/v1/policies/check", {"toml": slip}).json()["problems"]
    assert (problem["line"], problem["key"]) == (line, "office.director")
    refused = director.post("/v1/policies", {"toml": slip})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-policy")
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/toml"]
    assert f"line {line}: " in refused.json()["errors"][0]["detail"]

    changed = text.replace('name = "Tom Whynot"', 'name = "Thomas Whynot"')
    changed = changed.replace("points_a_day = 8,", "points_a_day = 7,")
    found = auditor.post("/v1/policies/check", {"toml": changed}).json()
    assert (found["problems"], "advice" in found) == ([], True)
    tried = director.post("/v1/policies/replay", {"toml": changed}).json()
    assert (tried["decisions"], tried["differences"], bool(tried["against"])) == (1, [], True)
    assert director.post("/v1/policies/replay", {}).json()["against"] is None
    law = director.post("/v1/policies/rehearse", {"toml": changed, "moved": True}).json()
    assert (law["totals"]["clocks"], law["totals"]["earlier"], law["clocks"]) == (2, 0, [])
    for path in ("/v1/policies", "/v1/policies/replay", "/v1/policies/check"):
        assert roads.post(path, {"toml": changed}).status_code == 403

    made = director.post("/v1/policies", {"toml": changed}, key="the new one")
    assert made.status_code == 201, made.text
    policy = made.json()["policy"]
    assert policy["left_behind"] == []
    shown = auditor.get(f"/v1/policies/{policy['digest']}")
    assert shown.json()["policy"]["members"]["L-02"]["points_a_day"] == 7
    assert "Whynot" not in shown.text
    again = director.post("/v1/policies", {"toml": changed}, key="the new one")
    assert (again.status_code, again.json()["policy"]) == (200, policy)
    early = director.post("/v1/policies", {"toml": text, "effective_from": "2020-01-01T00:00:00Z"})
    assert (early.status_code, early.json()["rule"]) == (409, "policy-not-backdated")
