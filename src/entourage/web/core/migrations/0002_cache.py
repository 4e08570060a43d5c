"""The table of the shared cache, as ``createcachetable`` makes it."""

from django.db import migrations

TABLE = """
create unlogged table core_cache (
    cache_key varchar(255) primary key,
    value text not null,
    expires timestamptz not null
);
create index core_cache_expires on core_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(TABLE, "drop table core_cache")]
