"""Change a knowledge base as a whole: add to it, rename and retire what is in it; all or nothing."""
