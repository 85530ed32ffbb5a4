"""The sample department's other tables: its regions, what a team carries and can, its fields, reasons and classes."""

from __future__ import annotations

import pytest

from ledger.policy.document.policy import AskedField
from tests.policy.department import department

REGIONS = """
HAL | Halifax and Central | Halifax et Centre
CBE | Cape Breton and Eastern | Cap-Breton et Est
NOR | Northern | Nord
WES | Western and Valley | Ouest et Vallée
"""

TEAMS = """
INT | 12/20 | intake fr clerical
RDW-HAL RDW-CBE RDW-NOR RDW-WES | 15/20 | road winter
RDP | 20/30 | permit claim
INC-HAL INC-REG | 25/25 | income fr
INE | 6/6 | income vulnerable
HSA | 25/40 | housing
HSM | 15/25 | trade
TEN | 20/20 | hearing decision
LIV | 30/40 | identity fr
LIB | 20/30 | licence
ENI-E ENI-W | 12/20 | inspector
ENX | 4/4 | spill
IAP | 15/30 | foi privacy
CRU | 12/20 | review
MCU | 20/20 | member
"""
"""Teams, how many cases of theirs a member may have in hand and how many that wait, and the team's skills."""

FIELDS = """
name | P | Full name | Nom complet
contact | P | How can we reach you? | Comment vous joindre?
safe_contact | P | Ways or times we must not use | Moyens ou heures à éviter
adjustment | P | What would make this easier for you? | Qu'est-ce qui vous faciliterait la démarche?
language | O | Language you prefer | Langue de votre choix
interpreter | O | Interpreter, in which language | Interprète, dans quelle langue
format | O | Format you need | Format requis
representative | P | Acting for someone? Who, and by what authority | Agissez-vous pour quelqu'un? Qui, à quel titre
address | P | Home address | Adresse du domicile
civic_location | P | Where is it? (civic number or map point) | Où est-ce? (numéro municipal ou point sur la carte)
description | P | What happened or what do you need? | Que s'est-il passé ou de quoi avez-vous besoin?
since_when | P | Since when? | Depuis quand?
danger_now | O | Is anyone in danger now? | Quelqu'un est-il en danger en ce moment?
photo | P | Picture | Photo
dob | P | Date of birth | Date de naissance
id_proof | P | Proof of identity seen (kind, not number) | Preuve d'identité vue (genre, sans numéro)
household | P | Who lives with you? | Qui vit avec vous?
income | P | Monthly income | Revenu mensuel
expenses | P | Monthly costs | Dépenses mensuelles
account_no | P | File or client number | Numéro de dossier ou de client
purpose | P | What is it for? | À quelle fin?
ground | P | Why do you disagree? | Pourquoi êtes-vous en désaccord?
vehicle | P | Vehicle | Véhicule
loss_amount | P | Amount of loss | Montant de la perte
unit_no | P | Unit | Logement
access_times | P | When may we come in? | Quand pouvons-nous entrer?
landlord | P | Landlord | Propriétaire
tenancy_dates | P | Start and end of tenancy | Début et fin du bail
hearing_pref | O | Hearing by phone, video or in person | Audience par téléphone, vidéo ou en personne
registrant | P | Person named in the record | Personne visée par l'acte
event_date | O | Date of the event | Date de l'événement
event_place | O | Place of the event | Lieu de l'événement
document_wanted | O | Document wanted | Document demandé
business_no | O | Business number | Numéro d'entreprise
premises | P | Premises | Locaux
activity | O | Activity | Activité
start_date | O | Planned start | Début prévu
lot | P | Lot (PID) | Lot (NIP)
plan | P | Plan or sketch | Plan ou croquis
substance | O | Substance | Substance
quantity | P | How much (if known) | Quantité (si connue)
well_type | O | Dug or drilled well | Puits creusé ou foré
records_wanted | P | Records wanted | Documents demandés
date_range | O | Period | Période
about_self | O | About yourself? | À votre sujet?
correction_text | P | What is wrong and what should it say? | Quelle est l'erreur et que faudrait-il lire?
decision_ref | O | Decision concerned | Décision visée
member | O | Member's office | Bureau du député
consent | P | The person's consent | Consentement de la personne
fee_paid | O | Fee paid | Droits payés
"""
"""Fields: personal or of the office, and what is asked in either language."""

BESIDE = {"child_dob", "fee_paid_on", "interview_language", "region", "staff_concerned"}
"""Those that the list has in another: whose birth, when the fee was paid, where to live, who is complained of."""

