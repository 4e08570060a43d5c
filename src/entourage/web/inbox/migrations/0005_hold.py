from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0004_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="hold",
            field=models.CharField(blank=True, db_default="", default="", max_length=80),
        ),
    ]
