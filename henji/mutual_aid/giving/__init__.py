"""捐款名单: who is to be asked for a gift, what employers report and pay in, what is still to come."""