REASONS = {
    "transfer": "wrong-team wrong-region skill workload absence recusal review leaver",
    "decline": "not-ours conflict lacks-skill incomplete-handover",
    "wait": "particulars identity fee third-party other-body court regulator weather",
    "extension": "volume consultation third-party particulars commissioner",
    "close": "granted part refused done no-action withdrawn lapsed referred-out duplicate-of no-record",
    "contact": "new-request new-information chase repeat correction-ours correction-theirs reassurance complaint "
    "thanks unknown",
    "severity": "life health shelter income legal-date property amenity",
}

RETENTION = """
R2 | 2 fiscal | closed_and_settled | destroy
R7 | 7 fiscal | closed_and_settled | destroy
R10 | 10 fiscal | closed_and_settled | sample_to_archives
R25 | 25 fiscal | closed_and_settled | sample_to_archives
R7S | 7 | last_payment_or_closed | destroy
RMAJ | 7 | majority | destroy
R7A | 7 | appeal_over | index_to_archives
PERM | | closed_and_settled | transfer_to_archives
RORIG | | as_original | as_original
"""
"""Classes, for how many years, from when, and what becomes of a case then."""

EXEMPTIONS = """
12 discretionary harm, 13 discretionary class, 14 discretionary class, 15 discretionary harm,
16 discretionary class, 17 discretionary harm, 18 discretionary harm, 19 discretionary harm, 20 mandatory harm,
21 mandatory harm
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def test_the_regions_of_demand_are_named_in_both_languages_and_the_others_lie_within_them() -> None:
    regions = department().regions
    for code, en, fr in rows(REGIONS):
        assert (regions[code].en, regions[code].fr, regions[code].within) == (en, fr, None)
    outer = {code for code, _, _ in rows(REGIONS)}
    assert {each.within for code, each in regions.items() if code not in outer} <= outer


def test_each_team_carries_as_much_and_can_do_what_its_table_says() -> None:
    teams = department().teams
    for codes, wip, skills in rows(TEAMS):
        for code in codes.split():
            team = teams[code]
            assert f"{team.wip.active}/{team.wip.paused}" == wip, code
            assert team.skills == tuple(skills.split()), code
    assert [code for codes, *_ in rows(TEAMS) for code in codes.split()] == [*teams]


@pytest.mark.parametrize("row", rows(FIELDS), ids=lambda row: row[0])
def test_a_field_is_as_personal_as_the_table_says_and_asked_in_its_words(row: list[str]) -> None:
    code, tier, en, fr = row
    field = department().fields[code]
    assert (field.tier[0].upper(), field.en, field.fr) == (tier, en, fr)
    assert _is_explained(field)


def test_every_field_is_in_the_table_or_said_beside_it() -> None:
    fields = department().fields
    assert {*fields} == {code for code, *_ in rows(FIELDS)} | BESIDE
    assert all(_is_explained(fields[code]) for code in BESIDE)
    for code, field in fields.items():
        claimed = ("RDW-CLM",) if code in ("vehicle", "loss_amount") else None
        assert (None if field.when is None else getattr(field.when.type, "one_of", None)) == claimed
    apart = {code: each.compartment for code, each in fields.items() if each.compartment}
    assert apart == {
        "adjustment": "adjustment",
        "safe_contact": "safe-contact",
        "staff_concerned": "staff-complaints",
    }


def _is_explained(field: AskedField) -> bool:
    told = (field.help, field.why)
    return all(each is not None and each.en and each.fr for each in told)


@pytest.mark.parametrize("kind", REASONS)
def test_the_lists_of_reasons_are_whole(kind: str) -> None:
    known = getattr(department().reasons, kind)
    assert {*known} == {*REASONS[kind].split()}
    assert all(each.en and each.fr for each in known.values())


def test_each_class_of_retention_begins_and_ends_as_the_table_says() -> None:
    known = {
        code: (
            " ".join(filter(None, (str(each.years or ""), "fiscal" if each.fiscal else ""))),
            each.starts,
            each.ends,
        )
        for code, each in department().retention.items()
    }
    assert known == {code: tuple(said) for code, *said in rows(RETENTION)}


def test_each_exemption_says_whether_it_must_be_used_and_whether_it_is_of_a_kind_or_a_harm() -> (
    None
):
    said = [each.split() for each in EXEMPTIONS.replace("\n", " ").split(",")]
    known = department().exemptions
    assert {code: [each.section, each.duty, each.test] for code, each in known.items()} == {
        f"NS-{section}": [section, duty, test] for section, duty, test in said
    }
