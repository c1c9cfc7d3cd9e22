"""The frame's own pages: the front page, the pages about the site, and when something is wrong."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, Settings

from commissioning.design import views
from commissioning.people.models import User
from commissioning.programmes.models import Programme


@pytest.mark.parametrize("name", ["about", "accessibility", "privacy", "design:system"])
@pytest.mark.django_db
def test_a_page_of_the_frame_asks_the_database_nothing(
    name: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get(reverse(name))
    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.django_db
def test_a_page_to_read_takes_nothing(method: str, client: Client) -> None:
    assert getattr(client, method)(reverse("about")).status_code == 405


@pytest.mark.django_db
def test_the_front_page_never_starts_with_the_money(client: Client) -> None:
    words = client.get("/").content.decode()
    assert "£" not in words
    assert words.index("Vision") < words.index("money")


@pytest.mark.django_db
def test_the_front_page_shows_anybody_what_is_public(
    client: Client,
    programme: Programme,
    other_programme: Programme,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(4):
        html = client.get("/").content.decode()
    assert f'<a href="{programme.get_absolute_url()}">{programme.title}</a>' in html
    assert other_programme.title not in html


@pytest.mark.django_db
def test_the_front_page_shows_people_theirs_first(
    client: Client, nell: User, programme: Programme, other_programme: Programme
) -> None:
    client.force_login(nell, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get("/").content.decode()
    assert html.index(other_programme.title) < html.index(programme.title)


@pytest.mark.django_db
def test_no_page_carries_a_script_or_style_of_its_own(client: Client) -> None:
    for address in ("/", "/design/", "/design/phone/", "/design/wall/", "/design/confirm/"):
        html = client.get(address).content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert "onclick" not in html
        assert html.count("<script") == html.count("<script src=") + html.count(
            '<script type="module" src='
        )


@pytest.mark.django_db
def test_a_signed_in_person_is_named_and_signs_out_by_a_post(client: Client, ada: User) -> None:
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get("/about/").content.decode()
    assert ada.short_name in html
    assert f'<form method="post" action="{reverse("account_logout")}">' in html


@pytest.mark.django_db
def test_what_is_not_there_has_a_way_back(client: Client) -> None:
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
    assert f'href="{reverse("home")}"' in answer.content.decode()


@pytest.mark.django_db
def test_a_refusal_says_why(rf: RequestFactory) -> None:
    answer = views.forbidden(rf.get("/"), PermissionDenied("Only the lead may."))
    assert answer.status_code == 403
    assert "Only the lead may." in answer.content.decode()


@pytest.mark.django_db
def test_too_much_is_told_from_nonsense(rf: RequestFactory) -> None:
    assert views.bad_request(rf.get("/"), RequestDataTooBig()).status_code == 413
    assert views.bad_request(rf.get("/"), ValueError()).status_code == 400


def test_our_own_fault_is_said_without_any_help(rf: RequestFactory) -> None:
    answer = views.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "It is our fault" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_from_an_old_page_gives_back_what_was_typed() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    typed = {"reason": "Because <b>she</b> asked", "card_code": "SECRET"}
    answer = strict.post(reverse("design:confirm"), typed)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "Because &lt;b&gt;she&lt;/b&gt; asked" in html
    assert "SECRET" not in html


@pytest.mark.django_db
def test_another_site_cannot_write_on_our_page() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"origin": "https://evil.example"})
    html = strict.post(reverse("design:confirm"), {"reason": "Pay here"}).content.decode()
    assert "Pay here" not in html


@pytest.mark.django_db
def test_the_language_is_changed_by_a_post_only(client: Client) -> None:
    assert client.get(reverse("set_language"), {"language": "cy"}).cookies == {}
    with translation.override("cy"):  # so that the test leaves the language as it was
        answer = client.post(reverse("set_language"), {"language": "cy", "next": "/v/"})
        assert answer.headers["Location"] == "/v/"
        assert '<html lang="cy"' in client.get("/v/").content.decode()


def shown(template: str, **context: object) -> str:
    """What the template says."""
    return Template(template).render(Context(context))


def test_dates_and_times_are_written_as_people_here_do() -> None:
    at = dt.datetime(2027, 6, 1, 19, 5, tzinfo=dt.UTC)
    assert shown("{{ at|day }}", at=at) == "1 June 2027"
    assert shown("{{ at|clock }}", at=at) == "8:05pm"
    assert shown("{{ at|moment }}", at=at) == "1 June 2027 at 8:05pm"
    assert shown("{{ at|moment_zone }}", at=at) == "1 June 2027 at 8:05pm (UK time, BST)"
    assert shown("{{ at|clock }}", at=dt.time(12)) == "midday"
    assert shown("{{ at|clock }}", at=dt.time(0)) == "midnight"
    assert shown("{{ at|moment }}|{{ at|day }}", at=None) == "|"


def test_paging_and_sorting_keep_what_was_asked_for(rf: RequestFactory) -> None:
    request = rf.get("/", {"q": "lunch & tea", "page": "2", "sort": "name"})
    page = Paginator(range(100), 10).get_page(2)
    context = RequestContext(request, {"page": page})
    html = Template("{% pagination page %}").render(context)
    assert 'href="?q=lunch+%26+tea&amp;page=3&amp;sort=name"' in html
    assert 'aria-current="page"' in html
    heading = Template('{% sort_heading "name" "Name" %}').render(context)
    assert 'aria-sort="ascending"' in heading
    assert "sort=-name" in heading
    assert "page=" not in heading


def test_one_page_needs_no_paging(rf: RequestFactory) -> None:
    context = RequestContext(rf.get("/"), {"page": Paginator([1], 10).get_page(1)})
    assert Template("{% pagination page %}").render(context).strip() == ""


def test_blocks_escape_what_people_wrote_and_keep_what_the_page_wrote() -> None:
    html = shown("{% card title %}<p>{{ words }}</p>{% endcard %}", title="<i>", words="<b>")
    assert "<h2>&lt;i&gt;</h2>" in html
    assert "<p>&lt;b&gt;</p>" in html


def test_a_chart_is_a_table_as_well() -> None:
    rows = [{"label": "Lunches", "value": 40}, {"label": "Lifts", "value": 10}]
    html = shown('{% bars rows "Votes" unit="votes" %}', rows=rows)
    assert "40 votes" in html
    assert '<rect width="25.0"' in html
    assert '<th scope="row">Lifts' in html


def test_progress_never_passes_its_ends() -> None:
    assert 'aria-valuenow="100"' in shown('{% progress 31 30 "All" %}')
    assert 'aria-valuenow="0"' in shown('{% progress 0 0 "Nothing to do" %}')


@pytest.mark.django_db
def test_only_a_development_site_points_at_its_mailbox(client: Client, settings: Settings) -> None:
    for local in (True, False):
        settings.LOCAL = local
        client.post(reverse("account_login"), {"email": "new@rivermead.example"})
        words = client.get("/account/login/code/").content.decode()
        assert "Check your e-mail" in words
        assert ('href="/mail/"' in words) is local
