"""What people ask of the department, how often, in which season and by which channel. All of it is made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Percents = tuple[int, int, int, int, int, int, int, int, int, int, int, int]
EVEN: Percents = (100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100)
"""January to December."""
WINTER: Percents = (320, 300, 200, 60, 0, 0, 0, 0, 0, 10, 80, 230)
SPRING: Percents = (40, 60, 240, 320, 220, 80, 50, 40, 40, 40, 40, 30)
SUMMER: Percents = (30, 30, 50, 80, 140, 200, 220, 200, 120, 60, 40, 30)
FALL: Percents = (60, 60, 60, 60, 70, 80, 110, 230, 240, 110, 70, 50)
COLD: Percents = (170, 170, 140, 100, 60, 50, 50, 50, 70, 100, 110, 130)


@dataclass(frozen=True, slots=True)
class Demand:
    """How often a type is asked for beside the others, when in the year, and in which words."""

    weight: int
    en: Sequence[str]
    fr: Sequence[str]
    season: Percents = EVEN
    danger_percent: int = 0
    """How often somebody is in danger, where the type asks that."""
    mistaken_for: str | None = None
    """As which other type it is sometimes taken in."""


DEMAND: Mapping[str, Demand] = {
    "RDW-POT": Demand(
        11,
        ("A deep hole in the road by the bridge.", "The shoulder has washed away."),
        ("Un trou profond près du pont.", "L'accotement s'est affaissé."),
        season=SPRING,
        danger_percent=8,
        mistaken_for="RDW-DRN",
    ),
    "RDW-WIN": Demand(
        10,
        ("The plough left a bank across my drive.", "Our road was not salted after the freeze."),
        ("La charrue a bloqué mon entrée.", "Notre chemin n'a pas été salé après le gel."),
        season=WINTER,
    ),
    "RDW-DRN": Demand(
        3,
        ("The ditch overflows into my field.", "The culvert is blocked with branches."),
        ("Le fossé déborde dans mon champ.", "Le ponceau est bouché par des branches."),
        season=SPRING,
        mistaken_for="ENV-CMP",
    ),
    "RDW-SGN": Demand(
        3,
        ("The stop sign at the corner is down.", "The light stays red on one side."),
        ("Le panneau d'arrêt du coin est tombé.", "Le feu reste rouge d'un côté."),
        danger_percent=30,
    ),
    "RDW-ACC": Demand(
        2,
        ("We are building and need a driveway.",),
        ("Nous construisons et il nous faut une entrée.",),
        season=SUMMER,
    ),
    "RDW-CLM": Demand(
        3,
        ("A hole broke my wheel.", "The plough took my letter box."),
        ("Un trou a brisé ma roue.", "La charrue a emporté ma boîte aux lettres."),
        season=SPRING,
    ),
    "INC-APP": Demand(
        10,
        ("I lost my hours and the rent is due.", "I am applying for the first time."),
        ("J'ai perdu mes heures et le loyer arrive.", "C'est ma première demande."),
        mistaken_for="INC-CHG",
    ),
    "INC-EMG": Demand(
        3,
        ("The power is cut and there is a baby here.", "We have nothing to eat."),
        ("Le courant est coupé et il y a un bébé.", "Nous n'avons rien à manger."),
        season=COLD,
        danger_percent=20,
    ),
    "INC-SPC": Demand(
        4,
        ("I need special shoes for work.", "My glasses are broken."),
        ("Il me faut des chaussures spéciales pour travailler.", "Mes lunettes sont brisées."),
    ),
    "INC-CHG": Demand(
        9,
        ("My daughter moved back in with me.", "I started a part-time job."),
        ("Ma fille est revenue vivre avec moi.", "J'ai commencé un emploi à temps partiel."),
    ),
    "INC-OVP": Demand(
        2,
        ("I told you about that cheque in May.",),
        ("Je vous ai déclaré ce chèque en mai.",),
    ),
    "INC-CHS": Demand(
        3,
        ("Day care starts in a month.",),
        ("La garderie commence dans un mois.",),
        season=FALL,
    ),
    "HSG-APP": Demand(
        4,
        ("We are five in two rooms.",),
        ("Nous sommes cinq dans deux pièces.",),
        mistaken_for="HSG-SUP",
    ),
    "HSG-RPR": Demand(
        6,
        ("There is no heat in the unit.", "Water comes through the ceiling."),
        ("Il n'y a pas de chauffage.", "L'eau traverse le plafond."),
        season=COLD,
        danger_percent=15,
    ),
    "HSG-SUP": Demand(3, ("The rent went up again.",), ("Le loyer a encore augmenté.",)),
    "HSG-TEN": Demand(
        3,
        ("The landlord keeps my deposit.",),
        ("Le propriétaire garde mon dépôt.",),
        season=FALL,
    ),
    "HSG-ADP": Demand(
        1, ("I cannot get into the bath any more.",), ("Je ne peux plus entrer dans le bain.",)
    ),
    "LIC-CRT": Demand(
        9,
        ("I need my birth certificate for a passport.",),
        ("Il me faut mon certificat de naissance pour un passeport.",),
        season=SUMMER,
    ),
    "LIC-NAM": Demand(
        2, ("I want to take my mother's name.",), ("Je veux prendre le nom de ma mère.",)
    ),
    "LIC-COR": Demand(
        2,
        ("The date on the record is wrong.",),
        ("La date de l'acte est fausse.",),
        mistaken_for="LIC-CRT",
    ),
    "LIC-BUS": Demand(3, ("We are opening a bakery.",), ("Nous ouvrons une boulangerie.",)),
    "LIC-EVT": Demand(
        3, ("A street fair with music.",), ("Une fête de rue avec musique.",), season=SPRING
    ),
    "ENV-SPL": Demand(
        2,
        ("Oil is running into the brook.", "A tank has tipped over by the road."),
        ("De l'huile coule dans le ruisseau.", "Un réservoir s'est renversé près du chemin."),
        danger_percent=50,
    ),
    "ENV-WEL": Demand(
        2, ("Our water smells since the blasting.",), ("Notre eau sent depuis le dynamitage.",)
    ),
    "ENV-SEP": Demand(
        2,
        ("A new field for a three-bedroom house.",),
        ("Un champ neuf pour trois chambres.",),
        season=SUMMER,
    ),
    "ENV-WET": Demand(
        2, ("We want to replace the footbridge.",), ("Nous voulons refaire la passerelle.",)
    ),
    "ENV-CMP": Demand(
        3,
        ("Smoke hangs over the houses every evening.",),
        ("La fumée reste sur les maisons chaque soir.",),
        season=SUMMER,
        mistaken_for="RDW-DRN",
    ),
    "IAC-GEN": Demand(
        6,
        ("All reports on the bridge since 2020.", "Contracts for salt, last five years."),
        ("Tous les rapports sur le pont depuis 2020.",),
    ),
    "IAC-SLF": Demand(3, ("Everything in my own file.",), ("Tout ce qui est dans mon dossier.",)),
    "IAC-COR": Demand(
        1, ("My file has the wrong child in it.",), ("Mon dossier nomme le mauvais enfant.",)
    ),
    "IAC-CPL": Demand(
        3,
        ("Three weeks and nobody called back.",),
        ("Trois semaines sans que personne rappelle.",),
    ),
    "IAC-MBR": Demand(
        2,
        ("A constituent asks how her application stands.",),
        ("Une électrice demande où en est son dossier.",),
    ),
}
"""By request type. One that the policy has beyond these is asked for now and then, the whole year."""
UNKNOWN = Demand(2, ("I need this, please.",), ("J'en ai besoin, s'il vous plaît.",))

CHANNELS: Mapping[str, int] = {
    "phone": 35, "web": 27, "email": 13, "desk": 10, "letter": 9, "referral": 4,
}  # fmt: skip
"""The doors of the six families; a French request on the web comes by the French form."""
INCOMPLETE_PERCENT: Mapping[str, int] = {
    "letter": 45, "email": 40, "web": 20, "web-fr": 20, "referral": 25, "member": 30,
}  # fmt: skip
"""Elsewhere somebody asks on the spot."""
SOMETIMES_INCOMPLETE = 10
ROBOTS: Mapping[str, str] = {"ENV-SPL": "monitors", "RDW-POT": "city-line", "RDW-SGN": "city-line"}
"""Types that are sometimes reported by a machine or by the municipal line."""
REGIONS: Mapping[str, int] = {
    "HAL": 52, "CBE": 13, "CBE-MADAME": 2, "CBE-CHETICAMP": 2, "NOR-EAST": 7, "NOR-WEST": 6,
    "NOR": 2, "WES": 9, "WES-CLARE": 4, "WES-ARGYLE": 3,
}  # fmt: skip
"""Halifax and Central have 52 of a hundred, as the sample says; NOR is a region whose half nobody knows yet."""
FRENCH_POINTS = frozenset({"CBE-MADAME", "CBE-CHETICAMP", "WES-CLARE", "WES-ARGYLE"})
FRENCH_PERCENT = {True: 70, False: 14}
"""In a French point, and elsewhere."""
