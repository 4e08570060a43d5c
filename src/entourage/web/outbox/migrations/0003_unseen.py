"""What the network has not told back yet is found without looking through all that was ever sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_account_gone")]
    operations = [
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                fields=["sent_at"],
                condition=models.Q(("connection__isnull", False), ("state", "sent")),
                name="outgoing_unseen",
            ),
        ),
    ]
