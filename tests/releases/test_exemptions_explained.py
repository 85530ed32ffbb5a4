"""What a release tells of the exemptions under which something of it is withheld, and for whom it is."""

from __future__ import annotations

import io
from zipfile import ZipFile

from pypdf import PdfReader

from ledger.policy.document.disclosing import Exemption
from ledger.policy.values import Language, Words
from projections.releases.selection import EntrySelection, Ground, IndexLine, StreamSelection
from tests.releases.offices import Office, selection_of

PRIVACY, ADVICE = Ground(1, "s.20"), Ground(2, "s.14")
INDEX = [IndexLine(1, "s.20"), IndexLine(2, "s.14")]


def test_each_exemption_that_was_applied_is_explained_once(office: Office) -> None:
    """They were named wherever they were applied, and explained nowhere; nor was it told in words for whom it is.

    A release that was authorised before that is made again as it was.
    """
    stream = office.case("Seen")
    office.sign()
    count = office.whole(stream).upto_version
    chosen = StreamSelection(
        stream,
        count,
        (EntrySelection(1, slots={"answers.name": PRIVACY}), EntrySelection(count, line=ADVICE)),
    )
    privacy = Exemption(
        en="Personal privacy",
        fr="Vie privée",
        statute="FOIPOP",
        section="20",
        duty="mandatory",
        test="class",
        interest=Words(en="Others", fr="Autrui"),
    )
    advice = Exemption(en="Advice", fr="Avis", section="14", duty="discretionary", test="class")
    explained = {"s.20": privacy, "s.14": advice}
    said = {
        edition: ZipFile(
            io.BytesIO(
                office.bundle(selection_of(chosen, edition=edition, exemptions=explained), INDEX)
            )
        )
        for edition in (1, 2)
    }
    expected: dict[Language, tuple[str, ...]] = {
        "en": (
            "<dt>Audience</dt><dd>the applicant</dd>",
            "<dt>s.20</dt><dd>Personal privacy, section 20 of FOIPOP. It must be withheld. Protected interest: Others.",
            "<dt>s.14</dt><dd>Advice, section 14. It may be withheld, and the office decided so.</dd>",
        ),
        "fr": (
            "<dt>Public</dt><dd>le demandeur</dd>",
            "<dt>s.20</dt><dd>Vie privée, article 20 de FOIPOP. La loi oblige à le retenir. Intérêt protégé : Autrui.",
            "<dt>s.14</dt><dd>Avis, article 14. La loi permet de le retenir, et le bureau l&#x27;a décidé.</dd>",
        ),
    }
    for language, words in expected.items():
        place = f"release/data/chronology/{language}-0001"
        before, now = (said[edition].read(f"{place}.html").decode() for edition in (1, 2))
        assert [now.count(each) for each in words] == [1, 1, 1], now
        assert "<dd>applicant</dd>" in before
        assert before.count("<h2>") == now.count("<h2>") - 1
        document = PdfReader(io.BytesIO(said[2].read(f"{place}.pdf")))
        assert privacy.say(language) in document.pages[0].extract_text()
