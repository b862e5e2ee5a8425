"""The working calendar a second time, by walking: nothing is precomputed, no interval is cut or joined.

A day is painted minute by minute with the number of its seconds that count, minutes that a pause touches
second by second; days are then walked one after the other. Written against sla/README.md (S2, S29-S32) and
server/calendar/README.md, not against the C++ code.
"""

from datetime import date
from functools import cache

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 86400


class Never(Exception):
    """The calendar does not open (again)."""


@cache
def minute_of(clock):
    return int(clock[:2]) * 60 + int(clock[3:])


def day_of(text):
    return date.fromisoformat(text).toordinal()


def second_of(text):
    """Seconds since the beginning of year 1, local time."""
    return day_of(text[:10]) * DAY + minute_of(text[11:16]) * 60 + int(text[17:19] or 0)


@cache
def date_text(day):
    return date.fromordinal(day).isoformat()


def time_text(second):
    day, rest = divmod(second, DAY)
    return "%sT%02d:%02d:%02d" % (date_text(day), rest // 3600, rest // 60 % 60, rest % 60)


class Oracle:
    def __init__(self, calendar, pauses=()):
        self.week = calendar["week"]
        self.holidays = set(calendar.get("holidays", ()))
        self.workdays = set(calendar.get("workdays", ()))
        self.date_hours = calendar.get("date_hours", {})
        self.working = calendar.get("working_weekdays")
        self.pauses = [(second_of(a), second_of(b)) for a, b in pauses]
        said = [*self.holidays, *self.workdays, *self.date_hours]
        self.last_said = max(map(day_of, said), default=0)

    def hours(self, day):
        text, weekday = date_text(day), WEEKDAYS[(day - 1) % 7]
        if text in self.holidays:
            return []
        if text in self.date_hours:
            return self.date_hours[text]
        usual = self.week.get(weekday, [])
        if text in self.workdays and not usual:
            return self.week.get("mon", [])
        return usual

    def is_workday(self, day):
        if not self.hours(day):
            return False
        return self.working is None or date_text(day) in self.workdays or WEEKDAYS[(day - 1) % 7] in self.working

    def is_open(self, second):
        minute = second % DAY // 60
        for a, b in self.hours(second // DAY):
            if minute_of(a) <= minute < minute_of(b):
                return True
        return False

    def counts(self, second):
        for a, b in self.pauses:
            if a <= second < b:
                return False
        return self.is_open(second)

    def painted(self, day):
        """How many seconds of each minute of the day count."""
        minutes = bytearray(1440)
        for a, b in self.hours(day):
            for minute in range(minute_of(a), minute_of(b)):
                minutes[minute] = 60
        for a, b in self.pauses:
            first, last = max(a, day * DAY), min(b, day * DAY + DAY)
            for minute in range(first // 60, -(-last // 60)) if first < last else ():
                at = minute - day * 1440
                if not minutes[at]:
                    continue
                if a <= minute * 60 and minute * 60 + 60 <= b:
                    minutes[at] = 0
                else:
                    minutes[at] = sum(self.counts(s) for s in range(minute * 60, minute * 60 + 60))
        return minutes

    def days_from(self, day):
        """Days that have office hours, from this one on."""
        while True:
            if self.hours(day):
                yield day
            elif day > self.last_said and not any(self.week.values()):
                raise Never
            day += 1

    def add(self, start, seconds):
        for day in self.days_from(start // DAY):
            minutes = self.painted(day)
            first = max(start - day * DAY, 0)
            if first == 0 and sum(minutes) < seconds:
                seconds -= sum(minutes)
                continue
            for minute in range(first // 60, 1440):
                if minutes[minute] < (seconds or 1) and minute * 60 >= first:
                    seconds -= minutes[minute]
                    continue
                for second in range(day * DAY + max(minute * 60, first), day * DAY + minute * 60 + 60):
                    if self.counts(second):
                        if seconds <= 1:
                            return second + seconds
                        seconds -= 1

    def between(self, start, end):
        total = 0
        for day in range(start // DAY, end // DAY + 1 if start < end else 0):
            if not self.hours(day):
                continue
            minutes = self.painted(day)
            first, last = max(start - day * DAY, 0), min(end - day * DAY, DAY)
            for minute in range(first // 60, -(-last // 60)):
                if first <= minute * 60 <= last - 60:
                    total += minutes[minute]
                elif minutes[minute]:
                    seconds = range(max(first, minute * 60), min(last, minute * 60 + 60))
                    total += sum(self.counts(day * DAY + s) for s in seconds)
        return total

    def next_open(self, at):
        for day in self.days_from(at // DAY):
            for second in sorted(max(at, day * DAY + minute_of(a) * 60) for a, _ in self.hours(day)):
                if self.is_open(second) and second // DAY == day:
                    return second

    def add_workdays(self, day, days):
        while days > 0:
            day += 1
            days -= self.is_workday(day)
            if day > self.last_said + 7 and not any(map(self.is_workday, range(day, day + 7))):
                raise Never
        return day


def answer(question):
    """What `calendar eval` must answer; None where it must refuse."""
    oracle = Oracle(question["calendar"], question.get("pauses", ()))
    op = question["op"]
    try:
        if op == "add":
            return {"at": time_text(oracle.add(second_of(question["start"]), question["seconds"]))}
        if op == "between":
            return {"seconds": oracle.between(second_of(question["start"]), second_of(question["end"]))}
        if op == "next_open":
            return {"at": time_text(oracle.next_open(second_of(question["at"])))}
        if op == "is_open":
            return {"open": oracle.is_open(second_of(question["at"]))}
        if op == "add_workdays":
            return {"date": date_text(oracle.add_workdays(day_of(question["date"]), question["days"]))}
        return {"workday": oracle.is_workday(day_of(question["date"]))}
    except Never:
        return None
