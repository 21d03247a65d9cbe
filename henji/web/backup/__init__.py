"""备份: the whole installation in one file closed with a passphrase, and back again.

rows.py       the rows of every table, in a form that both databases understand
archive.py    what the file holds, in which order
making.py     writes the file, while people go on working
restoring.py  puts it into an empty installation
shelf.py      where the backups made from the page lie, and which there are
asking.py     the job behind the button
"""
