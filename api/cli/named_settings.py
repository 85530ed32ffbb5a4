"""Settings by name: each variable of the environment that is read, and the refusal of one that was misspelt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from api.cli.wording.in_help import in_help
from ledger.errors import InvalidCommand

PREFIX = "CASELEDGER_"
OF_SERVING: Mapping[str, str] = {
    "HTTP_PUBLIC_URL": "where it is reached from outside, such as https://ledger.office.example",
    "HTTP_MAX_BODY_BYTES": "the most bytes of a body; 1048576 if unset",
    "HTTP_MAX_UPLOAD_BYTES": "the most bytes of a request of GeoReport with its pictures; 16777216 if unset",
    "HTTP_TIMEOUT_SECONDS": "the time for an answer; 30 if unset",
    "HTTP_WAIT_SECONDS": "how long a read waits for min_position; 5 if unset",
    "HTTP_TRUST_SECONDS": "within which a key or a policy that was changed counts; 1 if unset",
    "HTTP_THREADS": "how many reads are answered at once in a process; 12 if unset",
    "HTTP_STREAMS": "how many streams of the feed are open at once; 200 if unset",
    "HTTP_HEARTBEAT_SECONDS": "after which something is heard on a quiet stream; 15 if unset",
    "HTTP_METRICS": "who is given metrics: loopback, anyone or nobody; loopback if unset",
    "HTTP_OIDC_ISSUER": "the issuer of the tokens with which people sign in",
    "HTTP_OIDC_AUDIENCE": "for whom its tokens are: needed with the issuer",
    "HTTP_OIDC_JWKS_URL": "where its keys lie, if it does not say so itself",
    "HTTP_OIDC_MEMBER_CLAIM": "the claim of a token that names the member; caseledger_member if unset",
    "HTTP_OIDC_LEEWAY_SECONDS": "by which its clock and this one may differ; 60 if unset",
    "HTTP_DEMO_SECRET": "the secret of the demo login, of 32 characters or more",
    "WEBHOOK_ALLOWED_NETWORKS": "private networks that webhooks may reach, parted by commas",
    "WEBHOOK_ALLOW_HTTP": "1 lets webhooks go unencrypted",
    "WEBHOOK_CA_FILE": "certificates of an office's own authority, for webhooks",
    "WEBHOOK_CONNECT_SECONDS": "the time for a receiver to be reached; 5 if unset",
    "WEBHOOK_ANSWER_SECONDS": "the time for its answer; 15 if unset",
    "WEBHOOK_GIVE_UP_DAYS": "after which an entry is given up that it refuses; 3 if unset",
}
"""What the service reads, what for, and what holds where it is not said."""
_OF_ALL = (
    "HOME", "DATABASE_URL", "MASTER_KEY", "WITNESS", "ACTOR", "LANGUAGE", "LOG", "IMAP_PASSWORD",
    "IMAP_ACCESS_TOKEN",
)  # fmt: skip
SETTINGS = frozenset({*_OF_ALL, *OF_SERVING})
"""Every setting, without the prefix."""
_ALIKE = 0.7
_ASKS_FOR_HELP = frozenset({"--help", "-h", "--version"})


def refuse_misspelt(environment: Mapping[str, str], words: Sequence[str]) -> None:
    """InvalidCommand names a variable that nobody reads and that is all but a setting, which is then not set.

    Not where help is asked for, which names the settings.
    """
    if _ASKS_FOR_HELP.intersection(words):
        return
    for name in unread(environment):
        near = get_close_matches(name.removeprefix(PREFIX), SETTINGS, n=1, cutoff=_ALIKE)
        if near:
            raise InvalidCommand(
                f"{name} is no setting, and nothing was done: is {PREFIX}{near[0]} meant?"
            )


def unread(environment: Mapping[str, str]) -> list[str]:
    """The variables that begin as settings do and are none: some may be another program's."""
    return sorted(
        name
        for name in environment
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in SETTINGS
    )


def serving_epilogue() -> str:
    """The settings of the service as its help lists them."""
    lines = (f"{PREFIX}{name}: {in_help(said)}." for name, said in OF_SERVING.items())
    return "\n".join((in_help("Set in the environment:"), *lines))
