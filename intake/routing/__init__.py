"""Which team a report goes to, by the chosen body or by the words that were typed."""

from intake.routing.hints import box_hints
from intake.routing.index import RouteTarget
from intake.routing.rules import Route, RouteMap, Scope, route

__all__ = ["Route", "RouteMap", "RouteTarget", "Scope", "box_hints", "route"]
