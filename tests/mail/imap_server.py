"""A real IMAP server, Dovecot, that a test starts for itself on this machine, as whoever runs the tests."""

from __future__ import annotations

import base64
import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, time

import jwt
import pytest

from tests.patience import WITHIN_SECONDS
from tests.servers.ports import port_for_later

USER, PASSWORD = "office", "sesame"
_SIGNING_KEY = "only for tests, and long enough for HMAC"
MISSING = "no Dovecot on this machine (on Debian: dovecot-imapd): mail from IMAP is not tested here"
_PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@dataclass(frozen=True)
class ImapServer:
    """Where it listens, and the Maildir of its one user."""

    port: int
    maildir: Path
    certificate: Path
    tls_port: int


@contextmanager
def imap_server() -> Generator[ImapServer]:
    """Dovecot with a configuration of its own, in a folder of its own, ended after the block."""
    if _PROGRAM is None:
        pytest.skip(MISSING)
    with tempfile.TemporaryDirectory(prefix="imap", dir="/tmp") as folder:
        place = Path(folder)  # a short path: it holds Unix sockets
        place.chmod(0o755)
        server = ImapServer(
            port_for_later(), place / "mail", place / "server.pem", port_for_later()
        )
        _certify(place)
        (place / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n")
        _believe_tokens(place)
        config = place / "dovecot.conf"
        config.write_text(_config(place, server))
        with subprocess.Popen(
            [_PROGRAM, "-F", "-c", str(config)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            try:
                _wait(process, server.port)
                yield server
            finally:
                process.terminate()


def _config(place: Path, server: ImapServer) -> str:
    me = getpass.getuser()
    group = grp.getgrgid(os.getgid()).gr_name
    login, owner = (me, pwd.getpwuid(os.getuid()))
    if os.getuid() == 0:  # it lets root neither greet strangers nor own their mail
        login, owner = "dovenull", pwd.getpwnam("mail")
    server.maildir.mkdir(mode=0o700)
    os.chown(server.maildir, owner.pw_uid, owner.pw_gid)
    return f"""
base_dir = {place}/run
state_dir = {place}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
default_internal_user = {me}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{server.maildir}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0 secs
ssl = yes
ssl_cert = <{place}/server.pem
ssl_key = <{place}/server.key
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = {place}/users
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {place}/tokens.conf
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={place}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {server.port}
  }}
  inet_listener imaps {{
    port = {server.tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def access_token(*, lasts_seconds: int = 60) -> str:
    """What an issuer gives to whoever may look into the mailbox."""
    now = int(time())
    claims = {"sub": "8c1f", "email": USER, "iat": now - 120, "exp": now + lasts_seconds}
    return jwt.encode(claims, _SIGNING_KEY, algorithm="HS256")


def _believe_tokens(place: Path) -> None:
    keys = place / "keys" / "default" / "HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_text(base64.b64encode(_SIGNING_KEY.encode()).decode())
    (place / "tokens.conf").write_text(
        "introspection_mode = local\n"
        f"local_validation_key_dict = fs:posix:prefix={place}/keys/\n"
        "username_attribute = email\n"
    )


def _certify(place: Path) -> None:
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout", str(place / "server.key"), "-out", str(place / "server.pem"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Until it greets; a process that ended says why."""
    until = monotonic() + WITHIN_SECONDS
    while monotonic() < until:
        if process.poll() is not None:
            said = process.stdout.read().decode() if process.stdout else ""
            raise AssertionError(f"Dovecot did not start: {said}")
        try:
            with socket.create_connection(
                ("127.0.0.1", port), timeout=WITHIN_SECONDS
            ) as connection:
                if connection.recv(4) == b"* OK":
                    return
        except OSError:
            continue
    raise AssertionError("Dovecot does not answer")
