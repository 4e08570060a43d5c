"""Reports of before have no rows behind their first answers: the page asks to count anew rather than show half."""

from django.db import migrations

FORWARD = """
DELETE FROM service_promise;
DELETE FROM service_report;
"""


class Migration(migrations.Migration):
    dependencies = [("service", "0007_first_responses")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
