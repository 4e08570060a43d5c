"""What e-mail declares: what must be known to connect, what it can, and how much fits into an answer."""

from __future__ import annotations

from datetime import timedelta

from entourage.networks.live import Can, Declared, Limits, Setting

SECURITY = "tls, starttls, plain (only to this machine) or plain-anywhere"
ANSWER = 100_000  # characters; a person reads fewer, and servers fold longer ones away
ATTACHED = 18 << 20  # bytes; base64 makes 24 MiB of them, and 25 MB is what the large providers take

DECLARED = Declared(
    key="email",
    name="E-mail",
    needs="Needs the mailbox and its password.",
    settings=(
        Setting(key="address", label="Address", help="The one that the public writes to."),
        Setting(key="imap_host", label="IMAP server", help="Where mail is read, such as imap.example.com."),
        Setting(key="user", label="User", help="If it is not the address.", required=False),
        Setting(key="password", label="Password", help="Of the mailbox, or an app password.", secret=True),
        Setting(key="smtp_host", label="SMTP server", help="Where answers leave. Empty: only read.", required=False),
        Setting(key="name", label="Name", help="What the people you answer see.", required=False),
        Setting(key="folder", label="Folder", required=False, default="INBOX"),
        Setting(key="sent", label="Sent folder", help="Empty: as the server says.", required=False),
        Setting(key="imap_security", label="Security of IMAP", help=SECURITY, required=False, default="tls"),
        Setting(key="imap_port", label="Port of IMAP", help="Empty: the usual one.", required=False),
        Setting(key="smtp_security", label="Security of SMTP", help=SECURITY, required=False, default="tls"),
        Setting(key="smtp_port", label="Port of SMTP", help="Empty: the usual one.", required=False),
        Setting(
            key="copy", label="Blind copy", help="yes: a copy to the mailbox, as proof.", required=False, default="no"
        ),
    ),
    can=frozenset({Can.READ, Can.LISTEN, Can.MESSAGE, Can.HISTORY}),
    limits=Limits(length=ANSWER, attachments=20, attachment_bytes=ATTACHED, attachment_kinds=("",)),
    every=timedelta(minutes=1),
)
