"""Who may see which document. The rule itself is the document type's."""

from commissioning.documents.models import IssuedDocument, Rendering
from commissioning.documents.types import Person, document_types
from commissioning.ground.answers import YES, Answer, no
from commissioning.people.models import User


def may_open(user: Person, rendering: Rendering) -> Answer:
    """Whoever may read the type's documents about this subject, or have them made."""
    if not isinstance(user, User):
        return no("Sign in to see this document.")
    kind = document_types[rendering.type_name]
    answer = kind.readable(user, rendering.subject_id)
    return answer if answer else kind.rule(user, rendering.subject_id)


def may_read(user: Person, issued: IssuedDocument) -> Answer:
    """Anyone reads what is public; the rest is for whom its type says."""
    if issued.is_public:
        return YES
    return document_types[issued.type_name].readable(user, issued.subject_id)
