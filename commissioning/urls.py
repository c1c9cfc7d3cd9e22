"""Every address of the application. Each line's namespace is a room."""

from django.conf import settings
from django.urls import include, path

from commissioning.design import views as design

urlpatterns = [
    # First, since a hall full of phones asks for these.
    path("v/", include("participation.budgeting.vote_urls")),
    path("", design.home, name="home"),
    path("about/", design.about, name="about"),
    path("accessibility/", design.accessibility, name="accessibility"),
    path("privacy/", design.privacy, name="privacy"),
    path("language/", include("django.conf.urls.i18n")),
    path("account/", include("commissioning.people.account_urls")),
    path("", include("commissioning.people.urls")),
    path("", include("commissioning.notices.urls")),
    path("", include("commissioning.documents.urls")),
    path("", include("places.directory.urls")),
    path("", include("commissioning.programmes.urls")),
    path("", include("places.imports.urls")),
    path("", include("places.resources.urls")),
    path("", include("places.spending.urls")),
    path("", include("participation.workshops.urls")),
    path("", include("participation.calls.urls")),
    path("", include("participation.budgeting.urls")),
    path("", include("decisions.questions.urls")),
    path("", include("decisions.criteria.urls")),
    path("", include("decisions.trees.urls")),
    path("", include("decisions.costs.urls")),
    path("", include("decisions.records.urls")),
    path("health/", include("commissioning.ground.health")),
    path("live/", include("commissioning.live.urls")),
]

if settings.LOCAL or settings.TESTING:
    urlpatterns += [path("design/", include("commissioning.design.urls"))]

handler400 = design.bad_request
handler403 = design.forbidden
handler404 = design.not_found
handler500 = design.server_error
