from django.urls import path

from apps.committees.views import bodies, meetings, members

app_name = "committees"
urlpatterns = [
    path("", bodies.committee_list, name="list"),
    path("<int:pk>/", bodies.committee_detail, name="detail"),
    path("<int:committee_pk>/members/new/", members.member_create, name="member_create"),
    path("members/<int:pk>/edit/", members.member_edit, name="member_edit"),
    path("members/<int:pk>/end/", members.member_end, name="member_end"),
    path("<int:committee_pk>/meetings/new/", meetings.meeting_create, name="meeting_create"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/call/", meetings.meeting_call, name="meeting_call"),
    path("meetings/<int:pk>/delete/", meetings.meeting_delete, name="meeting_delete"),
    path("meetings/<int:pk>/agenda.pdf", meetings.meeting_agenda, name="meeting_agenda"),
]
