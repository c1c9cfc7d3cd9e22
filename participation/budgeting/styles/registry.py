"""The registry of ballot styles."""

from commissioning.ground.registries import Registry
from participation.budgeting.styles.base import Style

styles: Registry[Style] = Registry("ballot style")
