"""Which day is it? The one place where the clock of this machine is read, so that a test, or a wrong clock, is met once."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day of this machine, where it is."""
    return date.today()
