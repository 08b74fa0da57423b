"""Drawings of public purchasing, for screens and papers alike."""

from apps.documents.nodes import ChartLine, LineChart
from apps.procurement.queries.dashboard import Dashboard


def progress_chart(found: Dashboard) -> LineChart:
    """What was bought from January on, beside the target and the year before, where there are."""
    so_far = (month.so_far for month in found.months)
    lines = [ChartLine(f"{found.year}년 누계", tuple(won for won in so_far if won is not None))]
    if found.standing.total.target:
        due = tuple(month.due or 0 for month in found.months)
        lines.append(ChartLine("목표(매달 같게)", due))
    if found.months[-1].last_year:
        before = tuple(month.last_year for month in found.months)
        lines.append(ChartLine(f"{found.year - 1}년 누계", before))
    points = tuple(f"{month.month}월" for month in found.months)
    return LineChart(f"{found.year}년 구매액 누계", points, tuple(lines))
