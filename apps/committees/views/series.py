"""Bodies that meet by a rhythm: whose turn it is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS
from apps.committees.forms.series import HostsForm
from apps.committees.views.bodies import editable_committee
from apps.core.forms import went_through


@allowed(*READERS)
def hosts(request: OfficeRequest, committee_pk: int) -> HttpResponse:
    """The order in which the hosts take turns."""
    committee = editable_committee(request, committee_pk)
    form = HostsForm(request.POST or None, committee=committee)

    def order() -> None:
        names = form.cleaned_data["hosts"]
        services.order_hosts(committee=committee, names=names, by=request.user)

    if went_through(form, order):
        messages.success(request, "주관 순서를 저장했습니다.")
        return redirect("committees:detail", committee.pk)
    return render(request, "committees/hosts.html", {"form": form, "committee": committee})
