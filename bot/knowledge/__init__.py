"""From staff's YAML files to a corpus, or to every problem in them with its place and remedy.

Doors: `loading.load` · `judgements.load_judgements` · `checking.find_problems` ·
`passages.passages_of`. Only this room meets PyYAML and pydantic.
The way of a file: files → decoding → yaml_nodes (yaml_mistakes) → validating by schema
(scalars) → relations → converting → passages.
"""
