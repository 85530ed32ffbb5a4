"""Whatever a receiver answers and whenever we die, with the real courier: at least once, in order for each case."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from api.webhooks.deliveries import FILE
from tests.api.webhooks.office import Told, telling
from tests.api.webhooks.receiving import Answer, Delivery, receiving
from tests.ledgers import place_in

answers = st.lists(st.sampled_from([204, 200, 422, 500, 503, 429, 302]), max_size=25)
"""What the receiver answers, in turn, before it takes everything."""
days = st.lists(st.sampled_from(["opened", "noted", "noted", "delivered", "died"]), max_size=12)
"""What happens in turn: a case is opened, something is noted on one, deliveries are made and are saved or not."""


@given(answers, days)
@settings(max_examples=8)
def test_every_entry_comes_at_least_once_and_in_order_for_each_case(
    planned: list[int], happens: list[str]
) -> None:
    with TemporaryDirectory() as folder, receiving() as receiver:
        statuses = iter(planned)

        def answer(_delivery: Delivery) -> Answer:
            return Answer(next(statuses, 204))

        receiver.answers = answer
        with telling(place_in(Path(folder))) as office:
            office.subscribed(receiver.url)
            streams = [office.opened()]
            for each in happens:
                _happens(each, office, streams, Path(folder))
            office.deliver_for(hours=24)
            assert office.deliver().failed == 0
            for stream in streams:
                came = receiver.positions(stream)
                assert list(dict.fromkeys(came)) == office.positions(stream)
            assert set(receiver.positions()) == set(office.positions())


def _happens(what: str, office: Told, streams: list[str], folder: Path) -> None:
    office.clock.pass_by(minutes=7)
    match what:
        case "opened":
            streams.append(office.opened())
        case "noted":
            office.noted(streams[len(streams) // 2])
        case "delivered":
            office.deliver()
        case _:  # what was sent was not saved
            kept, before = folder / "home" / FILE, folder / "before"
            shutil.copy(kept, before)
            office.deliver()
            shutil.copy(before, kept)
