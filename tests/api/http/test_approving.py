"""What is dated back across a breach, over HTTP: whoever entered it waits for a second one, who says yes or no."""

from __future__ import annotations

from datetime import timedelta

from ledger.times import stamp
from tests.api.http.served import Served


def test_a_time_that_was_kept_counts_once_a_second_person_approves_it(office: Served) -> None:
    """The recorder named whoever they liked, who never heard of it."""
    intake, roads = office.as_member("I-02"), office.as_member("R-02")
    ref = intake.opened(answers={"danger_now": True})
    done_at = office.clock() + timedelta(hours=1)
    office.clock.pass_by(days=1)
    said = {"milestone": "made_safe", "happened_at": stamp(done_at), "approved_by": "L-02"}
    assert roads.post(f"/v1/cases/{ref}/milestone", said).status_code == 201

    def stands() -> tuple[str, str | None]:
        clocks = roads.get(f"/v1/cases/{ref}").json()["clocks"]
        (found,) = (each for each in clocks if each["clock"] == "MAKE-SAFE")
        return found["state"], found["claimed_at"]

    assert stands() == ("breached", stamp(done_at)), "whoever may approve it sees that it awaits it"

    def asleep() -> list[bool]:
        told = roads.get(f"/v1/cases/{ref}").json()["escalations"]
        return [each["asleep"] for each in told if each["reason"] == "awaits_approval"]

    assert asleep() == [False]
    approval, seen = {"clock": "MAKE-SAFE"}, {"If_Match": "*"}
    own = roads.post(f"/v1/cases/{ref}/approve", approval, **seen, Accept_Language="fr")
    assert own.status_code == 403
    assert "le délai MAKE-SAFE avait été respecté : que quelqu'un d'autre" in own.json()["detail"]
    second = office.as_member("R-03")
    assert second.post(f"/v1/cases/{ref}/approve", approval, **seen).status_code == 201
    assert stands() == ("met", None)
    assert asleep() == [True], "nobody is to answer what was approved"
    trail = roads.get(f"/v1/cases/{ref}/trail", Accept_Language="fr").text
    assert "L-02 est sollicité" in trail
    assert "Approuvé par R-03" in trail


def test_a_time_of_which_a_second_person_says_that_it_was_not_kept_is_late_and_asked_no_more(
    office: Served,
) -> None:
    """Nobody could say no: the alarm was answered, and it awaited its approval for ever."""
    intake, roads = office.as_member("I-02"), office.as_member("R-02")
    ref = intake.opened(answers={"danger_now": True})
    done_at = office.clock() + timedelta(hours=1)
    office.clock.pass_by(days=1)
    said = {"milestone": "made_safe", "happened_at": stamp(done_at)}
    assert roads.post(f"/v1/cases/{ref}/milestone", said).status_code == 201
    refusal = {"clock": "MAKE-SAFE", "reason": "The sheet says today."}
    address, seen = f"/v1/cases/{ref}/refuse-approval", {"If_Match": "*"}
    own = roads.post(address, refusal, **seen, Accept_Language="fr")
    assert (own.status_code, "que quelqu'un d'autre y réponde" in own.text) == (403, True)
    leader = office.as_member("L-02")
    assert leader.post(address, refusal, **seen).status_code == 201
    found = roads.get(f"/v1/cases/{ref}").json()
    (clock,) = (each for each in found["clocks"] if each["clock"] == "MAKE-SAFE")
    assert (clock["state"], clock["claimed_at"]) == ("breached", None)
    asked = [each for each in found["escalations"] if each["reason"] == "awaits_approval"]
    assert [each["asleep"] for each in asked] == [True]
    (told,) = (each for each in found["escalations"] if each["reason"] == "time_refused")
    assert (told["parties"], told["asleep"]) == (["R-02"], False), "who entered it hears of it"
    trail = roads.get(f"/v1/cases/{ref}/trail", Accept_Language="fr").text
    assert "Une deuxième personne a refusé que" in trail
    none_left = leader.post(address, refusal, **seen, Accept_Language="fr")
    assert (none_left.status_code, "il n'y a rien à refuser" in none_left.text) == (409, True)
