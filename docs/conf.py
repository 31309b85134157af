"""Sphinx settings; warnings are errors (`make docs`)."""

project = "vigie"
author = "the vigie project"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "amsmath"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "vigie"
exclude_patterns = ["_build"]
