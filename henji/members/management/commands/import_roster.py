"""导入花名册 from the command line."""

from henji.members.jobs import roster
from henji.work.command_line import ImportCommand


class Command(ImportCommand):
    """import_roster FILE --county 130123 --by USER [--rejected OUT.xlsx]."""

    help = "导入会员花名册（.xlsx、.xls 或 .csv）。最后一行是 JSON 结果；questions 是单位待归属的行数。"
    intake = roster
