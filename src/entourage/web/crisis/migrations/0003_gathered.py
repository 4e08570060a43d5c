from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("crisis", "0002_gone")]
    operations = [migrations.RenameField("crisis", "looked_at", "gathered")]
