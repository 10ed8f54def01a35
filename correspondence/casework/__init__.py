"""What the team does, one verb a module: opens the transaction, orders the other rooms about."""
