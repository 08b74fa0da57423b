"""Papers to an agenda item: put there, looked at, put in order, taken away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Sum
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS, may_edit
from apps.committees.attachments import media_type
from apps.committees.enums import AttachmentKind
from apps.committees.forms.attachments import AttachmentForm, content_of
from apps.committees.models import AgendaItem, Attachment
from apps.committees.ordering import moved
from apps.committees.services.attachments import TOO_LATE
from apps.core.access import load


@allowed(*READERS)
def attachments(request: OfficeRequest, pk: int) -> HttpResponse:
    """The papers to an item; an editor puts more there."""
    changes = request.method == "POST"
    editable = AgendaItem.objects.editable_by(request.user) if changes else None
    item = load(_items(request), pk, editable=editable)
    if changes and not item.meeting.is_prepared:
        messages.error(request, TOO_LATE)
        return redirect("committees:attachments", item.pk)
    form = AttachmentForm(request.POST, request.FILES) if changes else AttachmentForm()
    kept = _attach(request, item, form) if changes and form.is_valid() else []
    if kept and not form.errors:
        messages.success(request, f"파일 {len(kept)}개를 붙였습니다: {', '.join(kept)}")
        return redirect("committees:attachments", item.pk)
    papers = item.attachments.listed()
    context = {
        "item": item,
        "form": form,
        "kept": ", ".join(kept),
        "papers": papers,
        "bound": papers.aggregate(pages=Sum("pages"))["pages"] or 0,
        "may_change": may_edit(request.user) and item.meeting.is_prepared,
    }
    return render(request, "committees/attachments.html", context)


def _attach(request: OfficeRequest, item: AgendaItem, form: AttachmentForm) -> list[str]:
    """The names of the papers that are there now; one that is refused is named by the form."""
    kept = []
    for file in form.cleaned_data["papers"]:
        name = file.name or ""
        try:
            paper = services.attach(item=item, name=name, content=content_of(file), by=request.user)
            kept.append(paper.name)
        except ValidationError as error:
            form.add_error("papers", [f"{name}: {message}" for message in error.messages])
    return kept


@require_safe
@allowed(*READERS)
def attachment(request: OfficeRequest, pk: int) -> HttpResponse:
    """The paper as it came. A PDF or picture opens in the browser, anything else is saved."""
    paper = load(Attachment.objects.visible_to(request.user), pk)
    content = bytes(paper.content)
    disposition = content_disposition_header(
        as_attachment=paper.kind == AttachmentKind.OTHER, filename=paper.name
    )
    return HttpResponse(
        content,
        content_type=media_type(paper.kind, content),
        headers={"Content-Disposition": disposition or ""},
    )


@require_POST
@allowed(*READERS)
def attachment_move(request: OfficeRequest, pk: int) -> HttpResponseRedirect:
    """Another place among the papers of its item."""
    paper = _editable(request, pk)
    way, to = request.POST.get("way", ""), request.POST.get("to", "")
    keys = list(paper.item.attachments.values_list("pk", flat=True))
    try:
        order = moved(keys, paper.pk, way=way, to=to)
        services.order_attachments(item=paper.item, keys=order, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"‘{paper}’ 자리를 옮겼습니다.")
    here = reverse("committees:attachments", args=[paper.item_id])
    return redirect(f"{here}#paper-{paper.pk}-{'up' if way == 'up' else 'down'}")


@allowed(*READERS)
def attachment_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask, then take a paper away."""
    paper = _editable(request, pk)
    if request.method != "POST":
        return render(request, "committees/attachment_delete.html", {"paper": paper})
    try:
        services.detach(attachment=paper, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"붙임을 삭제했습니다: {paper}")
    return redirect("committees:attachments", paper.item_id)


def _items(request: OfficeRequest) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.visible_to(request.user).select_related("meeting__committee")


def _editable(request: OfficeRequest, pk: int) -> Attachment:
    papers = Attachment.objects.visible_to(request.user).listed()
    rows = papers.select_related("item__meeting__committee")
    return load(rows, pk, editable=Attachment.objects.editable_by(request.user))
