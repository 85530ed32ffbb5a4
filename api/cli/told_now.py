"""Told now: which reading commands take no other instant, and why, for whoever asks about one all the same."""

from __future__ import annotations

INSTANTS = ("--known-at", "--as-of")
_NOW = "This is told or done as things stand now"
TOLD_NOW = {
    "set-aside": "What is set aside lies in a folder, as it is now",
    "find": "Whoever is calling is sought among what is known now",
    "due": "This asks no ledger, only what is given with it (--at says until when)",
    "published": "A month is told as known at the end of the month after it, for good",
    "original": "An original is kept as it came",
    "verify": "The whole ledger is verified as it is stored now",
    "prove": "A proof is as of a checkpoint (--checkpoint names it)",
    "receipt": "A receipt is of one entry, which never changes",
    "check-proof": "This asks no ledger, only the file",
    "checkpoint": "A checkpoint is signed of what stands now",
    "bundle": "What is given out is of when it is asked for",
    "verify-bundle": "This asks no ledger, only the file",
    "verify-page": "This asks no ledger",
    "access-matrix": "Who may ask what is judged by the rules of now",
    "policy check": "This asks no ledger, only the file",
    "policy schema": "This asks no ledger",
    "policy replay": "Every routing ever recorded is decided again",
    "policy rehearse": "Clocks that are open now are rehearsed (--on names the day)",
    "calls check": "A draw is made again as of the day on which it was made (--on names it)",
    "inquiry bundle": "What is given out is of when it is asked for",
    "keys show": "Keys sign now",
    "webhook topics": "This asks no ledger",
    "witness show": "A witness has seen what it has seen by now",
}


def told_now(command: str, option: str) -> str | None:
    """Why a command that knows no such option does not answer about another instant; None where it is none of one."""
    option = option.partition("=")[0]
    if option not in INSTANTS:
        return None
    why = TOLD_NOW.get(command) or TOLD_NOW.get(f"{command} show", _NOW)
    return f"{why}: leave {option} out."
