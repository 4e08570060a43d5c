"""From activities to rows ready for the database, without the database: no Django, so that a process of its own can."""

from entourage.web.listen.rows.attaching import Attached
from entourage.web.listen.rows.errand import Errand
from entourage.web.listen.rows.naming import Named
from entourage.web.listen.rows.preparing import Prepared, Preparing

__all__ = ["Attached", "Errand", "Named", "Prepared", "Preparing"]
