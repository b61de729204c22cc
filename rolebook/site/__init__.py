"""Turn finished Markdown into a published site: engine, post-processing, link check, swap, serving."""
