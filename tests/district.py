"""All rows of the database at once: what tests begin with, and the sample district."""

from datetime import date
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from apps.portal import sample

#: The rows of each table that has any, as PostgreSQL copies them.
Rows = dict[str, bytes]


def lay_down(today: date) -> None:
    """What ``sample.load(today=today)`` leaves in an empty database, without its seconds."""
    replace_all(loaded(today))


@cache
def loaded(today: date) -> Rows:
    """All rows once the sample has been loaded."""
    sample.load(today=today)
    return all_rows()


def all_rows() -> Rows:
    """The rows of every table of the models."""
    rows = {}
    with connection.cursor() as cursor:
        for table in filled(cursor):
            with cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
                rows[table] = b"".join(copy)
    return rows


def replace_all(rows: Rows) -> None:
    """Leave these rows alone in the tables of the models.

    Much faster than Django's flush, which empties a hundred tables to fill four again.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        # Triggers rest: their work, the history of these rows, is among the rows.
        cursor.execute("SET session_replication_role = replica")
        for table in filled(cursor):
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        for table, data in rows.items():
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                copy.write(data)
        cursor.execute("RESET session_replication_role")
    ContentType.objects.clear_cache()


def filled(cursor: CursorWrapper) -> list[str]:
    """The tables of the models that hold a row."""
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(table, sql.Identifier(table))
        for table in tables()
    )
    cursor.execute(asked)
    return [table for (table,) in cursor.fetchall()]


@cache
def tables() -> list[str]:
    return sorted(connection.introspection.django_table_names(only_existing=True))
