"""Feed the strict reader of YAML bytes that lead into ever more of its code, with atheris: see `long_reader.py`."""

import sys

import atheris

with atheris.instrument_imports(include=["rolebook.source"]):
    from rolebook.source import FORBIDDEN, parse_yaml


def one(given: bytes) -> None:
    """Read some bytes; hold that they give values or findings with places."""
    text = given.decode("utf-8", "ignore")
    file, findings = parse_yaml("a.yml", text)
    assert file is not None or findings
    for finding in findings:
        assert finding.place.line >= 1
        assert finding.place.column >= 1
        assert not FORBIDDEN.search(finding.place.excerpt)
    if file:
        file.plain()


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
