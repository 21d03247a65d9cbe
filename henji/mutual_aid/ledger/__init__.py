"""账: the ledger of the fund, double entry. A part of this room, layered like the room.

Other deeds of the room post through `posting`; what is posted stays, and a correction is a red entry.
"""
