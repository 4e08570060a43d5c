"""What the filters of the Reading page are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SIGNS = [("negative", _("negative")), ("neutral", _("neutral")), ("positive", _("positive"))]
STATES = [
    ("unsure_sign", _("sign not sure")),
    ("unsure_intent", _("intent not sure")),
    ("vehement", _("vehement")),
    ("corrected", _("said by us")),
]
