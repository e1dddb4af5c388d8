"""``assistant serve`` and ``assistant mcp``: pages, REST and tools over the calls that the commands make.

The one room that knows the web framework. It decides nothing about reports: what is hostile or takes long is done in
processes of its own (``work``), what is shown is rendered with the templates of ``render``.
"""
