"""Each kind of records comes in by one importer."""

import pytest

from apps.imports.registry import importer, importers


def test_a_kind_has_one_importer() -> None:
    assert importers["purchases"].label == "구매실적"
    with pytest.raises(ValueError, match="purchases"):
        importer(importers["purchases"])
