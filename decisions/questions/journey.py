"""How questions show themselves on a programme's map, and the plan on a question's page."""

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.design.when import day
from commissioning.ground.answers import Text
from commissioning.programmes.journey import NextStep, PartSummary, StagePart, stage_parts
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.rules import Person, may_run
from decisions.questions.fair_panel import fair_panel, talks_panel
from decisions.questions.heading import heading_of
from decisions.questions.models import Question
from decisions.questions.panels import Panel, QuestionPanel, question_panels, standings_of
from decisions.questions.plan.backward import Plan
from decisions.questions.planned import has_a_day, kept_plan, planned, way_to_plan


def _page(programme: Programme) -> str:
    return reverse("questions:questions", args=[programme.slug])


def summary(programme: Programme, user: Person) -> PartSummary:
    """How many questions, and how the latest stands. One query beside the person's own role."""
    states = list(Question.objects.of(programme, drafts=False).values_list("state", flat=True))
    if not states:
        return PartSummary(_("Nothing has been asked yet."))
    said = ngettext("%d question", "%d questions", len(states)) % len(states)
    if Question.State.APPRAISING in states:
        return PartSummary(said, _("Being appraised"), "talk")
    if Question.State.DECIDING in states:
        return PartSummary(said, _("To be decided"), "wait")
    return PartSummary(said, _("Decided"))


def next_step(programme: Programme, user: Person) -> NextStep | None:
    """The first question, for those who run the programme."""
    if not may_run(user, programme) or Question.objects.filter(programme=programme).exists():
        return None
    return NextStep(
        _("Put the first question"),
        _("What does the programme have to decide? Begin with what should be true for people."),
        _("Put a question"),
        reverse("questions:new", args=[programme.slug]),
    )


def plan_panel(question: Question, user: Person) -> Panel | None:
    """The backward plan in one sentence."""
    url = reverse("questions:plan", args=[question.programme.slug, question.pk])
    if not has_a_day(question):
        return Panel(
            lead=_(
                "Say when the present arrangement ends or, for a new thing, when its procurement "
                "or award begins: the plan counts from there."
            ),
            actions=[(_("Look at the plan"), url)],
        )
    kept = kept_plan(question)
    way = way_to_plan(question, kept)
    if way is None:
        return Panel(lead=_no_way_yet(question), actions=[(_("Look at the plan"), url)])
    plan = planned(question, kept, way)
    assert plan is not None
    if waits := standings_of([question]).get(question.pk):
        # Made, and not yet in effect: it is in call-in, or called in. That is no lateness.
        said = _left(plan, _("%(stands)s."))
    elif question.state == Question.State.DECIDED:
        # What is late for a question that waits is how it was counted for one that does not.
        said = _left(plan, _("It is decided."))
    elif plan.is_new and plan.is_too_late(timezone.localdate()):
        said = _(
            "By “%(way)s”, work should have begun by %(day)s for the day that the question says. "
            "Nothing ends, so nothing has to be bridged: choose a later day to begin."
        )
    elif plan.is_too_late(timezone.localdate()):
        said = _(
            "By “%(way)s”, work should have begun by %(day)s. The plan says what may bridge the "
            "gap, and how long other ways take."
        )
    else:
        said = _("By “%(way)s”, work begins by %(day)s at the latest.")
    words = said % {
        "way": _planned_for(question, plan),
        "day": day(plan.begin_by),
        "stands": waits[0] if waits else "",
        "end": day(plan.ends_on),
    }
    return Panel(lead=words, actions=[(_("Look at the plan"), url)])


def _left(plan: Plan, stands: Text) -> Text:
    """What a decision leaves of a plan; where nothing ends, no day is counted back from."""
    if plan.is_new:
        left = _("What is left of the plan for “%(way)s” begins on %(day)s, as it is counted.")
    else:
        left = _(
            "What is left of the plan for “%(way)s” begins by %(day)s at the latest, counted back "
            "from %(end)s."
        )
    return f"{stands} {left}"


def _planned_for(question: Question, plan: Plan) -> Text:
    """The route that was chosen or is recommended, by its own name; else the way of the steps."""
    heading = heading_of(question)
    return heading.title if heading and heading.way == plan.way else plan.way.title


def _no_way_yet(question: Question) -> Text:
    """No plan is shown as if its way were chosen: no route is, or its route buys nothing."""
    heading = heading_of(question)
    if heading is None and question.state == Question.State.DECIDED:
        return _("It is decided. No plan was counted for it.")
    if heading is None:
        return _(
            "When work must begin depends on the way, and none is recommended yet. Compare the "
            "ways, or walk the decision tree."
        )
    return format_lazy(
        _("No plan is counted for “{title}”: nothing is bought or given."), title=heading.title
    )


def register() -> None:
    """Fill the registries; called when the application is ready."""
    stage_parts.register(
        "questions",
        StagePart(
            stage=Stage.OPTIONS,
            title=_("Questions to decide"),
            url=_page,
            summary=summary,
            next_step=next_step,
        ),
    )
    question_panels.register(
        "fair", QuestionPanel(_("Who could gain from it"), show=fair_panel, order=58)
    )
    question_panels.register("talks", QuestionPanel(_("Early talks"), show=talks_panel, order=59))
    question_panels.register(
        "plan", QuestionPanel(_("When it must begin"), show=plan_panel, order=40)
    )
