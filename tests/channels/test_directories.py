"""Directories of staff: what a file says of people, what follows for the office, and the policy that is proposed."""

from __future__ import annotations

import json
import string
import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.channels.directories import (
    Change,
    Leaving,
    Person,
    Unsettled,
    compared,
    proposed,
    read_directory,
)
from api.channels.directories.files import BYTES_AT_MOST, LEAVING
from ledger.errors import InvalidCommand
from ledger.policy.reading.toml import read_policy
from ledger.policy.routing.presence import Directory
from tests.ledgers import OFFICE, office_policy

MONDAY = date(2026, 3, 2)
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
TEXT = OFFICE.read_text(encoding="utf-8")


def user(code: str, **said: Any) -> dict[str, Any]:
    """A user as SCIM has them."""
    return {"schemas": [USER], "externalId": code, "userName": f"{code}@office.example", **said}


def listed(*users: object, **more: Any) -> bytes:
    """A list of users as SCIM answers."""
    schema = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
    return json.dumps(
        {"schemas": [schema], "totalResults": len(users), "Resources": users, **more}
    ).encode()


def read(raw: bytes) -> tuple[Person, ...]:
    found = read_directory(raw, file="staff")
    assert found.set_aside == ()
    return found.people


# Files


def test_a_user_a_list_and_a_list_response_say_the_same() -> None:
    one = user("R-02", displayName="Dale Pictou", groups=[{"value": "g1", "display": "RDW"}])
    expected = (Person("R-02", True, "Dale Pictou", ("g1", "RDW")),)
    assert read(json.dumps(one).encode()) == expected
    assert read(json.dumps([one]).encode()) == expected
    assert read(listed(one)) == expected


def test_names_of_attributes_are_read_in_any_case_and_truth_as_words_too() -> None:
    said = {
        "USERNAME": "R-02",
        "Active": "False",
        LEAVING: {"LeftOn": "2026-03-05", "successor": "R-03"},
    }
    assert read(json.dumps(said).encode()) == (
        Person("R-02", False, left_on=date(2026, 3, 5), successor="R-03"),
    )


def test_csv_says_the_same_by_its_header() -> None:
    raw = """code;displayName;active;teams;roles;language;left_on;successor
R-02;;no;;;;2026-03-05;R-03
X-1;Ada É;yes;RDW,INT;caseworker;fr-CA;;
"""
    assert read(raw.encode("utf-8-sig")) == (
        Person("R-02", False, left_on=date(2026, 3, 5), successor="R-03"),
        Person("X-1", True, "Ada É", ("RDW", "INT"), ("caseworker",), "fr"),
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"active": True}, "neither externalid nor userName"),
        (user("R-02", active="perhaps"), "neither true nor false"),
        (user("R\u0000-02"), "control characters"),
        (user("R-02", displayName="x" * 201), "too long"),
        (user("R-02", groups="g"), ""),
        (user("R-02", groups=7), "no list"),
        (user("R-02", **{LEAVING: {"leftOn": "yesterday"}}), "date of leaving"),
        ("R-02", "no user"),
        (None, "no user"),
    ],
)
def test_a_row_that_is_nobody_is_set_aside_with_its_reason(row: Any, why: str) -> None:
    found = read_directory(listed(row, user("R-03")), file="staff")
    assert "R-03" in [each.code for each in found.people]
    assert bool(why) == bool(found.set_aside)
    assert all(why in said for _, said in found.set_aside)


def test_a_row_of_another_length_than_the_header_is_set_aside_and_a_file_that_was_cut_off_is_refused() -> (
    None
):
    """What was missing was taken as not said: whoever had left was active, and what was too much was dropped."""
    raw = b"code,active,left_on\nR-02,no\nR-03,no,2026-03-05,R-02\nR-04,no,2026-03-05"
    found = read_directory(raw, file="staff")
    assert [each.code for each in found.people] == ["R-04"]
    assert [why for _, why in found.set_aside] == [
        "has 2 values where the header has 3 columns",
        "has 4 values where the header has 3 columns",
    ]
    with pytest.raises(InvalidCommand, match="it was cut off"):
        read_directory(raw.removesuffix(b",2026-03-05"), file="staff")


def test_somebody_who_stands_there_twice_counts_once() -> None:
    found = read_directory(listed(user("R-02"), user("R-02", active=False)), file="staff")
    assert [each.active for each in found.people] == [True]
    assert [row for row, _ in found.set_aside] == [2]


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe\x00", b"{", b"[" * 5_000, b'{"Resources": 7}', b"code,active\n", b'a,b\n"x'],
)
def test_a_file_that_is_neither_form_is_refused(raw: bytes) -> None:
    with pytest.raises(InvalidCommand):
        read_directory(raw, file="staff")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b'{"userName": "R-02", "Active": false, "active": true}', "gives 'active' more than once"),
        (b'[{"userName": "R-02"}, {"userName": "R-03", "x y": 1, "x y": 1}]', "gives a key more"),
        (b"code,active,Active\nR-02,no,yes\n", "has a column more than once"),
        (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "is not JSON in UTF-8"),
    ],
)
def test_a_file_that_says_a_thing_twice_is_refused_since_either_could_be_meant(
    raw: bytes, why: str
) -> None:
    with pytest.raises(InvalidCommand, match=why):
        read_directory(raw, file="staff")


