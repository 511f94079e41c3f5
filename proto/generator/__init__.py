"""Parts of proto/gen.py: the model of the schema, and one module for each kind of output."""
