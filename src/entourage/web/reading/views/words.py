"""What the states that the Reading page filters by are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATES = [
    ("unsure_sign", _("sign not sure")),
    ("unsure_intent", _("intent not sure")),
    ("vehement", _("vehement")),
    ("corrected", _("said by us")),
]
