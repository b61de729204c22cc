"""How fast the site is built and checked, beside the stock pipeline in one run: `make bench`."""
