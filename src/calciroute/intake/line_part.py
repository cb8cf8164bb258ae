"""One food of a diary line that holds several."""

from __future__ import annotations

from dataclasses import dataclass

from calciroute.intake.amount_words import SpokenAmount
from calciroute.intake.food_search import Found
from calciroute.intake.portions import Weighed, group_of, weigh, weigh_beside

# A weight or volume on scales belongs to all that lay there.
EXACT = frozenset({"g", "kg", "dag", "oz", "lb", "ml", "cl", "dl", "l"})
# Ten olives with cheese are not ten portions of cheese.
_MANY_SMALL_G = 20.0
# Each slice has its butter and each cup its milk; three eggs of an omelette have one piece of cheese.
_ONE_EACH = frozenset({"bread", "Baked Products", "beverage", "Beverages", "dish", "baked", "cereal"})
# Milk for two biscuits of cereal is poured once.
_ONCE_ABOVE_G = 60.0


@dataclass(frozen=True)
class Part:
    """One food of a line with several.

    Parameters
    ----------
    amount : SpokenAmount
        Taken apart; of a part without its own amount `count` is None.
    found : Found
        What it is.
    host : Part or None
        The first part, for one that stands beside it without an amount.
    given : Weighed or None
        What it weighs, where that is known before: the bread and the filling of a sandwich.
    """

    amount: SpokenAmount
    found: Found
    host: Part | None = None
    given: Weighed | None = None

    def weighed(self, region: str | None) -> Weighed | None:
        """What it weighs.

        Parameters
        ----------
        region : str or None
            Whose measures.

        Returns
        -------
        Weighed or None
            None where nobody says.
        """
        if self.given is not None:
            return self.given
        if self.host is None:
            return weigh(self.found.food, self.amount.count, self.amount.measure, self.amount.size, region)
        host = self.host
        each = weigh(host.found.food, 1.0, host.amount.measure, host.amount.size, region)
        times = host.amount.count or 1.0
        if host.amount.measure in EXACT or each is None or each.grams < _MANY_SMALL_G:
            times = 1.0
        if group_of(host.found.food) not in _ONE_EACH:
            times = 1.0
        once = weigh_beside(self.found.food, host.found.food, 1.0)
        if once is None or once.grams > _ONCE_ABOVE_G:
            return once
        return weigh_beside(self.found.food, host.found.food, times)
