"""What comes back after it had left is sent anew under another key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0004_recent")]
    operations = [
        migrations.AddField(
            model_name="outgoing",
            name="returned",
            field=models.PositiveSmallIntegerField(default=0, db_default=0),
        ),
    ]
