"""The survey of March: the letter, who has answered, and the answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.access import OFFICIALS, OfficeRequest, allowed
from apps.accounts.models import Department
from apps.accounts.querysets import OVERSEERS
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.procurement import services
from apps.procurement.access import WRITERS, visible_departments, writable_departments
from apps.procurement.forms.survey import SurveyAnswer, SurveyForm, stamp
from apps.procurement.letters import addressed, survey_letter, survey_reminder
from apps.procurement.models import DemandSurvey, SurveyResponse
from apps.procurement.queries import survey as queries
from apps.procurement.queries.breakdown import year_sums
from apps.procurement.queries.due import survey_due
from apps.procurement.views.frame import frame


@allowed(*OVERSEERS)
def survey(request: OfficeRequest, year: int) -> HttpResponse:
    """What departments mean to buy, who has not answered, and the reminder to them."""
    found = queries.survey_of(year)
    context: dict[str, Any] = {
        "survey": found,
        "may_write": request.user.is_official,
        "today": today(),
    }
    if found is not None:
        lines = queries.survey_lines(found)
        missing = [line.department for line in lines if line.response is None]
        context |= {
            "lines": lines,
            "planned": queries.planned_in(found),
            "answered": len(lines) - len(missing),
            "answered_note": f"전체 {len(lines)}곳",
            "reminder": survey_reminder(found, addressed(missing, request.GET.get("to", ""))),
        }
    return render(request, "procurement/survey.html", frame(request.user, year, "survey") | context)


@allowed(*OFFICIALS)
def survey_edit(request: OfficeRequest, year: int) -> HttpResponse:
    """Ask every department, or change the letter or the day."""
    found = queries.survey_of(year) or DemandSurvey(year=year)
    first = {
        "due": survey_due(year, today()),
        "body": survey_letter(year, year_sums(year - 1).whole),
    }
    form = SurveyForm(request.POST or None, instance=found, initial={} if found.pk else first)
    new = found.pk is None
    if request.method == "POST" and went_through(
        form, lambda: services.send_survey(survey=form.instance, by=request.user)
    ):
        done = "모든 부서에 수요조사를 보냈습니다." if new else "수요조사를 고쳤습니다."
        messages.success(request, done)
        return redirect("procurement:survey", year)
    return render(
        request,
        "procurement/survey_form.html",
        {**frame(request.user, year, "survey"), "form": form, "new": new},
    )


@allowed(*WRITERS)
def survey_answer(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    """A department's answer: lines of what it means to buy, or nothing."""
    department = load(
        visible_departments(request.user), pk, editable=writable_departments(request.user)
    )
    found = queries.survey_of(year)
    if found is None:
        page = {**frame(request.user, year, "survey_answer", pk), "department": department}
        return render(request, "procurement/survey_none.html", page)
    suggestion = queries.bought_by_kind(year - 1, department)
    if request.method == "POST" and not {"more", "fill"}.isdisjoint(request.POST):
        added = suggestion if "fill" in request.POST else ()
        answer = SurveyAnswer.growing(request.POST, added)
    else:
        answer = SurveyAnswer(request.POST or None, queries.response_of(found, department))
        if request.method == "POST" and _answered(request, answer, found, department):
            messages.success(request, f"{department} 수요조사 회신을 저장했습니다.")
            return redirect("procurement:survey_answer", year, pk)
    context = {
        "survey": found,
        "department": department,
        "answer": answer,
        "suggestion": suggestion,
        "late": today() > found.due,
        **_saved(found, department, answer),
    }
    page = frame(request.user, year, "survey_answer", pk)
    return render(request, "procurement/survey_answer.html", page | context)


def _answered(
    request: OfficeRequest, answer: SurveyAnswer, survey: DemandSurvey, department: Department
) -> bool:
    """Whether the answer is right and was saved."""

    def save() -> None:
        services.answer_survey(
            response=SurveyResponse(
                survey=survey, department=department, note=answer.head.cleaned_data["note"]
            ),
            items=answer.rows.filled,
            seen=answer.head.cleaned_data["seen"],
            by=request.user,
        )

    return answer.is_valid() and went_through(answer.head, save)


def _saved(survey: DemandSurvey, department: Department, answer: SurveyAnswer) -> dict[str, Any]:
    """The answer as it is saved, and its stamp; whether it is another than the screen shows."""
    response = queries.response_of(survey, department)
    seen = answer.head["seen"].value() or ""
    return {"response": response, "stamp": stamp(response), "overtaken": seen != stamp(response)}
