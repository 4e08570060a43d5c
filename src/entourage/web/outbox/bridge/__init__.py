"""What speaks to the networks: rows of the outbox are sent, once as seen by the network, and looked for afterwards."""

from entourage.web.outbox.bridge.returning import returned
from entourage.web.outbox.bridge.sending import send
from entourage.web.outbox.bridge.sweeping import look_back, sweep
from entourage.web.outbox.bridge.telling import told_back

__all__ = ["look_back", "returned", "send", "sweep", "told_back"]
