"""Every event that there is: whoever loads this can read whatever was recorded."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import domain.events

for _module in iter_modules(domain.events.__path__):
    if _module.name != "every":
        import_module(f"{domain.events.__name__}.{_module.name}")
