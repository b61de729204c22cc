"""The day on which a knowledge base is judged."""

import os
from datetime import UTC, date, datetime

from rolebook.failures import BuildError


def today() -> date:
    """Give the day on which dates are judged: SOURCE_DATE_EPOCH, where set, makes builds repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not epoch.isdecimal():
        raise BuildError("SOURCE_DATE_EPOCH must be a number of seconds, such as 1780272000.")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()
