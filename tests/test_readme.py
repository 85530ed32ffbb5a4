"""The README: its tour does what it says, and its words are those that the code uses."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli.menu import POLICY, menu
from api.cli.wording.in_french import FRENCH
from api.cli.wording.in_help import french_help
from api.sentences import PHRASES, SENTENCES
from tests.api.http.processes import running
from tests.house import OURS
from tests.ledgers import place_in
from tests.patience import WITHIN_SECONDS
from tests.prepared import prepared
from tests.servers.ports import port_for_later

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WORDS = """
case request type channel requester owner team queue clock due pause rung escalation inquiry hold
disclosure exemption release command fact entry stream log version position projection row
checkpoint receipt refusal
"""
SECOND_WORDS = r"rythme|liasse|détenteur|exhaustivité|flux entier|dossier du (?:disque|registre)|cours de transfert"
"""What a rate, a bundle, a holder, completeness, a stream, a folder and a transit were called beside their words."""

PYTHON = f'python() {{ {shlex.quote(sys.executable)} "$@"; }}\n'


def test_the_tour_and_the_story_can_be_followed_to_the_letter(tmp_path: Path) -> None:
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    environment = {
        "PATH": os.environ["PATH"],
        "CASELEDGER_HOME": str(tmp_path / "home"),
    }
    (tmp_path / "api").symlink_to(ROOT / "api")
    assert [len(block.splitlines()) > 8 for block in blocks] == [True, True]
    printed: dict[str, str] = {}
    with prepared(tmp_path, environment) as called:
        for line in "".join(blocks).splitlines():
            command, _, said = line.removeprefix("$ ").partition("   # ")
            for name, value in printed.items():
                command = re.sub(rf"\b{name}\b", shlex.quote(value), command)
            done = subprocess.run(
                ["sh", "-c", called + command],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            code = re.search(r"exit code (\d)", said)
            assert done.returncode == (int(code[1]) if code else 0), (
                f"{line}\n{done.stdout}{done.stderr}"
            )
            assert done.stdout.strip() or not command.startswith("caseledger"), line
            if name := re.search(r"prints ([A-Z]+)", said):
                printed[name[1]] = done.stdout.partition(":")[0]
    assert (tmp_path / "cases.csv").stat().st_size > 0
    assert printed.keys() == {"PARTY", "REF", "ERASURE"}


def test_the_tour_over_http_can_be_followed_to_the_letter(tmp_path: Path) -> None:
    (block,) = re.findall(r"```sh\n(export .*?)```", README, re.DOTALL)
    (receiver,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    tour = re.findall(r"^\$ (caseledger (?:open|pull) .*)", README, re.MULTILINE)[:2]
    exported, served, *lines = block.splitlines()
    assert served == "caseledger serve --demo-login &"
    set_so = dict(re.findall(r"(\w+)=(\S+)", exported.partition("   # ")[0]))
    hook = str(port_for_later())
    (tmp_path / "hook.py").write_text(receiver.replace("8421", hook))
    told: dict[str, str] = {}
    environment = {
        **set_so,
        "PATH": os.environ["PATH"],
        "CASELEDGER_HOME": str(tmp_path / "home"),
        "CASELEDGER_MASTER_KEY": str(place_in(tmp_path).master_key),
    }
    with (
        running(place_in(tmp_path), **set_so) as (_, client),
        prepared(tmp_path, environment) as called,
    ):
        script = "set -eu\n" + called + PYTHON + "\n".join((*tour, ""))
        for number, line in enumerate(lines):
            command, _, said = line.partition("   # says ")
            told[str(number)] = said
            script += f"echo @@{number}\n{command}\necho\n"
        done = subprocess.run(
            [
                "bash",
                "-c",
                script.replace("http://127.0.0.1:8420", str(client.base_url).rstrip("/")).replace(
                    "8421", hook
                ),
            ],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=3 * WITHIN_SECONDS,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    shown = dict(re.findall(r"@@(\d+)\n(.*?)(?=@@|\Z)", done.stdout, re.DOTALL))
    assert shown.keys() == told.keys()
    for number, said in told.items():
        assert said in shown[number], f"{lines[int(number)]}\n{shown[number]}"


@pytest.mark.parametrize("word", re.sub(r"request\s+type", "request_type", WORDS).split())
def test_the_glossary_has_every_word_of_the_field_that_we_use(word: str) -> None:
    assert re.search(rf"^\| {word.replace('_', ' ')} \|", README, re.MULTILINE)


def test_each_word_has_one_french_word_which_help_answers_and_refusals_say() -> None:
    words = README.partition("\n## Words\n")[2].partition("\n|---|")[2].partition("\n## ")[0]
    french = re.findall(r"^\| [a-z ]+ \| ([^|]+) \|", words, re.MULTILINE)
    texts = (french_help(), FRENCH, SENTENCES, PHRASES)
    said = "\n".join(each for table in texts for each in table.values()).casefold()
    assert len(french) > 40
    assert [each for each in french if each not in said] == []
    assert re.findall(SECOND_WORDS, said) == []


def test_whoever_looks_for_something_is_led_to_each_part_of_the_readme_and_each_room_of_the_house() -> (
    None
):
    parts = set(re.findall(r"^## (.+)$", README, re.MULTILINE))
    led = dict(re.findall(r"\[([^]]+)\]\(#([a-z0-9-]+)\)", README))
    assert parts - {"Licence"} == {*led}
    assert {re.sub(r"[^a-z0-9 ]", "", each.lower()).replace(" ", "-") for each in led} == {
        *led.values()
    }
    house = README.partition("\n## The house\n")[2].partition("\nWhere a change begins")[0]
    rooms = {path.parent.name for path in OURS if path.name == "__init__.py"}
    assert rooms - {*re.findall(r"\w+", house)} == set()


def test_every_place_that_the_readme_sends_a_change_to_is_there() -> None:
    table = README.partition("\nWhere a change begins")[2].partition("\n## ")[0]
    places = set(re.findall(r"`((?:\w+/)+\w*(?:\.\w+)?)`", table))
    assert len(places) > 20
    assert {each for each in places if not (ROOT / each).exists()} == set()


def test_every_command_that_the_readme_names_is_there() -> None:
    known = set(menu())
    named = set(re.findall(r"caseledger ([a-z]+(?:-[a-z]+)*)", README))
    assert named <= known
    assert set(re.findall(r"caseledger policy ([a-z]+)", README)) <= {
        name for lines in POLICY for name in lines.names
    }
