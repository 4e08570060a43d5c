"""Real mail servers on loopback: Debian's dovecot for IMAP, aiosmtpd for SMTP, each test with a mailbox of its own."""

from __future__ import annotations

import datetime as dt
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from entourage.networks.email.network import Network

NO_DOVECOT = "no dovecot here: apt-get install dovecot-imapd, then run this again"
PASSWORD = "café&tea"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {top}/run
state_dir = {top}/state
log_path = {top}/log
ssl = yes
ssl_cert = <{top}/cert.pem
ssl_key = <{top}/key.pem
ssl_dh =
disable_plaintext_auth = no
default_login_user = {login}
default_internal_user = {user}
default_internal_group = {group}
default_vsz_limit = 0
mail_location = maildir:{top}/mail/%u
mailbox_list_index = no
first_valid_uid = 1
mail_max_userip_connections = 100
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={top}/home/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox "Éléments envoyés" {{
    auto = create
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Imap(NamedTuple):
    """A running dovecot."""

    top: Path
    port: int
    tls: int
    uid: int


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def certified(top):
    """A certificate of localhost that signs itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (top / "cert.pem").write_bytes(built.public_bytes(serialization.Encoding.PEM))
    kept = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (top / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *kept))


@pytest.fixture(scope="session")
def imap():
    """Dovecot with its own settings in a folder of its own, as root or as anybody."""
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip(NO_DOVECOT)
    top = Path(tempfile.mkdtemp(prefix="mail-"))
    me = pwd.getpwuid(os.getuid())
    root = me.pw_uid == 0
    owner = pwd.getpwnam("nobody") if root else me
    server = Imap(top, free_port(), free_port(), owner.pw_uid)
    certified(top)
    for folder in ("mail", "home"):
        (top / folder).mkdir()
        os.chown(top / folder, owner.pw_uid, owner.pw_gid)
    top.chmod(0o755)
    login, user = ("dovenull", "dovecot") if root else (me.pw_name, me.pw_name)
    import grp

    group = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
    (top / "dovecot.conf").write_text(
        CONFIG.format(
            top=top, login=login, user=user, group=group, uid=owner.pw_uid, gid=owner.pw_gid, port=server.port,
            tls=server.tls, password=PASSWORD,
        )
    )  # fmt: skip
    process = subprocess.Popen([program, "-F", "-c", str(top / "dovecot.conf")])
    try:
        answering(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(120)
        shutil.rmtree(top, ignore_errors=True)


def answering(server, process):
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1) as line:
            if line.recv(10):
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    log = server.top / "log"
    pytest.fail("dovecot does not start: " + (log.read_text() if log.exists() else "it says nothing"))


@pytest.fixture
def trusted(imap, monkeypatch):
    """The certificate of these servers is believed, as that of a provider is."""
    monkeypatch.setenv("SSL_CERT_FILE", str(imap.top / "cert.pem"))


class Post:
    """What the SMTP server does with a mail: it keeps it, and puts it into the mailbox if it is for us."""

    def __init__(self, box):
        self.box, self.taken, self.refuses, self.then = box, [], {}, None

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if told := self.refuses.get(address):
            return told
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        if told := self.refuses.get("DATA"):
            return told
        self.taken.append((tuple(envelope.rcpt_tos), envelope.original_content))
        if self.box.address in envelope.rcpt_tos:
            self.box.put(envelope.original_content)
        if self.then:
            self.then()
            server.transport.abort()
        return "250 OK"


class Line(SMTP):
    """Without the name of this machine."""

    def __init__(self, *words, **named):
        super().__init__(*words, hostname="mail.tea.example", **named)


class Box:
    """A mailbox of its own at these servers, seen from outside."""

    def __init__(self, imap):
        self.imap = imap
        self.user = f"care-{uuid.uuid4().hex[:12]}"
        self.address = f"{self.user}@tea.example"
        self.post = Post(self)

    def settings(self, **changed):
        told = {
            "address": self.address, "user": self.user, "password": PASSWORD, "name": "Maison Tilleul",
            "imap_host": "localhost", "imap_port": str(self.imap.port), "imap_security": "plain",
        }  # fmt: skip
        return told | ({"smtp_host": "localhost", "smtp_port": str(self.smtp), "smtp_security": "plain"} | changed)

    def open(self, **changed):
        return closing(Network(self.settings(**changed)))

    def line(self):
        line = imaplib.IMAP4("127.0.0.1", self.imap.port)
        line.authenticate("PLAIN", lambda _: f"\0{self.user}\0{PASSWORD}".encode())
        return line

    def put(self, mail, *, folder="INBOX", flags="", received=None):
        raw = mail if isinstance(mail, bytes) else mail.encode()
        with self.line() as line:
            if folder != "INBOX":
                line.create(folder)
            assert line.append(folder, flags, received, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))[0] == "OK"

    def store(self, count, make):
        """Put many mails where dovecot finds them, faster than by the line."""
        with self.line() as line:
            line.select()  # which makes its folders
        new = self.imap.top / "mail" / self.user / "new"
        for number in range(count):
            path = new / f"{1_700_000_000 + number}.{number}.tea"
            path.write_bytes(make(number))
            os.chown(path, self.imap.uid, -1)

    def sent(self):
        """The sent folder: flags and mails."""
        with self.line() as line:
            kind, count = line.select('"&AMk-l&AOk-ments envoy&AOk-s"', readonly=True)
            if kind != "OK" or count == [b"0"]:
                return []
            _, told = line.fetch("1:*", "(FLAGS RFC822)")
            return [(piece[0].decode(), piece[1]) for piece in told if isinstance(piece, tuple)]


@pytest.fixture
def box(imap):
    """A mailbox with a server to post to."""
    made = Box(imap)

    def known(server, session, envelope, mechanism, data):
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    posting = Controller(
        made.post, hostname="127.0.0.1", port=free_port(), auth_require_tls=False, authenticator=known,
        data_size_limit=30 << 20,
    )  # fmt: skip
    made.smtp = posting.port
    posting.start()
    yield made
    posting.stop()


def written(number=1, *, sender="Ann <ann@home.example>", subject="My pot", text="It leaks.", **more):
    """A plain mail as bytes."""
    lines = {
        "From": sender, "To": "care@tea.example", "Subject": subject, "Message-ID": f"<m{number}@home.example>",
        "Date": "Sat, 21 Nov 2026 10:00:00 +0100",
    } | {key.replace("_", "-"): value for key, value in more.items()}  # fmt: skip
    head = "\n".join(f"{key}: {value}" for key, value in lines.items() if value)
    return f"{head}\n\n{text}\n".encode()
