"""Every module here declares one rule; nothing else needs to know its name."""

from importlib import import_module
from pkgutil import iter_modules

from model.rule import Rule

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

RULES: tuple[type[Rule], ...] = tuple(sorted(Rule.__subclasses__(), key=lambda rule: rule.name))
BY_NAME: dict[str, type[Rule]] = {rule.name: rule for rule in RULES}
