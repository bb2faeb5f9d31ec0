"""Which team a report goes to, by the chosen body or by the words that were typed."""

from intake.routing.deciding import ABOUT_INSPECTORS, Route, RouteMap, Scope, route
from intake.routing.hints import box_hints
from intake.routing.index import RouteTarget

__all__ = ["ABOUT_INSPECTORS", "Route", "RouteMap", "RouteTarget", "Scope", "box_hints", "route"]
