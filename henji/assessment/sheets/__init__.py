"""标准工作簿: a standard as a workbook, for people who keep theirs in Excel; written, and read back.

A workbook has a sheet of what the standard is called and how it grades, one with a row for each part, one of
grades, one of vetoes, and, where the standard tells types of unit apart, one of these.
"""
