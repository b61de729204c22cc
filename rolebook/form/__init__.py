"""The form in the browser: Decap CMS, configured from the model, in the words of each language."""
