"""改数据文件: a data file in the making as forms; their shape is that of its models."""
