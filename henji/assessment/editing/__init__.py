"""改标准: a standard in the making as forms; their shape is that of the schema."""
