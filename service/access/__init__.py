"""Who is asking: logins, tokens and sessions, mapped to a reader of `model.access`, and what of it is written down."""
