from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Extensions that later tables lean on: EXCLUDE over ids and ranges, search by trigrams."""

    dependencies = []
    run_before = [("accounts", "0001_initial")]
    operations = [BtreeGistExtension(), TrigramExtension()]
