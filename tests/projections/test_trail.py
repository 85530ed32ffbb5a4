"""The trail of a stream in sentences, in English and French, each citing its entry."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from ledger.case.clocks.restated import ClockRestated
from ledger.case.clocks.waiting import BeginWaiting, EndWaiting, ReachMilestone
from ledger.case.contact.contacts import AddNote, NoteAdded
from ledger.case.corrections import CorrectEntry
from ledger.case.custody.pulling import AssignCase, PullCase
from ledger.case.intake.information import ReceiveInformation
from ledger.case.intake.opening import ClassifyCase, OpenCase
from ledger.entry import Actor
from ledger.facts import Concealed, Fact, topics
from ledger.policy.access import TABLE
from ledger.policy.document.policy import KNOWN_MILESTONES
from ledger.policy.in_force import Policies
from ledger.policy.values import Language
from ledger.sealing.heads import encode_line
from ledger.service import Ledger
from ledger.then import Then
from projections.answers import as_json
from projections.one_case.trail import TrailLine, UnreadEntry, entries_of, trail
from projections.sentences.by_topic import CODES, SENTENCES
from projections.sentences.sentence import Sentence
from projections.sentences.wording import Wording
from tests.golden.examples import examples
from tests.ledgers import INTAKE, ROADS, Place, office_policy, place_in

LANGUAGES: tuple[Language, ...] = ("en", "fr")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


def opened(ledger: Ledger) -> UUID:
    """A pothole is reported and the depot looks at it an hour later."""
    case_id = ledger.new_id()
    answers = {"description": "A hole.", "civic_location": "12 Main Street", "danger_now": False}
    command = OpenCase(
        case_id=case_id, channel="web", request_type="RDW-POT", region="HAL", answers=answers
    )
    ledger.handle(command, actor=INTAKE)
    return case_id


def lines(ledger: Ledger, case_id: UUID, language: Language = "en") -> tuple[TrailLine, ...]:
    return trail(ledger.read(f"case/{case_id}"), policies=ledger.policies(), language=language)


def test_a_clock_that_proves_to_stand_still_is_told_to_have_no_date_any_more() -> None:
    """It said by when it had been due, and nothing after that: whoever read it took that for its date."""
    until, halifax = datetime(2026, 3, 20, 3, 0, tzinfo=UTC), ZoneInfo("America/Halifax")
    restated = examples()[ClockRestated.topic].model_copy(
        update={"was_due_at": until, "due_at": None, "pause_ends_at": None}
    )
    english, french = (Wording(language, zone=halifax).sentence(restated) for language in LANGUAGES)
    assert (
        "Its date was the end of 19 March 2026. It has none now: it stands still while" in english
    )
    assert (
        "Sa date était : 19 mars 2026, fin de journée. Il n'en a plus : il est suspendu" in french
    )


def test_a_sentence_ends_once_whatever_its_last_field_ends_with() -> None:
    for text, said in (
        ("She called.", "A note was put on the case: She called."),
        ("Who?", "A note was put on the case: Who?"),
        ("She called", "A note was put on the case: She called."),
    ):
        assert Wording("en").sentence(NoteAdded(note_id=UUID(int=1), text=text)) == said


def test_every_topic_has_its_sentence_in_both_languages() -> None:
    assert SENTENCES.keys() == topics().keys()
    for sentence in (*SENTENCES.values(), *CODES.values()):
        assert sentence.en
        assert sentence.fr
        assert sentence.en != sentence.fr or sentence.en.isalpha()


def test_every_act_that_a_ledger_knows_and_every_role_that_opens_are_said_in_words() -> None:
    assert [each for each in KNOWN_MILESTONES if f"milestone.{each}" not in CODES] == []
    assert [each.role for each in TABLE if f"role.{each.role}" not in CODES] == []


@pytest.mark.parametrize("topic", sorted(topics()))
def test_a_sentence_names_only_fields_of_its_fact_and_the_same_in_both_languages(
    topic: str,
) -> None:
    fields = [set(re.findall(r"\{(\w+)\}", said)) for said in SENTENCES[topic]]
    assert fields[0] == fields[1]
    assert fields[0] <= topics()[topic].model_fields.keys()


@pytest.mark.parametrize("name", sorted(examples()))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_can_be_put_into_words_with_and_without_its_policy(
    name: str, language: Language
) -> None:
    fact = examples()[name]
    for policy in (None, office_policy()):
        said = Wording(language, policy).sentence(fact)
        assert said.endswith((".", "?", "!", "…"))
        assert "{" not in said.partition(" : ")[0].partition(": ")[0]
        assert "\x00" not in said.replace("\u0000\u001f", "")


def test_a_case_that_was_assigned_is_told_as_assigned(ledger: Ledger) -> None:
    """Whoever read the trail was told that somebody took what a dispatcher had given them."""
    pulled, assigned = opened(ledger), opened(ledger)
    ledger.handle(PullCase(case_ids=(pulled,), team="RDW", owner="R-02"), actor=ROADS)
    ledger.handle(
        AssignCase(case_id=assigned, owner="R-02"), actor=Actor("person", "L-02", team="RDW")
    )
    told = [_pulled(ledger, each) for each in (pulled, assigned)]
    assert [" assigned to them (place" in each for each in told] == [False, True]
    assert ", qui lui a été attribué (rang" in _pulled(ledger, assigned, "fr")


def _pulled(ledger: Ledger, case_id: UUID, language: Language = "en") -> str:
    said = {line.topic: line.sentence for line in lines(ledger, case_id, language)}
    return said["CasePulled"]


def test_sentences_read_as_they_should_with_the_labels_of_the_policy(
    ledger: Ledger, place: Place
) -> None:
    case_id = opened(ledger)
    place.clock.pass_by(hours=1)
    pull = PullCase(case_ids=(case_id,), team="RDW", owner="R-02")
    ledger.handle(pull, actor=ROADS)
    wait = BeginWaiting(case_id=case_id, wait_id=ledger.new_id(), reason="weather")
    ledger.handle(wait, actor=ROADS)
    said = {line.topic: line for line in lines(ledger, case_id)}
    dit = {line.topic: line for line in lines(ledger, case_id, "fr")}
    assert said["CaseOpened"].sentence.startswith(
        "A request reached us by Web form on 2 March 2026 at 08:30 and became case "
    )
    assert "of type Pothole or road defect, in the region Halifax and Central" in (
        said["CaseOpened"].sentence
    )
    assert "What happened or what do you need? [sealed]" in said["CaseOpened"].sentence
    assert said["CaseOpened"].actor == "I-02 for Intake"
    assert said["ClockArmed"].sentence == (
        "The clock Fix began on 2 March 2026 at 08:30; it is due by the end of 16 March 2026."
    )
    assert "Roads depot by rule 'Roads go to the depot'" in said["CaseRouted"].sentence
    assert said["CasePulled"].sentence == (
        "R-02 took the case from the queue of the team Roads depot (place 1 of 1 seen, with 0 "
        "cases in hand of at most 15), by its date, to be started by the end of 16 March 2026."
    )
    assert said["WaitingBegan"].sentence == ("The case began to wait: Weather. Words: [sealed].")
    assert dit["WaitingBegan"].sentence == (
        "Le dossier a été mis en attente : Météo. Texte : [sous scellé]."
    )
    assert dit["CasePulled"].sentence.startswith(
        "R-02 a pris le dossier dans la file de l'équipe Dépôt routier"
    )
    assert dit["ClockArmed"].sentence.endswith(
        "à respecter au plus tard le 16 mars 2026, fin de journée."
    )


def test_a_policy_that_holds_from_the_beginning_names_no_date(ledger: Ledger) -> None:
    stream = ledger.read(f"policy/{ledger.policy_id}")
    (said,) = trail(stream, policies=ledger.policies())
    (dit,) = trail(stream, policies=ledger.policies(), language="fr")
    assert said.sentence.startswith("Policy 1 was published, in force from the beginning (digest ")
    assert dit.sentence.startswith("La politique 1 a été publiée, en vigueur à partir du début (")


def test_each_sentence_cites_its_entry(ledger: Ledger) -> None:
    case_id = opened(ledger)
    for line, read in zip(lines(ledger, case_id), ledger.read(f"case/{case_id}"), strict=True):
        assert (line.position, line.version) == (read.entry.position, read.entry.version)
        assert line.recorded_at == datetime.fromisoformat(read.line.recorded_at)
        assert line.effective_at == read.entry.context.effective_at
        assert len(line.digest) == 43


def test_what_is_sealed_is_worded_as_sealed_and_what_is_opened_as_it_is(ledger: Ledger) -> None:
    case_id = opened(ledger)
    note = AddNote(case_id=case_id, note_id=ledger.new_id(), text="She wrote [sic] to us.")
    ledger.handle(note, actor=INTAKE)
    sealed = lines(ledger, case_id)[-1]
    assert sealed.sentence == "A note was put on the case: [sealed]."
    assert sealed.concealed == {"text": "sealed"}
    entries = ledger.read_opened(f"case/{case_id}", actor=INTAKE, purpose="to answer")
    shown = trail(entries, policies=ledger.policies())[-1]
    assert shown.sentence == "A note was put on the case: She wrote [sic] to us."
    assert shown.concealed == {}


def test_what_goes_on_with_something_names_the_entry_that_began_it(ledger: Ledger) -> None:
    """Of two letters nobody could tell which was given, nor of a wait that ended which."""
    case_id = opened(ledger)
    ledger.handle(PullCase(case_ids=(case_id,), team="RDW", owner="R-02"), actor=ROADS)
    waits = [ledger.new_id(), ledger.new_id()]
    for wait_id, reason in zip(waits, ("weather", "third-party"), strict=True):
        ledger.handle(BeginWaiting(case_id=case_id, wait_id=wait_id, reason=reason), actor=ROADS)
    for wait_id in reversed(waits):
        ledger.handle(EndWaiting(case_id=case_id, wait_id=wait_id), actor=ROADS)
    told = lines(ledger, case_id)
    began = {each.fields["wait_id"]: each.version for each in told if each.topic == "WaitingBegan"}
    ended = [each for each in told if each.topic == "WaitingEnded"]
    assert [each.of_version for each in ended] == [began[str(each)] for each in reversed(waits)]
    assert told[0].of_version is None


def test_what_was_not_answered_is_not_told_as_a_sealed_answer(ledger: Ledger) -> None:
    case_id = opened(ledger)
    came = ReceiveInformation(
        case_id=case_id, channel="phone", answers={"since_when": "2026-03-01", "name": "Ann"}
    )
    ledger.handle(came, actor=INTAKE)
    first, last = lines(ledger, case_id)[0], lines(ledger, case_id)[-1]
    assert "Where is it? [sealed]" in first.sentence
    assert "Full name" not in first.sentence.partition("Answers")[2]
    assert last.sentence.partition("Answers: ")[2] == "Since when? 2026-03-01, Full name: [sealed]."


def test_a_letter_to_somebody_else_than_the_requester_says_to_whom() -> None:
    fact = topics()["NoticeIssued"].model_validate(
        {
            "notice_id": UUID(int=1), "kind": "decision", "template": "ORDER", "template_version": "1",
            "policy": "0" * 64, "language": "en", "channel": "letter", "recipient": UUID(int=2),
            "to_requester": False, "about": None, "clock": None, "rights_stated": True,
            "subject": Concealed.SEALED, "words": Concealed.SEALED,
        }
    )  # fmt: skip
    other = Wording("en").sentence(fact)
    assert other.startswith(f"A notice was sent to the party {UUID(int=2)}: decision")
    theirs = Wording("en").sentence(fact.model_copy(update={"to_requester": True}))
    assert theirs.startswith("A notice was sent: decision")
    french = Wording("fr").sentence(fact)
    assert french.startswith(f"Un avis a été envoyé à la partie {UUID(int=2)} : ")


@pytest.mark.parametrize(("language", "word"), [("en", "[erased]"), ("fr", "[effacé]")])
def test_what_is_erased_is_worded_as_erased(language: Language, word: str) -> None:
    fact: Fact = topics()["NoteAdded"].model_validate(
        {"note_id": UUID(int=1), "text": Concealed.ERASED}
    )
    assert word in Wording(language).sentence(fact)


def test_a_trail_is_told_as_it_was_known_and_as_it_happened(ledger: Ledger, place: Place) -> None:
    case_id = opened(ledger)
    opened_at = place.clock.at
    place.clock.pass_by(hours=1)
    pull = PullCase(case_ids=(case_id,), team="RDW", owner="R-02")
    ledger.handle(pull, actor=ROADS)
    place.clock.pass_by(days=1)
    wait = BeginWaiting(case_id=case_id, wait_id=ledger.new_id(), reason="weather")
    ledger.handle(wait, actor=ROADS, effective_at=opened_at + timedelta(minutes=90))
    entries, policies = ledger.read(f"case/{case_id}"), ledger.policies()
    after_two_hours = opened_at + timedelta(hours=2)
    known = trail(entries, policies=policies, known_at=after_two_hours)
    happened = trail(entries, policies=policies, as_of=after_two_hours)
    assert known[-1].topic == "CasePulled"
    assert "WaitingBegan" in [line.topic for line in happened]
    assert [line.effective_at for line in happened] == sorted(
        line.effective_at for line in happened
    )


def test_a_trail_as_of_an_instant_is_told_in_the_order_in_which_the_case_is_folded_then(
    ledger: Ledger, place: Place
) -> None:
    """A clock was told to have stopped before it was armed, by whoever did the act before the case had a type."""
    case_id = ledger.new_id()
    opening = OpenCase(case_id=case_id, channel="phone", region="HAL")
    done = ReachMilestone(case_id=case_id, milestone="made_safe")
    classified = ClassifyCase(
        case_id=case_id, request_type="RDW-POT", region="HAL", severity="immediate_danger"
    )
    for command in (opening, done, classified):
        place.clock.pass_by(hours=1)
        ledger.handle(command, actor=INTAKE)
    entries = ledger.read(f"case/{case_id}")
    told = trail(entries, policies=ledger.policies(), as_of=place.clock.at)
    assert {"ClockArmed", "ClockStopped"} < {line.topic for line in told}
    folded = Then(as_of=place.clock.at).of_case(entries)
    assert [line.version for line in told] == [each.entry.version for each in folded]


def test_an_entry_of_a_later_version_is_said_with_its_fields_as_they_are(ledger: Ledger) -> None:
    case_id = opened(ledger)
    read = ledger.read(f"case/{case_id}")[0]
    unread = UnreadEntry(
        position=9,
        line=read.line._replace(topic="CaseSung", schema=3),
        digest=read.digest,
        values={"actor": {"id": "I-02"}, "melody": "slow"},
        effective_at=read.entry.context.effective_at,
        known_at=read.entry.context.known_at,
    )
    (line,) = trail([unread], policies=Policies())
    assert "'CaseSung' of schema 3, intact" in line.sentence
    assert line.fields["melody"] == "slow"
    assert encode_line(unread.line)


def test_entries_of_a_stream_are_all_read_and_verified(ledger: Ledger) -> None:
    case_id = opened(ledger)
    assert entries_of(ledger.store, f"case/{case_id}") == ledger.read(f"case/{case_id}")


def test_a_trail_is_plain_values_for_programs(ledger: Ledger) -> None:
    (first, *_) = as_json(lines(ledger, opened(ledger)))
    assert first["effective_at"].endswith("Z")
    assert first["fields"]["answers"]["personal"]["description"] == "sealed"


def test_without_any_policy_codes_stand_for_themselves() -> None:
    policy_free = Wording("en", zone=UTC)
    for fact in examples().values():
        if fact.topic == "WaitingBegan":
            assert fact.__dict__["reason"] in policy_free.sentence(fact)


def test_a_correction_stands_beside_the_entry_that_it_corrects(ledger: Ledger) -> None:
    case_id = ledger.new_id()
    opening = OpenCase(case_id=case_id, channel="phone", request_type="GEN-ENQ")
    ledger.handle(opening, actor=INTAKE)
    right = {"language": "fr", "answers.danger_now": True}
    correction = CorrectEntry(case_id=case_id, corrects=1, values=right, reason="Misheard.")
    receipt = ledger.handle(correction, actor=INTAKE)
    entries = entries_of(ledger.store, f"case/{case_id}")
    first, *others = trail(entries, policies=ledger.policies())
    opened = ledger.read_opened(f"case/{case_id}", actor=INTAKE, purpose="To see it")
    french = trail(opened, policies=ledger.policies(), language="fr")[0]
    where, danger = receipt.version, "Quelqu'un est-il en danger en ce moment?"
    assert first.corrections == (
        f"Corrected by entry {where} of this case (Is anyone in danger now?, language): [sealed].",
    )
    in_french = f"Corrigée par l'inscription {where} de ce dossier ({danger}, langue)"
    assert french.corrections == (f"{in_french} : {danger} oui, langue : français.",)
    assert not any(each.corrections for each in others)


def test_a_sentence_that_hints_at_a_yes_or_no_never_says_the_word_itself() -> None:
    """A notice was once said to state the rights 'of its recipientyes'."""
    wording = Wording("en")
    fact = examples()["NoticeIssued"]
    said = wording.sentence(fact)
    assert "it states the rights of its recipient." in said
    assert "rights" not in wording.sentence(fact.model_copy(update={"rights_stated": False}))


ALIKE = {
    "fois", "was", "is", "has", "stands", "leads", "depuis", "runs", "answers", "inquires", "takes", "acts", "witness",
    "years", "ans",
}  # fmt: skip
"""Words that end in an s and do what one does, or are of one thing all the same; nobody is of age at one year."""
BOTH: tuple[Language, Language] = ("en", "fr")


def test_words_beside_a_number_fit_it_in_both_languages() -> None:
    said = Sentence("[{n} {n:page was|pages were} kept]", "[{n} {n:page gardée|pages gardées}]")
    told = {
        (language, count): Wording(language).filled(said, {"n": count})
        for language in BOTH
        for count in ("", "0", "1", "2")
    }
    assert told == {
        ("en", ""): "", ("en", "0"): "0 pages were kept", ("en", "1"): "1 page was kept",
        ("en", "2"): "2 pages were kept", ("fr", ""): "", ("fr", "0"): "0 page gardée",
        ("fr", "1"): "1 page gardée", ("fr", "2"): "2 pages gardées",
    }  # fmt: skip


@pytest.mark.parametrize("topic", sorted(SENTENCES))
def test_one_of_a_thing_is_never_told_as_several(topic: str) -> None:
    for language in BOTH:
        numbers = dict.fromkeys(
            re.findall(r"\{(\w+)[:}]", getattr(SENTENCES[topic], language)), "1"
        )
        said = SENTENCES[topic].fitting(language, numbers).format(**numbers)
        several = re.findall(r"\b1 (\w+s)\b(?!\w)", said)
        assert [each for each in several if each not in ALIKE] == [], said
