"""The policies of the reference story's office: one while work is pushed to people, one while they pull it."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from api.policy_files import sample_policy
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of


def story_policy(*, pulling: bool) -> Policy:
    """The policy of the office while work is pushed to people, or pulled by them within a limit."""
    text = files("api.department").joinpath("changes", "story.toml").read_text("utf-8")
    said = tomllib.loads(text)
    pulled = said.pop("pulling")
    document = document_of(sample_policy()) | said
    document["flags"] = document["delegations"] = {}
    document.pop("keeping")  # the story has no inquiries, and no clock for one
    document.pop("open311")  # nor are its request types offered to the public
    document["fields"] = {
        name: each
        for name, each in document["fields"].items()
        if name in document["office"]["asks"]
    }
    if pulling:
        document["teams"] = pulled
    return Policy.model_validate(document)
