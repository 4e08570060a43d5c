from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("service", "0005_rows_of_departments"),
    ]

    operations = [
        migrations.AddField(
            model_name="rule",
            name="approve",
            field=models.BooleanField(default=False, verbose_name="answers wait for somebody's yes"),
        ),
    ]
