"""What the room tells people by e-mail; each is looked up again when it is sent."""

from commissioning.notices.kinds import Kind, kinds
from participation.budgeting import links, results

_TEMPLATES = "participation/budgeting/notices"


def register() -> None:
    """Fill the registry of notices."""
    kinds.register(links.KIND, Kind(f"{_TEMPLATES}/personal_link", links.notice_context))
    kinds.register(results.OWNER_KIND, Kind(f"{_TEMPLATES}/owner_result", results.owner_context))
