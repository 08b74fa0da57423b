from django.db import migrations, models

import apps.enterprises.names

SHORT = "주|유|합|사|재|협|사협|영|농|株|有|社|財"
WORD = (
    "주식회사|유한책임회사|유한회사|합자회사|합명회사|사단법인|재단법인|사회복지법인|비영리법인"
    "|소비자생활협동조합|생활협동조합|사회적협동조합|협동조합|영농조합법인|농업회사법인"
    "|예비사회적기업|인증사회적기업|사회적기업|예비마을기업|마을기업|자활기업"
)
# Upper and lower case by PostgreSQL's own rules, the same whatever system it runs on.
CREATE = f"""
CREATE FUNCTION firm_name_key(source text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(
    regexp_replace(
        regexp_replace(
            regexp_replace(
                normalize(source, NFKC),
                '[^()0-9A-Za-zÀ-ÖØ-öø-ÿᄀ-ᇿ぀-ヿ一-鿿가-힣]', '', 'g'),
            '\\((?:{SHORT})\\)|^(?:{SHORT})\\)|[()]', '', 'g'),
        '^(?:{WORD})+|(?:{WORD})+$', '', 'g')
    COLLATE "pg_c_utf8")
"""


class Migration(migrations.Migration):
    """The key of a firm's name by a function of its own, so that its rule has versions."""

    dependencies = [("enterprises", "0002_bigrams")]
    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION firm_name_key(text)"),
        migrations.RemoveIndex("enterprise", "enterprise_name_key"),
        migrations.RemoveField("enterprise", "name_key"),
        migrations.AddField(
            "enterprise",
            "name_key",
            models.GeneratedField(
                expression=apps.enterprises.names.NameKey("name"),
                output_field=models.TextField(),
                db_persist=True,
                verbose_name="대조용 이름",
            ),
        ),
        migrations.AddIndex(
            "enterprise", models.Index(fields=["name_key"], name="enterprise_name_key")
        ),
    ]
