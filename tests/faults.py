"""Build while all goes wrong, at many random moments, and keep what was seen: `make faults`.

`python -m tests.faults 200` ends builds at so many moments; it needs Linux, and for full disks the right to mount.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.building import Surroundings, litter, published, wait_for_the_end_of
from tests.kit import MINIATURE, copy_miniature
from tests.records import keep

HERE = Surroundings()
EVERY = 20
"""After so many ended builds one may finish."""
TEXTS = ("Publish the plan two weeks ahead.", "Publish the plan a month ahead.")
Row = tuple[str, str]
Site = dict[str, tuple[int, str]]


def main(moments: int, seed: int) -> None:
    """Let all go wrong in turn; stop at the first thing that should not be."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        root, random_ = copy_miniature(Path(folder) / "base"), random.Random(seed)  # noqa: S311 - no secret
        sites = [_build(root, text) for text in (*TEXTS, TEXTS[0])]
        _expect(sites[0] == sites[2] != sites[1], "a text changes the site, and back")
        rows = [("seed of the random moments", str(seed))]
        for go_wrong in (_killed, _at_once, _meddled, _full):
            for row in go_wrong(root, sites[:2], random_, moments):
                print(*row, sep=": ", flush=True)  # noqa: T201 - who waits likes to know
                rows.append(row)
    keep("faults", "Faults", "make faults", rows)


def _killed(root: Path, sites: list[Site], random_: random.Random, moments: int) -> Iterator[Row]:
    """End builds by SIGKILL, all processes or the first alone."""
    begun = time.monotonic()
    _expect(_build(root, TEXTS[0]) == sites[0], "the site is built")
    whole = time.monotonic() - begun
    seen: Counter[str] = Counter()
    with _watched(root / "site/index.html") as looks:
        for number in range(moments):
            former = sites.index(published(root / "site"))
            _write(root, TEXTS[1 - former])
            alone = number % 2 == 0
            running = HERE.start(root)
            moment = random_.uniform(0, 1.2 * whole)  # some after the swap
            with suppress(subprocess.TimeoutExpired):
                running.wait(moment)
            with suppress(ProcessLookupError):
                (os.kill if alone else os.killpg)(running.pid, signal.SIGKILL)
            running.communicate()
            _expect(wait_for_the_end_of(running.pid), "no process outlives its build")
            today = sites.index(published(root / "site"))  # fails where it is neither the one nor the other
            seen["the former site" if today == former else "the new site"] += 1
            seen["ended in time"] += running.returncode == -signal.SIGKILL
            if number % EVERY == EVERY - 1:
                wanted = random_.randrange(2)
                _expect(_build(root, TEXTS[wanted]) == sites[wanted], "the next run makes the site")
                _expect(not litter(root), "the next run tidies up")
                seen["healed"] += 1
    ended, kept, swapped = seen["ended in time"], seen["the former site"], seen["the new site"]
    yield "builds ended by SIGKILL, by turns all processes or the first alone", f"{ended} of {moments} begun"
    yield "then the whole former site stood there, then the whole new one, then anything else", f"{kept}, {swapped}, 0"
    yield "processes that outlived their build", "0"
    yield "runs after them that made the right site and left no litter", f"{seen['healed']} of {moments // EVERY}"
    yield "looks at the start page meanwhile, and how often it was not there", f"{looks['made']:,}, {looks['missed']}"
    _expect(not looks["missed"], "the site is there at all times")


