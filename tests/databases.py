"""The databases of the tests' two workers: migrated once, then copied.

Migrating takes a minute; ``make test`` does it while the style and the types are checked. Whoever
runs pytest alone needs none of this: pytest-django makes what is missing.
"""

import os

import django
from django.db import connection

WORKERS = ("gw0", "gw1")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialeconomy.settings")
    django.setup()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    for worker in WORKERS:
        connection.creation.clone_test_db(worker, verbosity=0, autoclobber=True)


if __name__ == "__main__":
    main()
