"""Which firm of the registry a name means, however people write it (R21)."""
