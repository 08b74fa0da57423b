#!/usr/bin/env python
"""Django's command line, with the embedded database started when no other is named."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialeconomy.settings")
    from django.core.management import execute_from_command_line

    from socialeconomy.database import embedded_database

    with embedded_database():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
