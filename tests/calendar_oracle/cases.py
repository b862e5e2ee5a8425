"""Random calendars and questions about them; the same seed gives the same cases."""

import json
import random
from datetime import date

from oracle import WEEKDAYS, date_text, time_text

FIRST = date(2023, 6, 1).toordinal()
LAST = date(2029, 6, 1).toordinal()
USUAL = [["09:00", "12:00"], ["14:00", "18:00"]]
WAYS = (
    "add", "add with pauses", "between", "between with pauses", "next_open", "is_open", "add_workdays", "is_workday",
)


def clock(minute):
    return "%02d:%02d" % divmod(minute, 60)


def hours(dice):
    """One day's intervals: the usual ones, a few, often with a break, now and then until 24:00."""
    if dice.random() < 0.3:
        return USUAL
    edges = sorted(dice.sample(range(0, 1441, dice.choice((1, 5, 30))), 2 * dice.choice((1, 1, 2, 2, 3))))
    if dice.random() < 0.15:
        edges[-1] = 1440
    if dice.random() < 0.05:
        edges[0] = 0
    if len(edges) > 2 and dice.random() < 0.1:
        edges[2] = edges[1]  # two intervals that touch
    return [[clock(a), clock(b)] for a, b in zip(edges[::2], edges[1::2]) if a < b]


def dates(dice, centre, count):
    return [date_text(centre + dice.randint(-20, 40)) for _ in range(dice.randint(0, count))]


def calendar(dice):
    """A calendar whose exceptions lie around the returned day."""
    centre = dice.randint(FIRST, LAST)
    desk = dice.random()
    open_days = WEEKDAYS[:5]
    if desk < 0.25:
        open_days = WEEKDAYS  # weekend desk
    elif desk < 0.35:
        open_days = dice.sample(WEEKDAYS, dice.randint(0, 7))
    same = hours(dice) if dice.random() < 0.5 else None
    made = {"week": {day: same or hours(dice) for day in open_days}}
    if dice.random() < 0.5:
        made["tz_offset_minutes"] = dice.choice((480, 480, 0, -210, 345, 840, -720))
    if dice.random() < 0.9:
        made["holidays"] = dates(dice, centre, 12)
    if dice.random() < 0.8:
        made["workdays"] = dates(dice, centre, 6)
    if dice.random() < 0.6:
        made["date_hours"] = {day: hours(dice) if dice.random() < 0.8 else [] for day in dates(dice, centre, 5)}
    if dice.random() < 0.3:
        made["working_weekdays"] = list(WEEKDAYS[:5]) if dice.random() < 0.7 else dice.sample(WEEKDAYS, dice.randint(0, 7))
    return centre, made


def moment(dice, centre):
    """Half of them to the second, the others on a minute where boundaries are met."""
    second = (centre + dice.randint(-12, 12)) * 86400 + dice.randrange(86400)
    return second if dice.random() < 0.5 else second - second % dice.choice((60, 1800, 3600))


def pauses(dice, start):
    spans = []
    for _ in range(dice.randint(1, 4)):
        begin = start + dice.randint(-86400, 2 * 86400)
        length = dice.choice((0, 1, 59, 61, 600, 3600, 7201, 40000, 200000, -60))
        if dice.random() < 0.4:
            begin -= begin % 60
        spans.append([time_text(begin), time_text(begin + length)])
    return spans


def question(dice, way, centre):
    op, _, paused = way.partition(" ")
    start = moment(dice, centre)
    asked = {"op": op}
    if op == "add":
        longest = 40 * 25200 if dice.random() < 0.05 else 2 * 25200
        seconds = dice.randint(0, longest)
        asked |= {"start": time_text(start), "seconds": seconds - seconds % dice.choice((1, 60, 3600))}
    elif op == "between":
        longest = 40 * 86400 if dice.random() < 0.05 else 3 * 86400
        asked |= {"start": time_text(start), "end": time_text(start + dice.randint(-7200, longest))}
    elif op in ("next_open", "is_open"):
        asked["at"] = time_text(start)
    else:
        asked["date"] = date_text(start // 86400)
        if op == "add_workdays":
            asked["days"] = dice.randint(0, 15)
    if paused:
        asked["pauses"] = pauses(dice, start)
    return asked


def cases(seed, count, per_calendar=8):
    """(way, question, line): the question with its calendar, and the line to send."""
    dice = random.Random(seed)
    for number in range(count):
        if number % per_calendar == 0:
            centre, made = calendar(dice)
            text = json.dumps(made)
        way = WAYS[number % len(WAYS)]
        asked = {"id": number} | question(dice, way, centre)
        line = json.dumps(asked)[:-1] + ', "calendar": ' + text + "}"
        yield way, asked | {"calendar": made}, line
