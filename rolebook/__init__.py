"""Rolebook: roles and career paths as YAML in git, published as a multilingual site."""
