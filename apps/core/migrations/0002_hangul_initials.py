from django.db import migrations

CREATE = """
CREATE FUNCTION hangul_initials(source text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(string_agg(
        CASE
            WHEN ascii(letter) BETWEEN 44032 AND 55203
            THEN substr('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ', (ascii(letter) - 44032) / 588 + 1, 1)
            ELSE lower(letter)
        END, '' ORDER BY place), '')
    FROM string_to_table(regexp_replace(source, '\\s', '', 'g'), NULL)
        WITH ORDINALITY AS letters(letter, place)
)
"""


class Migration(migrations.Migration):
    """The database's own ``apps.core.hangul.initials``, so that a stored 초성 is never stale."""

    dependencies = [("core", "0001_extensions")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION hangul_initials(text)")]
