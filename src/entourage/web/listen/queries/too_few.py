"""What the engine says where the log holds too little to go by.

Pages load no engine, so its sentences stand here once more; a test finds each that a forecast or its trial can say.
"""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("`x` must be above zero for somebody. Got nobody who came back; wait for more acts."),
    _("`log` must hold at least one meaningful act. Got none; import more, or name their `act`."),
    _(
        "`log` must hold at least %(least)s people who came back in a later unit. Got %(returned)s of %(people)s; "
        "import a longer past or ask in shorter units."
    ),
    _("Some people, not all, must engage after the cut. Got nobody; choose another cut."),
    _("Some people, not all, must engage after the cut. Got everybody; choose another cut."),
    _("The log must reach back beyond the horizon. Got a younger one; ask a shorter horizon."),
    _(
        "The cut must leave a past before it and %(units)s units after it, inside the log. Got %(before)s units before "
        "it and %(after)s after it; choose an earlier cut or a shorter horizon."
    ),
    _(
        "The cut must leave a past before it and %(units)s units after it, inside the log. Got %(before)s units before "
        "it and %(after)s after it; choose a later cut."
    ),
)
