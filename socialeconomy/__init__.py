"""The project: settings, URLs, the WSGI entry and the embedded database's launcher."""
