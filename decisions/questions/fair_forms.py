"""Forms that keep a question fair: what a member could gain, and which talks were about it."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField
from commissioning.design.forms import Look
from commissioning.design.revisions import RevisedForm
from commissioning.design.when import day
from commissioning.programmes.models import LevelFieldEntry
from commissioning.programmes.templatetags.programmes import moneyless
from decisions.questions.early_sessions import LONGEST, Judged, Session, judged_now
from decisions.questions.level_field import Line
from decisions.questions.models import Question


class AboutForm(forms.Form):
    """What a member or their organisation could gain from how one question is decided."""

    # Who says yes says what: it is shown with that answer, and asked for.
    show_optional = False

    could_gain = forms.TypedChoiceField(
        label=_(
            "Could you, people close to you, or your organisation gain or lose by how it is "
            "decided?"
        ),
        choices=[("yes", _("Yes, or perhaps")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = LongTextField(
        label=_("What could you gain or lose?"),
        help_text=_(
            "Holding the present contract, bidding for the next, a job in it. One or two sentences "
            "that everyone can read."
        ),
        max_length=600,
        required=False,
    )
    looks: ClassVar[dict[str, Look]] = {
        "could_gain": Look(reveals={"yes": ["words"]}),
        "words": Look(rows=3),
    }


class LinesForm(RevisedForm):
    """Which lines of the level-playing-field file are about the question."""

    looks: ClassVar[dict[str, Look]] = {"lines": Look(small=True)}

    lines = forms.MultipleChoiceField(
        label=_("These lines are about this question"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, question: Question, lines: list[Line], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["lines"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (str(line.entry.pk), moneyless(_in_words(line), question.programme)) for line in lines
        ]
        belonging = [str(one.entry.pk) for one in lines if one.belongs]
        self.initial.setdefault("lines", belonging)
        # A line that came while the page was open was on nobody's page to be left out.
        self.revise({"lines": belonging})

    def chosen(self) -> set[UUID]:
        """The lines that were ticked."""
        return {UUID(one) for one in self.cleaned_data["lines"]}


class SessionForm(RevisedForm):
    """Whether a session was an early talk about the question: what was seen or said, or why not."""

    # Each answer says what it asks for.
    show_optional = False

    was = forms.ChoiceField(
        label=_("Was it an early talk about this question?"),
        choices=[("yes", _("Yes: write it down")), ("no", _("No: it was not"))],
        widget=forms.RadioSelect,
    )
    bodies = forms.MultipleChoiceField(
        label=_("Who saw, heard or said something about it?"),
        help_text=_("These are known to have been there. Untick all where they only attended."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("What did they do?"),
        choices=[
            (LevelFieldEntry.Kind.SAW.value, _("They saw or heard it")),
            (LevelFieldEntry.Kind.SAID.value, _("They said it")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    what = LongTextField(
        label=_("What was it?"),
        help_text=_(
            "Put it as it was. It stands in the level-playing-field file, for those who were "
            "not there, and is never taken away."
        ),
        max_length=LONGEST,
        required=False,
    )
    reason = LongTextField(
        label=_("Why not?"),
        help_text=_("It stands in the papers of this question, beside the session."),
        max_length=LONGEST,
        required=False,
    )
    looks: ClassVar[dict[str, Look]] = {
        "was": Look(reveals={"yes": ["bodies", "kind", "what"], "no": ["reason"]}),
        "what": Look(rows=5),
        "reason": Look(rows=3),
    }

    def __init__(self, session: Session, words: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["bodies"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(body.pk), body.name) for body in session.bodies]
        said = judged_now(session)
        everybody = [str(body.pk) for body in session.bodies]
        self.initial = {
            **said,
            "kind": LevelFieldEntry.Kind.SAW,
            "what": words,
            "bodies": everybody if not session.was else [],
        }
        self.revise(said)

    def clean(self) -> dict[str, Any]:
        """Who saw or said something goes with what it was; a session that was no talk, with why."""
        data = super().clean()
        if data.get("was") == "yes" and data.get("bodies") and not data.get("what"):
            self.add_error("what", _("Say what they saw, heard or said."))
        if data.get("was") == "no" and not data.get("reason"):
            self.add_error("reason", _("Say why it was not about this question."))
        return data

    def judged(self) -> Judged:
        """What the write door takes."""
        said = self.cleaned_data
        return Judged(
            was=said["was"] == "yes",
            bodies=frozenset(UUID(one) for one in said["bodies"]),
            kind=LevelFieldEntry.Kind(said["kind"] or LevelFieldEntry.Kind.SAW),
            what=said["what"],
            reason=said["reason"],
        )


def _in_words(line: Line) -> str:
    entry = line.entry
    return f"{day(entry.at)}, {entry.organisation.name}: {entry.what}"
