"""The secret key of a portal that is only tried out: made once and kept beside its data."""

import secrets
from pathlib import Path

KEY_FILE = Path(__file__).resolve().parent.parent / "var" / "secret_key"


def local_secret_key() -> str:
    """The key in ``var/secret_key``, made on first use and readable by its owner only."""
    if not KEY_FILE.exists():
        KEY_FILE.parent.mkdir(parents=True, exist_ok=True)
        fresh = KEY_FILE.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.rename(KEY_FILE)
    return KEY_FILE.read_text()
