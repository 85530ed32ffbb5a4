"""Real mail of a service desk, much of it malformed: sender, subject and body are those that a mature desk reads.

The mails lie outside the project, as `tests/channels/logs.py` says of the logs. Where we read something else,
`BETTER` says why ours is better; a test that finds the expected value after all tells that the line can go.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from api.channels.mail.message import Message
from api.channels.mail.parsing import read_message

FOLDER = (
    Path(os.environ.get("CASELEDGER_DATA") or Path(__file__).parents[3] / "shared" / "data")
    / "mail"
)
MAILS = sorted(path.stem for path in FOLDER.glob("*.yml"))

FILLER = (
    "It shows nothing: the expected words are the desk's own filler, and ours is an empty body."
)
TITLE = "A page's title is shown by no mail program: it is no part of what was written."
SHOWN = "Text stands in a part that is no attachment, and a person's mail program shows it."
BETTER: dict[tuple[str, str], str] = {
    ("mail016", "body"): TITLE,
    ("mail018", "subject"): "Its words are UTF-7, and read as the letters that they stand for.",
    ("mail018", "body"): "It is UTF-7, and read as the letters that it stands for.",
    ("mail024", "body"): FILLER,
    ("mail027", "body"): FILLER,
    ("mail035", "sender"): "The quotation marks around the address are no part of it.",
    ("mail042", "body"): FILLER,
    ("mail047", "body"): TITLE,
    ("mail049", "body"): TITLE,
    ("mail054", "body"): SHOWN,
    ("mail067", "body"): FILLER,
    ("mail071", "body"): FILLER,
    ("mail072", "body"): "It is windows-1258 as it says, not windows-1250: the letters are those of its language.",
    ("mail087", "sender"): "The address is what looks like one; the word before it is the name.",
    ("mail087", "name"): "The address is what looks like one; the word before it is the name.",
    ("mail087", "body"): SHOWN,
    ("mail088", "body"): FILLER,
}  # fmt: skip


class TagTolerant(yaml.SafeLoader):
    """Reads what another language tagged as its own as plain values."""


def _plain(loader: yaml.SafeLoader, _tag: str, node: yaml.Node) -> Any:
    match node:
        case yaml.MappingNode():
            return loader.construct_mapping(node, deep=True)
        case yaml.SequenceNode():
            return loader.construct_sequence(node, deep=True)
        case _:
            return loader.construct_scalar(node)  # type: ignore[arg-type]  # the one kind that is left


TagTolerant.add_multi_constructor("!", _plain)


def test_the_mails_are_there_or_this_says_that_they_are_not() -> None:
    if not MAILS:
        pytest.skip(f"no mail at {FOLDER} (set CASELEDGER_DATA)")
    assert len(MAILS) > 40
    assert {name for name, _ in BETTER} <= set(MAILS)


@pytest.mark.parametrize("part", ["sender", "name", "subject", "body"])
@pytest.mark.parametrize("name", MAILS)
def test_a_real_mail_is_read_as_a_service_desk_reads_it_or_better(name: str, part: str) -> None:
    expected = yaml.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"), TagTolerant)
    message = read_message((FOLDER / f"{name}.box").read_bytes())
    same = _read(message)[part] == _expected(expected)[part]
    assert same is ((name, part) not in BETTER), BETTER.get((name, part), f"{name}: {part}")


def _read(message: Message) -> dict[str, str]:
    return {
        "sender": message.sender,
        "name": message.sender_name,
        "subject": _as_one_line(message.subject),
        "body": _letters(message.body),
    }


def _expected(said: dict[str, Any]) -> dict[str, str]:
    body = said["body"]
    if said["content_type"] == "text/html":
        body = html.fromstring(f"<div>{body}</div>").text_content()
    return {
        "sender": said["from_email"],
        "name": said["from_display_name"],
        "subject": _as_one_line(said["subject"]),
        "body": _letters(body),
    }


def _as_one_line(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _letters(text: str) -> str:
    """The letters in order: how lines are broken, quoted and listed is ours, what they say is not."""
    return re.sub(r"\s|\*", "", re.sub(r"(?m)^(?:> ?)+", "", text))
