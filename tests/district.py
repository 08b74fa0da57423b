"""The sample district, loaded once for many tests and laid down again for each of them."""

from datetime import date
from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from psycopg import sql

from apps.portal import sample


def lay_down(today: date) -> None:
    """What ``sample.load(today=today)`` leaves in an empty database, without its seconds."""
    rows = loaded(today)
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, rows))))
        # Triggers rest: their work, the history of these rows, is among the rows.
        cursor.execute("SET session_replication_role = replica")
        for table, data in rows.items():
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                copy.write(data)
        cursor.execute("RESET session_replication_role")
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    ContentType.objects.clear_cache()  # every flush numbers them anew


@cache
def loaded(today: date) -> dict[str, bytes]:
    """The rows of every table once the sample has been loaded, as PostgreSQL copies them."""
    sample.load(today=today)
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.django_table_names(only_existing=True)):
            with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
                rows[table] = b"".join(copy)
    return rows
