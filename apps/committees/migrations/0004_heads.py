from django.db import migrations

CREATE = """
CREATE FUNCTION committees_heads(item bigint, OUT in_office integer, OUT present integer)
LANGUAGE sql STABLE AS $$
    WITH place AS (
        SELECT one.id, one."order", held.id AS meeting, held.committee_id AS committee,
                coalesce(held.held_on, held.month) AS day
            FROM committees_agendaitem one
                JOIN committees_meeting held ON held.id = one.meeting_id
            WHERE one.id = item
    ), seats AS (
        SELECT EXISTS (
                SELECT FROM committees_recusal away
                    WHERE away.item_id = place.id AND away.member_id = seat.id
            ) AS recused,
            EXISTS (
                SELECT FROM committees_attendance here
                    WHERE here.meeting_id = place.meeting AND here.member_id = seat.id
                        AND coalesce(here.from_item, 0) <= place."order"
                        AND coalesce(here.to_item, place."order") >= place."order"
            ) AS here,
            coalesce((
                SELECT charter.recused = 'not_present' FROM committees_charter charter
                    WHERE charter.committee_id = place.committee AND charter.starts <= place.day
                        AND (charter.ends IS NULL OR charter.ends >= place.day)
            ), false) AS keeps_seat
            FROM place JOIN committees_member seat ON seat.committee_id = place.committee
                AND seat.starts <= place.day AND (seat.ends IS NULL OR seat.ends >= place.day)
    )
    SELECT count(*) FILTER (WHERE NOT recused OR keeps_seat),
            count(*) FILTER (WHERE here AND NOT recused)
        FROM seats
$$
"""


class Migration(migrations.Migration):
    """재적 and 출석 of an item: members in office that day, there for it, the recused left out."""

    dependencies = [("committees", "0003_meetings_whole")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION committees_heads(bigint)")]
