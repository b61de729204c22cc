"""Spreadsheets for translators without tools: what they are given, and what they give back."""
