"""Work on files that a page does not wait for."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from entourage.web.core.jobs import defer, defer_live
from entourage.web.core.models import Brand
from entourage.web.listen import actions, queries
from entourage.web.listen.models import ImportState

REJECTS_KEPT = timedelta(days=30)  # as the privacy page says: they hold rows of people
UPLOADS_KEPT = timedelta(days=2)  # a file that nobody confirmed


@app.task(name="listen.look_at_file")
def look_at_file(import_id: int) -> None:
    """See what an uploaded file is, so that its mapping can be shown. May run twice."""
    from entourage.web.listen import bridge

    bridge.look(import_id)


@app.task(name="listen.take_in_file")
def take_in_file(import_id: int) -> None:
    """Take an uploaded file in; have its messages read, and the brand scored where that was asked. May run twice."""
    from entourage.web.listen import bridge

    run = bridge.run_import(import_id)
    if run.dry_run:
        return
    # Also after a failure: what was kept until then is read.
    if run.first_at and run.last_at:
        since, until = run.first_at.isoformat(), run.last_at.isoformat()
        defer_live("inbox.thread", brand_id=run.brand_id)
        defer("reading.read", brand_id=run.brand_id, since=since, until=until)
    if run.state == ImportState.DONE and run.options.get("then_score"):
        defer("people.score", brand_id=run.brand_id, audit=True)


@app.task(name="listen.turn")
def turn(brand_id: int) -> None:
    """Tell anew to whom acts are turned, after accounts have changed sides. May run twice."""
    actions.settle(Brand.objects.get(pk=brand_id), turned=True)
    actions.tell_above(brand_id)


@app.task(name="listen.check")
def check(connection_id: int) -> None:
    """Ask a network whether the keys of a connection are good, and whose account it is. May run twice."""
    from entourage.web.listen import bridge

    bridge.check_connection(connection_id, now=timezone.now())


@app.task(name="listen.ask_page")
def ask_page(connection_id: int) -> None:
    """Ask a network for its own page, where somebody allows us for a code. May run twice."""
    from entourage.web.listen import bridge

    bridge.ask_page(connection_id)


@app.task(name="listen.reconcile")
def reconcile(connection_id: int, trust: bool = False) -> None:
    """Compare what a network holds with what is here, and mend it; what was found, or went wrong, is on its row."""
    from entourage.web.listen import bridge

    bridge.reconcile_quietly(connection_id, now=timezone.now(), trust=trust)


@app.periodic(cron="41 2 * * *")
@app.task(name="listen.reconcile_all", queueing_lock="listen.reconcile_all")
def reconcile_all(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells each periodic task its moment
    """Compare every connection with its network each night. May run twice."""
    for connection_id in queries.comparable():
        actions.compare(connection_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="listen.raise_alarms", queueing_lock="listen.raise_alarms")
def raise_alarms(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells each periodic task its moment
    """Say on the rails which connections need a person; also where nobody reads them any more. May run twice."""
    actions.raise_alarms(now=timezone.now())


@app.periodic(cron="17 3 * * *")
@app.task(name="listen.tidy", queueing_lock="listen.tidy")
def tidy(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells each periodic task its moment
    """Remove what was kept long enough: lists of rejected rows, uploads that nobody confirmed."""
    actions.tidy(at=timezone.now(), rejects_kept=REJECTS_KEPT, uploads_kept=UPLOADS_KEPT)
