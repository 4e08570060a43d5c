"""The limits of a network stand on its connection: a page knows them before anybody types."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("listen", "0004_connections")]
    operations = [
        migrations.AddField(model_name="connection", name="limits", field=models.JSONField(default=dict)),
    ]
