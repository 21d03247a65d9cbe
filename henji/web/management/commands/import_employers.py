"""导入单位和工会 from the command line."""

from henji.web.jobs import employers
from henji.work.command_line import ImportCommand


class Command(ImportCommand):
    """import_employers FILE --county 130123 --by USER [--rejected OUT.xlsx]."""

    help = "导入单位和工会（.xlsx、.xls 或 .csv）。最后一行是 JSON 结果。"
    intake = employers
