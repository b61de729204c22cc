"""What stops a command, in words that say what to do."""

import errno

from rolebook.failures import BuildError

FAILURES = (BuildError, OSError)
_AGAIN = "Then run this again."
_ADVICE = {
    errno.ENOSPC: f"Make room on the disk. {_AGAIN}",
    errno.EDQUOT: f"Make room: more than you may keep here would be kept. {_AGAIN}",
    errno.EFBIG: f"Ask for larger files ('ulimit -f unlimited'). {_AGAIN}",
    errno.EACCES: f"Give yourself the right to it, or work on a copy elsewhere. {_AGAIN}",
    errno.EPERM: f"Give yourself the right to it, or work on a copy elsewhere. {_AGAIN}",
    errno.EROFS: f"Work on a copy elsewhere, where files can be written. {_AGAIN}",
    errno.ENOENT: f"It was changed by somebody meanwhile, it seems. Wait until that is done. {_AGAIN}",
    errno.ENOTEMPTY: f"It was changed by somebody meanwhile, it seems. Wait until that is done. {_AGAIN}",
    errno.EMFILE: f"Ask for more open files ('ulimit -n 4096'). {_AGAIN}",
}


def words_of(failure: Exception) -> str:
    """Tell what stopped a command."""
    if not isinstance(failure, OSError) or failure.errno is None:
        return str(failure)
    file = failure.filename2 or failure.filename
    what = f"{file}: {failure.strerror}." if file else f"{failure.strerror}."
    return f"{what} {_ADVICE.get(failure.errno, _AGAIN)}"
