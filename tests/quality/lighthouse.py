"""What Lighthouse says of a page on a phone: the median of several runs, which differ on a busy machine."""

import json
import os
import subprocess
from pathlib import Path
from statistics import median

from tests.web import CHROMIUM, CHROMIUM_OPTIONS

PROGRAM = Path(__file__).parent / "node_modules/lighthouse/cli/index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def scores(url: str, runs: int, categories: tuple[str, ...] = CATEGORIES) -> dict[str, int]:
    """Give the median of each category, from 0 to 100."""
    reports = [_report(url, categories) for _ in range(runs)]
    return {name: round(median(report[name] for report in reports)) for name in categories}


def _report(url: str, categories: tuple[str, ...]) -> dict[str, float]:
    """Run Lighthouse once with its own settings: a phone on a slow line, simulated."""
    flags = " ".join(["--headless=new", *CHROMIUM_OPTIONS])
    command = ["node", str(PROGRAM), url, "--output=json", "--quiet", f"--chrome-flags={flags}"]
    command += [f"--only-categories={','.join(categories)}"]
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    found = json.loads(done.stdout)["categories"]
    return {name: found[name]["score"] * 100 for name in categories}
