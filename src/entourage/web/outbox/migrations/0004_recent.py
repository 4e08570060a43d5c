"""All rows, and those that were sent first, from the newest on, however many there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0003_unseen")]
    operations = [
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(fields=["brand", "-created_at", "-id"], name="outgoing_recent"),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                fields=["brand", "-created_at"],
                condition=models.Q(("purpose", "answer"), _negated=True),
                name="outgoing_first",
            ),
        ),
    ]
