"""How fast the site is built and checked, beside the stock pipeline in the same session: `make bench`."""
