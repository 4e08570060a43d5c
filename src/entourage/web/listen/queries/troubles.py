"""What a network's door says when something goes wrong.

Pages load no network, so its sentences stand here once more; a test finds each that a network can say.
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    # What every server may do.
    _("%(host)s cannot be reached."),
    _("%(host)s cannot be reached; it may have arrived."),
    _("%(name)s did not answer (%(kind)s)."),
    _("%(name)s did not answer (%(kind)s); it may have arrived."),
    _("%(name)s took longer than %(seconds)s s to answer."),
    _("%(name)s took longer than %(seconds)s s to answer; it may have arrived."),
    _("%(name)s answered half a page, or no JSON."),
    _("%(name)s answered half a page, or no JSON; it may have arrived."),
    _("%(name)s asks to slow down."),
    _("%(name)s asks to slow down; it may have arrived."),
    _("%(name)s is in trouble (status %(status)s)."),
    _("%(name)s is in trouble (status %(status)s); it may have arrived."),
    _("%(name)s refused (status %(status)s)."),
    _("%(name)s refused (status %(status)s: %(words)s)."),
    _("%(name)s allows no more calls for now."),
    _("The stream of %(name)s broke off (%(kind)s)."),
    _("The stream sent an event without end."),
    _("Connect the account again, with all the rights that are asked for."),
    _("Check that the address is a server of %(name)s."),
    _("Change the text or the message that it answers, then try again."),
    _("The key of %(name)s has characters that no key has. Copy it again, alone, and connect anew."),
    _("%(name)s at %(host)s sends on in a circle. Check its address."),
    _("%(name)s at %(host)s sends on what is written. Connect the address that it names."),
    _(
        "%(name)s at %(host)s sends on to %(other)s, where our keys must not go. Connect the address that it names, "
        "if you trust it."
    ),
    _("%(name)s gave an address that cannot be opened. Check the one you connected."),
    _("%(host)s cannot prove who it is. Check its address and its certificate."),
    _("An answer of %(name)s is larger than %(most)s bytes. Check that the address is its server."),
    _("The address of %(name)s must start with https://. Got %(got)s. Write it as in a browser."),
    _("There is no network %(name)s here. Take one of %(names)s."),
    _("%(name)s needs %(missing)s. Connect it again and fill that in."),
    _("Entourage itself failed (%(kind)s)."),
    _("Entourage itself failed at this connection (%(kind)s). It tries again; please report it."),
    _("What it points at is no longer kept. Withdraw it."),
    # Bluesky.
    _("Without an app password Bluesky is read every minute, not heard. Connect it with one."),
    _("Without an app password Bluesky is only read. Connect the account anew, with one."),
    _("Bluesky knows no account %(handle)s. Write the handle as it stands on its page."),
    _("A handle looks like brand.bsky.social or brand.com. Got %(got)s. Correct it."),
    _("Check the server's address."),
    _("Somebody else changes what is hidden under this post."),
    _("Bluesky takes no private messages through this door. Answer in public, or elsewhere."),
    _("An answer must have words or a picture. Write some."),
    _("An answer on Bluesky has at most %(most)s characters. This one has %(long)s. Shorten it."),
    _("An answer on Bluesky has at most %(most)s bytes (an emoji has many). This one has %(long)s. Shorten it."),
    _("An answer on Bluesky has at most %(most)s pictures. Take some away."),
    _("Bluesky takes pictures of at most 2 MB. Make %(name)s smaller, or leave it out."),
    _("Bluesky hides only answers under one's own posts. Block the account in Bluesky instead."),
    _("Only what this account wrote can be deleted. Hide the message instead."),
    _("One of the two accounts has blocked the other. Answer this person elsewhere."),
    _("Who wrote this lets only some accounts answer. Quote the post in Bluesky, or leave it."),
    _("The message is no longer on Bluesky, or hidden from this account. There is nothing to do."),
    _("Bluesky says that this answer is there, and does not show it."),
    _("This is the account's own password, which asks for a code by mail."),
    _("Bluesky does not let this handle in with this password (%(kind)s)."),
    _("In Bluesky, Settings, Privacy and security, App passwords: make a new one and connect anew."),
    _("Bluesky has it no longer (%(kind)s)."),
    _("The record was changed between."),
    _("%(host)s did not open a session of Bluesky."),
    _("The address of the stream must start with wss://. Got %(got)s. Leave it empty to do without."),
    # Mastodon.
    _("%(host)s does not speak Mastodon. Write the server of your account, as in a browser."),
    _("This server does not speak Mastodon. Write the server of your account, as in a browser."),
    _("%(host)s lets no application register. Paste a token from its page Preferences, Development."),
    _("Mastodon lets nobody hide the words of others (%(id)s). Report them on the server's page."),
    _("Mastodon refused these keys: %(words)s. Connect the account again and allow all that is asked."),
    _("The code is not good (any more). Open the server's page again and copy the new one."),
    _("The place where Mastodon was read is lost. Connect the account again to read it anew."),
    _("Mastodon answered, but not with the post; it may have arrived."),
    _("Mastodon still works on %(name)s."),
    _("This message is on %(there)s, not on %(here)s. Answer it from an account there."),
    _("The message is gone, or its author no longer shows it to us. There is nothing to answer."),
    # E-mail.
    _("The address of a mailbox must be like care@example.com. Got %(got)s. Correct it."),
    _("The %(name)s server must be a name like %(like)s. Got %(got)s. Correct it."),
    _("The security of %(name)s must be tls, starttls or plain. Got %(got)s. Choose one of them."),
    _(
        "The password would cross the network readable on its way to %(host)s. Choose tls or starttls; or "
        "plain-anywhere, if you know that the way is safe."
    ),
    _("The port of %(name)s must be a number up to %(most)s. Got %(got)s. Correct it."),
    _("The setting %(name)s must be one line of text. Write it anew."),
    _("There is nobody to answer at %(address)s: it is no address that mail can be sent to."),
    _("There is nobody to answer: a machine wrote this mail, or it is gone. Write to a person."),
    _("This would be a letter to ourselves. Choose the person to write to."),
    _("The mailbox changed while it was read."),
    _("The draft of the answer has gone from the sent folder just now."),
    _("There is no folder %(name)s in this mailbox. Connect again with one of: %(names)s."),
    _("The folder %(name)s cannot be opened right now."),
    _("The mailbox does not keep the answer: %(words)s."),
    _("The mail server said no: %(words)s."),
    _("%(host)s does not accept the user or the password. Make a new password or app password, and connect again."),
    _("%(host)s asks for encryption before a password. Choose tls or starttls."),
    _("%(host)s takes nobody in right now."),
    _("%(host)s takes no mail right now."),
    _("Nobody knows who wrote this mail: it came in our own name. Write to whom its words name."),
    _("E-mail has no likes. Write a word of thanks."),
    _("E-mail is read by nobody else: there is nothing to hide."),
    _("A mail that was sent cannot be taken back. Send another one."),
    _(
        "The answer was being handed over when the line was cut, and nothing in the mailbox proves that it left. "
        "Look for it in the log of %(host)s: delete the draft in the sent folder to send it again, or file it as "
        "sent."
    ),
    _("The server does not take %(what)s (%(words)s). Check the address and what is attached."),
    _("The server does not take %(what)s now (%(words)s)."),
    _("This mailbox is only read: it was connected without an SMTP server. Connect it with one."),
    _("The server takes mails up to %(most)s MB; this is %(long)s MB. Attach less."),
    _(
        "The SMTP server does not accept the user or the password (%(code)s). Make a new password or app password, "
        "and connect again."
    ),
    _("The line was cut while the answer was handed over."),
    _(
        "The certificate of %(host)s is not good: %(words)s. Write the server's name as in its certificate, or have "
        "the certificate mended."
    ),
    _(
        "%(host)s does not speak TLS on port %(port)s. Choose the other kind of security (tls or starttls), or the "
        "port that belongs to it."
    ),
    _("There is no answer to the name %(host)s. Check it if it lasts."),
    _("%(host)s did not answer or cut the line."),
    _("%(host)s said what no mail server says."),
    _("%(host)s did not do what it was asked: %(words)s."),
    _("Returned by their server: %(why)s (%(code)s)."),
    _("It said: “%(words)s”."),
    # What the outbox keeps beside them, in the language of its brand.
    _("It may have arrived all the same: look on the network, or try again; it is looked for first."),
    _("It waits for what was written before it to the same person."),
    _(
        "The connection was removed while it was being sent: it may have arrived. Look on the network before you "
        "send it by hand."
    ),
    _("The connection %(name)s is paused: answers wait. Resume it to send them."),
    _("The keys of the connection %(name)s are no longer good: answers wait. Connect it anew to send them."),
    _("The connection %(name)s is broken: answers wait. Its page says why and what to do."),
    _("Nothing is connected that can send on %(network)s: copy the answer from the outbox, or take all out as CSV."),
    _("They have asked to be left alone since it was written: they are never contacted first."),
    _("It went to somebody who has been erased: it is not sent."),
    _("What it answers is no longer kept. Withdraw it."),
    _("Its author has taken this message back: nothing can be answered to it. Mark it as resolved."),
)
#: What a server takes or does not take, and why it sends something back, as a name in a sentence.
THINGS = (
    _("the sender"), _("the password"), _("the mail"),
    _("no such address"), _("mailbox switched off"), _("mailbox full"), _("mail too large"),
    _("not delivered in time"), _("refused by a rule, or taken for spam"), _("not delivered"),
)  # fmt: skip
