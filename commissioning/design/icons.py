"""The icons: line drawings on a 24-unit square, in the colour of the text."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "arrow": '<path d="M5 12h14m-6-6 6 6-6 6"/>',
    "back": '<path d="M19 12H5m6 6-6-6 6-6"/>',
    "calendar": '<rect x="4" y="6" width="16" height="14" rx="2"/><path d="M4 11h16M8 3v5m8-5v5"/>',
    "check": '<path d="m5 13 5 5 9-11"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "copy": '<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M15 5H6a2 2 0 0 0-2 2v9"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "document": (
        '<path d="M7 3h7l5 5v13H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"/>'
        '<path d="M14 3v5h5M9 13h6m-6 4h6"/>'
    ),
    "download": '<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>',
    "eye": (
        '<path d="M3 12c3-5 6-7 9-7s6 2 9 7c-3 5-6 7-9 7s-6-2-9-7z"/>'
        '<circle cx="12" cy="12" r="3"/>'
    ),
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "open": (
        '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 7.7-1.6"/>'
    ),
    "people": (
        '<circle cx="9" cy="9" r="3.5"/><path d="M2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6'
        'M15 5.800a3.5 3.5 0 0 1 0 6.400M18 14.500c2 .8 3.2 2.7 3.5 5.5"/>'
    ),
    "phone": '<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 18h2"/>',
    "place": (
        '<path d="M12 21c5-5.5 7-8.5 7-11.5a7 7 0 0 0-14 0C5 12.5 7 15.5 12 21z"/>'
        '<circle cx="12" cy="9.5" r="2.5"/>'
    ),
    "print": (
        '<path d="M7 9V4h10v5M7 17H5a1 1 0 0 1-1-1v-5a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2'
        'v5a1 1 0 0 1-1 1h-2"/>'
        '<path d="M7 14h10v6H7z"/>'
    ),
    "rings": (
        '<circle cx="9" cy="9" r="6.5"/><circle cx="15" cy="9" r="6.5"/>'
        '<circle cx="12" cy="15" r="6.5"/>'
    ),
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 5 5"/>',
    "seal": (
        '<circle cx="12" cy="10" r="6.5"/>'
        '<path d="m9 10 2.2 2.2L15 8.5M8 15.5 7 22l5-2.5 5 2.5-1-6.5"/>'
    ),
    "vote": '<path d="M4 12h16v8H4zM8 12V4h8v8m-5.5-4 1.2 1.3L14 6.5"/>',
    "warning": '<path d="M12 4 2.5 20h19zM12 10v5m0 2.5v.2"/>',
}


def svg(name: str, label: str = "") -> SafeString:
    """The icon as SVG: hidden from screen readers, or with a name where it stands alone."""
    told = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="cc-icon" viewBox="0 0 24 24" width="24" height="24" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        '{} focusable="false">{}</svg>',
        told,
        mark_safe(PATHS[name]),  # noqa: S308  our own drawings, above
    )
