"""The process that projects beside the service: it works on, whoever waited for it to begin."""

from __future__ import annotations

from multiprocessing import Pipe

from api.projecting.beside import tell_begun


def test_who_began_after_nobody_waited_any_more_works_on() -> None:
    """Views that are made anew take longer than is waited: in a fresh process that ended it, with a broken pipe."""
    waits, begun = Pipe(duplex=False)
    waits.close()
    tell_begun(begun)
    assert begun.closed


def test_who_waits_for_it_is_told() -> None:
    waits, begun = Pipe(duplex=False)
    tell_begun(begun)
    with waits:
        assert waits.poll(0)
        assert waits.recv() is None
