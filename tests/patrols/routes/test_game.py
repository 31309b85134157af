"""What a route game is, and what is none."""

import numpy as np
import pytest

from vigie.patrols.game import BadGame
from vigie.patrols.routes.game import RouteGame

GAME = {"value": [[1, 2], [3, 4]], "travel": [[0, 1], [1, 0]], "teams": 1}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"value": [[1, -2], [3, 4]]}, r"value\[0\]\[1\] is -2"),
        ({"value": [[1, float("nan")], [3, 4]]}, r"value\[0\]\[1\] is nan"),
        ({"value": [[1, float("inf")], [3, 4]]}, r"value\[0\]\[1\] is inf"),
        ({"value": [[1, 2], [3]]}, "value is not a table"),
        ({"value": [1, 2]}, "no table of sites by slots"),
        ({"value": []}, "no table of sites by slots"),
        ({"value": np.ones((3_000, 1))}, "3000 sites; at most 2000"),
        ({"travel": [[0, 1]]}, "travel is no table of 2 by 2"),
        ({"travel": [[0, 1], [1]]}, "travel is no table of 2 by 2"),
        ({"travel": "near"}, "travel is no table of 2 by 2"),
        ({"travel": [[0, -1], [1, 0]]}, r"travel\[0\]\[1\] is -1"),
        ({"travel": [[0, 0.5], [1, 0]]}, r"travel\[0\]\[1\] is 0.5"),
        ({"travel": [[0, float("nan")], [1, 0]]}, r"travel\[0\]\[1\] is nan"),
        ({"travel": [[0, "1"], [1, 0]]}, r"travel\[0\]\[1\] is '1'"),
        ({"travel": [[0, None], [1, 0]]}, "no way from site 0 to site 1"),
        ({"travel": [[0, 1], [None, 0]]}, "no way from site 1 to site 0"),
        ({"teams": 0}, "teams is 0. Expected a whole number between 1"),
        ({"teams": 1.5}, "teams is 1.5"),
        ({"teams": True}, "teams is True"),
        ({"min_dwell": 0}, "min_dwell is 0"),
        ({"min_dwell": 3}, "min_dwell is 3 and the day has 2 slots"),
        ({"start": 2}, "start is 2"),
        ({"detection": 1.1}, "detection is 1.1"),
        ({"detection": float("nan")}, "detection is nan"),
        ({"detection": "1"}, "detection is '1'"),
    ],
)
def test_what_is_no_game_is_refused_by_name(change, says):
    with pytest.raises(BadGame, match=says):
        RouteGame(**(GAME | change))


def test_a_way_back_is_not_asked_of_teams_that_start_at_one_site():
    assert RouteGame(**(GAME | {"travel": [[0, 1], [None, 0]], "start": 0})).travel[1, 0] > 2


def test_a_site_too_far_for_the_day_is_named():
    game = RouteGame(**(GAME | {"travel": [[0, 9], [1, 0]], "start": 0}))
    assert "1 sites cannot be reached from site 0" in game.remark
    assert RouteGame(**GAME).remark is None
