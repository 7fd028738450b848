"""What all tests share: no windows, and examples that are the same in each run."""

import matplotlib
from hypothesis import settings

matplotlib.use("agg")
settings.register_profile("lessons", max_examples=50, deadline=None, derandomize=True)
settings.load_profile("lessons")


def pytest_terminal_summary(terminalreporter):
    """Say once what was missing for the tests that were skipped."""
    for reason in {report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])}:
        terminalreporter.write_line(reason)
