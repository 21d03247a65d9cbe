"""会员卡: the one card (一卡), from application to closing. A part of this room, layered like the room."""
