"""A message may stand in several conversations; what we said and what changed have tables of their own."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

GONE = django.db.models.deletion.CASCADE
NOTHING = django.db.models.deletion.DO_NOTHING


def _brand():
    return models.ForeignKey(db_constraint=False, db_index=False, on_delete=GONE, to="core.brand")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_languages"),
        ("inbox", "0001_initial"),
        ("listen", "0004_connections"),
    ]

    operations = [
        # Nothing was ever written there: its key cannot be changed in place.
        migrations.DeleteModel(name="Message"),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("pk", models.CompositePrimaryKey("activity_id", "conversation_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("inward", models.BooleanField()),
                ("words", django.contrib.postgres.search.SearchVectorField(null=True)),
                ("activity", models.ForeignKey(db_constraint=False, db_index=False, on_delete=NOTHING, related_name="+", to="listen.activity")),
                ("brand", _brand()),
                ("conversation", models.ForeignKey(db_constraint=False, db_index=False, on_delete=NOTHING, related_name="lines", to="inbox.conversation")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["conversation", "at", "activity"], name="message_in_order"),
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="message_words"),
                    models.Index(fields=["brand", "-at"], name="message_recent"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spoken",
            fields=[
                ("activity", models.OneToOneField(db_column="id", db_constraint=False, on_delete=NOTHING, primary_key=True, related_name="+", serialize=False, to="listen.activity")),
                ("thread", models.UUIDField()),
                ("toward", models.UUIDField(null=True)),
                ("brand", _brand()),
            ],
            options={"indexes": [models.Index(fields=["thread", "toward"], name="spoken_in_thread")]},
        ),
        migrations.CreateModel(
            name="Unthreaded",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("activity", models.UUIDField(null=True)),
                ("account", models.UUIDField(null=True)),
                ("turned", models.BooleanField(db_default=False, default=False)),
                ("conversation", models.BigIntegerField(null=True)),
                ("brand", _brand()),
            ],
            options={"abstract": False},
        ),
        migrations.AddField("conversation", "state_said", models.BooleanField(default=False)),
        migrations.AddField("conversation", "changed_at", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AddIndex("conversation", models.Index(fields=["brand", "-changed_at"], name="conversation_changed")),
    ]
