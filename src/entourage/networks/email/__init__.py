"""E-mail: a mailbox read by IMAP, answered by SMTP, with nothing but the standard library."""
