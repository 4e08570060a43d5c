"""Reports of failed delivery as servers write them, by hand from RFC 3464 and what the vendors publish."""

from __future__ import annotations

POSTFIX = """\
Return-Path: <>
Received: by mail.tea.example (Postfix) id 4F1C22A0; Sat, 21 Nov 2026 11:30:00 +0000 (UTC)
Date: Sat, 21 Nov 2026 11:30:00 +0000 (UTC)
From: MAILER-DAEMON@mail.tea.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: care@tea.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="1B2C3.1795260600/mail.tea.example"
Message-Id: <20261121113000.4F1C22A0@mail.tea.example>

This is a MIME-encapsulated message.

--1B2C3.1795260600/mail.tea.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.tea.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<{to}>: host mx.home.example[192.0.2.7] said: 552 5.2.2 <{to}>: Over quota
    (in reply to RCPT TO command)

--1B2C3.1795260600/mail.tea.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.tea.example
X-Postfix-Queue-ID: 1B2C3
X-Postfix-Sender: rfc822; care@tea.example
Arrival-Date: Sat, 21 Nov 2026 11:29:58 +0000 (UTC)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: failed
Status: 5.2.2
Remote-MTA: dns; mx.home.example
Diagnostic-Code: smtp; 552 5.2.2 <{to}>: Over quota
    (see https://home.example/quota)

--1B2C3.1795260600/mail.tea.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

Return-Path: <care@tea.example>
Message-ID: <{id}>
In-Reply-To: <m1@home.example>
References: <m1@home.example>
From: Maison Tilleul <care@tea.example>
To: Ann <{to}>
Subject: Re: My pot
Date: Sat, 21 Nov 2026 11:29:58 +0000

A new pot leaves today.

--1B2C3.1795260600/mail.tea.example--
"""
#: It keeps trying: the same report, of a delay.
DELAYED = (
    POSTFIX.replace("Undelivered Mail Returned to Sender", "Delayed Mail (still being retried)")
    .replace("Action: failed\nStatus: 5.2.2", "Action: delayed\nStatus: 4.2.2")
    .replace("Remote-MTA:", "Will-Retry-Until: Thu, 26 Nov 2026 11:29:58 +0000\nRemote-MTA:")
    .replace("552 5.2.2", "452 4.2.2")
    .replace("Content-Type: message/rfc822\n", "Content-Type: text/rfc822-headers\n")
)
EXCHANGE = """\
Received: from DB9.prod.exchange.example (2001:db8::7) by mail.tea.example; Sat, 21 Nov 2026 11:30:00 +0000
MIME-Version: 1.0
From: <postmaster@home.example>
To: <care@tea.example>
Date: Sat, 21 Nov 2026 11:30:00 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="d3a1f0a2-9d4e-4f10-8a51-5b2f6d0e7c11"
Content-Language: fr-FR
Message-ID: <7f1e0d3a-55c2@DB9.prod.exchange.example>
In-Reply-To: <{id}>
References: <m1@home.example> <{id}>
Subject: =?utf-8?Q?Non_remis_:_Re:_My_pot?=
Auto-Submitted: auto-replied
X-MS-Exchange-Message-Is-Ndr:

--d3a1f0a2-9d4e-4f10-8a51-5b2f6d0e7c11
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="6c0a7a5e-1f57-45d5-9a8b-0e3c2b1a4d90"

--6c0a7a5e-1f57-45d5-9a8b-0e3c2b1a4d90
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Votre message n'a pas pu =EAtre remis.

--6c0a7a5e-1f57-45d5-9a8b-0e3c2b1a4d90
Content-Type: text/html; charset="us-ascii"

<html><body><p>Votre message</p></body></html>

--6c0a7a5e-1f57-45d5-9a8b-0e3c2b1a4d90--

--d3a1f0a2-9d4e-4f10-8a51-5b2f6d0e7c11
Content-Type: message/delivery-status

Reporting-MTA: dns;DB9.prod.exchange.example
Received-From-MTA: dns;mail.tea.example
Arrival-Date: Sat, 21 Nov 2026 11:29:59 +0000

Original-Recipient: rfc822;{to}
Final-Recipient: rfc822;{to}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {to} not found by SMTP address lookup
X-Display-Name: Ann

--d3a1f0a2-9d4e-4f10-8a51-5b2f6d0e7c11
Content-Type: text/rfc822-headers

Received: from mail.tea.example (192.0.2.1) by DB9.prod.exchange.example
Message-ID: <{id}>
From: Maison Tilleul <care@tea.example>
To: Ann <{to}>
Subject: Re: My pot

--d3a1f0a2-9d4e-4f10-8a51-5b2f6d0e7c11--
"""
GMAIL = """\
Delivered-To: care@tea.example
Return-Path: <>
Received: by 2002:a05:6402:0:b0:5c8 with SMTP id x12; Sat, 21 Nov 2026 03:30:00 -0800 (PST)
Content-Type: multipart/report; boundary="000000000000a1b2c30625f0e4d1"; report-type=delivery-status
To: care@tea.example
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: <m1@home.example> <{id}>
In-Reply-To: <{id}>
X-Failed-Recipients: {to}
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
Message-ID: <6740a1b2.050a0220.GMR@mx.google.com>
Date: Sat, 21 Nov 2026 03:30:00 -0800 (PST)

--000000000000a1b2c30625f0e4d1
Content-Type: multipart/related; boundary="000000000000a1b2d90625f0e4d7"

--000000000000a1b2d90625f0e4d7
Content-Type: multipart/alternative; boundary="000000000000a1b2de0625f0e4d8"

--000000000000a1b2de0625f0e4d8
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to {to} because the address couldn't be found.

--000000000000a1b2de0625f0e4d8--
--000000000000a1b2d90625f0e4d7--
--000000000000a1b2c30625f0e4d1
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; care@tea.example
Arrival-Date: Sat, 21 Nov 2026 03:29:58 -0800 (PST)
X-Original-Message-ID: <{id}>

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.home.example. (192.0.2.7, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos or
 550 5.1.1 unnecessary spaces.
Last-Attempt-Date: Sat, 21 Nov 2026 03:30:00 -0800 (PST)

--000000000000a1b2c30625f0e4d1
Content-Type: message/rfc822

DKIM-Signature: v=1; a=rsa-sha256; d=tea.example; s=1;
        h=to:subject:message-id; bh=AAAA=; b=BBBB=
MIME-Version: 1.0
Message-ID: <{id}>
From: Maison Tilleul <care@tea.example>
To: Ann <{to}>
Subject: Re: My pot

----- Message truncated -----

--000000000000a1b2c30625f0e4d1--
"""


def filled(report: str, *, id_: str = "entourage.1f0c@tea.example", to: str = "ann@home.example") -> bytes:
    """A report of a letter with this id that did not reach this reader."""
    return report.replace("{id}", id_).replace("{to}", to).encode()
