"""What stops a command that makes the site."""


class BuildError(Exception):
    """The site could not be built; the former one is untouched."""
