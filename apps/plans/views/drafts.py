"""What is typed in a form and not saved yet, kept at the form's own address.

Whoever may send the form may keep a draft of it; nobody else ever sees it.
"""

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from apps.accounts.access import OfficeRequest
from apps.plans import services
from apps.plans.models import TextDraft

#: The field that says what to do with the draft instead of saving the form, and in a GET that the
#: draft is wanted back.
DRAFT = "draft"
KEEP, DROP = "keep", "drop"
#: What a form says while a draft found in it is neither taken nor dropped: such a draft
#: is not written over. Its script asks only whether the person is still signed in.
UNANSWERED, ASK = "unanswered", "ask"
#: Fields of a form that are none of what somebody typed.
NOT_TYPED = ("csrfmiddlewaretoken", DRAFT, "overwrite")


def draft_of(request: OfficeRequest) -> TextDraft | None:
    """The draft the person has left of the form at this address."""
    return TextDraft.objects.filter(saved_by=request.user, key=request.path).first()


def unanswered(request: OfficeRequest) -> TextDraft | None:
    """The draft that was found when the form was opened, and is still to be taken or dropped."""
    return draft_of(request) if request.POST.get(DRAFT) == UNANSWERED else None


def restored(draft: TextDraft) -> QueryDict:
    """The values of the draft as the form would send them."""
    values = QueryDict(mutable=True)
    for name, texts in draft.values.items():
        values.setlist(name, texts)
    return values


def sent(request: OfficeRequest) -> HttpResponse | None:
    """The answer to a form sent only to keep or drop its draft; ``None`` for any other."""
    wanted = request.POST.get(DRAFT)
    if wanted == DROP:
        forget(request)
        return redirect(request.path)
    if wanted == ASK:
        return JsonResponse({})
    if wanted == KEEP:
        draft = services.keep_draft(key=request.path, values=_typed(request), by=request.user)
        return JsonResponse({"at": f"{timezone.localtime(draft.saved_at):%H:%M}"})
    return None


def forget(request: OfficeRequest) -> None:
    """The form was saved, or its draft is not wanted any more; an unanswered one stays."""
    if request.POST.get(DRAFT) == UNANSWERED:
        return
    services.drop_draft(key=request.path, by=request.user)


def _typed(request: OfficeRequest) -> dict[str, list[str]]:
    """PostgreSQL keeps no NUL in JSON, and nobody means to type one."""
    return {
        name: [text.replace("\0", "") for text in texts]
        for name, texts in request.POST.lists()
        if name not in NOT_TYPED
    }