def test_a_file_that_is_too_long_is_refused_and_one_page_of_more_says_so() -> None:
    with pytest.raises(InvalidCommand, match="in parts"):
        read_directory(b" " * (BYTES_AT_MOST + 1), file="staff")
    assert not read_directory(listed(user("R-02"), totalResults=3), file="staff").whole


# What follows


def follows(*users: dict[str, Any], directory: Directory | None = None) -> Any:
    people = read_directory(listed(*users), file="staff")
    return compared(people, office_policy(), directory or Directory(), today=MONDAY)


def test_whoever_is_inactive_is_to_be_recorded_as_having_left_once() -> None:
    gone = user("R-02", active=False)
    found = follows(gone)
    assert found.leaving == (Leaving("R-02", MONDAY, None),)
    then = Directory().without("R-02", MONDAY, None)
    again = compared(
        read_directory(listed(gone), file="staff"),
        office_policy(),
        then,
        today=date(2026, 4, 1),
    )
    assert (again.leaving, again.unchanged) == ((), 1)


def test_another_date_or_successor_that_the_file_says_is_recorded() -> None:
    then = Directory().without("R-02", MONDAY, None)
    said = user("R-02", active=False, **{LEAVING: {"successor": "R-03"}})
    assert follows(said, directory=then).leaving == (Leaving("R-02", MONDAY, "R-03"),)


def test_whoever_left_and_is_active_again_gets_a_code_of_their_own() -> None:
    found = follows(user("R-02"), directory=Directory().without("R-02", MONDAY, None))
    assert [each.member for each in found.unsettled] == ["R-02"]


def test_a_stranger_who_is_inactive_and_a_member_as_they_were_change_nothing() -> None:
    found = follows(user("X-9", active=False), user("R-02", groups=[{"value": "RDW"}]))
    assert (found.leaving, found.changes, found.unsettled, found.unchanged) == ((), (), (), 2)


def test_a_joiner_is_proposed_with_the_teams_roles_and_language_that_the_policy_knows() -> None:
    said = user(
        "R-09",
        displayName='Ada "Quick" Example',
        groups=[{"value": "RDW"}, {"value": "everybody"}],
        roles=[{"value": "caseworker"}, {"value": "superuser"}],
        preferredLanguage="fr-CA",
    )
    fields = {
        "name": 'Ada "Quick" Example',
        "teams": ("RDW",),
        "roles": ("caseworker",),
        "languages": ("fr",),
    }
    assert follows(said).changes == (Change("R-09", True, fields),)


def test_a_joiner_of_no_team_and_a_system_wait_for_a_person() -> None:
    found = follows(user("R-09", groups=[{"value": "everybody"}]), user("watch", active=False))
    assert [type(each) for each in found.unsettled] == [Unsettled, Unsettled]
    assert found.leaving == ()


def test_a_change_of_teams_keeps_first_the_team_where_the_capacity_counts() -> None:
    said = user("N-03", groups=[{"value": "RDW"}, {"value": "INC"}])
    (change,) = follows(said).changes
    assert change == Change("N-03", False, {"teams": ("INC", "RDW")})


# The proposal


def test_the_proposed_policy_says_the_changes_and_nothing_else() -> None:
    changes = (
        Change("R-09", True, {"name": 'Ada "Quick" É', "teams": ("RDW",), "languages": ("fr",)}),
        Change("N-03", False, {"teams": ("INC", "RDW")}),
    )
    text, by_hand = proposed(TEXT, changes)
    assert by_hand == ()
    before, after = office_policy(), read_policy(text, file="proposed.toml")
    assert after.members["R-09"].name == 'Ada "Quick" É'
    assert after.members["N-03"] == before.members["N-03"].model_copy(
        update={"teams": ("INC", "RDW")}
    )
    others = {code: each for code, each in after.members.items() if code not in ("R-09", "N-03")}
    assert others == {code: each for code, each in before.members.items() if code != "N-03"}
    assert after.model_copy(update={"members": before.members}) == before
    different = {*text.split("\n")} ^ {*TEXT.split("\n")}
    assert len(different) == 3


def test_whoever_has_no_line_of_their_own_is_changed_by_hand() -> None:
    text = TEXT.replace('N-03 = { name = "Tom Whynot",', '[members.N-03]\nname = "Tom Whynot"\n#')
    _, by_hand = proposed(text, (Change("N-03", False, {"teams": ("RDW",)}),))
    assert by_hand == ("N-03",)


@given(name=st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=40))
def test_whatever_somebody_is_called_the_proposal_says_it(name: str) -> None:
    change = Change("R-09", True, {"name": name, "teams": ("RDW",)})
    text, _ = proposed('[members]\nR-02 = { teams = ["RDW"] }\n', (change,))
    assert tomllib.loads(text)["members"]["R-09"] == {"name": name, "teams": ["RDW"]}


@given(
    st.lists(
        st.builds(
            user,
            st.text(string.ascii_letters, min_size=1, max_size=3),
            active=st.booleans(),
            groups=st.lists(st.sampled_from(["RDW", "INC", "none"]), max_size=2),
        ),
        max_size=6,
    )
)
def test_what_was_recorded_once_is_not_recorded_again(users: list[dict[str, Any]]) -> None:
    people = read_directory(listed(*users, user("R-02", active=False)), file="staff")
    first = compared(people, office_policy(), Directory(), today=MONDAY)
    directory = Directory()
    for each in first.leaving:
        directory = directory.without(each.member, each.left_on, each.successor)
    again = compared(people, office_policy(), directory, today=date(2026, 5, 1))
    assert again.leaving == ()
    assert again.changes == first.changes
