"""From office files to drafts in YAML: read in a child process, cut by headings, nothing lost.

`sandbox.import_file` is the door. A reader for each format, the one door of its library, gives an
`Extract`; all between it and the draft is pure.
"""