def _at_once(root: Path, sites: list[Site], _random: random.Random, moments: int) -> Iterator[Row]:
    """Start three builds at once."""
    rounds = max(1, moments // 40)
    for number in range(rounds):
        _write(root, TEXTS[number % 2])
        builds = [HERE.start(root) for _ in range(3)]
        said = ["".join(one.communicate()) for one in builds]
        _expect(all(one.returncode == 0 for one in builds), "\n".join(said))
        _expect(published(root / "site") == sites[number % 2], "three builds at once make the site")
        _expect(not litter(root), "three builds at once leave no litter")
    yield "three builds at once: the right site, no litter", f"{rounds} of {rounds}"


def _meddled(root: Path, sites: list[Site], random_: random.Random, moments: int) -> Iterator[Row]:
    """Let files change, vanish and come back while the site is built."""
    rounds, codes = max(1, moments // 10), Counter[int]()
    files = [root / path.relative_to(MINIATURE) for path in MINIATURE.rglob("*") if _is_source(path)]
    for _ in range(rounds):
        running, said = HERE.start(root), list[str]()
        reader = threading.Thread(target=lambda to=said, run=running: to.extend(run.communicate()))
        reader.start()
        while running.poll() is None:
            _meddle(random_.choice(files), random_)
        reader.join()
        codes[running.returncode] += 1
        _expect(running.returncode in (0, 1) and "Traceback" not in "".join(said), "".join(said))
        _expect((root / "site/index.html").is_file() and (root / "site/sitemap.xml").is_file(), "a site stands there")
    _expect(_build(root, TEXTS[0]) == sites[0], "the next run makes the site")
    _expect(not litter(root), "the next run tidies up")
    yield "builds while files changed, vanished and came back: a site, or words", f"{codes[0]}, {codes[1]} of {rounds}"


def _full(root: Path, sites: list[Site], _random: random.Random, _moments: int) -> Iterator[Row]:
    """Build on disks of many sizes, on most of which there is too little room."""
    room = _kilobytes(root / "site") + _kilobytes(MINIATURE)
    codes: Counter[int] = Counter()
    for share in range(10):
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            mount = ["mount", "-t", "tmpfs", "-o", f"size={room + room * share // 8}k", "tmpfs", folder]
            if subprocess.run(mount, capture_output=True, check=False).returncode:
                yield "builds on a full disk", "not tried: mounting is not allowed here"
                return
            try:
                base = Path(folder) / "base"
                copy_miniature(base)
                shutil.copytree(root / "site", base / "site")
                former = published(base / "site")
                _write(base, TEXTS[1])
                code, said = HERE.build(base)
                codes[code] += 1
                told = "No space left on device" in said or "Make room" in said
                _expect(code == 0 or told, said)
                _expect("Traceback" not in said, said)
                _expect(published(base / "site") == (former if code else sites[1]), "a whole site stands there")
                _expect(not litter(base), "a failed build leaves no litter")
            finally:
                subprocess.run(["umount", folder], check=True)  # noqa: S607
    yield "disks of ten sizes: too small, told in words, former site whole; large enough", f"{codes[1]}; {codes[0]}"


def _kilobytes(folder: Path) -> int:
    """Give how much room the files of a folder need, in blocks of 4 kB."""
    return sum(path.stat().st_size // 4096 + 1 for path in folder.rglob("*")) * 4


def _is_source(path: Path) -> bool:
    return path.suffix in (".yml", ".po", ".md") and "_expected" not in path.parts


def _meddle(path: Path, random_: random.Random) -> None:
    """Take a file away for a moment, or write half of it, then bring it back as it was."""
    try:
        whole = path.read_bytes()
        stat = path.stat()
        if random_.random() < 0.5:
            path.unlink()
        else:
            path.write_bytes(whole[: len(whole) // 2])
        time.sleep(0.01)
        path.write_bytes(whole)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    except OSError:  # pruned by the build meanwhile
        return


@contextmanager
def _watched(path: Path) -> Iterator[dict[str, int]]:
    """Look all the time whether a file is there."""
    looks, is_done = {"made": 0, "missed": 0}, threading.Event()

    def look() -> None:
        while not is_done.wait(0.001):
            looks["made"] += 1
            looks["missed"] += not path.is_file()

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield looks
    finally:
        is_done.set()
        watcher.join()


def _write(root: Path, text: str) -> None:
    path = root / "roles/care/lead.yml"
    whole = path.read_text("utf-8")
    for known in TEXTS:
        whole = whole.replace(known, text)
    path.write_text(whole, "utf-8")


def _build(root: Path, text: str) -> Site:
    _write(root, text)
    code, said = HERE.build(root)
    _expect(code == 0, said)
    return published(root / "site")


def _expect(is_true: bool, what: str) -> None:
    if not is_true:
        sys.exit(f"Not so: {what}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
